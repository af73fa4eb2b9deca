using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Platform.Backup;

/// <summary>When the program backs up by itself.</summary>
/// <param name="At">Time of the park's clock.</param>
/// <param name="EveryHours">24 for once a day at <paramref name="At"/>; less for several times a day from then on; 0 for never.</param>
/// <param name="Keep">Scheduled backups that stay in the folder.</param>
public sealed record BackupPlan(TimeOnly At, int EveryHours, int Keep)
{
    public static readonly BackupPlan Daily = new(new TimeOnly(3, 30), 24, 14);

    /// <summary>The last moment at or before <paramref name="local"/> at which a backup was due.</summary>
    public DateTime DueBefore(DateTime local)
    {
        var due = local.Date + At.ToTimeSpan();
        if (due > local) due = due.AddDays(-1);
        while (due.AddHours(EveryHours) <= local) due = due.AddHours(EveryHours);
        return due;
    }
}

/// <summary>
/// The scheduled backup (定时备份). It asks every minute whether one is due, so a machine that was off at half past three makes up for it
/// after it was started. A failure is logged, shows on the status page by the age of the last backup, and is tried again after an hour.
/// </summary>
public sealed class BackupJob(Database database, KeyRing keys, StoreOptions options, BackupPlan plan, ParkTimes times, TimeProvider clock, ILogger<BackupJob> log) : BackgroundService
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(1), AfterStart = TimeSpan.FromMinutes(10), AfterFailure = TimeSpan.FromHours(1);
    private const int FirstPark = 1;

    protected override async Task ExecuteAsync(CancellationToken stopping)
    {
        if (plan.EveryHours <= 0) return;
        var shelf = new BackupShelf(options);
        // A start is no moment for heavy work, and a store that lives for minutes needs no backup.
        var wait = AfterStart;
        try
        {
            while (true)
            {
                await Task.Delay(wait, stopping);
                wait = IsDue(shelf.Last()) && await database.TakeDuty(stopping) && !await TryWrite(shelf, stopping) ? AfterFailure : Step;
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { /* The program stops; a half backup was removed. */ }
    }

    private bool IsDue(LastBackup? last) =>
        last is null || times.Local(FirstPark, last.At) < plan.DueBefore(times.Local(FirstPark, clock.GetUtcNow()));

    private async Task<bool> TryWrite(BackupShelf shelf, CancellationToken stopping)
    {
        try
        {
            var (passphrase, isNew) = Passphrase.Own(options.DataFolder);
            if (isNew) log.LogWarning("A passphrase for the scheduled backups was made: {File}. Print it and keep it away from this machine", Passphrase.FileIn(options.DataFolder));
            var written = await shelf.WriteScheduled(database, keys, passphrase, plan.Keep, clock, stopping);
            log.LogInformation("Backup {File}: {Bytes} bytes, {Rows} rows", written.File, written.Bytes, written.Rows);
            return true;
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "The scheduled backup failed");
            return false;
        }
    }
}
