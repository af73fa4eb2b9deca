using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>删除订单: gives an unpaid order up; its places are free again at once.</summary>
internal static class CancelOrder
{
    internal sealed record Request(Guid ShiftId);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, OrderAnswer>("POST", "/api/orders/{id:guid}/cancel", Permission.Sell, async (request, ctx) =>
    {
        var database = ctx.Get<Database>();
        return await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { } placed ? WriteContext.Unknown
            : ctx.Run(new Release(placed.Row, OrderState.Cancelled, await HeldPlaces.Of(database, placed, ctx.Get<PriceBook>(), ctx.Get<QuotaBook>()), await placed.Buyer(database))
            {
                ByShift = (request.ShiftId, ctx.Principal.Id),
            });
    });
}

/// <summary>Ends an unpaid order, by hand or by time, exactly once.</summary>
internal sealed class Release(OrderRow placed, OrderState after, HeldPlaces places, BuyerRow? buyer) : IWrite
{
    /// <summary>The shift and clerk that cancel; null when time runs out.</summary>
    public (Guid Shift, Guid Clerk)? ByShift { get; init; }
    public bool Alone => false;
    public int Route => places.Route;

    public void Touch(Touch touch)
    {
        touch.Row(OrderRow.Table, placed.Id);
        touch.Row(ShiftRow.Table, placed.Shift);
        if (ByShift is { } by) touch.Row(ShiftRow.Table, by.Shift);
        places.TouchRelease(touch);
    }

    public Outcome Decide(WriteGroup group)
    {
        var order = group.Find(OrderRow.Table, placed.Id)!;
        if (ByShift is { } by && (group.Find(ShiftRow.Table, by.Shift) is not { State: ShiftState.Open } own || own.Clerk != by.Clerk))
            return Outcome.Refused(SalesRefusal.ShiftNotOpen, 409);
        if (order.State != OrderState.Ordered) return Outcome.Refused(SalesRefusal.OrderNotUnpaid, 409);
        if (after == OrderState.Expired && order.HoldUntil >= group.Now.Micros()) return Outcome.Refused(SalesRefusal.OrderNotUnpaid, 409);
        if (places.Release(group, timedOut: after == OrderState.Expired) is { } changing) return changing;
        if (order.Shift != placed.Shift) return Outcome.Refused(SalesRefusal.OrderMoved, 409);
        // A kept order's window waits for it no longer.
        if (order.Kept is null && group.Find(ShiftRow.Table, order.Shift) is { } shift) group.Put(ShiftRow.Table, shift with { Unpaid = shift.Unpaid - 1 });
        var released = order with { State = after, HoldUntil = null, Kept = null };
        group.Put(OrderRow.Table, released);
        if (after == OrderState.Expired) group.Record(nameof(OrderExpired), order.Id, new OrderExpired(order.Id, order.Shift, order.Window, order.People));
        else group.Record(nameof(OrderCancelled), order.Id, new OrderCancelled(order.Id, order.Shift, order.Window, order.People));
        return Outcome.Done(OrderAnswers.Of(released, [], buyer));
    }
}
