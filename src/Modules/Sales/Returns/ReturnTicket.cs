using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Partners;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>退票 / 作废: the right goes back and the money goes back the way it came. A second person vouches for it.</summary>
internal static class ReturnTicket
{
    /// <param name="RefundFen">What the visitor was told that comes back; another amount is refused. Null = whatever comes.</param>
    internal sealed record Request(Guid ShiftId, ReturnKind Kind, string Reason, string SupervisorLogin, string SupervisorPassword, long? RefundFen = null);
    internal sealed record Answer(OrderAnswer Order, long RefundFen, [property: OneOf("cash", "card", "card+cash")] string RefundMethod) : IKeptAnswer
    {
        public object Shown(HttpContext http) => this with { Order = (OrderAnswer)Order.Shown(http) };
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/tickets/{id:guid}/return", Permission.Sell, Prepare)
        .WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var reason = ctx.Fields.Text("reason", request.Reason, 2, 100);
        var approval = new ApprovalRequest(request.SupervisorLogin, request.SupervisorPassword);
        approval.Check(ctx.Fields, "supervisorLogin", "supervisorPassword");
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var keeper = ctx.Get<Gatekeeper>();
        if (await keeper.ById(ctx.Park, ctx.RouteId()) is not { } ticket) return WriteContext.Unknown;
        var (refused, supervisor) = await approval.Ask(ctx, Permission.ApproveReturn);
        if (refused is not null) return refused;

        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ticket.OrderId) is not { Row: var order } placed) return WriteContext.Unknown;
        var papers = (await keeper.OfOrder(ctx.Park, order.Id)).Select(r => (r.Right.Id, r.Right.ShortCode, Qr: keeper.QrOf(ctx.Park, r.Right, r.Code))).ToArray();
        var worth = await RestPrice.Of(ctx.Get<PriceBook>(), order);
        return ctx.Run(new Returning(ctx, request with { Reason = reason }, ticket, order, papers, supervisor, worth,
            await placed.Buyer(database), await placed.Visitors(database)));
    }

    private sealed class Returning(WriteContext ctx, Request request, TicketRight ticket, OrderRow placed, (Guid Id, string ShortCode, string Qr)[] papers, Guid supervisor,
        RestPrice? rest, BuyerRow? buyer, OrderVisitors visitors) : IWrite
    {
        public bool Alone => false;
        public int Route => ctx.Get<QuotaBook>().RouteTo(_park, ticket.TypeId, ticket.VisitDay);
        private readonly QuotaDraw _draw = ctx.Get<QuotaBook>().Draw(ctx.Park, ticket.VisitDay, [new(ticket.TypeId, ticket.People, ticket.Slot?.At)]);
        private readonly int _park = ctx.Park;
        private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
        private readonly PriceBook _prices = ctx.Get<PriceBook>();
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, placed.Id);
            touch.Row(ShiftRow.Table, request.ShiftId);
            _parks.TouchDay(touch, _park);
            _prices.Touch(touch, ticket.TypeId, ticket.VisitDay);
            _prices.TouchPlaces(touch, _park, ticket.TypeId, ticket.VisitDay);
            _draw.Touch(touch);
            visitors.On(ticket.Id).Touch(touch);
            if (placed.Given(ticket.TypeId) > 0) GiftOnSale.Of(placed)?.TouchBack(touch);
            var books = new Books(_park, touch.BusinessDay(_park));
            books.Touch(touch, request.ShiftId, [ticket.TypeId]);
            books.TouchShares(touch, OrderShares.PartnersOf(placed.Lines));
            foreach (var paper in papers)
            {
                touch.Row(SoldTicketRow.Table, paper.Id);
                _keeper.TouchTicket(touch, paper.ShortCode);
            }
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, _park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
            var order = group.Find(OrderRow.Table, placed.Id)!;
            if (order.State != OrderState.Paid) return Outcome.Refused(SalesRefusal.NotPaid, 409);
            var right = _keeper.Find(group, _park, ticket.ShortCode)!;
            var sold = group.Find(SoldTicketRow.Table, ticket.Id)!;
            var decided = ReturnRefund.Of(request.Kind, right.State, right.Used, rest?.WorthOf(order, Staying(group)) ?? sold.PriceFen, order.Shift == shift.Id);
            if (decided.Refusal != ReturnRefusal.None) return Outcome.Refused(decided.Refusal, 409);
            if (request.RefundFen is { } told && told != decided.RefundFen) return Outcome.Refused(SalesRefusal.RefundChanged, 409, new Money(decided.RefundFen), new Money(told));

            var books = new Books(_park, group.BusinessDay(_park));
            var parts = WaysBack.Of(order.Payments, decided.RefundFen);
            var cash = parts.Where(p => p.Method == PaymentMethod.Cash).Sum(p => p.Fen);
            if (group.Ledger.Balance(books.Drawer(shift.Id)) < cash) return Outcome.Refused(SalesRefusal.DrawerShort, 409, new Money(cash));
            if (_draw.Free(group) is { } changing) return changing;
            var shares = SharesBack(group, order, decided.RefundFen);
            GiveBack(group, books, shift, right, parts, shares);
            var after = order with { RefundedFen = order.RefundedFen + decided.RefundFen, Payments = WaysBack.Note(order.Payments, parts) };
            group.Put(OrderRow.Table, after);
            group.Put(SoldTicketRow.Table, sold with { RefundedFen = decided.RefundFen });
            var answer = OrderAnswers.Of(after, [.. papers.Select(p => new PrintedTicket(_keeper.Find(group, _park, p.ShortCode)!, p.Qr, group.Find(SoldTicketRow.Table, p.Id)!))], buyer).Naming(visitors.Rows);
            return Outcome.Done(new Answer(answer, decided.RefundFen, string.Join('+', parts.Select(p => p.Method == PaymentMethod.Cash ? "cash" : "card"))));
        }

        /// <summary>The tickets that stay once this one is back.</summary>
        private StayingTicket[] Staying(WriteGroup group, bool withThis = false) =>
            [.. papers.Where(p => withThis || p.Id != ticket.Id).Select(p => (Right: _keeper.Find(group, _park, p.ShortCode)!, group.Find(SoldTicketRow.Table, p.Id)!.PriceFen))
                .Where(p => StayingTicket.Is(p.Right.State)).Select(p => new StayingTicket(p.Right.Line, p.Right.People, p.PriceFen))];

        private ShareBack[]? SharesBack(WriteGroup group, OrderRow order, long refundFen)
        {
            if (!OrderShares.AreIn(order)) return null;
            var keptFen = order.PaidFen - order.RefundedFen;
            return OrderShares.Between(OrderShares.Of(order, rest, keptFen, Staying(group, withThis: true)), OrderShares.Of(order, rest, keptFen - refundFen, Staying(group)));
        }

        private void GiveBack(WriteGroup group, Books books, ShiftRow shift, TicketRight right, List<WaysBack.Part> parts, ShareBack[]? shares)
        {
            books.TakeShares(group, shares ?? []);
            visitors.On(right.Id).GiveBack(group);
            if (placed.Given(right.TypeId) > 0) GiftOnSale.Of(placed)?.GiveBack(group, right.People);
            _keeper.TakeBack(group, _park, right.ShortCode, request.Kind == ReturnKind.Void ? TicketState.Voided : TicketState.Returned);
            Places.Free(group, _prices, _park, right.TypeId, right.VisitDay, right.People);
            foreach (var part in parts)
            {
                group.Ledger.Move(books.Of(part.Method, shift.Id), books.Clearing, part.Fen, "refund");
                group.Ledger.Move(books.Clearing, books.Returns(right.TypeId), part.Fen, "return");
                shift = part.Method == PaymentMethod.Cash ? shift with { CashFen = shift.CashFen - part.Fen } : shift with { CardFen = shift.CardFen - part.Fen };
                group.Record(nameof(RefundPaid), placed.Id, new RefundPaid(placed.Id, right.Id, request.Kind, right.TypeId, right.People, shift.Id, shift.Window, shift.Clerk,
                    supervisor, request.Reason, part.Method, part.Fen, shares));
                shares = null;
            }
            group.Put(ShiftRow.Table, shift);
        }
    }
}

