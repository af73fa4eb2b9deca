using System.Threading.Channels;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>A stretch of one lane, checked.</summary>
/// <param name="Strays">Transfers that belong to none of its records.</param>
internal sealed record LogPage(List<LogItem> Items, List<TransferCells> Strays);

/// <summary>
/// Reads one lane ahead of whoever takes its pages. What can be found out of a page by itself is worked out on other threads, so the
/// processors are busy while the pages are taken in order.
/// </summary>
/// <param name="one">Lets one lane at a time ask the store.</param>
/// <param name="check">Works a page out by itself.</param>
internal sealed class LogReader(Snapshot store, SemaphoreSlim one, long lane, Action<LogItem> check)
{
    private const int Records = 1000, PagesAhead = 6;
    // Also the least of all numbers is looked at, where no record ever stood but one may have been put.
    private const string First = "lane = @1 and seq >= @2", Further = "lane = @1 and seq > @2";

    private readonly Channel<Task<LogPage>> _ahead = Channel.CreateBounded<Task<LogPage>>(PagesAhead);
    private LogPage _page = new([], []);
    private int _at;
    private long? _after;
    private long _expected = 1, _turn;
    private byte[]? _previous = [];

    public long Lane => lane;
    /// <summary>The record whose turn it is, or null at the lane's end.</summary>
    public LogItem? Current { get; private set; }

    /// <summary>Begins to read ahead. The task ends, without a fault, when all is read or nobody wants more.</summary>
    public Task Begin(CancellationToken stop) => Task.Run(() => ReadAll(stop), CancellationToken.None);

    /// <summary>Goes on to the next record.</summary>
    /// <param name="stray">Told of transfers that belong to no record.</param>
    public async Task Next(Action<TransferCells> stray)
    {
        while (_at == _page.Items.Count)
        {
            foreach (var row in _page.Strays) stray(row);
            if (!await _ahead.Reader.WaitToReadAsync() || !_ahead.Reader.TryRead(out var next)) { (Current, _page, _at) = (null, new([], []), 0); return; }
            (_page, _at) = (await next, 0);
        }
        Current = _page.Items[_at++];
    }

    private async Task ReadAll(CancellationToken stop)
    {
        try
        {
            for (var isLast = false; !isLast;)
            {
                await one.WaitAsync(stop);
                LogPage page;
                try { (page, isLast) = await ReadPage(); }
                finally { one.Release(); }
                await _ahead.Writer.WriteAsync(Task.Run(() =>
                {
                    foreach (var item in page.Items) check(item);
                    return page;
                }, CancellationToken.None), stop);
            }
            _ahead.Writer.Complete();
        }
        catch (Exception fault) { _ahead.Writer.Complete(fault); }
    }

    private async Task<(LogPage, bool)> ReadPage()
    {
        var page = new LogPage([], []);
        var before = _after;
        var (where, from) = before is { } last ? (Further, last) : (First, long.MinValue);
        await store.Each(row =>
        {
            var item = LogItem.Of(row, lane);
            page.Items.Add(item);
            Follow(item);
        }, $"select {LogItem.Columns} from log where {where} order by seq limit {Records}", lane, from);
        // Numbers that cannot be read cannot be gone past; what was found of them is complaint enough.
        var isLast = page.Items.Count < Records || _after == before;
        var rows = new Queue<TransferCells>();
        await store.Each(row => rows.Enqueue(new TransferCells(row)), $"select {LedgerRows.Columns} from transfer where {where}{(isLast ? "" : " and seq <= @3")} order by seq, n", [lane, from, .. isLast ? (object?[])[] : [_after]]);
        foreach (var item in page.Items.Where(i => i.Seq is not null))
        {
            while (rows.TryPeek(out var row) && (row.Seq is null || row.Seq < item.Seq)) page.Strays.Add(rows.Dequeue());
            while (rows.TryPeek(out var row) && row.Seq == item.Seq) item.Transfers.Add(rows.Dequeue());
        }
        page.Strays.AddRange(rows);
        return (page, isLast);
    }

    /// <summary>What a record needs to know of the one before it.</summary>
    private void Follow(LogItem item)
    {
        if (item.Seq is { } seq)
        {
            if (seq != _expected) { item.AddChainFault($"log lane {lane} seq {_expected} is missing; {item.Name} stands in its place"); _previous = null; }
            (_expected, _after) = (unchecked(seq + 1), seq);
        }
        item.Previous = _previous;
        _previous = item.Fact is null ? null : item.Hash;
        // One that cannot be read stands right behind the one before it.
        item.Turn = _turn = item.Fact is null ? _turn : item.Turn;
    }
}
