using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>A version of the price rules as the office sees it.</summary>
public sealed record PriceVersionAnswer(Guid Id, int Number, DateTimeOffset From, bool Withdrawn, PriceRulesTerms Rules)
{
    internal static PriceVersionAnswer Of(PriceVersionRow row) => new(row.Id, row.Number, Moments.From(row.From), row.Withdrawn, row.Rules);
}

/// <summary>A version in the list of all.</summary>
/// <param name="Holds">Whether sales are made under it now.</param>
public sealed record PriceVersionLine(Guid Id, int Number, DateTimeOffset From, bool Withdrawn, bool Holds);

/// <summary>Lists the versions of the price rules (价格版本), the last first, and shows one with all its rules.</summary>
internal static class ReadPriceVersions
{
    private const int LinesMax = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<PriceVersionLine[]>("/api/price-versions", Permission.Watch, async (http, who) =>
        {
            var services = http.RequestServices;
            var holds = services.GetRequiredService<PriceBook>().VersionAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
            return [.. await services.GetRequiredService<Database>().Query(
                r => new PriceVersionLine(r.Id(0), r.Int(1), Moments.From(r.Long(2)), r.Bool(3), r.Int(1) == holds),
                $"select id, number, from_at, withdrawn from price_version where park = @1 order by number desc limit {LinesMax}", who.Park)];
        });
        routes.MapRead<PriceVersionAnswer>("/api/price-versions/{id:guid}", Permission.Watch, async (http, who) =>
            await http.RequestServices.GetRequiredService<Database>().First(PriceVersionRow.Table.Read, PriceVersionRow.Table.Select + " where id = @1 and park = @2",
                Guid.Parse((string)http.Request.RouteValues["id"]!), who.Park) is { } row ? PriceVersionAnswer.Of(row) : null).WithName("ReadPriceVersion");
    }
}
