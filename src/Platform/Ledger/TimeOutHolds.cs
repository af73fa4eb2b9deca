using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>占用到期: a hold that nobody posted or voided in time was ended; what it reserved is free.</summary>
public sealed record HoldTimedOut(Guid HoldId, string What, Unit Unit, long Amount);

/// <summary>
/// Ends holds whose own moment has passed, also those that ran out while the program was down. The hold's row decides, so with
/// two sweeps, in one program or in two, it happens once. Holds without a moment are ended by what they belong to.
/// </summary>
public sealed class TimeOutHolds(Database database, WriteQueue queue, TimeProvider clock, ILogger<TimeOutHolds> log) : BackgroundService
{
    private const int AtOnce = 200;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                try { if (await database.TakeDuty(stop)) await Run(); }
                catch (Exception fault) when (fault is System.Data.Common.DbException or WriteFaultException) { log.LogError(fault, "Holds could not be timed out; tried again later"); }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* The program stops between two sweeps. */ }
    }

    /// <summary>Ends what is due now, at most two hundred, and says how many it ended itself.</summary>
    public async Task<int> Run()
    {
        var due = await HoldRow.Due(database, clock.GetUtcNow(), AtOnce);
        // The hold's own id is the key: ended once, however often it is tried.
        var answers = await Task.WhenAll(due.Select(h => queue.Send(WriteKey.Own(h.Park, h.Id), new Ending(h))));
        return answers.Count(a => a.Refusal is null && !a.Repeated);
    }

    private sealed class Ending(HoldRow hold) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) => hold.Touch(touch);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Ledger.Holds.TimeOut(hold.Id) is not HoldRefusal.None and var refusal) return Outcome.Refused(refusal, 409);
            group.Record(nameof(HoldTimedOut), hold.Id, new HoldTimedOut(hold.Id, hold.What, hold.Unit, hold.Amount));
            return Outcome.Done(null);
        }
    }
}
