using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Kept;

/// <summary>取票: whoever comes for a kept order says its password, and it becomes an unpaid order of this window.</summary>
internal static class ClaimOrder
{
    /// <param name="PickUp">The six digits; empty where a supervisor vouches for the buyer.</param>
    /// <param name="SupervisorLogin">Empty with its password where the buyer knows the digits.</param>
    internal sealed record Request(Guid ShiftId, string PickUp = "", string SupervisorLogin = "", string SupervisorPassword = "");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, OrderAnswer>("POST", "/api/orders/{id:guid}/claim", Permission.Sell, async (request, ctx) =>
    {
        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { } placed) return WriteContext.Unknown;
        var (refused, by) = await PickUp.Ask(ctx, request.PickUp, request.SupervisorLogin, request.SupervisorPassword, needed: true);
        return refused ?? ctx.Run(new Claiming(ctx, request, placed.Row, await placed.Buyer(database), by));
    }).WithMetadata(new Refuses(429));

    private sealed class Claiming(WriteContext ctx, Request request, OrderRow placed, BuyerRow? buyer, PickUp by) : IWrite
    {
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly int _minutes = ctx.Get<ParameterBook>().Of(ctx.Park).HoldMinutes;
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, placed.Id);
            touch.Row(ShiftRow.Table, request.ShiftId);
            _parks.TouchDay(touch, ctx.Park);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, ctx.Park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            var order = group.Find(OrderRow.Table, placed.Id)!;
            if (order.State != OrderState.Ordered) return Outcome.Refused(SalesRefusal.OrderNotUnpaid, 409);
            if (order.Kept is null) return Outcome.Refused(SalesRefusal.NotKept, 409);
            if (order.HoldUntil < group.Now.Micros()) return Outcome.Refused(SalesRefusal.OrderExpired, 409);
            if (by.Refused(group, order, request.ShiftId) is { } wrong) return wrong;
            var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
            group.Put(ShiftRow.Table, shift with { Unpaid = shift.Unpaid + 1 });
            var mine = order with { Kept = null, HoldUntil = group.Now.AddMinutes(_minutes).Micros(), Shift = shift.Id, Window = shift.Window, Clerk = shift.Clerk };
            group.Put(OrderRow.Table, mine);
            group.Record(nameof(OrderClaimed), order.Id, new OrderClaimed(order.Id, shift.Id, shift.Window, shift.Clerk, by.Supervisor ?? Guid.Empty, _minutes));
            return Outcome.Done(OrderAnswers.Of(mine, [], buyer));
        }
    }
}

/// <summary>What opens a kept order: its password, or a supervisor who vouches for the buyer.</summary>
/// <param name="Digest">Of the password that was said; empty where a supervisor vouches.</param>
internal sealed record PickUp(byte[] Digest, Guid? Supervisor)
{
    /// <param name="needed">Whether there is anything to open.</param>
    public static async Task<(Prepared? Refused, PickUp By)> Ask(WriteContext ctx, string password, string login, string supervisorPassword, bool needed)
    {
        var none = new PickUp([], null);
        var approval = new ApprovalRequest(login, supervisorPassword);
        var isAlone = login.Length == 0 && supervisorPassword.Length == 0;
        if (!isAlone) approval.Check(ctx.Fields, "supervisorLogin", "supervisorPassword");
        else if (needed) ctx.Fields.Check("pickUp", OrderKeep.IsPassword(password), "Field.PickUp");
        if (ctx.Fields.Errors is { } errors) return (WriteContext.Wrong(errors), none);
        if (isAlone) return (null, new(needed ? OrderKeep.DigestOf(ctx.Get<PersonalText>(), ctx.Park, ctx.RouteId(), password) : [], null));
        var (refused, by) = await approval.Ask(ctx, Permission.ApproveReturn);
        return (refused, new([], by));
    }

    /// <summary>Why it is not opened. A wrong password is counted, and stays on record.</summary>
    public Outcome? Refused(WriteGroup group, OrderRow order, Guid shift)
    {
        if (order.Kept is not { } kept || Supervisor is not null) return null;
        if (kept.Tries >= OrderKeep.TriesMax) return Outcome.Refused(SalesRefusal.PickUpLocked, 403);
        if (kept.Digest.AsSpan().SequenceEqual(Digest)) return null;
        group.Put(OrderRow.Table, order with { Kept = kept with { Tries = kept.Tries + 1 } });
        group.Record(nameof(PickUpRefused), order.Id, new PickUpRefused(order.Id, shift, group.Key.Principal));
        return KeptAnswers.RefusedAndKept(SalesRefusal.PickUpWrong, 403);
    }
}
