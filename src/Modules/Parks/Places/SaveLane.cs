using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>A lane as the office sends it; the id is in the address.</summary>
public sealed record LaneRequest(Guid GateId, int Number, string Name, LaneDirection Direction, bool Active, string NameEn = "");

/// <summary>A lane, and whether a device may speak for it.</summary>
public sealed record LaneAnswer(Guid Id, Guid GateId, int Number, string Name, LaneDirection Direction, bool Active, bool HasDeviceKey, string NameEn)
{
    internal static LaneAnswer Of(LaneTerms lane, bool hasDeviceKey) => new(lane.Id, lane.GateId, lane.Number, lane.Name, lane.Direction, lane.Active, hasDeviceKey, lane.NameEn);
}

/// <summary>Lists, creates and changes lanes (通道).</summary>
internal static class SaveLane
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<LaneAnswer[]>("/api/lanes", Permission.Watch, Read).WithName("ReadLanes");
        routes.MapWrite<LaneRequest, LaneAnswer>("PUT", "/api/lanes/{id:guid}", Permission.SetUpPark, async (lane, ctx) =>
        {
            var parks = ctx.Get<ParkDirectory>();
            var park = parks.Of(ctx.Park);
            ctx.Fields.Check("gateId", park.Gates.ContainsKey(lane.GateId), "Field.Unknown");
            var terms = new LaneTerms(ctx.RouteId(), lane.GateId, (int)ctx.Fields.Number("number", lane.Number, 1, 999),
                ctx.Fields.Text("name", lane.Name, 1, 40), lane.Direction, lane.Active, ctx.Fields.Text("nameEn", lane.NameEn, 0, 80));
            if (park.Lanes.IsFull(terms.Id)) return ctx.Refuse(ParksRefusal.ListFull, 409, SavePlace.RowsMax);
            return ctx.Run(SavePlace.Of(ctx.Park, terms, (await DeviceKeys.Of(ctx.Get<Database>(), ctx.Park, terms.Id)).Count > 0, parks));
        });
    }

    private static async Task<LaneAnswer[]?> Read(HttpContext http, Principal who)
    {
        var park = http.RequestServices.GetRequiredService<ParkDirectory>().Of(who.Park);
        var keyed = await DeviceKeys.LanesWithKey(http.RequestServices.GetRequiredService<Database>(), who.Park);
        return [.. park.Lanes.Values.OrderBy(l => l.GateId).ThenBy(l => l.Number).Select(l => LaneAnswer.Of(l, keyed.Contains(l.Id)))];
    }
}
