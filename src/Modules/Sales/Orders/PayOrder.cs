using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Modules.Sales.Partners;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>付款: pays an order that was placed before, at the price it was placed at, and issues its tickets.</summary>
internal static class PayOrder
{
    internal sealed record Request(Guid ShiftId, PaymentRequest[] Payments);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, OrderAnswer>("POST", "/api/orders/{id:guid}/pay", Permission.Sell, Prepare);

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        ctx.Fields.Whole("payments", request.Payments);
        if (ctx.Fields.Errors is { } broken) return WriteContext.Wrong(broken);
        ctx.Fields.Number("payments", request.Payments.Length, 1, 5);
        PaymentRequest.Check(ctx.Fields, request.Payments);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { Row: var order } placed) return WriteContext.Unknown;
        // Lines, visit day and types of an order never change, so they may be read before the writer is asked.
        var types = ctx.Get<PriceBook>().Types(ctx.Park);
        var papers = order.State != OrderState.Ordered ? [] : Paper.For(ctx, BusinessDay.FromNumber(order.VisitDay),
            order.Lines.Select(l => (types[l.TypeId], l.Papers, l.PeopleOnEach())));
        var places = await HeldPlaces.Of(database, placed, ctx.Get<PriceBook>(), ctx.Get<QuotaBook>());
        return ctx.Run(new Paying(ctx, order, places, request, types, papers, await placed.Buyer(database)));
    }

    private sealed class Paying(WriteContext ctx, OrderRow placed, HeldPlaces places, Request request, IReadOnlyDictionary<Guid, TicketTypeTerms> types, List<Paper> papers,
        BuyerRow? buyer)
        : IWrite
    {
        public bool Alone => false;
        public int Route => places.Route;
        private readonly PaperDraw _sheets = new(ctx.Get<PaperBook>(), ctx.Park, ctx.Principal.Id, papers.Count > 0 ? placed.Lines.Select(l => l.TypeId) : []);
        private readonly AccountTill _till = new(OrderAccounts.Of(placed), request.Payments.Select(p => p.Method));
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, placed.Id);
            touch.Row(ShiftRow.Table, request.ShiftId);
            touch.Row(ShiftRow.Table, placed.Shift);
            _parks.TouchDay(touch, ctx.Park);
            new Books(ctx.Park, touch.BusinessDay(ctx.Park)).TouchSale(touch, request.ShiftId, placed.Lines.Select(l => l.TypeId).Distinct(), OrderShares.PartnersOf(placed.Lines));
            places.Touch(touch);
            _sheets.Touch(touch);
            _till.Touch(touch);
            foreach (var paper in papers) _keeper.TouchTicket(touch, paper.Code.Short);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, ctx.Park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            var order = group.Find(OrderRow.Table, placed.Id)!;
            if (order.State != OrderState.Ordered) return Outcome.Refused(SalesRefusal.OrderNotUnpaid, 409);
            if (order.Shift != placed.Shift) return Outcome.Refused(SalesRefusal.OrderMoved, 409);
            if (order.Kept is not null) return Outcome.Refused(SalesRefusal.OrderIsKept, 409);
            if (order.HoldUntil < group.Now.Micros()) return Outcome.Refused(SalesRefusal.OrderExpired, 409);
            if (order.VisitDay < BusinessDay.Number(group.BusinessDay(ctx.Park))) return Outcome.Refused(SalesRefusal.DayPast, 422);
            // What was offered when it was placed is no longer what would be given.
            foreach (var line in order.Lines)
                if (PriceBook.MarkOf(types[line.TypeId].Admission) != line.Terms) return Outcome.Refused(SalesRefusal.TermsChanged, 409, line.TypeName);
                else if (line.Slot is null && Standing.RefusalOf(group, ctx.Park, types[line.TypeId], BusinessDay.FromNumber(order.VisitDay), _parks) is { } over) return over;
            foreach (var line in order.Lines)
                if (line.Slot is { } slot && slot.IsOver(BusinessDay.FromNumber(order.VisitDay), group.LocalTime(ctx.Park), _parks.Of(ctx.Park).Terms.CutOffHour))
                    return Outcome.Refused(CatalogRefusal.SlotOver, 409, $"{slot.At:HH:mm}");
            var (refusal, payments) = PaymentRequest.Accept(PaymentRequest.ByBank(request.Payments, placed), order.TotalFen);
            if ((refusal ?? _till.RefusalOf(group, payments, [])) is { } unpaid) return unpaid;

            if (_sheets.Take(group, order.Id, papers.Select(p => (p.Id, order.Lines[p.Line].TypeId))) is { } sheets) return sheets;
            places.Post(group);
            var placedAt = group.Find(ShiftRow.Table, order.Shift)!;
            group.Put(ShiftRow.Table, placedAt with { Unpaid = placedAt.Unpaid - 1 });
            // The sale belongs to who takes the money, and to the day on which it is taken.
            var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
            var mine = order with { Shift = shift.Id, Window = shift.Window, Clerk = shift.Clerk, Day = BusinessDay.Number(group.BusinessDay(ctx.Park)) };
            var named = places.Visitors.Put(group, order.Id, papers);
            return Outcome.Done(Payment.Take(group, mine, shift, payments, types, papers, buyer, _keeper).Naming(named) with { Papers = _sheets.Said() });
        }
    }
}
