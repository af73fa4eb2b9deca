using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>Reads the log once, lane by lane and page by page, and proves its chain and every transfer against it.</summary>
internal sealed class LogProof(Snapshot store)
{
    private const int Page = 2000;
    private const string TransferColumns = "lane, seq, n, source, target, amount, unit, what, at, day, park";
    private const string SelectTransfers = $"select {TransferColumns} from transfer where lane = @1 and seq > @2";

    private readonly Complaint _chain = new(), _transfers = new();
    private long _records, _moved, _epoch;
    public LedgerReplay Ledger { get; private set; } = new(oneLane: true);
    public DigestBalance Answers { get; } = new();
    /// <summary>Answers from before this moment may have been pruned, by the log's own word; microseconds since 1970.</summary>
    public long PrunedBefore { get; private set; } = long.MinValue;
    public Finding Chain => _chain.Finding($"{_records:N0} records");
    public Finding Transfers => _transfers.Finding($"{_moved:N0} transfers");

    public async Task Run()
    {
        await foreach (var body in store.Stream(r => r.Text(0), "select body from log where kind = @1", nameof(AnswersPruned)))
            PrunedBefore = Math.Max(PrunedBefore, JsonSerializer.Deserialize<AnswersPruned>(body, Json.Options)!.Before);
        var lanes = await Lanes();
        Ledger = new LedgerReplay(oneLane: lanes.Count <= 1);
        foreach (var lane in lanes) await Run(lane);
        var epoch = await store.Number("select epoch from store where id = 1");
        if (epoch < _epoch) _chain.Add($"store: epoch {epoch} is behind the log's {_epoch}");
    }

    private async Task<List<long>> Lanes()
    {
        var lanes = new List<long>();
        for (var after = long.MinValue; ;)
        {
            var next = new[]
            {
                (await store.Query(r => new Cells(r, "lane"), "select min(lane) from log where lane > @1", after))[0],
                (await store.Query(r => new Cells(r, "lane"), "select min(lane) from transfer where lane > @1", after))[0],
            };
            var found = new List<long>();
            foreach (var cells in next)
            {
                try { if (cells.LongOrNull(0) is { } lane) found.Add(lane); }
                catch (InvalidDataException) { _chain.Add($"log or transfer lane {cells.Shown(0)} seq unknown: a lane is a number"); }
            }
            if (found.Count == 0) return lanes;
            lanes.Add(after = found.Min());
        }
    }

    private async Task Run(long lane)
    {
        var (after, expected, epoch) = (long.MinValue, 1L, 0L);
        byte[]? previous = [];
        while (true)
        {
            var page = await store.Query(r => new Cells(r, LogRecord.Columns), $"select {LogRecord.Columns} from log where lane = @1 and seq > @2 order by seq limit {Page}", lane, after);
            if (page.Count == 0) break;
            var until = after;
            var records = new List<(long Seq, LogRecord? Record)>();
            foreach (var cells in page)
            {
                _records++;
                var name = $"log lane {lane} seq {cells.Shown(1)}";
                var record = Read(name, cells);
                if (record is null && !long.TryParse(cells.Shown(1), out _)) { previous = null; continue; }
                var seq = until = record?.Seq ?? cells.Long(1);
                records.Add((seq, record));
                if (seq != expected) { _chain.Add($"log lane {lane} seq {expected} is missing; {name} stands in its place"); previous = null; }
                expected = unchecked(seq + 1);
                if (record is null) { previous = null; continue; }
                if (previous is not null && !record.HashAfter(previous).AsSpan().SequenceEqual(record.Hash)) _chain.Add($"{name}: its hash does not follow from its content and the record before it");
                if (record.Epoch < epoch) _chain.Add($"{name}: epoch {record.Epoch} after {epoch}");
                epoch = Math.Max(epoch, record.Epoch);
                previous = record.Hash;
                if (record.Answer.Length is not (0 or 16)) _chain.Add($"{name}: its answer's digest has {record.Answer.Length} bytes");
                else if (record.Answer.Length == 16 && record.At >= PrunedBefore) Answers.Raise(record.Answer);
            }
            await Match(lane, after, until, records);
            if (until == after) break;
            after = until;
        }
        _epoch = Math.Max(_epoch, epoch);
        // What lies behind the last record belongs to none.
        await foreach (var cells in store.Stream(r => new Cells(r, TransferColumns), SelectTransfers + " order by seq, n", lane, after))
        {
            _moved++;
            _transfers.Add($"{NameOf(cells)} belongs to no record of the log");
        }
    }

    private LogRecord? Read(string name, Cells c)
    {
        try
        {
            return new LogRecord(c.Int(0), c.Long(1), c.Int(2), c.Long(3), c.Int(4), c.Int(5), c.Text(6), c.Id(7), c.Id(8), c.Text(9), c.Text(10), c.Bytes(11), c.Bytes(12), c.Bytes(13));
        }
        catch (InvalidDataException unreadable)
        {
            _chain.Add($"{name}: {unreadable.Message}");
            return null;
        }
    }

    private static string NameOf(Cells c) => $"transfer lane {c.Shown(0)} seq {c.Shown(1)} n {c.Shown(2)}";

    /// <summary>Compares the transfers of a page of records with the digests that the records carry, and moves what they move.</summary>
    private async Task Match(long lane, long after, long until, List<(long Seq, LogRecord? Record)> records)
    {
        var rows = await store.Query(r => new Cells(r, TransferColumns), SelectTransfers + " and seq <= @3 order by seq, n", lane, after, until);
        _moved += rows.Count;
        var next = 0;
        foreach (var (seq, record) in records)
        {
            Open(lane, seq, record);
            for (; next < rows.Count && rows[next].Long(1) < seq; next++) _transfers.Add($"{NameOf(rows[next])} belongs to no record of the log");
            var found = new HashSet<long>();
            for (; next < rows.Count && rows[next].Long(1) == seq; next++) MatchRow(rows[next], record, found);
            for (var n = 0L; record is not null && n * 16 < record.Transfers.Length; n++)
                if (!found.Contains(n)) _transfers.Add($"transfer lane {lane} seq {seq} n {n} is missing");
            if (record is not null && record.Transfers.Length % 16 != 0) _transfers.Add($"log lane {lane} seq {seq}: its transfers' digests are incomplete");
        }
    }

    private void MatchRow(Cells c, LogRecord? record, HashSet<long> found)
    {
        var name = NameOf(c);
        try
        {
            var n = c.Int(2);
            found.Add(n);
            if (record is not null && (n < 0 || n * 16L + 16 > record.Transfers.Length)) _transfers.Add($"{name} belongs to no record of the log");
            else if (record is not null)
            {
                var digest = LogRecord.DigestOf(c.Long(3), c.Long(4), c.Long(5), c.Int(6), c.Text(7), c.Long(8), c.Int(9), c.Int(10), n);
                if (!digest.AsSpan().SequenceEqual(record.Transfers.AsSpan(n * 16, 16))) _transfers.Add($"{name} is not what the log recorded");
            }
            Ledger.Move(name, c.Long(3), c.Long(4), c.Long(5), c.Long(6));
        }
        catch (InvalidDataException unreadable) { _transfers.Add($"{name}: {unreadable.Message}"); }
    }

    private void Open(long lane, long seq, LogRecord? record)
    {
        if (record is null || record.Accounts.Length == 0) return;
        try
        {
            foreach (var terms in JsonSerializer.Deserialize<AccountTerms[]>(record.Accounts, Json.Options)!) Ledger.Open(terms);
        }
        catch (JsonException) { _chain.Add($"log lane {lane} seq {seq}: its accounts cannot be read"); }
    }
}
