using System.Collections.Concurrent;
using System.Text.Json;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>A version with its rules put in order, ready to price by.</summary>
internal sealed record LoadedVersion(PriceVersion Version, PriceRulesTerms Terms, RuleSet Rules);

/// <summary>
/// The versions of the price rules (价格版本) that are held in memory. Which of them holds is said by a row of the store; a version itself
/// never changes, so whoever knows its number may price by it at any time.
/// </summary>
internal sealed class PriceVersions(Database database)
{
    private readonly ConcurrentDictionary<(int Park, int Number), LoadedVersion> _loaded = [];
    private readonly ConcurrentDictionary<int, PriceHeadRow> _heads = [];

    /// <summary>The version under which a sale at a moment is made, as the group sees it; null before the first. The park's row must be named.</summary>
    public static PriceVersion? At(WriteGroup group, int park, DateTimeOffset sale) =>
        group.Find(PriceHeadRow.Table, park) is { } head ? PriceVersion.At(head.Begins, sale) : null;

    /// <summary>The same as after the last commit.</summary>
    public PriceVersion? At(int park, DateTimeOffset sale) => PriceVersion.At(Head(park).Begins, sale);

    public PriceHeadRow Head(int park) => _heads.GetValueOrDefault(park) ?? PriceHeadRow.None(park);

    /// <summary>The version, if it is in memory: all that hold now or will, and those that were asked for.</summary>
    public LoadedVersion? Find(int park, int number) => _loaded.GetValueOrDefault((park, number));

    /// <summary>Any version that was ever saved.</summary>
    public async Task<LoadedVersion> Recall(int park, int number)
    {
        if (Find(park, number) is { } known) return known;
        var row = await database.First(PriceVersionRow.Table.Read, PriceVersionRow.Table.Select + " where park = @1 and number = @2", park, number)
            ?? throw new InvalidDataException($"Price version {number} of park {park} is missing.");
        return Keep(row);
    }

    public async Task Load()
    {
        foreach (var head in await database.Query(PriceHeadRow.Table.Read, PriceHeadRow.Table.Select))
        {
            _heads[head.Park] = head;
            foreach (var version in head.Begins) await Recall(head.Park, version.Number);
        }
    }

    public void Follow(LogRecord record)
    {
        if (record.Kind == nameof(PriceVersionSaved))
        {
            var row = PriceVersionRow.Of(record.Park, JsonSerializer.Deserialize<PriceVersionSaved>(record.Body, Json.Options)!);
            Keep(row);
            _heads[record.Park] = Head(record.Park).With(row.Version, Moments.From(record.At));
        }
        if (record.Kind == nameof(PriceVersionWithdrawn))
            _heads[record.Park] = Head(record.Park).Without(JsonSerializer.Deserialize<PriceVersionWithdrawn>(record.Body, Json.Options)!.Number);
    }

    private LoadedVersion Keep(PriceVersionRow row) => _loaded[(row.Park, row.Number)] = new LoadedVersion(row.Version, row.Rules, row.Rules.ToRules());
}
