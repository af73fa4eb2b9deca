using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Reporting;

/// <summary>
/// The tallies in memory, at most eight: each is read from the log when it is first asked for and follows the feed from
/// then on. The listener only files a record; counting happens when somebody looks, so a sale never waits for a report.
/// </summary>
internal sealed class TallyShelf(Database database, ParkTimes times)
{
    private const int DaysMax = 8, WaitingMax = 5_000;
    private static readonly string SelectDay = $"select {LogRecord.Columns} from log where park = @1 and day = @2 "
        + $"and kind in ({string.Join(", ", DayTally.KindsCounted.Select((_, i) => $"@{i + 3}"))}) order by lane, seq";

    private sealed class Entry
    {
        public readonly DayTally Tally = new();
        public readonly SemaphoreSlim Gate = new(1);
        public List<LogRecord> Waiting = [];
        public bool IsLoaded;
        public long LookedAt;
    }

    private readonly Lock _lock = new();
    private readonly Dictionary<(int Park, int Day), Entry> _entries = [];
    private readonly Dictionary<int, long> _versions = [];
    private long _looks, _started;

    /// <summary>Rises with every record that concerns the park, also across restarts.</summary>
    public long VersionOf(int park) { lock (_lock) return _versions.GetValueOrDefault(park, _started); }

    /// <summary>Takes up the versions where the log stands: no park has more records than all lanes have.</summary>
    public async Task Load()
    {
        await using var store = await database.OpenSnapshot();
        _started = (await LaneHead.AllOf(store)).Sum(head => head.Seq);
    }

    /// <summary>Files what was committed. Runs on the writer's thread.</summary>
    public void Follow(IReadOnlyList<LogRecord> records)
    {
        lock (_lock)
        {
            foreach (var record in records)
            {
                _versions[record.Park] = _versions.GetValueOrDefault(record.Park, _started) + 1;
                if (!_entries.TryGetValue((record.Park, record.Day), out var entry)) continue;
                entry.Waiting.Add(record);
                // Nobody has looked for very long: forget the day, the log has it.
                if (entry.Waiting.Count > WaitingMax) _entries.Remove((record.Park, record.Day));
            }
        }
    }

    /// <summary>Looks at a day's tally, counted up to the last commit. The look must not wait for anything.</summary>
    public async Task<T> Look<T>(int park, DateOnly day, Func<DayTally, T> look, CancellationToken cancel = default)
    {
        var entry = Take(park, BusinessDay.Number(day));
        await entry.Gate.WaitAsync(cancel);
        try
        {
            if (!entry.IsLoaded)
            {
                await using var store = await database.OpenSnapshot();
                await foreach (var record in store.Stream(LogRecord.Read, SelectDay, [park, BusinessDay.Number(day), .. DayTally.KindsCounted]))
                {
                    cancel.ThrowIfCancellationRequested();
                    Count(entry, record);
                }
                entry.IsLoaded = true;
            }
            // What came during the loading may be in both; a tally passes over what it has counted.
            List<LogRecord> waiting;
            lock (_lock) (waiting, entry.Waiting) = (entry.Waiting, []);
            foreach (var record in waiting) Count(entry, record);
            return look(entry.Tally);
        }
        finally { entry.Gate.Release(); }
    }

    private void Count(Entry entry, LogRecord record) => entry.Tally.Add(record, times.Local(record.Park, record.Moment));

    private Entry Take(int park, int day)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue((park, day), out var entry))
            {
                if (_entries.Count >= DaysMax) _entries.Remove(_entries.MinBy(e => e.Value.LookedAt).Key);
                _entries.Add((park, day), entry = new Entry());
            }
            entry.LookedAt = ++_looks;
            return entry;
        }
    }
}
