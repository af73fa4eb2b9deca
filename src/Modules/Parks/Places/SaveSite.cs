using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>A site as the office sends it; the id is in the address.</summary>
public sealed record SiteRequest(string Name, string NameEn, int Capacity, bool Active, bool CountsInside = true);

/// <summary>Lists, creates and changes sites (景点).</summary>
internal static class SaveSite
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<SiteTerms[]>("/api/sites", Permission.Watch, (http, who) => Task.FromResult<SiteTerms[]?>(
            [.. http.RequestServices.GetRequiredService<ParkDirectory>().Of(who.Park).Sites.Values.OrderBy(s => s.Id)])).WithName("ReadSites");
        routes.MapWrite<SiteRequest, SiteTerms>("PUT", "/api/sites/{id:guid}", Permission.SetUpPark, (site, ctx) =>
        {
            var terms = new SiteTerms(ctx.RouteId(), ctx.Fields.Text("name", site.Name, 1, 40), ctx.Fields.Text("nameEn", site.NameEn, 0, 80),
                (int)ctx.Fields.Number("capacity", site.Capacity, 0, SavePark.CapacityMax), site.Active, site.CountsInside);
            return Task.FromResult(ctx.Get<ParkDirectory>().Of(ctx.Park).Sites.IsFull(terms.Id)
                ? ctx.Refuse(ParksRefusal.ListFull, 409, SavePlace.RowsMax)
                : ctx.Run(SavePlace.Of(ctx.Park, terms)));
        });
    }
}
