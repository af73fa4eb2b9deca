using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>改签: tickets of one order go back, and others are sold for them, in one step. What they bring back pays for the new ones; only the difference changes hands.</summary>
internal static class RebookTickets
{
    /// <summary>What the tickets of a line become.</summary>
    /// <param name="Line">The line of the order that they are of, counted from 0.</param>
    /// <param name="TypeId">Of which type they are then.</param>
    /// <param name="Slot">When the time slot begins that they are for then; null = the type has none.</param>
    internal sealed record Target(int Line, Guid TypeId, TimeOnly? Slot = null);

    /// <param name="Tickets">All of one order.</param>
    /// <param name="Reason">A code of the dictionary; its rate goes before the tickets' terms of rebooking, and a supervisor must vouch for that.</param>
    /// <param name="Targets">One for each line that tickets are of.</param>
    /// <param name="Payments">How what is still due is paid; none where nothing is.</param>
    /// <param name="CreditFen">What the visitor was told that the old tickets bring; another amount is refused. Null = whatever it comes to.</param>
    /// <param name="TotalFen">What the visitor was told that the new tickets cost; another amount is refused. Null = whatever it comes to.</param>
    /// <param name="SupervisorLogin">Empty with its password where nobody vouches for it.</param>
    /// <param name="Remark">What is to be known of it later. It stands in clear for ever, so no numbers of people's phones or papers.</param>
    /// <param name="Trial">Says what it would come to, and changes nothing.</param>
    internal sealed record Request(Guid ShiftId, Guid[] Tickets, string Reason, DateOnly VisitDay, Target[] Targets, string PriceVersion, PaymentRequest[] Payments,
        long? CreditFen = null, long? TotalFen = null, DateTimeOffset? PricedAt = null, string SupervisorLogin = "", string SupervisorPassword = "", string Remark = "", bool Trial = false);

    /// <param name="Order">The new order; null where it was only tried.</param>
    /// <param name="FromNumber">The order whose tickets went back.</param>
    /// <param name="PriceFen">What they cost.</param>
    /// <param name="FeeFen">What is kept of them by their terms of rebooking or the reason's rate.</param>
    /// <param name="RepricedFen">What else is kept, as the tickets that stay are dearer by themselves.</param>
    /// <param name="CreditFen">What they bring: the price less both.</param>
    /// <param name="TotalFen">What the new ones cost.</param>
    /// <param name="DueFen">What the visitor pays; less than nothing where so much is handed out.</param>
    /// <param name="BackMethod">The way of what is handed out; empty where nothing is.</param>
    internal sealed record Answer(OrderAnswer? Order, string FromNumber, long PriceFen, long FeeFen, long RepricedFen, long CreditFen, long TotalFen, long DueFen,
        [property: Ways(orNone: true)] string BackMethod, DateTimeOffset PricedAt) : IKeptAnswer
    {
        public object Shown(HttpContext http) => this with { Order = (OrderAnswer?)Order?.Shown(http) };
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/rebookings", Permission.Sell, Prepare).WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        ctx.Fields.Whole("targets", request.Targets);
        ctx.Fields.Whole("payments", request.Payments);
        if (ctx.Fields.Errors is { } broken) return WriteContext.Wrong(broken);
        PaymentRequest.Check(ctx.Fields, request.Payments);
        ctx.Fields.Number("creditFen", request.CreditFen ?? 0, 0, OrderLimits.TotalFenMax);
        ctx.Fields.Number("targets", request.Targets.Length, 1, OrderLimits.LinesMax);
        ctx.Fields.Check("targets", request.Targets.DistinctBy(t => t.Line).Count() == request.Targets.Length, "Field.Unknown");
        var (refused, back) = await ReturnTickets.Ready(new(request.ShiftId, ReturnKind.Rebook, request.Tickets, request.Reason, request.SupervisorLogin, request.SupervisorPassword, request.CreditFen, request.Remark), ctx);
        if (refused is not null) return refused;
        var order = back!.Placed;
        var going = back.Going.GroupBy(t => t.Line).OrderBy(g => g.Key).ToArray();
        ctx.Fields.Check("targets", going.All(g => request.Targets.Any(t => t.Line == g.Key)), "Field.Unknown");
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var targets = going.Select(g => request.Targets.First(t => t.Line == g.Key)).ToArray();
        if (order.VisitDay == BusinessDay.Number(request.VisitDay) && targets.All(t => order.Lines[t.Line].TypeId == t.TypeId && order.Lines[t.Line].Slot?.At == t.Slot)) return ctx.Refuse(SalesRefusal.SameAgain, 422);
        var times = order.RebookedTimes + 1;
        if (ctx.Get<ParameterBook>().Of(ctx.Park).RebookTimes is var most and > 0 && times > most) return ctx.Refuse(SalesRefusal.RebookedTooOften, 409, most);
        var types = ctx.Get<PriceBook>().Types(ctx.Park);
        // A paid ticket that becomes a gift would bring its money back.
        if (targets.Any(t => types.TryGetValue(t.TypeId, out var type) && type.IsComplimentary() && !order.Lines[t.Line].Complimentary)) return ctx.Refuse(SalesRefusal.GiftFromPaid, 422);

        var (unsold, sale) = await SellTickets.Ready(SaleOf(request, ctx, back, going, targets, types), ctx, order);
        return unsold ?? ctx.Run(new Rebooking(ctx, request, back, sale!, times, [.. going.Select(g => g.Select(t => t.Id).ToHashSet())]));
    }

