using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>A gate as the office sends it; the id is in the address.</summary>
public sealed record GateRequest(Guid SiteId, string Name, string NameEn, bool Active);

/// <summary>Lists, creates and changes gates (检票点).</summary>
internal static class SaveGate
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<GateTerms[]>("/api/gates", Permission.Watch, (http, who) => Task.FromResult<GateTerms[]?>(
            [.. http.RequestServices.GetRequiredService<ParkDirectory>().Of(who.Park).Gates.Values.OrderBy(g => g.Id)])).WithName("ReadGates");
        routes.MapWrite<GateRequest, GateTerms>("PUT", "/api/gates/{id:guid}", Permission.SetUpPark, (gate, ctx) =>
        {
            var park = ctx.Get<ParkDirectory>().Of(ctx.Park);
            ctx.Fields.Check("siteId", park.Sites.ContainsKey(gate.SiteId), "Field.Unknown");
            var terms = new GateTerms(ctx.RouteId(), gate.SiteId, ctx.Fields.Text("name", gate.Name, 1, 40),
                ctx.Fields.Text("nameEn", gate.NameEn, 0, 80), gate.Active);
            return Task.FromResult(park.Gates.IsFull(terms.Id)
                ? ctx.Refuse(ParksRefusal.ListFull, 409, SavePlace.RowsMax)
                : ctx.Run(SavePlace.Of(ctx.Park, terms)));
        });
    }
}
