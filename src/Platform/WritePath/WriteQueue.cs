using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Platform.WritePath;

/// <summary>
/// The one way to change the store. Requests wait here and are committed together: whatever came in while the disk was
/// busy forms the next group, so a lone request waits for nobody. The answer leaves after the commit.
/// </summary>
public sealed class WriteQueue : IAsyncDisposable
{
    /// <summary>More than this many waiting requests are answered 503 at once.</summary>
    public const int WaitingMax = 4096;
    private const int GroupMax = 256;

    private readonly Channel<Waiting> _waiting = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(WaitingMax) { SingleReader = true });
    private readonly GroupCommit _commit;
    private readonly ILogger<WriteQueue> _log;
    private readonly CancellationTokenSource _stop = new();
    private Task _loop = Task.CompletedTask;

    public WriteQueue(Database database, StoreState state, ParkTimes times, FactFeed feed, TimeProvider clock, ILogger<WriteQueue> log)
    {
        _log = log;
        _commit = new GroupCommit(database, state, times, feed, clock);
    }

    public WriteFigures Figures => _commit.Figures with { Waiting = _waiting.Reader.Count };

    /// <summary>Takes the writer's place in the store and begins to work.</summary>
    public async Task Start(CancellationToken cancel)
    {
        await _commit.Open(cancel);
        _loop = Task.Run(Work, CancellationToken.None);
    }

    /// <summary>Queues a request and waits for its commit. A full queue refuses at once.</summary>
    public async Task<StoredAnswer> Send(WriteKey key, IWrite write)
    {
        var waiting = new Waiting(key, write);
        if (!_waiting.Writer.TryWrite(waiting))
            return new StoredAnswer(503, "", new Refusal(WriteRefusal.QueueFull, 503), Repeated: false);
        return await waiting.Answer.Task;
    }

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
            await _commit.Run(group, _stop.Token);
            foreach (var one in group)
                if (one.Bug is { } bug) one.Answer.TrySetException(bug);
                else one.Answer.TrySetResult(one.Result!);
            return null;
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "A group of {Count} requests was not committed", group.Count);
            // Whatever the broken connection still says, the loop goes on: without it nobody would ever be answered again.
            try { await _commit.Recover(); }
            catch (Exception again) { _log.LogError(again, "The broken connection could not be put away"); }
            return new WriteFaultException("The change could not be stored.", fault);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _waiting.Writer.TryComplete();
        await _loop;
        await _commit.DisposeAsync();
        _stop.Dispose();
    }
}

/// <summary>The store could not commit; nothing was changed, or it cannot be known. The same key may be sent again.</summary>
public sealed class WriteFaultException(string message, Exception inner) : Exception(message, inner);

/// <summary>Figures of the write path since start, for metrics and the status page.</summary>
public sealed record WriteFigures(long Groups, long Requests, long Refused, long Faults, int Waiting, double LastCommitMs);

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
