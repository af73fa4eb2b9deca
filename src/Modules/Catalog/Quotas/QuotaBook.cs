using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>A quota with the days that were set by hand.</summary>
internal sealed record LoadedQuota(QuotaTerms Terms, FrozenDictionary<DateOnly, QuotaDayRow> Days)
{
    private readonly FrozenSet<Guid> _types = Terms.TypeIds.ToFrozenSet();

    /// <summary>Whether it counts people of a type who come on a day.</summary>
    public bool DrawnOnBy(Guid type, DateOnly day) => Terms.Active && day >= Terms.CountsFrom && (_types.Count == 0 || _types.Contains(type));

    /// <summary>People on a day; null = no limit.</summary>
    public int? LimitOn(DateOnly day) => Days.TryGetValue(day, out var set) ? set.Limit : Terms.Limit;

    /// <summary>From how many people on the office is warned; null = never.</summary>
    public long? WarnsAt(DateOnly day) => Terms.WarnPercent is { } percent && LimitOn(day) is > 0 and var limit ? ((long)limit * percent + 99) / 100 : null;

    /// <summary>How it stands for a channel.</summary>
    /// <param name="now">The moment on the park's clock.</param>
    public QuotaState StateOf(DateOnly day, long taken, string channel, DateTime now) =>
        new(Terms.Stops ? LimitOn(day) : null, taken, KeepBack.From(Terms.Keeps, channel, day, now));
}

/// <param name="Changes">The number of the last change that is in it.</param>
/// <param name="Quotas">The widest first.</param>
internal sealed record ParkQuotas(int Changes, LoadedQuota[] Quotas)
{
    public static readonly ParkQuotas None = new(0, []);

    public ParkQuotas With(LoadedQuota quota, int changes) => new(changes, InOrder(Quotas.Where(q => q.Terms.Id != quota.Terms.Id).Append(quota)));

    public static LoadedQuota[] InOrder(IEnumerable<LoadedQuota> quotas) =>
        [.. quotas.OrderByDescending(q => q.Terms.TypeIds.Length == 0 ? int.MaxValue : q.Terms.TypeIds.Length).ThenBy(q => q.Terms.Id)];
}

/// <summary>The quotas that ticket types share (限流簿), as after the last commit.</summary>
public sealed class QuotaBook
{
    private readonly Database _database;
    private readonly ParkTimes _times;
    private readonly TimeProvider _clock;
    private long _upTo = -1;
    private volatile FrozenDictionary<int, ParkQuotas> _parks = FrozenDictionary<int, ParkQuotas>.Empty;

    internal QuotaBook(Database database, ParkTimes times, TimeProvider clock) => (_database, _times, _clock) = (database, times, clock);

    internal ParkQuotas Of(int park) => _parks.GetValueOrDefault(park) ?? ParkQuotas.None;

    /// <summary>What one request takes from, or gives back to, the quotas of some types on a day.</summary>
    public QuotaDraw Draw(int park, DateOnly day, IEnumerable<Guid> types) => new(this, park, day, [.. types.Distinct()]);

    /// <summary>The lane of those who want places of this type on this day: the row that most of them share decides.</summary>
    public int RouteTo(int park, Guid type, DateOnly day) =>
        Array.Find(Of(park).Quotas, q => q.DrawnOnBy(type, day)) is { } widest ? HashCode.Combine(widest.Terms.Id, day) : PriceBook.RouteTo(type, day);

    /// <summary>Every quota in use that can be read, to hold what it counts against what was sold.</summary>
    public static async Task<IReadOnlyList<QuotaTerms>> ReadActive(Snapshot store) =>
        [.. (await store.Query(QuotaTables.QuotaIn, QuotaTables.Quotas.Select)).OfType<QuotaTerms>().Where(q => q.Active)];

    /// <summary>How many people may still come by the quotas of each type, bought now at a channel; a type without a limit is absent.</summary>
    internal async Task<IReadOnlyDictionary<Guid, long>> ReadRoom(int park, DateOnly day, IEnumerable<Guid> types, string channel)
    {
        var room = new Dictionary<Guid, long>();
        var quotas = Of(park).Quotas.Where(q => q.Terms is { Active: true, Stops: true } && q.LimitOn(day) is not null).ToArray();
        if (quotas.Length == 0) return room;
        var taken = await Balances.Read(_database, [.. quotas.Select(q => q.Terms.Counted(day))]);
        var now = _times.Local(park, _clock.GetUtcNow());
        Guid[] all = [.. types];
        foreach (var quota in quotas)
        {
            var left = quota.StateOf(day, taken.GetValueOrDefault(quota.Terms.Counted(day).Code), channel, now).Room;
            foreach (var type in all.Where(type => quota.DrawnOnBy(type, day))) room[type] = Math.Min(room.GetValueOrDefault(type, long.MaxValue), left);
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
            ParkQuotas.InOrder(quotas.Where(q => q.Park == h.Park).Select(q => new LoadedQuota(q, days[q.Id].ToFrozenDictionary(d => d.Day))))));
    }

    /// <summary>Follows the log. Called by one thread, after each commit and before its answers leave.</summary>
    internal void Follow(IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records.Where(r => r.Turn > _upTo))
        {
            if (record.Kind == nameof(QuotaSaved)) Save(JsonSerializer.Deserialize<QuotaSaved>(record.Body, Json.Options)!);
            if (record.Kind == nameof(QuotaDaysSet)) Set(record.Park, JsonSerializer.Deserialize<QuotaDaysSet>(record.Body, Json.Options)!);
        }
    }

    /// <summary>What another program changed is read anew: quotas are changed by requests that run alone, so all before the last of them is there.</summary>
    internal async Task FollowOthers(IReadOnlyList<LogRecord> records)
    {
        if (!records.Any(r => r.Kind is nameof(QuotaSaved) or nameof(QuotaDaysSet))) return;
        _upTo = Math.Max(_upTo, records[^1].Turn);
        await Load();
    }

    private void Save(QuotaSaved saved)
    {
        if (!IsNext(saved.Quota.Park, saved.Changes)) return;
        var days = Of(saved.Quota.Park).Quotas.FirstOrDefault(q => q.Terms.Id == saved.Quota.Id)?.Days ?? FrozenDictionary<DateOnly, QuotaDayRow>.Empty;
        Put(saved.Quota.Park, Of(saved.Quota.Park).With(new(saved.Quota, days), saved.Changes));
    }

    private void Set(int park, QuotaDaysSet set)
    {
        if (!IsNext(park, set.Changes)) return;
        var quota = Of(park).Quotas.First(q => q.Terms.Id == set.QuotaId);
        var kept = quota.Days.Values.ExceptBy(set.Days, d => d.Day);
        var now = set.Days.Select(day => new QuotaDayRow(park, set.QuotaId, day, set.Limit, set.Unlimited)).Where(d => d.IsSet);
        Put(park, Of(park).With(quota with { Days = kept.Concat(now).ToFrozenDictionary(d => d.Day) }, set.Changes));
    }

    /// <summary>
    /// An own change that comes on top of another program's is not taken in before that one was heard: a list must never be older than
    /// its number says. Then all of it is read anew.
    /// </summary>
    private bool IsNext(int park, int changes) => changes == Of(park).Changes + 1;

    private void Put(int park, ParkQuotas quotas) => _parks = _parks.Where(p => p.Key != park).Append(new(park, quotas)).ToFrozenDictionary();
}
