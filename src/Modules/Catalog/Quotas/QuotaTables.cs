using System.Globalization;
using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>The number of the last change of a park's quotas: what a sale holds its list against.</summary>
internal sealed record QuotaHeadRow(int Park, int Changes)
{
    public static readonly RowTable<long, QuotaHeadRow> Table = new("quota_head", "park, changes",
        r => new(r.Int(0), r.Int(1)), h => [(long)h.Park, h.Changes], h => h.Park, settled: true);

    /// <summary>The next change; the row must be named.</summary>
    public static QuotaHeadRow Next(WriteGroup group, int park) => new(park, (group.Find(Table, park)?.Changes ?? 0) + 1);
}

/// <summary>A day of a quota, or a slot of it, that was set by hand; neither limit nor unlimited = it was set back.</summary>
internal sealed record QuotaDayRow(int Park, Guid Quota, DateOnly Day, TimeOnly? Slot, int? Limit, bool Unlimited)
{
    public bool IsSet => Limit is not null || Unlimited;

    public static string IdOf(Guid quota, DateOnly day, TimeOnly? slot) => $"{quota:N}/{BusinessDay.Number(day)}{(slot is { } at ? $"/{at:HHmm}" : "")}";

    public static readonly RowTable<string, QuotaDayRow> Table = new("quota_day", "id, park, quota, day, places, unlimited, slot",
        r => new(r.Int(1), r.Id(2), BusinessDay.FromNumber(r.Int(3)), SlotIn(r.TextOrNull(6)), r.IntOrNull(4), r.Bool(5)),
        d => [IdOf(d.Quota, d.Day, d.Slot), d.Park, d.Quota, BusinessDay.Number(d.Day), d.Limit, d.Unlimited, (object?)d.Slot?.ToString("HHmm", CultureInfo.InvariantCulture)], settled: true);

    private static TimeOnly? SlotIn(string? text) => text is null ? null : TimeOnly.ParseExact(text, "HHmm", CultureInfo.InvariantCulture);
}

internal static class QuotaTables
{
    public static readonly RowTable<Guid, QuotaTerms> Quotas = new("quota", "id, park, name, types, places, warn_percent, stops, keeps, active, counts_from, edit, slots",
        r => new(r.Id(0), r.Int(1), r.Text(2), JsonSerializer.Deserialize<Guid[]>(r.Text(3), Json.Options)!, r.IntOrNull(4), r.IntOrNull(5), r.Bool(6),
            JsonSerializer.Deserialize<KeepBack[]>(r.Text(7), Json.Options)!, r.Bool(8), BusinessDay.FromNumber(r.Int(9)), r.Int(10),
            r.TextOrNull(11) is { } slots ? JsonSerializer.Deserialize<SlotPattern>(slots, Json.Options) : null),
        q => [q.Id, q.Park, q.Name, JsonSerializer.Serialize(q.TypeIds, Json.Options), q.Limit, q.WarnPercent, q.Stops, JsonSerializer.Serialize(q.Keeps, Json.Options), q.Active,
            BusinessDay.Number(q.CountsFrom), q.Edit, q.Slots is null ? null : JsonSerializer.Serialize(q.Slots, Json.Options)], settled: true);

    /// <summary>A quota as it is stored, or null where the row was spoiled.</summary>
    public static QuotaTerms? QuotaIn(Row row)
    {
        try { return Quotas.Read(row); }
        catch (Exception spoiled) when (spoiled is InvalidDataException or JsonException or ArgumentException) { return null; }
    }
}