/// <summary>Money goes back the way it came: by card what was paid by card, the rest in cash.</summary>
internal static class WaysBack
{
    internal readonly record struct Part(PaymentMethod Method, long Fen);

    public static List<Part> Of(OrderPayment[] payments, long refundFen)
    {
        var parts = new List<Part>();
        foreach (var method in new[] { PaymentMethod.Card, PaymentMethod.Cash })
        {
            var open = payments.Where(p => p.Method == method).Sum(p => p.AmountFen - p.RefundedFen);
            var fen = Math.Min(open, refundFen - parts.Sum(p => p.Fen));
            if (fen > 0) parts.Add(new Part(method, fen));
        }
        // A free ticket goes back too, and leaves its fact.
        if (parts.Count == 0 && refundFen == 0) parts.Add(new Part(payments.Length > 0 ? payments[0].Method : PaymentMethod.Cash, 0));
        if (parts.Sum(p => p.Fen) != refundFen) throw new InvalidOperationException("More would go back than was paid.");
        return parts;
    }

    public static OrderPayment[] Note(OrderPayment[] payments, List<Part> parts)
    {
        var noted = payments.ToArray();
        foreach (var part in parts)
        {
            var left = part.Fen;
            for (var i = 0; i < noted.Length && left > 0; i++)
            {
                if (noted[i].Method != part.Method) continue;
                var fen = Math.Min(left, noted[i].AmountFen - noted[i].RefundedFen);
                noted[i] = noted[i] with { RefundedFen = noted[i].RefundedFen + fen };
                left -= fen;
            }
        }
        return noted;
    }
}
