using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>Reads the log once, all lanes merged by their turns and page by page, and proves its chains and every transfer against it.</summary>
/// <param name="entry">Told each entry that an account which keeps them must have.</param>
internal sealed class LogProof(Snapshot store, Action<Entry> entry)
{
    private readonly Complaint _chain = new(), _transfers = new();
    private long _records, _moved, _epoch;
    public LedgerReplay Ledger { get; } = new(entry);
    public DigestBalance Answers { get; } = new();
    /// <summary>Answers from before this moment may have been pruned, by the log's own word; microseconds since 1970.</summary>
    public long PrunedBefore { get; private set; } = long.MinValue;
    public Finding Chain => _chain.Finding($"{_records:N0} records");
    public Finding Transfers => _transfers.Finding($"{_moved:N0} transfers");

    public async Task Run()
    {
        await foreach (var body in store.Stream(r => r.Text(0), "select body from log where kind = @1", nameof(AnswersPruned)))
            PrunedBefore = Math.Max(PrunedBefore, JsonSerializer.Deserialize<AnswersPruned>(body, Json.Options)!.Before);
        var lanes = (await Lanes()).Select(lane => new Walk(this, lane)).ToList();
        foreach (var lane in lanes) await lane.Fill();
        while (lanes.Where(l => !l.IsAtEnd).MinBy(l => l.Turn) is { } first) await first.Step();
        foreach (var lane in lanes) await lane.End();
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

    /// <summary>One lane's chain, and what its records moved.</summary>
    private sealed class Walk(LogProof proof, long lane)
    {
        private const int Page = 2000;
        private const string TransferColumns = LedgerRows.Columns;
        private const string SelectTransfers = $"select {TransferColumns} from transfer where lane = @1 and seq > @2";
        private static readonly string SelectRecords = $"select {LogRecord.Columns} from log where lane = @1 and seq > @2 order by seq limit {Page}";

        private readonly Queue<(string Name, long? Seq, LogRecord? Record)> _page = [];
        private readonly Queue<Cells> _rows = [];
        private long _after = long.MinValue, _expected = 1, _epoch;
        private byte[]? _previous = [];

        public bool IsAtEnd => _page.Count == 0;
        /// <summary>The turn of the next record; one that cannot be read stands right behind the one before it.</summary>
        public long Turn { get; private set; }

        /// <summary>Reads the next page of records, and the transfers that belong to it.</summary>
        public async Task Fill()
        {
            var page = await proof.Store.Query(r => new Cells(r, LogRecord.Columns), SelectRecords, lane, _after);
            var before = _after;
            foreach (var cells in page)
            {
                var name = $"log lane {lane} seq {cells.Shown(1)}";
                var record = Read(name, cells);
                long? seq = record?.Seq ?? (long.TryParse(cells.Shown(1), out _) ? cells.Long(1) : null);
                _after = seq ?? _after;
                _page.Enqueue((name, seq, record));
            }
            // A page of numbers that cannot be read cannot be gone past; what was found of it is complaint enough.
            if (page.Count > 0 && _after == before) _after = long.MaxValue;
            if (page.Count > 0)
                foreach (var row in await proof.Store.Query(r => new Cells(r, TransferColumns), SelectTransfers + " and seq <= @3 order by seq, n", lane, before, _after)) _rows.Enqueue(row);
            Look();
        }

        /// <summary>Proves the next record against the one before it, and its transfers against it.</summary>
        public async Task Step()
        {
            var (name, seq, record) = _page.Dequeue();
            proof._records++;
            if (seq is { } number)
            {
                if (number != _expected) { proof._chain.Add($"log lane {lane} seq {_expected} is missing; {name} stands in its place"); _previous = null; }
                _expected = unchecked(number + 1);
                if (record is not null) Chain(name, record);
                Open(number, record);
                Match(number, record);
            }
            _previous = record?.Hash;
            if (_page.Count == 0) await Fill();
            else Look();
        }

        /// <summary>What lies behind the last record belongs to none.</summary>
        public async Task End()
        {
            while (_rows.TryDequeue(out var row)) proof.Stray(row);
            await foreach (var row in proof.Store.Stream(r => new Cells(r, TransferColumns), SelectTransfers + " order by seq, n", lane, _after)) proof.Stray(row);
            proof._epoch = Math.Max(proof._epoch, _epoch);
        }

        private void Look()
        {
            if (_page.TryPeek(out var next) && next.Record is { } record) Turn = record.Turn;
        }

        private void Chain(string name, LogRecord record)
        {
            if (_previous is not null && !record.HashAfter(_previous).AsSpan().SequenceEqual(record.Hash)) proof._chain.Add($"{name}: its hash does not follow from its content and the record before it");
            if (record.Epoch < _epoch) proof._chain.Add($"{name}: epoch {record.Epoch} after {_epoch}");
            _epoch = Math.Max(_epoch, record.Epoch);
            if (record.Answer.Length is not (0 or 16)) proof._chain.Add($"{name}: its answer's digest has {record.Answer.Length} bytes");
            else if (record.Answer.Length == 16 && record.At >= proof.PrunedBefore) proof.Answers.Raise(record.Answer);
        }

        private LogRecord? Read(string name, Cells c)
        {
            try
            {
                return new LogRecord(c.Int(0), c.Long(1), c.Int(2), c.Long(3), c.Int(4), c.Int(5), c.Text(6), c.Id(7), c.Id(8), c.Text(9), c.Text(10), c.Bytes(11), c.Bytes(12), c.Bytes(13), c.Long(14));
            }
            catch (InvalidDataException unreadable)
            {
                proof._chain.Add($"{name}: {unreadable.Message}");
                return null;
            }
        }

        /// <summary>Compares the transfers of a record with the digests that it carries, and moves what they move.</summary>
        private void Match(long seq, LogRecord? record)
        {
            while (_rows.TryPeek(out var stray) && stray.Long(1) < seq) proof.Stray(_rows.Dequeue());
            var found = new HashSet<long>();
            while (_rows.TryPeek(out var row) && row.Long(1) == seq) proof.MatchRow(_rows.Dequeue(), record, found);
            for (var n = 0L; record is not null && n * 16 < record.Transfers.Length; n++)
                if (!found.Contains(n)) proof._transfers.Add($"transfer lane {lane} seq {seq} n {n} is missing");
            if (record is not null && record.Transfers.Length % 16 != 0) proof._transfers.Add($"log lane {lane} seq {seq}: its transfers' digests are incomplete");
        }

        private void Open(long seq, LogRecord? record)
        {
            if (record is null || record.Accounts.Length == 0) return;
            try
            {
                foreach (var terms in JsonSerializer.Deserialize<AccountTerms[]>(record.Accounts, Json.Options)!) proof.Ledger.Open(terms);
            }
            catch (JsonException) { proof._chain.Add($"log lane {lane} seq {seq}: its accounts cannot be read"); }
        }
    }

    private Snapshot Store => store;

    private static string NameOf(Cells c) => $"transfer lane {c.Shown(0)} seq {c.Shown(1)} n {c.Shown(2)}";

    private void Stray(Cells row)
    {
        _moved++;
        _transfers.Add($"{NameOf(row)} belongs to no record of the log");
    }

    private void MatchRow(Cells c, LogRecord? record, HashSet<long> found)
    {
        _moved++;
        var name = NameOf(c);
        try
        {
            var n = c.Int(2);
            found.Add(n);
            if (record is not null && (n < 0 || n * 16L + 16 > record.Transfers.Length)) _transfers.Add($"{name} belongs to no record of the log");
            else if (record is not null)
            {
                if (!TransferRow.Of(c).Digest().AsSpan().SequenceEqual(record.Transfers.AsSpan(n * 16, 16))) _transfers.Add($"{name} is not what the log recorded");
            }
            Ledger.Move(name, TransferRow.Of(c));
        }
        catch (InvalidDataException unreadable) { _transfers.Add($"{name}: {unreadable.Message}"); }
    }
}
