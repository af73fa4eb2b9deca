using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>A version of the price rules as it is kept, for ever.</summary>
internal sealed record PriceVersionRow(Guid Id, int Park, int Number, long From, int Edition, PriceRulesTerms Rules, bool Withdrawn)
{
    public static readonly RowTable<Guid, PriceVersionRow> Table = new("price_version", "id, park, number, from_at, edition, body, withdrawn",
        r => new(r.Id(0), r.Int(1), r.Int(2), r.Long(3), r.Int(4), JsonSerializer.Deserialize<PriceRulesTerms>(r.Text(5), Json.Options)!, r.Bool(6)),
        v => [v.Id, v.Park, v.Number, v.From, v.Edition, JsonSerializer.Serialize(v.Rules, Json.Options), v.Withdrawn]);

    /// <summary>The rules of a row in order, or null where it cannot be read or used any more.</summary>
    public static ((int Park, int Number) Key, RuleSet Rules)? RulesIn(Row row)
    {
        try
        {
            var version = Table.Read(row);
            return version.Rules is { IsWhole: true } rules ? ((version.Park, version.Number), rules.ToRules()) : null;
        }
        catch (Exception spoiled) when (spoiled is InvalidDataException or JsonException) { return null; }
    }

    public PriceVersion Version => new(Number, Moments.From(From), Edition);

    public static PriceVersionRow Of(int park, PriceVersionSaved saved) => new(saved.Id, park, saved.Number, saved.From.Micros(), saved.Edition, saved.Rules, false);
}

/// <summary>Which versions a park's sales may still be made under. The one row of prices that a sale reads.</summary>
/// <param name="Last">The greatest number given.</param>
/// <param name="Begins">When which version begins, in the order of their numbers.</param>
internal sealed record PriceHeadRow(int Park, int Last, PriceVersion[] Begins)
{
    private sealed record Begin(int Number, long From, int Edition);

    public static readonly RowTable<long, PriceHeadRow> Table = new("price_head", "park, last, begins",
        r => new(r.Int(0), r.Int(1), [.. JsonSerializer.Deserialize<Begin[]>(r.Text(2), Json.Options)!.Select(b => new PriceVersion(b.Number, Moments.From(b.From), b.Edition))]),
        h => [(long)h.Park, h.Last, JsonSerializer.Serialize(h.Begins.Select(b => new Begin(b.Number, b.From.Micros(), b.Edition)), Json.Options)], h => h.Park, settled: true);

    public static PriceHeadRow None(int park) => new(park, 0, []);

    /// <summary>After a version was saved. What ended a day ago is left out: no cart lives so long.</summary>
    public PriceHeadRow With(PriceVersion version, DateTimeOffset now)
    {
        var holding = PriceVersion.At(Begins, now.AddDays(-1));
        return new(Park, version.Number, [.. Begins.Where(b => holding is not { } since || b.From >= since.From).Append(version)]);
    }

    public PriceHeadRow Without(int number) => this with { Begins = [.. Begins.Where(b => b.Number != number)] };
}
