using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <param name="Changes">The number of the last change that is in it.</param>
/// <param name="Quotas">The widest first.</param>
internal sealed record ParkQuotas(int Changes, LoadedQuota[] Quotas)
{
    public static readonly ParkQuotas None = new(0, []);

    public ParkQuotas With(LoadedQuota quota, int changes) => new(changes, InOrder(Quotas.Where(q => q.Terms.Id != quota.Terms.Id).Append(quota)));

    public static LoadedQuota[] InOrder(IEnumerable<LoadedQuota> quotas) =>
        [.. quotas.OrderByDescending(q => q.Terms.TypeIds.Length == 0 ? int.MaxValue : q.Terms.TypeIds.Length).ThenBy(q => q.Terms.Id)];
}

/// <summary>What the quotas leave to a type on a day.</summary>
/// <param name="Left">People who may come by the quotas that count whole days; null = no limit.</param>
/// <param name="Slots">The slots that are not over yet, of a type that is sold by slots; else null.</param>
internal sealed record TypeRoom(long? Left, List<SlotRoom>? Slots);

/// <param name="Left">People who may still come in the slot; null = no limit.</param>
internal sealed record SlotRoom(TimeSlot Slot, long? Left);

/// <summary>The quotas that ticket types share (限流簿), as after the last commit.</summary>
public sealed class QuotaBook
{
    private readonly Database _database;
    private readonly ParkTimes _times;
    private readonly TimeProvider _clock;
    private volatile FrozenDictionary<int, ParkQuotas> _parks = FrozenDictionary<int, ParkQuotas>.Empty;

    internal QuotaBook(Database database, ParkTimes times, TimeProvider clock) => (_database, _times, _clock) = (database, times, clock);

    internal ParkQuotas Of(int park) => _parks.GetValueOrDefault(park) ?? ParkQuotas.None;

    /// <summary>What one request takes from, or gives back to, the quotas of its lines on a day.</summary>
    public QuotaDraw Draw(int park, DateOnly day, IEnumerable<PeopleOf> lines) => new(this, park, day, [.. lines]);

    /// <summary>Whether a slot is over at a moment on the park's clock.</summary>
    internal bool IsOver(int park, TimeSlot slot, DateOnly day, DateTime now) => slot.IsOver(day, now, _times.CutOffHour(park));

    /// <summary>The lane of those who want places of this type on this day: the row that most of them share decides.</summary>
    public int RouteTo(int park, Guid type, DateOnly day) =>
        Array.Find(Of(park).Quotas, q => q.DrawnOnBy(type, day)) is { } widest ? HashCode.Combine(widest.Terms.Id, day) : PriceBook.RouteTo(type, day);

    /// <summary>Every quota in use that can be read, to hold what it counts against what was sold.</summary>
    public static async Task<IReadOnlyList<QuotaTerms>> ReadActive(Snapshot store) =>
        [.. (await store.Query(QuotaTables.QuotaIn, QuotaTables.Quotas.Select)).OfType<QuotaTerms>().Where(q => q.Active)];

