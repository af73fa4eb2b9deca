using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Log;

/// <summary>Reads facts in the order in which they happened to any one thing, whichever lanes wrote them.</summary>
public static class FactsInOrder
{
    private const int Page = 2000;

    /// <summary>All records of these kinds, lanes merged by their turns, at the snapshot's moment.</summary>
    public static async IAsyncEnumerable<LogRecord> Facts(this Snapshot store, params string[] kinds)
    {
        var lanes = new List<Reading>();
        foreach (var lane in await store.Query(r => r.Long(0), "select distinct lane from log order by lane")) lanes.Add(new Reading(store, lane, kinds));
        foreach (var lane in lanes) await lane.Next();
        while (lanes.Where(l => l.Record is not null).MinBy(l => (l.Record!.Turn, l.Record.Lane)) is { } first)
        {
            yield return first.Record!;
            await first.Next();
        }
    }

    /// <summary>One lane, a page at a time: a store answers one question after the other.</summary>
    private sealed class Reading(Snapshot store, long lane, string[] kinds)
    {
        private readonly string _select = $"select {LogRecord.Columns} from log where lane = @1 and seq > @2 and kind in ("
            + $"{string.Join(", ", kinds.Select((_, i) => $"@{i + 3}"))}) order by seq limit {Page}";
        private List<LogRecord> _page = [];
        private int _at;
        private long _seq = long.MinValue;

        public LogRecord? Record { get; private set; }

        public async Task Next()
        {
            if (_at == _page.Count)
            {
                (_page, _at) = (await store.Query(LogRecord.Read, _select, [lane, _seq, .. kinds]), 0);
                if (_page.Count == 0) { Record = null; return; }
            }
            Record = _page[_at++];
            _seq = Record.Seq;
        }
    }
}
