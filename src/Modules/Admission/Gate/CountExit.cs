using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Admission.Gate;

/// <summary>出园计数: counts people out, so that the number inside stays true.</summary>
internal static class CountExit
{
    internal sealed record Request(Guid LaneId, int People);
    internal sealed record Answer(long Inside);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/exits", Permission.Admit, Prepare);

    private static Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var parks = ctx.Get<ParkDirectory>();
        var park = parks.Of(ctx.Park);
        if (!park.Lanes.TryGetValue(request.LaneId, out var lane) || !lane.Active || (ctx.Principal.Lane is { } own && own != lane.Id))
            return Task.FromResult(WriteContext.Unknown);
        ctx.Fields.Number("people", request.People, 1, 50);
        if (lane.Direction == LaneDirection.In) return Task.FromResult(ctx.Refuse(GateRefusal.LaneEntryOnly, 409));
        return Task.FromResult(ctx.Run(new Leaving(ctx.Park, lane, park.Gates[lane.GateId], request.People, parks, ctx.Get<Gatekeeper>())));
    }

    private sealed class Leaving(int park, LaneTerms lane, GateTerms gate, int people, ParkDirectory parks, Gatekeeper keeper) : IWrite
    {
        public bool Alone => false;
        public int Route => park;
        public void Touch(Touch touch) { keeper.TouchInside(touch, park); parks.TouchDay(touch, park); }

        public Outcome Decide(WriteGroup group)
        {
            if (!parks.IsDayOpen(group, park)) return Outcome.Refused(GateRefusal.DayClosed, 409);
            var inside = parks.InsideOf(gate.SiteId, park);
            if (group.Ledger.Balance(inside) < people) return Outcome.Refused(GateRefusal.NobodyInside, 409, group.Ledger.Balance(inside));
            group.Ledger.Move(inside, parks.Outside(park), people, "leave");
            group.Record(nameof(VisitorsLeft), lane.Id, new VisitorsLeft(lane.Id, gate.Id, gate.SiteId, people));
            return Outcome.Done(new Answer(keeper.Inside(group, park)));
        }
    }
}

/// <summary>Refusals at the gate that concern no ticket.</summary>
public enum GateRefusal { NobodyInside, LaneEntryOnly, DayClosed }
