using System.Text.Json;
using System.Text.Json.Nodes;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>Puts facts about the catalogue into changes: what each says, against what the fact before it said of the same thing.</summary>
internal sealed class CatalogFacts(Database database, int park, CatalogNames names, IReadOnlyList<LoadedQuota> quotas)
{
    /// <summary>Of a fact about many days so many are shown, and so many facts are looked through for what was before.</summary>
    private const int DaysMax = 20, EarlierMax = 100;

    public async Task<(CatalogChange[] Changes, int More)> Of(LogRecord record)
    {
        switch (record.Kind)
        {
            case nameof(TicketTypeSaved):
                var type = As<TicketTypeSaved>(record).Type;
                var earlier = (await Earlier(record, "subject = @5 and kind = @6", type.Id, nameof(TicketTypeSaved))) is [var saved, ..] ? As<TicketTypeSaved>(saved).Type : null;
                return One(CatalogPart.TicketType, type.Name, earlier is null ? null : names.Of(earlier), names.Of(type));
            case nameof(NamedDaySet):
                var day = As<NamedDaySet>(record).Day;
                return await OfDays(record, CatalogPart.Day, names.CodeOf(day.TypeId), [new(null, DaySetting.Of(day))]);
            case nameof(NamedDaysSet):
                return await OfDays(record, CatalogPart.Day, names.CodeOf(record.Subject), DaysIn(record));
            case nameof(QuotaSaved):
                var quota = As<QuotaSaved>(record).Quota;
                var known = (await Earlier(record, "subject = @5 and kind = @6", quota.Id, nameof(QuotaSaved))) is [var kept, ..] ? As<QuotaSaved>(kept).Quota : null;
                return One(CatalogPart.Quota, quota.Name, known is null ? null : names.Of(known), names.Of(quota));
            case nameof(QuotaDaysSet):
                var name = quotas.FirstOrDefault(q => q.Terms.Id == record.Subject)?.Terms.Name ?? record.Subject.ToString();
                return await OfDays(record, CatalogPart.QuotaDay, name, DaysIn(record));
            case nameof(PriceVersionSaved):
                var version = As<PriceVersionSaved>(record);
                var last = (await Earlier(record, "kind = @6 and @5 = @5", Guid.Empty, nameof(PriceVersionSaved))) is [var before, ..] ? As<PriceVersionSaved>(before) : null;
                return One(CatalogPart.Prices, $"{version.Number}", last is null ? null : Whole(last), Whole(version));
            default:
                return One(CatalogPart.Prices, $"{As<PriceVersionWithdrawn>(record).Number}", new JsonObject { ["withdrawn"] = false }, new JsonObject { ["withdrawn"] = true });
        }
    }

    private JsonObject Whole(PriceVersionSaved version)
    {
        var whole = names.Of(version.Rules);
        whole.Insert(0, "from", JsonSerializer.SerializeToNode(version.From, Json.Options));
        return whole;
    }

    private static (CatalogChange[], int) One(CatalogPart part, string name, JsonObject? before, JsonObject after) =>
        ([new(part, name, null, before is null, JsonDifference.Of(before, after))], 0);

    /// <param name="Slot">The time slot of the day that is set; null = the whole day.</param>
    private readonly record struct SetDay(TimeOnly? Slot, DaySetting Day);

    private async Task<(CatalogChange[], int)> OfDays(LogRecord record, CatalogPart part, string name, SetDay[] days)
    {
        var shown = days.Take(DaysMax).ToArray();
        var (first, second) = part == CatalogPart.Day ? (nameof(NamedDaySet), nameof(NamedDaysSet)) : (nameof(QuotaDaysSet), nameof(QuotaDaysSet));
        var before = new Dictionary<(DateOnly, TimeOnly?), DaySetting>();
        foreach (var earlier in await Earlier(record, $"subject = @5 and kind in (@6, '{second}')", record.Subject, first))
            foreach (var (slot, day) in DaysIn(earlier)) before.TryAdd((day.Day, slot), day);
        return ([.. shown.Select(set => new CatalogChange(part, set.Slot is { } at ? $"{name} {at:HH:mm}" : name, set.Day.Day, false,
            JsonDifference.Of(Of(part, before.GetValueOrDefault((set.Day.Day, set.Slot))), Of(part, set.Day))))], days.Length - shown.Length);
    }

    private static SetDay[] DaysIn(LogRecord record) => record.Kind switch
    {
        nameof(NamedDaySet) => [new(null, DaySetting.Of(As<NamedDaySet>(record).Day))],
        nameof(NamedDaysSet) => [.. As<NamedDaysSet>(record).Days.Select(day => new SetDay(null, day))],
        _ => As<QuotaDaysSet>(record) is var set ? [.. SetQuotaDays.RowsOf(0, set.QuotaId, set.Days, set.Slots, set.Limit, set.Unlimited)
            .Select(row => new SetDay(row.Slot, new(row.Day, null, row.Limit, row.Unlimited)))] : [],
    };

    private static JsonObject Of(CatalogPart part, DaySetting? day) => part == CatalogPart.Day
        ? new() { ["priceFen"] = day?.PriceFen, ["quota"] = day?.Quota, ["unlimited"] = day?.Unlimited ?? false }
        : new() { ["limit"] = day?.Quota, ["unlimited"] = day?.Unlimited ?? false };

    /// <summary>Facts before one, the newest first; only the first for what is saved whole.</summary>
    private Task<List<LogRecord>> Earlier(LogRecord record, string about, Guid subject, string kind) => database.Query(LogRecord.Read,
        $"select {LogRecord.Columns} from log where park = @1 and {ReadCatalogChanges.Kinds} and {about} and (at < @2 or (at = @2 and (lane < @3 or (lane = @3 and seq < @4)))) order by at desc, lane desc, seq desc limit {(kind.EndsWith("Saved", StringComparison.Ordinal) ? 1 : EarlierMax)}",
        park, record.At, record.Lane, record.Seq, subject, kind);

    private static T As<T>(LogRecord record) => JsonSerializer.Deserialize<T>(record.Body, Json.Options)!;
}
