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
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>退票 / 作废: rights of one order go back, one or many at once, and the money goes back the way it came. A second person vouches for it, above what the park lets a shift refund alone.</summary>
internal static class ReturnTickets
{
    /// <summary>Tickets that go back at once, at most; more of a large order go back in several, for the same money.</summary>
    public const int TicketsMax = 100;

    /// <param name="Tickets">All of one order.</param>
    /// <param name="Reason">A code of the dictionary; its rate goes before the terms of the tickets.</param>
    /// <param name="SupervisorLogin">Empty with its password where the clerk returns alone.</param>
    /// <param name="RefundFen">What the visitor was told that comes back; another amount is refused. Null = whatever comes.</param>
    /// <param name="Remark">What is to be known of it later. It stands in clear for ever, so no numbers of people's phones or papers.</param>
    internal sealed record Request(Guid ShiftId, ReturnKind Kind, Guid[] Tickets, string Reason, string SupervisorLogin, string SupervisorPassword, long? RefundFen = null, string Remark = "");

    /// <param name="FeeFen">What the tickets' fees come to.</param>
    internal sealed record Answer(OrderAnswer Order, long RefundFen, [property: OneOf("cash", "card", "card+cash")] string RefundMethod, long FeeFen = 0) : IKeptAnswer
    {
        public object Shown(HttpContext http) => this with { Order = (OrderAnswer)Order.Shown(http) };
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/returns", Permission.Sell, Prepare).WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        ctx.Fields.Check("tickets", request.Tickets.Length is > 0 and <= TicketsMax && request.Tickets.Distinct().Count() == request.Tickets.Length, "Field.Tickets", TicketsMax);
        ctx.Fields.Check("reason", await ctx.Get<DictionaryBook>().Offers(ctx.Park, DictionaryKind.ReturnReason, request.Reason), "Field.Word");
        var remark = ClearText.Read(ctx.Fields, "remark", request.Remark, 0, 100);
        var approval = new ApprovalRequest(request.SupervisorLogin, request.SupervisorPassword);
        var isAlone = request.SupervisorLogin.Length == 0 && request.SupervisorPassword.Length == 0;
        if (!isAlone) approval.Check(ctx.Fields, "supervisorLogin", "supervisorPassword");
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var keeper = ctx.Get<Gatekeeper>();
        if (await keeper.ById(ctx.Park, request.Tickets[0]) is not { } ticket) return WriteContext.Unknown;
        Guid? supervisor = null;
        if (!isAlone)
        {
            var (refused, by) = await approval.Ask(ctx, Permission.ApproveReturn);
            if (refused is not null) return refused;
            supervisor = by;
        }

        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ticket.OrderId) is not { Row: var order } placed) return WriteContext.Unknown;
        var papers = (await keeper.OfOrder(ctx.Park, order.Id)).Select(r => new Printed(r.Right, keeper.QrOf(ctx.Park, r.Right, r.Code))).ToArray();
        if (request.Tickets.Any(id => papers.All(p => p.Right.Id != id))) return ctx.Refuse(SalesRefusal.NotOfOneOrder, 409);
        // What stays is priced before the writer is asked: with many together there are many ways.
        var worth = await OrderWorth.Of(ctx.Get<PriceBook>(), order);
        worth.KeptFen([.. papers.Select(p => new OrderTicket(p.Right.Id, p.Right.Line, p.Right.People, 0, OrderTicket.IsThere(p.Right.State) && !request.Tickets.Contains(p.Right.Id), 0))]);
        var word = ctx.Get<DictionaryBook>().Find(ctx.Park, DictionaryKind.ReturnReason, request.Reason)!;
        return ctx.Run(new Returning(ctx, request with { Remark = remark }, word, order, papers, supervisor, worth,
            await placed.Buyer(database), await placed.Visitors(database)));
    }

    private sealed record Printed(TicketRight Right, string Qr);

    private sealed class Returning(WriteContext ctx, Request request, DictionaryEntry reason, OrderRow placed, Printed[] papers, Guid? supervisor, OrderWorth worth, BuyerRow? buyer, OrderVisitors visitors)
        : IWrite
    {
        public bool Alone => false;
        public int Route => ctx.Get<QuotaBook>().RouteTo(_park, _going[0].TypeId, _going[0].VisitDay);
        private readonly TicketRight[] _going = [.. papers.Where(p => request.Tickets.Contains(p.Right.Id)).Select(p => p.Right)];
        private readonly QuotaDraw _draw = ctx.Get<QuotaBook>().Draw(ctx.Park, BusinessDay.FromNumber(placed.VisitDay),
            papers.Where(p => request.Tickets.Contains(p.Right.Id)).Select(p => new PeopleOf(p.Right.TypeId, p.Right.People, p.Right.Slot?.At)));
        private readonly int _park = ctx.Park;
        private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
        private readonly PriceBook _prices = ctx.Get<PriceBook>();
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly long _aloneFen = ctx.Get<ParameterBook>().Of(ctx.Park).ReturnAloneFen;

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, placed.Id);
            touch.Row(ShiftRow.Table, request.ShiftId);
            _parks.TouchDay(touch, _park);
            var types = _going.Select(t => t.TypeId).Distinct().ToArray();
            foreach (var type in types)
            {
                _prices.Touch(touch, type, BusinessDay.FromNumber(placed.VisitDay));
                _prices.TouchPlaces(touch, _park, type, BusinessDay.FromNumber(placed.VisitDay));
            }
            _draw.Touch(touch);
            foreach (var ticket in _going) visitors.On(ticket.Id).Touch(touch);
            if (types.Any(type => placed.Given(type) > 0)) GiftOnSale.Of(placed)?.TouchBack(touch);
            var books = new Books(_park, touch.BusinessDay(_park));
            books.Touch(touch, request.ShiftId, types);
            books.TouchShares(touch, OrderShares.PartnersOf(placed.Lines));
            if (supervisor is null) foreach (var account in new[] { books.Alone(request.ShiftId, _aloneFen), books.AloneFrom }) touch.Account(account);
            foreach (var paper in papers)
            {
                touch.Row(SoldTicketRow.Table, paper.Right.Id);
                _keeper.TouchTicket(touch, paper.Right.ShortCode);
            }
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, _park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
            var order = group.Find(OrderRow.Table, placed.Id)!;
            var before = Tickets(group);
            var (refusal, refund) = Refund.Of(worth, order, before, request.Tickets.ToHashSet(), request.Kind, reason.BackRate, shift.Id, group.LocalTime(_park), _parks.Of(_park).Terms.CutOffHour);
            if (refusal is not null) return refusal;
            if (request.RefundFen is { } told && told != refund!.RefundFen) return Outcome.Refused(SalesRefusal.RefundChanged, 409, new Money(refund.RefundFen), new Money(told));

            var books = new Books(_park, group.BusinessDay(_park));
            if (supervisor is null && (request.Kind == ReturnKind.Void || _aloneFen == 0 || !group.Ledger.Allows(books.AloneFrom, books.Alone(shift.Id, _aloneFen), refund!.RefundFen)))
                return Outcome.Refused(SalesRefusal.ReturnNeedsSupervisor, 403, new Money(_aloneFen));
            var ways = WaysBack.Of(order.Payments, refund!.RefundFen);
            var cash = ways.Where(p => p.Method == PaymentMethod.Cash).Sum(p => p.Fen);
            if (group.Ledger.Balance(books.Drawer(shift.Id)) < cash) return Outcome.Refused(SalesRefusal.DrawerShort, 409, new Money(cash));
            if (_draw.Free(group) is { } changing) return changing;
            if (supervisor is null) group.Ledger.Move(books.AloneFrom, books.Alone(shift.Id, _aloneFen), refund.RefundFen, "refunded alone");
            GiveRightsBack(group, refund);
            var after = order with { RefundedFen = order.RefundedFen + refund.RefundFen, Payments = WaysBack.Note(order.Payments, ways) };
            GiveMoneyBack(group, books, shift, refund, ways, SharesBack(order, after, before, Tickets(group)));
            group.Put(OrderRow.Table, after);
            var answer = OrderAnswers.Of(after, [.. papers.Select(p => new PrintedTicket(_keeper.Find(group, _park, p.Right.ShortCode)!, p.Qr, group.Find(SoldTicketRow.Table, p.Right.Id)!))], buyer).Naming(visitors.Rows);
            return Outcome.Done(new Answer(answer, refund.RefundFen, string.Join('+', ways.Select(p => p.Method == PaymentMethod.Cash ? "cash" : "card")), refund.FeeFen));
        }

        /// <summary>All tickets of the order as they stand in the group.</summary>
        private (TicketRight, SoldTicketRow)[] Tickets(WriteGroup group) => [.. papers.Select(p => (_keeper.Find(group, _park, p.Right.ShortCode)!, group.Find(SoldTicketRow.Table, p.Right.Id)!))];

        private ShareBack[]? SharesBack(OrderRow order, OrderRow after, (TicketRight, SoldTicketRow)[] before, (TicketRight, SoldTicketRow)[] now)
        {
            if (!OrderShares.AreIn(order)) return null;
            return OrderShares.Between(Of(order, before), Of(after, now));

            Dictionary<(Guid, string), long> Of(OrderRow row, (TicketRight Right, SoldTicketRow Sold)[] tickets) =>
                OrderShares.Of(row, worth, row.PaidFen - row.RefundedFen, [.. tickets.Select(t => OrderTicket.Of(t.Right, t.Sold))]);
        }

        private void GiveRightsBack(WriteGroup group, Refund refund)
        {
            foreach (var (right, sold, fee, back) in refund.Parts)
            {
                visitors.On(right.Id).GiveBack(group);
                if (placed.Given(right.TypeId) > 0) GiftOnSale.Of(placed)?.GiveBack(group, right.People);
                _keeper.TakeBack(group, _park, right.ShortCode, request.Kind == ReturnKind.Void ? TicketState.Voided : TicketState.Returned);
                Places.Free(group, _prices, _park, right.TypeId, right.VisitDay, right.People);
                group.Put(SoldTicketRow.Table, sold with { RefundedFen = back, FeeFen = fee });
            }
        }

        private void GiveMoneyBack(WriteGroup group, Books books, ShiftRow shift, Refund refund, List<WaysBack.Part> ways, ShareBack[]? shares)
        {
            books.TakeShares(group, shares ?? []);
            foreach (var (ticket, part) in WaysBack.ByTicket(ways, refund))
            {
                group.Ledger.Move(books.Of(part.Method, shift.Id), books.Clearing, part.Fen, "refund");
                group.Ledger.Move(books.Clearing, books.Returns(ticket.Right.TypeId), part.Fen, "return");
                shift = part.Method == PaymentMethod.Cash ? shift with { CashFen = shift.CashFen - part.Fen } : shift with { CardFen = shift.CardFen - part.Fen };
                group.Record(nameof(RefundPaid), placed.Id, new RefundPaid(placed.Id, ticket.Right.Id, request.Kind, ticket.Right.TypeId, ticket.Right.People, shift.Id, shift.Window, shift.Clerk,
                    supervisor ?? Guid.Empty, reason.Name, part.Method, part.Fen, shares, part.IsFirst ? ticket.FeeFen : null, reason.Code, request.Remark.Length > 0 ? request.Remark : null));
                shares = null;
            }
            group.Put(ShiftRow.Table, shift);
        }
    }
}
