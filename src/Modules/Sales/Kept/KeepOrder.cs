using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Kept;

/// <summary>What a kept order is claimed by.</summary>
/// <param name="Digest">Of the password, keyed.</param>
/// <param name="Tries">How often a wrong one was said.</param>
internal sealed record OrderKeep(byte[] Digest, int Tries)
{
    /// <summary>After so many wrong ones only a supervisor opens it.</summary>
    public const int TriesMax = 5;

    private const int Digits = 6;

    /// <summary>Drawn at random; told once.</summary>
    public static string NewPassword() => RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);

    public static bool IsPassword(string text) => text.Length == Digits && text.All(char.IsAsciiDigit);

    public static byte[] DigestOf(PersonalText personal, int park, Guid order, string password) => personal.LookUp($"{park}/{order:N}/{password}", "order.pickup");
}

/// <summary>留票: an unpaid order is kept until a moment, for a buyer who says a password when he comes. docs/algorithms/kept-orders.md.</summary>
internal static class KeepOrder
{
    /// <param name="Day">Up to when, by the clock of the park; at most to the end of the business day of the visit.</param>
    /// <param name="PickUp">The password so far, where it is kept already; empty with a supervisor, and where it is not.</param>
    internal sealed record Request(Guid ShiftId, DateOnly Day, TimeOnly Time, string PickUp = "", string SupervisorLogin = "", string SupervisorPassword = "");

    /// <param name="PickUp">Six digits that the buyer must know; empty in a repeated answer, as they are told once.</param>
    internal sealed record Answer(OrderAnswer Order, string PickUp) : IKeptAnswer
    {
        public object Shown(HttpContext http) => this with { Order = (OrderAnswer)Order.Shown(http) };
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/orders/{id:guid}/keep", Permission.Sell, Prepare).WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { Row: var order } placed) return WriteContext.Unknown;
        var (times, now) = (ctx.Get<ParkTimes>(), ctx.Get<TimeProvider>().GetUtcNow());
        var (visit, local) = (BusinessDay.FromNumber(order.VisitDay), BusinessDay.IsKnown(request.Day) ? request.Day.ToDateTime(new TimeOnly(request.Time.Hour, request.Time.Minute)) : default);
        var until = local == default ? default : new DateTimeOffset(local, times.Zone(ctx.Park).GetUtcOffset(local)).ToUniversalTime();
        ctx.Fields.Check("time", until > now && times.DayAt(ctx.Park, until) <= visit, "Field.KeepUntil", visit);
        var (refused, by) = await PickUp.Ask(ctx, request.PickUp, request.SupervisorLogin, request.SupervisorPassword, needed: order.Kept is not null);
        if (refused is not null) return refused;
        var buyer = await placed.Buyer(database);
        if (buyer is null || (buyer.PhoneHash.Length == 0 && buyer.IdHash.Length == 0)) return ctx.Refuse(SalesRefusal.KeepNeedsBuyer, 422);
        return ctx.Run(new Keeping(ctx, request.ShiftId, until, order, buyer, by, OrderKeep.NewPassword()));
    }

    private sealed class Keeping(WriteContext ctx, Guid shiftId, DateTimeOffset until, OrderRow placed, BuyerRow buyer, PickUp by, string password) : IWrite
    {
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly byte[] _digest = OrderKeep.DigestOf(ctx.Get<PersonalText>(), ctx.Park, placed.Id, password);
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, placed.Id);
            touch.Row(ShiftRow.Table, placed.Shift);
            touch.Row(ShiftRow.Table, shiftId);
            _parks.TouchDay(touch, ctx.Park);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, ctx.Park, shiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            var order = group.Find(OrderRow.Table, placed.Id)!;
            if (order.Shift != placed.Shift) return Outcome.Refused(SalesRefusal.OrderMoved, 409);
            if (order.State != OrderState.Ordered) return Outcome.Refused(SalesRefusal.OrderNotUnpaid, 409);
            if (order.HoldUntil < group.Now.Micros()) return Outcome.Refused(SalesRefusal.OrderExpired, 409);
            if (by.Refused(group, order, shiftId) is { } wrong) return wrong;
            // Its window waits for it no longer.
            if (order.Kept is null && group.Find(ShiftRow.Table, order.Shift) is { } shift) group.Put(ShiftRow.Table, shift with { Unpaid = shift.Unpaid - 1 });
            var kept = order with { HoldUntil = until.Micros(), Kept = new(_digest, 0) };
            group.Put(OrderRow.Table, kept);
            group.Record(nameof(OrderKept), order.Id, new OrderKept(order.Id, shiftId, ctx.Principal.Id, until, _digest));
            var answer = new Answer(OrderAnswers.Of(kept, [], buyer), password);
            return Outcome.DoneOnce(answer, answer with { PickUp = "" });
        }
    }
}
