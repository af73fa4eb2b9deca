using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Shifts;

/// <summary>开班: a clerk takes a window, with a float of change in the drawer.</summary>
internal static class OpenShift
{
    internal sealed record Request(Guid WindowId, long FloatFen);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, ShiftAnswer>("POST", "/api/shifts", Permission.Sell, Prepare);

    private static Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        if (!ctx.Get<ParkDirectory>().Of(ctx.Park).Windows.TryGetValue(request.WindowId, out var window) || !window.Active) return Task.FromResult(WriteContext.Unknown);
        ctx.Fields.Number("floatFen", request.FloatFen, 0, 10_000_000);
        return Task.FromResult(ctx.Run(new Opening(ctx.Park, ctx.Key, ctx.Principal.Id, request, ctx.Get<ParkDirectory>())));
    }

    private sealed class Opening(int park, Guid id, Guid clerk, Request request, ParkDirectory parks) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(ShiftRow.Table, id);
            touch.Row(SeatRow.Table, request.WindowId);
            touch.Row(SeatRow.Table, clerk);
            parks.TouchDay(touch, park);
            new Books(park, touch.BusinessDay(park)).TouchWindow(touch, id);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (!parks.IsDayOpen(group, park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
            // Keys are scoped to a person, ids are not: nobody's new shift may land on another's.
            if (group.Find(ShiftRow.Table, id) is not null) return Outcome.Refused(WriteRefusal.KeyReused, 409);
            if (group.Find(SeatRow.Table, clerk)?.Shift is not null) return Outcome.Refused(SalesRefusal.ShiftOpen, 409);
            if (group.Find(SeatRow.Table, request.WindowId)?.Shift is not null) return Outcome.Refused(SalesRefusal.WindowTaken, 409);
            var day = group.BusinessDay(park);
            var shift = new ShiftRow(id, park, request.WindowId, clerk, group.Now.Micros(), BusinessDay.Number(day), request.FloatFen, ShiftState.Open, null,
                0, 0, 0, 0, 0, null, null, null, null, 0, null);
            group.Put(ShiftRow.Table, shift);
            group.Put(SeatRow.Table, new SeatRow(request.WindowId, park, id));
            group.Put(SeatRow.Table, new SeatRow(clerk, park, id));
            var books = new Books(park, day);
            group.Ledger.Move(books.Safe, books.Drawer(id), request.FloatFen, "float");
            group.Record(nameof(ShiftOpened), id, new ShiftOpened(id, request.WindowId, clerk, request.FloatFen));
            return Outcome.Done(ShiftAnswer.Of(shift));
        }
    }
}
