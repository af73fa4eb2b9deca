using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Shifts;

/// <summary>开钱箱: opens the cash drawer without a sale. It is a recorded fact, because drawers opened for nothing tell a story.</summary>
internal static class OpenDrawer
{
    internal sealed record Request(Guid ShiftId);
    internal sealed record Answer(DateTimeOffset OpenedAt);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/windows/{id:guid}/drawer", Permission.Sell,
        (request, ctx) => Task.FromResult(ctx.Run(new Opening(ctx.Park, ctx.RouteId(), request.ShiftId, ctx.Principal.Id))));

    private sealed class Opening(int park, Guid window, Guid shiftId, Guid clerk) : IWrite
    {
        public bool Alone => false;
        public void Touch(Touch touch) => touch.Row(ShiftRow.Table, shiftId);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(ShiftRow.Table, shiftId) is not { } shift || shift.Park != park || shift.Window != window) return Problems.NotFound;
            if (shift.State != ShiftState.Open || shift.Clerk != clerk) return Outcome.Refused(SalesRefusal.ShiftNotOpen, 409);
            group.Record(nameof(DrawerOpened), shiftId, new DrawerOpened(shiftId, window, clerk));
            return Outcome.Done(new Answer(group.Now));
        }
    }
}