    /// <summary>What the quotas leave to each type on a day, bought now at a channel; a type that none limits and none gives slots is absent.</summary>
    internal async Task<IReadOnlyDictionary<Guid, TypeRoom>> ReadRoom(int park, DateOnly day, IEnumerable<Guid> types, string channel)
    {
        var room = new Dictionary<Guid, TypeRoom>();
        Guid[] asked = [.. types];
        var now = _times.Local(park, _clock.GetUtcNow());
        var drawn = Of(park).Quotas.Where(q => Array.Exists(asked, type => q.DrawnOnBy(type, day))).ToArray();
        var slotted = drawn.Where(q => q.Terms.Slots is not null).ToArray();
        var cells = drawn.SelectMany(q => q.SlotsOn(day).Where(slot => slot is null || !IsOver(park, slot, day, now)).Select(slot => (Quota: q, Slot: slot)))
            .Where(c => c.Slot is not null || (c.Quota.Terms.Stops && c.Quota.LimitOn(day, null) is not null)).ToArray();
        if (cells.Length == 0 && slotted.Length == 0) return room;
        Account[] counted = [.. cells.Select(c => c.Quota.Terms.Counted(day, c.Slot?.At))];
        var taken = await Balances.Read(_database, counted);
        var states = cells.Select((c, n) => c.Quota.StateOf(day, c.Slot?.At, taken.GetValueOrDefault(counted[n].Code), channel, now)).ToArray();
        foreach (var type in asked)
        {
            long? left = null;
            List<SlotRoom>? slots = Array.Exists(slotted, q => q.DrawnOnBy(type, day)) ? [] : null;
            for (var n = 0; n < cells.Length; n++)
            {
                if (!cells[n].Quota.DrawnOnBy(type, day)) continue;
                if (cells[n].Slot is { } slot) slots!.Add(new(slot, states[n].Limit is null ? null : states[n].Room));
                else left = Math.Min(left ?? long.MaxValue, states[n].Room);
            }
            if (left is not null || slots is not null) room.Add(type, new(left, slots));
        }
        return room;
    }

    /// <summary>Reads the head before what it heads: the list is then never older than its number says.</summary>
    internal async Task Load()
    {
        var heads = await _database.Query(QuotaHeadRow.Table.Read, QuotaHeadRow.Table.Select);
        var quotas = await _database.Query(QuotaTables.Quotas.Read, QuotaTables.Quotas.Select);
        var days = (await _database.Query(QuotaDayRow.Table.Read, QuotaDayRow.Table.Select)).Where(d => d.IsSet).ToLookup(d => d.Quota);
        _parks = heads.ToFrozenDictionary(h => h.Park, h => new ParkQuotas(h.Changes,
            ParkQuotas.InOrder(quotas.Where(q => q.Park == h.Park).Select(q => new LoadedQuota(q, days[q.Id].ToFrozenDictionary(d => (d.Day, d.Slot)))))));
    }

    /// <summary>Takes in what this program committed.</summary>
    internal void Follow(LogRecord record)
    {
        if (record.Kind == nameof(QuotaSaved)) Save(JsonSerializer.Deserialize<QuotaSaved>(record.Body, Json.Options)!);
        if (record.Kind == nameof(QuotaDaysSet)) Set(record.Park, JsonSerializer.Deserialize<QuotaDaysSet>(record.Body, Json.Options)!);
    }

    private void Save(QuotaSaved saved)
    {
        if (!IsNext(saved.Quota.Park, saved.Changes)) return;
        var days = Of(saved.Quota.Park).Quotas.FirstOrDefault(q => q.Terms.Id == saved.Quota.Id)?.Days ?? FrozenDictionary<(DateOnly, TimeOnly?), QuotaDayRow>.Empty;
        Put(saved.Quota.Park, Of(saved.Quota.Park).With(new(saved.Quota, days), saved.Changes));
    }

    private void Set(int park, QuotaDaysSet set)
    {
        if (!IsNext(park, set.Changes)) return;
        var quota = Of(park).Quotas.First(q => q.Terms.Id == set.QuotaId);
        QuotaDayRow[] now = [.. SetQuotaDays.RowsOf(park, set.QuotaId, set.Days, set.Slots, set.Limit, set.Unlimited)];
        var kept = quota.Days.Values.ExceptBy(now.Select(d => (d.Day, d.Slot)), d => (d.Day, d.Slot));
        Put(park, Of(park).With(quota with { Days = kept.Concat(now.Where(d => d.IsSet)).ToFrozenDictionary(d => (d.Day, d.Slot)) }, set.Changes));
    }

    /// <summary>
    /// An own change that comes on top of another program's is not taken in before that one was heard: a list must never be older than
    /// its number says. Then all of it is read anew.
    /// </summary>
    private bool IsNext(int park, int changes) => changes == Of(park).Changes + 1;

    private void Put(int park, ParkQuotas quotas) => _parks = _parks.Where(p => p.Key != park).Append(new(park, quotas)).ToFrozenDictionary();
}
