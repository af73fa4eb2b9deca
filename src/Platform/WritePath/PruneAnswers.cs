using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Platform.WritePath;

/// <summary>Kept answers from before this moment were pruned; the log's digests of them have no rows any more.</summary>
/// <param name="Before">Microseconds since 1970, UTC.</param>
public sealed record AnswersPruned(long Before);

/// <summary>
/// Lets go of kept answers that nobody can ask for any more (清理过期答复). A key is refused an hour from server time, so the
/// ninety days are for people who look something up, and for devices that were away. It works in short steps of its own
/// transactions, so that no sale waits for it, and each step is a fact, so that verification knows what may be missing.
/// </summary>
public sealed class PruneAnswers(Database database, WriteQueue queue, StoreState state, TimeProvider clock, ILogger<PruneAnswers> log) : BackgroundService
{
    /// <summary>Answers are kept at least this long.</summary>
    public const int DaysKept = 90;
    private const int Park = 1;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1), EverySimulated = TimeSpan.FromSeconds(1), Step = TimeSpan.FromMinutes(5);
    /// <summary>A key may be ahead of the server by as much, see <see cref="Web.ClientKey.MinutesMax"/>.</summary>
    private static readonly TimeSpan Ahead = TimeSpan.FromMinutes(Web.ClientKey.MinutesMax);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        // The clock of a simulation leaps over days in seconds.
        using var timer = new PeriodicTimer(state.Simulation ? EverySimulated : Every);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try { if (await database.TakeDuty(stop)) await Run(stop); }
                catch (Exception fault) when (fault is System.Data.Common.DbException or WriteFaultException) { log.LogError(fault, "Old answers could not be pruned; tried again later"); }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* The program stops between two steps. */ }
    }

    /// <summary>Prunes what is due now, and says how many steps it took.</summary>
    public async Task<int> Run(CancellationToken stop)
    {
        var due = clock.GetUtcNow().AddDays(-DaysKept).Micros();
        for (var steps = 0; ; steps++)
        {
            stop.ThrowIfCancellationRequested();
            var oldest = await database.Query(r => (Id: r.Id(0), At: r.Long(1)), "select id, at from answer where id < @1 and at < @2 order by id limit 1", IdAt(due + Micros(Ahead)), due);
            if (oldest.Count == 0) return steps;
            var sweep = new Sweep(oldest[0].Id, Math.Min(due, oldest[0].At + Micros(Step)));
            // A full queue has people in it: they come first, the rest is for the next hour.
            if ((await queue.Send(WriteKey.Own(Park, Guid.CreateVersion7(clock.GetUtcNow())), sweep)).Refusal is not null) return steps;
        }
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The smallest id of an answer whose key was made at this moment.</summary>
    private static Guid IdAt(long micros)
    {
        Span<byte> id = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(id, micros / 1000 << 16);
        return new Guid(id, bigEndian: true);
    }

    /// <param name="oldest">Goes in any case, so that a step always gets on: where the clock was once set back, its key may lie far ahead of its moment.</param>
    private sealed class Sweep(Guid oldest, long before) : IWrite
    {
        public bool Alone => false;
        public void Touch(Touch touch) { }

        public Outcome Decide(WriteGroup group)
        {
            group.Current.Sweeps.Add(new Statement("delete from answer where (id < @1 or id = @3) and at < @2", IdAt(before + Micros(Ahead)), before, oldest));
            group.Record(nameof(AnswersPruned), Guid.Empty, new AnswersPruned(before));
            return Outcome.Done(null);
        }
    }
}
