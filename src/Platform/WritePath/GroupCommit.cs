using System.Diagnostics;
using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Platform.WritePath;

/// <summary>One group, one transaction: key, effect, ledger, log and answer, or nothing of them.</summary>
internal sealed class GroupCommit(Database database, StoreState state, ParkTimes times, FactFeed feed, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>A group that met another lane is tried again as it is; only then one request at a time.</summary>
    private const int TriesMax = 6;

    private WriteSession? _session;
    private (long Seq, byte[] Hash, long Turn)? _head;
    public WriteFigures Figures { get; private set; } = new(0, 0, 0, 0, 0, 0, 0);

    public async Task Open(CancellationToken cancel) => _session ??= await database.OpenWriteSession(cancel);

    /// <summary>After a fault: forget what is known of the head and the connection, because the commit may or may not have happened.</summary>
    public async Task Recover()
    {
        Figures = Figures with { Faults = Figures.Faults + 1 };
        _head = null;
        if (_session is null) return;
        var broken = _session;
        _session = null;
        try { await broken.Rollback(); }
        finally { await broken.DisposeAsync(); }
    }

    /// <summary>
    /// Commits a group. Where the store says that it met another lane's – both made the same row, or waited for each other – nothing
    /// was written, and it is decided anew on what the other left.
    /// </summary>
    public async Task Run(List<Waiting> requests, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await RunOnce(requests, cancel);
                return;
            }
            catch (Exception fault) when (tries < TriesMax && _session is { } session && StoreFault.IsConflict(fault))
            {
                Figures = Figures with { Conflicts = Figures.Conflicts + 1 };
                _head = null;
                await session.Rollback();
                // Two that met must not meet again in step.
                await Task.Delay(Random.Shared.Next(1, 4 * tries), cancel);
            }
        }
    }

    private async Task RunOnce(List<Waiting> requests, CancellationToken cancel)
    {
        var watch = Stopwatch.GetTimestamp();
        await Open(cancel);
        var session = _session!;
        await session.Begin(cancel);
        var group = new WriteGroup(clock.GetUtcNow(), times, session.Lane, database.LanesMax);
        var touch = new Touch(group);
        foreach (var request in requests)
        {
            touch.Row(StoredRow.Table, request.AnswerId);
            request.Write.Touch(touch);
        }
        var alone = requests.Exists(r => r.Write.Alone);
        var turn = await session.Load(group.Reads(), alone, cancel);
        await group.Search(session, alone, cancel);

        var refused = 0;
        foreach (var request in requests)
        {
            Decide(group, request);
            if (request.Result?.Refusal is not null) refused++;
        }

        var records = group.Drafts.Count == 0 ? [] : await Write(session, group, turn, cancel);
        await session.Commit(cancel);
        if (records.Count > 0) await feed.Tell(records);
        Figures = Figures with
        {
            Groups = Figures.Groups + 1, Requests = Figures.Requests + requests.Count, Refused = Figures.Refused + refused,
            LastCommitMs = Stopwatch.GetElapsedTime(watch).TotalMilliseconds,
        };
    }

    private static void Decide(WriteGroup group, Waiting request)
    {
        (request.Bug, request.Result) = (null, null);
        if (group.Find(StoredRow.Table, request.AnswerId) is { } kept)
        {
            request.Result = request.Key.IsOf(kept.RequestHash)
                ? new StoredAnswer(kept.Status, kept.Body, null, Repeated: true)
                : new StoredAnswer(409, "", new Refusal(WriteRefusal.KeyReused, 409), Repeated: true);
            return;
        }
        group.Begin(request.Key, request.Write.Alone);
        try
        {
            var outcome = request.Write.Decide(group);
            if (outcome.Refusal is { } refusal)
            {
                group.Drop();
                request.Result = new StoredAnswer(refusal.Status, "", refusal, Repeated: false);
                return;
            }
            var body = outcome.Body is null ? "" : Text(outcome.Body);
            if (outcome.IsTrial)
            {
                group.Drop();
                request.Result = new StoredAnswer(outcome.Status, body, null, Repeated: false) { Fresh = outcome.Body };
                return;
            }
            if (group.Current.Facts.Count > 0)
            {
                var answer = new StoredRow(request.AnswerId, request.Key.Park, request.Key.Principal, request.Key.Key,
                    request.Key.RequestHash, outcome.Status, outcome.KeptBody is null ? body : Text(outcome.KeptBody), group.Now.Micros());
                group.Current.Answer = answer;
                group.Put(StoredRow.Table, answer);
            }
            else if (group.Current.Transfers.Count + group.Current.Accounts.Count > 0) throw new InvalidOperationException("A change of the ledger without a fact.");
            group.Keep();
            request.Result = new StoredAnswer(outcome.Status, body, null, Repeated: false) { Fresh = outcome.Body };
        }
        catch (Exception bug)
        {
            group.Drop();
            request.Bug = bug;
        }
    }

    private async Task<List<LogRecord>> Write(WriteSession session, WriteGroup group, long? drawn, CancellationToken cancel)
    {
        var (lane, (seq, hash, last)) = (session.Lane, _head ?? await ReadHead(session, cancel));
        var turn = drawn ?? last + 1;
        var at = group.Now.Micros();
        var records = new List<LogRecord>();
        var statements = new List<Statement>();
        foreach (var draft in group.Drafts)
        {
            var park = draft.Key.Park;
            var day = BusinessDay.Number(group.BusinessDay(park));
            var transfers = LedgerRows.Write(draft, lane, seq + 1, at, day, statements);
            // The first record of a request carries its transfers, accounts and answer.
            for (var i = 0; i < draft.Facts.Count; i++)
            {
                var fact = draft.Facts[i];
                var record = new LogRecord(lane, ++seq, state.Epoch, at, day, park, fact.Kind, fact.Subject, draft.Key.Principal,
                    Text(fact.Body),
                    i == 0 && draft.Accounts.Count > 0 ? JsonSerializer.Serialize(draft.Accounts, Json.Options) : "",
                    i == 0 ? transfers : [], i == 0 ? draft.Answer!.Digest() : [], [], turn);
                record = record with { Hash = hash = record.HashAfter(hash) };
                records.Add(record);
                statements.Add(new Statement(LogRecord.Insert, record.Values()));
            }
        }
        statements.AddRange(group.RowChanges());
        foreach (var draft in group.Drafts) statements.AddRange(draft.Sweeps);
        await session.Execute(statements, cancel);
        // Should the commit fail, whoever takes the transaction back forgets this head.
        _head = (seq, hash, turn);
        return records;
    }

    private static string Text(object body) => JsonSerializer.Serialize(body, body.GetType(), Json.Options);

    /// <summary>Where this lane's chain ends, and the last turn of any lane: a store that was on PostgreSQL may have several.</summary>
    private static async Task<(long, byte[], long)> ReadHead(WriteSession session, CancellationToken cancel)
    {
        (long Seq, byte[] Hash) own = (0, []);
        var last = 0L;
        for (var lane = 1; lane <= Lanes.Max; lane++)
        {
            var heads = await session.Query(r => (Seq: r.Long(0), Hash: r.Bytes(1), Turn: r.Long(2)),
                new Statement("select seq, hash, turn from log where lane = @1 order by seq desc limit 1", lane), cancel);
            if (heads is not [var head]) continue;
            last = Math.Max(last, head.Turn);
            if (lane == session.Lane) own = (head.Seq, head.Hash);
        }
        return (own.Seq, own.Hash, last);
    }

    public async ValueTask DisposeAsync()
    {
        if (_session is not null) await _session.DisposeAsync();
    }
}
