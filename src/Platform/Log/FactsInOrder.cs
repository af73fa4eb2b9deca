using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Log;

/// <summary>Reads facts in the order in which they happened to any one thing, whichever lanes wrote them.</summary>
public static class FactsInOrder
{
    private const int Page = 2000;

    /// <summary>All records of these kinds, lanes merged by their turns, at the snapshot's moment.</summary>
    public static async IAsyncEnumerable<LoggedFact> Facts(this Snapshot store, params string[] kinds)
    {
        var lanes = new List<Reading>();
        for (var after = long.MinValue; await NextLane(store, after) is { } lane; after = lane) lanes.Add(new Reading(store, lane, kinds));
        foreach (var lane in lanes) await lane.Next();
        while (lanes.Where(l => l.Record is not null).MinBy(l => (l.Record!.Turn, l.Record.Lane)) is { } first)
        {
            yield return first.Record!;
            await first.Next();
        }
    }

    /// <summary>The lane after this one, found by key: the log is long and has few lanes.</summary>
    private static async Task<long?> NextLane(Snapshot store, long after) =>
        (await store.Query(r => r.LongOrNull(0), "select min(lane) from log where lane > @1", after))[0];

    /// <summary>One lane, a page at a time: a store answers one question after the other.</summary>
    private sealed class Reading(Snapshot store, long lane, string[] kinds)
    {
        private readonly string _select = $"select {LoggedFact.Columns} from log where lane = @1 and seq > @2 and kind in ("
            + $"{string.Join(", ", kinds.Select((_, i) => $"@{i + 3}"))}) order by seq limit {Page}";
        private List<LoggedFact> _page = [];
        private int _at;
        private long _seq = long.MinValue;

        public LoggedFact? Record { get; private set; }

        public async Task Next()
        {
            if (_at == _page.Count)
            {
                (_page, _at) = (await store.Query(LoggedFact.Read, _select, [lane, _seq, .. kinds]), 0);
                if (_page.Count == 0) { Record = null; return; }
            }
            Record = _page[_at++];
            _seq = Record.Seq;
        }
    }
}
