using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Platform.WritePath;

/// <summary>
/// The one way to change the store. Requests wait here and are committed together: whatever came in while the disk was
/// busy forms the next group, so a lone request waits for nobody. The answer leaves after the commit. On PostgreSQL there
/// are several lanes, and other programs have lanes of their own; the embedded store has one.
/// </summary>
public sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>More than this many waiting requests are answered 503 at once.</summary>
    public const int WaitingMax = 4096;

    private readonly WriteLane[] _lanes;

    /// <param name="lanes">How many at most; never more than the store allows.</param>
    public WriteQueue(Database database, StoreState state, ParkTimes times, FactFeed feed, int lanes, TimeProvider clock, ILogger<WriteQueue> log)
    {
        var count = Math.Min(lanes, database.LanesMax);
        _lanes = [.. Enumerable.Range(0, count).Select(_ => new WriteLane(new GroupCommit(database, state, times, feed, clock), WaitingMax / count, log))];
    }

    public WriteFigures Figures => _lanes.Select(l => l.Figures).Aggregate((a, b) => a + b);

    /// <summary>Takes the writer's place in the store and begins to work.</summary>
    public async Task Start(CancellationToken cancel)
    {
        foreach (var lane in _lanes) await lane.Start(cancel);
    }

    /// <summary>Queues a request and waits for its commit. A full queue refuses at once.</summary>
    public Task<StoredAnswer> Send(WriteKey key, IWrite write) => _lanes[unchecked((uint)write.Route) % (uint)_lanes.Length].Send(new Waiting(key, write));

    public async ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes) await lane.DisposeAsync();
    }
}

/// <summary>One queue and the loop that commits from it.</summary>
internal sealed class WriteLane(GroupCommit commit, int waitingMax, ILogger log) : IAsyncDisposable
{
    private const int GroupMax = 256;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(waitingMax) { SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public WriteFigures Figures => commit.Figures with { Waiting = _waiting.Reader.Count };

    public async Task Start(CancellationToken cancel)
    {
        await commit.Open(cancel);
        _loop = Task.Run(Work, CancellationToken.None);
    }

    public async Task<StoredAnswer> Send(Waiting waiting) => _waiting.Writer.TryWrite(waiting)
        ? await waiting.Answer.Task
        : new StoredAnswer(503, "", new Refusal(WriteRefusal.QueueFull, 503), Repeated: false);

    private async Task Work()
    {
        var group = new List<Waiting>(GroupMax);
        while (await _waiting.Reader.WaitToReadAsync(CancellationToken.None))
        {
            group.Clear();
            while (group.Count < GroupMax && _waiting.Reader.TryRead(out var next)) group.Add(next);
            await CommitOrRepeat(group);
        }
    }

    /// <summary>A group that faults is run again one request at a time, so one request's fault harms no other.</summary>
    private async Task CommitOrRepeat(List<Waiting> group)
    {
        if (await TryCommit(group) is not { } fault) return;
        if (group.Count == 1) { group[0].Answer.TrySetException(fault); return; }
        foreach (var one in group.ToArray())
            if (await TryCommit([one]) is { } own) one.Answer.TrySetException(own);
    }

    private async Task<Exception?> TryCommit(List<Waiting> group)
    {
        try
        {
            await commit.Run(group, _stop.Token);
            foreach (var one in group)
                if (one.Bug is { } bug) one.Answer.TrySetException(bug);
                else one.Answer.TrySetResult(one.Result!);
            return null;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "A group of {Count} requests was not committed", group.Count);
            // Whatever the broken connection still says, the loop goes on: without it nobody would ever be answered again.
            try { await commit.Recover(); }
            catch (Exception again) { log.LogError(again, "The broken connection could not be put away"); }
            return new WriteFaultException("The change could not be stored.", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        await commit.DisposeAsync();
        _stop.Dispose();
    }
}

/// <summary>The store could not commit; nothing was changed, or it cannot be known. The same key may be sent again.</summary>
public sealed class WriteFaultException(string message, Exception inner) : Exception(message, inner);

/// <summary>Figures of the write path since start, for metrics and the status page.</summary>
/// <param name="Conflicts">Groups that met another lane's and were decided anew.</param>
public sealed record WriteFigures(long Groups, long Requests, long Refused, long Faults, long Conflicts, int Waiting, double LastCommitMs)
{
    public static WriteFigures operator +(WriteFigures a, WriteFigures b) => new(a.Groups + b.Groups, a.Requests + b.Requests, a.Refused + b.Refused,
        a.Faults + b.Faults, a.Conflicts + b.Conflicts, a.Waiting + b.Waiting, Math.Max(a.LastCommitMs, b.LastCommitMs));
}

internal sealed class Waiting(WriteKey key, IWrite write)
{
    public WriteKey Key { get; } = key;
    /// <summary>Where the answer is kept. Hashed here, before the writer.</summary>
    public Guid AnswerId { get; } = StoredRow.IdOf(key);
    public IWrite Write { get; } = write;
    public TaskCompletionSource<StoredAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    public StoredAnswer? Result { get; set; }
    public Exception? Bug { get; set; }
}
