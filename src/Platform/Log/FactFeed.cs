using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Log;

/// <summary>
/// Tells the modules above what was committed, lane by lane in order, after the commit. What this program committed is told before
/// its answers leave; what others committed, and what was committed when the connection broke, is read from the log. A listener
/// must be quick and must not throw; what it keeps it must be able to rebuild from the store, because a restart tells nothing again.
/// </summary>
public sealed class FactFeed(Database database)
{
    private const int Page = 1000;
    private static readonly string SelectNext = $"select {LogRecord.Columns} from log where lane = @1 and seq > @2 order by seq limit {Page}";

    private readonly record struct Listener(Action<IReadOnlyList<LogRecord>> Follow, Func<IReadOnlyList<LogRecord>, Task>? FollowOthers);

    private readonly List<Listener> _listeners = [];
    private readonly SemaphoreSlim _one = new(1);
    private long[]? _told;

    /// <param name="follow">Records in the order of their lane.</param>
    /// <param name="followOthers">
    /// The same for records of other programs, where it matters that an own record of another lane may be told before or after them;
    /// null where it does not.
    /// </param>
    public void Listen(Action<IReadOnlyList<LogRecord>> follow, Func<IReadOnlyList<LogRecord>, Task>? followOthers = null) => _listeners.Add(new(follow, followOthers));

    /// <summary>
    /// For who keeps rows in memory that are changed only by requests that run alone. Own records of these kinds are taken in one by one; what
    /// another program changed is read anew, as the order of two programs' records is known only to the store.
    /// </summary>
    /// <param name="follow">Called by one thread, after each commit and before its answers leave.</param>
    /// <param name="load">Reads all that is kept.</param>
    public void Listen(IReadOnlyCollection<string> kinds, Action<LogRecord> follow, Func<Task> load)
    {
        var upTo = -1L;
        Listen(
            records =>
            {
                foreach (var record in records)
                    if (record.Turn > upTo && kinds.Contains(record.Kind)) follow(record);
            },
            async records =>
            {
                if (!records.Any(r => kinds.Contains(r.Kind))) return;
                // Such requests run alone, so all that came before the last of these is in what is read now.
                upTo = Math.Max(upTo, records[^1].Turn);
                await load();
            });
    }

    /// <summary>Takes up where the lanes stand. Before the listeners read what they keep, so that nothing falls between.</summary>
    public async Task Begin()
    {
        var told = new long[Lanes.Max + 1];
        for (var lane = 1; lane <= Lanes.Max; lane++) told[lane] = await database.Number("select max(seq) from log where lane = @1", lane);
        _told = told;
    }

    /// <summary>Tells what this program just committed, and before it what of the same lane was not told yet.</summary>
    internal async Task Tell(IReadOnlyList<LogRecord> records)
    {
        await _one.WaitAsync();
        try
        {
            if (_told is not null)
            {
                if (records[0].Seq > _told[records[0].Lane] + 1) await ReadOn(records[0].Lane);
                var told = _told[records[0].Lane];
                if (records[0].Seq <= told) records = [.. records.Where(r => r.Seq > told)];
            }
            if (records.Count == 0) return;
            foreach (var listener in _listeners) listener.Follow(records);
            // Only now: who asks whether there is news must not be told "no" while the listeners still take it in.
            if (_told is not null) _told[records[0].Lane] = records[^1].Seq;
        }
        finally { _one.Release(); }
    }

    /// <summary>
    /// Tells what any lane has and was not told. Also for a request that names what this program does not know: it may have been
    /// made at another one a moment ago.
    /// </summary>
    public async Task CatchUp()
    {
        if (database.LanesMax == 1) return;
        for (var lane = 1; lane <= Lanes.Max; lane++)
        {
            // Looked at without holding anybody up; told only if it is still news then.
            if ((await database.Number("select max(seq) from log where lane = @1", lane)) <= _told![lane]) continue;
            await _one.WaitAsync();
            try { await ReadOn(lane); }
            finally { _one.Release(); }
        }
    }

    private async Task ReadOn(int lane)
    {
        while (true)
        {
            var read = await database.Query(LogRecord.Read, SelectNext, lane, _told![lane]);
            if (read.Count == 0) return;
            foreach (var listener in _listeners)
                if (listener.FollowOthers is { } others) await others(read);
                else listener.Follow(read);
            _told[lane] = read[^1].Seq;
        }
    }
}