    /// <summary>The sale of the new tickets, to whom and as the old ones were sold.</summary>
    private static SellTickets.Request SaleOf(Request request, WriteContext ctx, Returning back, IGrouping<int, Admission.TicketRight>[] going, Target[] targets, IReadOnlyDictionary<Guid, TicketTypeTerms> types)
    {
        var (order, personal) = (back.Placed, ctx.Get<PersonalText>());
        var lines = going.Zip(targets, (tickets, to) =>
        {
            var line = order.Lines[tickets.Key];
            var named = types.TryGetValue(to.TypeId, out var type) && type.Person is not null
                ? tickets.SelectMany(t => back.Visitors.On(t.Id).Rows).Select(v => new VisitorRequest(personal.Reveal(v.Name, NamedVisitor.NamePurpose), personal.Reveal(v.IdNumber, NamedVisitor.NumberPurpose),
                    v.HeightCm, v.Proofs.Split(',', StringSplitOptions.RemoveEmptyEntries))).ToArray() : null;
            return new SellTickets.Line(to.TypeId, order.OnOneTicket && line.People == 1 ? tickets.Sum(t => t.People) : tickets.Count(), line.People, to.Slot, named);
        });
        var buyer = back.Buyer is { } b ? new BuyerRequest(personal.Reveal(b.Name, "buyer.name"), personal.Reveal(b.Phone, "buyer.phone"), personal.Reveal(b.IdNumber, "buyer.idNumber")) : null;
        var gift = order.Complimentary is { } given && targets.Any(t => types.TryGetValue(t.TypeId, out var type) && type.IsComplimentary()) ? new GiftRequest(given.BudgetId, given.Reason, given.Note) : null;
        // How much is paid by which way is known when it is decided; by which ways it may be, from the beginning.
        return new(request.ShiftId, request.VisitDay, request.PriceVersion, request.TotalFen ?? 0, [.. lines], [.. order.Payments.Select(p => (p.Method, p.Reference)).Concat(PaymentRequest.ByBank(request.Payments, order).Select(p => (p.Method, p.Reference))).Append((PaymentMethod.Cash, "")).DistinctBy(p => p.Item1).Select(p => new PaymentRequest(p.Item1, 0, 0, p.Item2))], order.OnOneTicket, buyer, request.PricedAt,
            null, order.Origin, gift, order.Agency);
    }

    private sealed class Rebooking(WriteContext ctx, Request request, Returning back, Selling sale, int times, HashSet<Guid>[] byLine) : IWrite
    {
        public bool Alone => false;
        public int Route => sale.Route;

        public void Touch(Touch touch)
        {
            back.Touch(touch);
            sale.Touch(touch);
        }

        public Outcome Decide(WriteGroup group)
        {
            // Nobody's place goes to another between the two: the rights go back first, then the new ones are sold, and only then money changes hands.
            if (back.Placed is var old && Standing.RefusalOf(group, old.Park, request.ShiftId, ctx.Principal.Id, ctx.Get<ParkDirectory>()) is { } standing) return standing;
            var (refusal, weighed) = back.Weigh(group, request.CreditFen);
            if (refusal is not null) return refusal;
            if (old.Vouchers is not null && weighed!.SomeStay) return Outcome.Refused(SalesRefusal.VouchersGoWhole, 409);
            if (back.SetsTermsAsideAlone && !request.Trial) return Outcome.Refused(SalesRefusal.RateNeedsSupervisor, 403);
            if (back.GiveRightsBack(group, weighed!) is { } full) return full;
            var (credit, refund) = (weighed!.Refund.RefundFen, weighed.Refund);
            var least = byLine.Select(tickets => refund.Parts.Where(p => tickets.Contains(p.Right.Id)).Max(p => p.LeastFen)).ToArray();
            var sold = sale.Sell(group, request.TotalFen, total => PaymentsOf(weighed, total), new(old.Id, times, least, weighed.Ways));
            if (sold.Refusal is not null) return sold;
            var order = (OrderAnswer)sold.Body!;
            var handed = Math.Max(0, credit - order.TotalFen);
            var ways = handed > 0 ? WaysBack.Of(weighed.Order.Payments, handed) : [];
            var answer = new Answer(order with { RebookedFrom = new(old.Id, old.Number.ToString("D17")) }, old.Number.ToString("D17"), refund.PriceFen, refund.FeeFen,
                refund.PriceFen - refund.FeeFen - credit, credit, order.TotalFen, order.TotalFen - credit, WaysBack.Said(ways), group.Now);
            if (request.Trial) return Outcome.Tried(answer with { Order = null });
            if (handed > 0 && back.RefusedAlone(group, handed) is { } alone) return alone;
            return back.GiveMoneyBack(group, weighed) is { } shortage ? shortage : Outcome.Done(answer);
        }

        /// <summary>The credit pays by the ways on which it came, all but what is handed out; what is still due is paid as the request says.</summary>
        private PaymentRequest[] PaymentsOf(WeighedReturn weighed, long total)
        {
            var (credit, payments) = (weighed.Refund.RefundFen, new List<PaymentRequest>());
            var handed = credit > total ? WaysBack.Of(weighed.Order.Payments, credit - total) : [];
            foreach (var way in weighed.Ways)
                if (way.Fen - handed.Where(h => h.Method == way.Method).Sum(h => h.Fen) is > 0 and var fen) payments.Add(new(way.Method, fen, fen, way.Method is PaymentMethod.SignedBill or PaymentMethod.BankTransfer ? weighed.Order.Payments.First(p => p.Method == way.Method).Reference : ""));
            if (total > credit && request.Trial) payments.Add(new(PaymentMethod.Card, total - credit, total - credit, ""));
            else payments.AddRange(PaymentRequest.ByBank(request.Payments, weighed.Order));
            return payments.Count > 0 ? [.. payments] : [new(PaymentMethod.Cash, 0, 0, "")];
        }
    }
}
