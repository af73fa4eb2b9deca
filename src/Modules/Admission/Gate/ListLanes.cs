using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Admission.Gate;

/// <summary>通道列表: the lanes that a guard, or this one device, may stand at.</summary>
internal static class ListLanes
{
    internal sealed record LaneAnswer(Guid LaneId, int LaneNumber, string LaneName, LaneDirection Direction, Guid GateId, string GateName, Guid SiteId, string SiteName);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<List<LaneAnswer>>("/api/admission/lanes", Permission.Admit, (http, who) =>
    {
        var english = Texts.WantsEnglish(http);
        var park = http.RequestServices.GetRequiredService<ParkDirectory>().Of(who.Park);
        var lanes = from lane in park.Lanes.Values
                    let gate = park.Gates[lane.GateId]
                    let site = park.Sites[gate.SiteId]
                    where lane.Active && gate.Active && site.Active && (who.Lane is null || who.Lane == lane.Id)
                    orderby site.Name, gate.Name, lane.Number
                    select new LaneAnswer(lane.Id, lane.Number, lane.NameIn(english), lane.Direction, gate.Id, gate.NameIn(english), site.Id, site.NameIn(english));
        return Task.FromResult<List<LaneAnswer>?>([.. lanes]);
    });
}
