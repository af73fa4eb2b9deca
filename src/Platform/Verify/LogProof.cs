using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>Reads the log once, all lanes merged by their turns, proves its chains and every transfer against it, and lets the proofs hear it.</summary>
/// <param name="entry">Told each entry that an account which keeps them must have.</param>
/// <param name="hold">Told each hold in its last state.</param>
internal sealed class LogProof(Snapshot store, IReadOnlyList<Hearing> proofs, Action<Entry> entry, Action<HoldRow>? hold = null)
{
    private readonly Complaint _chain = new(), _transfers = new();
    private readonly Dictionary<long, long> _epochs = [];
    private readonly Hearing[] _hearTransfers = [.. proofs.Where(p => p.HearsTransfers)];
    private long _records, _moved;

    public LedgerReplay Ledger { get; } = new(entry) { Ended = hold };
    public DigestBalance Answers { get; } = new();
    /// <summary>Answers from before this moment may have been pruned, by the log's own word; microseconds since 1970.</summary>
    public long PrunedBefore { get; private set; } = long.MinValue;
    public Finding Chain => _chain.Finding($"{_records:N0} records");
    public Finding Transfers => _transfers.Finding($"{_moved:N0} transfers");

    /// <summary>Takes in what must be known before an answer is looked at.</summary>
    public async Task Begin()
    {
        foreach (var (name, body) in await store.Query(r => ($"log lane {Cells.Shown(r.Any(0))} seq {Cells.Shown(r.Any(1))}", r.Any(2) as string ?? ""), $"select lane, seq, body from log where kind = '{nameof(AnswersPruned)}'"))
            try { PrunedBefore = Math.Max(PrunedBefore, (JsonSerializer.Deserialize<AnswersPruned>(body, Json.Options) ?? throw new JsonException()).Before); }
            catch (JsonException) { _chain.Add($"{name}: it does not say which answers were pruned"); }
    }

    public async Task Run()
    {
        using var one = new SemaphoreSlim(1);
        var lanes = (await Lanes()).Select(lane => new LogReader(store, one, lane, item => item.Check(Answers, proofs))).ToList();
        using var stop = new CancellationTokenSource();
        var reading = lanes.Select(lane => lane.Begin(stop.Token)).ToList();
        try
        {
            foreach (var lane in lanes) await lane.Next(Stray);
            while (Earliest(lanes) is { } first)
            {
                Take(first.Lane, first.Current!);
                await first.Next(Stray);
            }
        }
        finally
        {
            // Whoever asks the store next must be alone with it, also when the log could not be read to its end.
            await stop.CancelAsync();
            await Task.WhenAll(reading);
        }
        var epoch = await store.Number("select epoch from store where id = 1");
        if (epoch < _epochs.Values.DefaultIfEmpty().Max()) _chain.Add($"store: epoch {epoch} is behind the log's {_epochs.Values.Max()}");
    }

    private static LogReader? Earliest(List<LogReader> lanes)
    {
        LogReader? first = null;
        foreach (var lane in lanes)
            if (lane.Current is { } item && (first is null || item.Turn < first.Current!.Turn)) first = lane;
        return first;
    }

    private async Task<List<long>> Lanes()
    {
        var lanes = new List<long>();
        for (var (after, beyond) = (long.MinValue, ">="); ; beyond = ">")
        {
            var found = new List<long>();
            foreach (var table in new[] { "log", "transfer" })
            {
                var next = (await store.Query(r => r.Any(0), $"select min(lane) from {table} where lane {beyond} @1", after))[0];
                if (next is long lane) found.Add(lane);
                else if (next is not null) _chain.Add($"log or transfer lane {Cells.Shown(next)} seq unknown: a lane is a number");
            }
            if (found.Count == 0) return lanes;
            lanes.Add(after = found.Min());
        }
    }

    private void Stray(TransferCells row)
    {
        _moved++;
        _transfers.Add($"{row.Name} belongs to no record of the log");
    }

    /// <summary>What depends on all that was before: it is taken in one after the other.</summary>
    private void Take(long lane, LogItem item)
    {
        _records++;
        _moved += item.Transfers.Count;
        foreach (var fault in item.ChainFaults ?? []) _chain.Add(fault);
        foreach (var fault in item.TransferFaults ?? []) _transfers.Add(fault);
        if (item.Fact is { } fact)
        {
            var epoch = _epochs.GetValueOrDefault(lane);
            if (item.Epoch < epoch) _chain.Add($"{item.Name}: epoch {item.Epoch} after {epoch}");
            else if (item.Epoch > epoch) _epochs[lane] = item.Epoch;
            if (item.Answer.Length == 16 && fact.At >= PrunedBefore) Answers.Raise(item.Answer, item.AnswerNumber);
            foreach (var terms in item.Terms) Ledger.Open(terms);
        }
        foreach (var cells in item.Transfers)
        {
            if (cells.Row is not { } row) continue;
            Ledger.Move(row);
            if (row.Phase is not ((int)Phase.AtOnce or (int)Phase.Posted)) continue;
            foreach (var proof in _hearTransfers) proof.Hear(new Moved(row.Lane, row.Seq, row.Source, row.Target, row.Amount, row.Unit));
        }
        if (item.Fact is { } heard)
            for (var i = 0; i < item.Read.Length; i++) if (item.Read[i] is { } read) proofs[i].Hear(heard, read);
    }
}
