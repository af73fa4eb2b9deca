using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>The catalogue of a park as after the last commit.</summary>
/// <param name="Days">The days from today on that were set by hand.</param>
/// <param name="Prices">The rules of the latest version; null where there is none.</param>
internal sealed record CatalogNow(ParkSnapshot Park, DateOnly Today, IReadOnlyDictionary<Guid, TicketTypeTerms> Types, IReadOnlyDictionary<(Guid Type, DateOnly Day), NamedDay> Days,
    IReadOnlyList<LoadedQuota> Quotas, PriceRulesTerms? Prices, int NextVersion, TypeWords Words)
{
    public static async Task<CatalogNow> Read(IServiceProvider services, int park)
    {
        // A word or type that a file names may have been made at another program a moment ago.
        await services.GetRequiredService<FactFeed>().CatchUp();
        var (database, book) = (services.GetRequiredService<Database>(), services.GetRequiredService<PriceBook>());
        var today = services.GetRequiredService<ParkTimes>().DayAt(park, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var next = book.NextVersion(park);
        var days = await database.Query(CatalogTables.Days.Read, CatalogTables.Days.Select + " where park = @1 and day >= @2", park, BusinessDay.Number(today));
        var prices = await database.First(PriceVersionRow.Table.Read, PriceVersionRow.Table.Select + " where park = @1 and withdrawn = 0 order by number desc limit 1", park);
        return new(services.GetRequiredService<ParkDirectory>().Of(park), today, book.Types(park), days.ToDictionary(d => (d.Day.TypeId, d.Day.Day), d => d.Day),
            services.GetRequiredService<QuotaBook>().Of(park).Quotas, prices?.Rules, next,
            new(services.GetRequiredService<DictionaryBook>(), park));
    }

    public CatalogNames Names => new(Park, Types);

    public static bool IsSet(NamedDay day) => day.PriceFen is not null || day.Quota is not null || day.Unlimited;
}
