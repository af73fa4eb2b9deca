using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Settlement;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Shifts;

/// <summary>
/// 交班: the clerk counts the drawer blind; over or short is booked, and the cash goes to the safe. A count that differs by
/// more than the park lets pass needs a reason; one without stays on record, and from then on every count needs one: docs/algorithms/day-close.md, "The blind count".
/// </summary>
internal static class CloseShift
{
    internal sealed record Request(long CountedFen, string Reason);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, ShiftAnswer>("POST", "/api/shifts/{id:guid}/close", Permission.Sell, (request, ctx) =>
    {
        ctx.Fields.Number("countedFen", request.CountedFen, 0, 10_000_000_00);
        var reason = ctx.Fields.Text("reason", request.Reason, 0, 200);
        return Task.FromResult(ctx.Run(new Closing(ctx.Park, ctx.RouteId(), ctx.Principal.Id, request.CountedFen, reason, ctx.Get<ParameterBook>().Of(ctx.Park).CountToleranceFen, ctx.Get<ParkDirectory>())));
    });

    private sealed class Closing(int park, Guid id, Guid clerk, long countedFen, string reason, int toleranceFen, ParkDirectory parks) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(ShiftRow.Table, id);
            touch.Row(SeatRow.Table, clerk);
            parks.TouchDay(touch, park);
            // The window is known only from the row, so all seats of this park's windows are named: there are few.
            foreach (var window in parks.Of(park).Windows.Keys) touch.Row(SeatRow.Table, window);
            new Books(park, touch.BusinessDay(park)).TouchWindow(touch, id);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(ShiftRow.Table, id) is not { } shift || shift.Park != park || shift.Clerk != clerk) return Problems.NotFound;
            if (shift.State != ShiftState.Open) return Outcome.Refused(SalesRefusal.ShiftNotOpen, 409);
            if (shift.Unpaid > 0) return Outcome.Refused(SalesRefusal.UnpaidOrders, 409, shift.Unpaid);
            if (!parks.IsDayOpen(group, park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
            var books = new Books(park, group.BusinessDay(park));
            var drawer = books.Drawer(id);
            var expected = group.Ledger.Balance(drawer);
            var over = OverShort.Of(expected, countedFen);
            if (reason.Length == 0 && (Math.Abs(over) > toleranceFen || shift.RefusedCounts > 0)) return Keep(group, shift, expected);
            if (over > 0) group.Ledger.Move(books.OverShort, drawer, over, "over");
            if (over < 0) group.Ledger.Move(drawer, books.OverShort, -over, "short");
            group.Ledger.Move(drawer, books.Safe, countedFen, "hand over");
            var closed = shift with
            {
                State = ShiftState.Closed, ClosedAt = group.Now.Micros(), ExpectedFen = expected, CountedFen = countedFen, OverShortFen = over, Reason = reason,
            };
            group.Put(ShiftRow.Table, closed);
            group.Put(SeatRow.Table, new SeatRow(shift.Window, park, null));
            group.Put(SeatRow.Table, new SeatRow(clerk, park, null));
            group.Record(nameof(ShiftClosed), id, new ShiftClosed(id, shift.Window, clerk, expected, countedFen, over, reason));
            return Outcome.Done(ShiftAnswer.Of(closed));
        }

        /// <summary>The answer tells neither amount nor direction, and after the first it no longer tells whether the count is right.</summary>
        private Outcome Keep(WriteGroup group, ShiftRow shift, long expected)
        {
            group.Put(ShiftRow.Table, shift with { RefusedCounts = shift.RefusedCounts + 1, FirstCountedFen = shift.FirstCountedFen ?? countedFen });
            group.Record(nameof(DrawerCounted), id, new DrawerCounted(id, shift.Window, clerk, expected, countedFen));
            return KeptAnswers.RefusedAndKept(SalesRefusal.ReasonNeeded, 422);
        }
    }
}
