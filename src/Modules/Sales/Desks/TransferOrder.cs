using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Desks;

/// <summary>转台、分流: an unpaid order becomes that of another desk, by its clerk or by a manager. docs/algorithms/desks.md.</summary>
internal static class TransferOrder
{
    private const int ReasonMax = 100;

    /// <param name="ShiftId">The clerk's own.</param>
    /// <param name="ToShift">The open shift at the desk that shall see to it.</param>
    /// <param name="Reason">May be empty. It stands in clear for ever, so no numbers of people's phones or papers.</param>
    internal sealed record Request(Guid ShiftId, Guid ToShift, string Reason = "");

    /// <param name="ToShift">The open shift at the desk that shall see to it.</param>
    internal sealed record RouteRequest(Guid ToShift, string Reason = "");

    /// <param name="WindowName">Where it is now.</param>
    /// <remarks>Kept with the ids of window and clerk.</remarks>
    internal sealed record Answer(Guid OrderId, string Number, Guid WindowId, string WindowName, string ClerkName, DateTimeOffset HoldUntil) : IKeptAnswer
    {
        public object Shown(Microsoft.AspNetCore.Http.HttpContext http) => DeskNames.Of(http) is var names
            ? this with { WindowName = names.Window(WindowId), ClerkName = names.Clerk(ClerkName) } : this;
    }

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, Answer>("POST", "/api/orders/{id:guid}/transfer", Permission.Sell, (request, ctx) => Prepare(ctx, request.ShiftId, request.ToShift, request.Reason));
        routes.MapWrite<RouteRequest, Answer>("POST", "/api/orders/{id:guid}/route", Permission.ApproveReturn, (request, ctx) => Prepare(ctx, null, request.ToShift, request.Reason)).WithName("RouteOrder");
    }

    /// <param name="own">The shift of the clerk who does it; null where a manager does.</param>
    private static async Task<Prepared> Prepare(WriteContext ctx, Guid? own, Guid to, string reason)
    {
        var why = ClearText.Read(ctx.Fields, "reason", reason, 0, ReasonMax);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        return await PlacedOrder.Of(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is { } placed ? ctx.Run(new Transferring(ctx, placed.Row, own, to, why)) : WriteContext.Unknown;
    }

    private sealed class Transferring(WriteContext ctx, OrderRow placed, Guid? own, Guid to, string reason) : IWrite
    {
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly int _minutes = ctx.Get<ParameterBook>().Of(ctx.Park).HoldMinutes;
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, placed.Id);
            foreach (var shift in new[] { placed.Shift, to, own ?? to }.Distinct()) touch.Row(ShiftRow.Table, shift);
            _parks.TouchDay(touch, ctx.Park);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (own is { } mine && Standing.RefusalOf(group, ctx.Park, mine, ctx.Principal.Id, _parks) is { } standing) return standing;
            if (!_parks.IsDayOpen(group, ctx.Park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
            var order = group.Find(OrderRow.Table, placed.Id)!;
            if (order.State != OrderState.Ordered) return Outcome.Refused(SalesRefusal.OrderNotUnpaid, 409);
            if (order.Kept is not null) return Outcome.Refused(SalesRefusal.OrderIsKept, 409);
            if (order.HoldUntil < group.Now.Micros()) return Outcome.Refused(SalesRefusal.OrderExpired, 409);
            if (order.Shift != placed.Shift) return Outcome.Refused(SalesRefusal.OrderMoved, 409);
            if (order.Shift == to) return Outcome.Refused(SalesRefusal.SameDesk, 409);
            if (group.Find(ShiftRow.Table, to) is not { State: ShiftState.Open } desk || desk.Park != ctx.Park || desk.Day != BusinessDay.Number(group.BusinessDay(ctx.Park)))
                return Outcome.Refused(SalesRefusal.DeskClosed, 409);
            var left = group.Find(ShiftRow.Table, order.Shift)!;
            group.Put(ShiftRow.Table, left with { Unpaid = left.Unpaid - 1 });
            group.Put(ShiftRow.Table, desk with { Unpaid = desk.Unpaid + 1 });
            var until = group.Now.AddMinutes(_minutes);
            group.Put(OrderRow.Table, order with { Shift = desk.Id, Window = desk.Window, Clerk = desk.Clerk, HoldUntil = until.Micros() });
            group.Record(nameof(OrderTransferred), order.Id, new OrderTransferred(order.Id, left.Id, left.Window, desk.Id, desk.Window, desk.Clerk, ctx.Principal.Id, reason, _minutes));
            return Outcome.Done(new Answer(order.Id, order.Number.ToString("D17"), desk.Window, "", desk.Clerk.ToString(), until));
        }
    }
}
