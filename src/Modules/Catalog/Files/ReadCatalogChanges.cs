using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>Changes of the catalogue, the newest first.</summary>
/// <param name="Next">Asks for the ones before; null where there are none.</param>
public sealed record CatalogHistory(CatalogHistoryEntry[] Entries, string? Next);

/// <summary>One fact about the catalogue.</summary>
/// <param name="Kind">The fact's name, as in the log.</param>
/// <param name="ChangesLeftOut">How many more days the fact is about.</param>
public sealed record CatalogHistoryEntry(DateTimeOffset At, string Who, string Kind, CatalogChange[] Changes, int ChangesLeftOut);

/// <summary>Says who changed what of the catalogue (谁改了什么), field by field, from the facts of the log.</summary>
internal static class ReadCatalogChanges
{
    /// <summary>As the index of the log has it, word for word.</summary>
    internal const string Kinds = "kind in ('TicketTypeSaved', 'NamedDaySet', 'NamedDaysSet', 'PriceVersionSaved', 'PriceVersionWithdrawn', 'QuotaSaved', 'QuotaDaysSet')";
    private const int PageSize = 30;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<CatalogHistory>("/api/catalogue/changes", Permission.SetUpPark, Read).Asks<string>("cursor").Asks<Guid>("subject");

    private static async Task<CatalogHistory?> Read(HttpContext http, Principal who)
    {
        var services = http.RequestServices;
        var (where, values) = ($"park = @1 and {Kinds}", new List<object?> { who.Park });
        if (CursorIn(http.Request.Query["cursor"].ToString()) is { } cursor)
        {
            where += " and (at < @2 or (at = @2 and (lane < @3 or (lane = @3 and seq < @4))))";
            values.AddRange([cursor.At, cursor.Lane, cursor.Seq]);
        }
        if (Guid.TryParse(http.Request.Query["subject"], out var subject))
        {
            values.Add(subject);
            where += $" and subject = @{values.Count}";
        }
        var database = services.GetRequiredService<Database>();
        var records = await database.Query(LogRecord.Read, $"select {LogRecord.Columns} from log where {where} order by at desc, lane desc, seq desc limit {PageSize + 1}", [.. values]);
        var parks = services.GetRequiredService<ParkDirectory>();
        var names = new CatalogNames(parks.Of(who.Park), services.GetRequiredService<PriceBook>().Types(who.Park));
        var facts = new CatalogFacts(database, who.Park, names, services.GetRequiredService<QuotaBook>().Of(who.Park).Quotas);
        var entries = new List<CatalogHistoryEntry>();
        foreach (var record in records.Take(PageSize))
        {
            var (changes, more) = await facts.Of(record);
            entries.Add(new(record.Moment, parks.NameOfStaff(record.Principal), record.Kind, changes, more));
        }
        return new([.. entries], records.Count > PageSize ? CursorOf(records[PageSize - 1]) : null);
    }

    private static string CursorOf(LogRecord record) => string.Create(CultureInfo.InvariantCulture, $"{record.At}-{record.Lane}-{record.Seq}");

    private static (long At, int Lane, long Seq)? CursorIn(string text) =>
        text.Split('-') is [var a, var l, var s] && long.TryParse(a, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
        && int.TryParse(l, NumberStyles.None, CultureInfo.InvariantCulture, out var lane) && long.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? (at, lane, seq) : null;
}
