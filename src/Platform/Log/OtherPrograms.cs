using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Log;

/// <summary>
/// Follows what other programs on the same database commit (多机), so that every board and price list shows it. It reads the log a
/// few times a second: the server's own way to wake a listener would make all commits wait for one another.
/// </summary>
public sealed class OtherPrograms(Database database, FactFeed feed, ILogger<OtherPrograms> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(200);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        if (database.LanesMax == 1) return;
        using var timer = new PeriodicTimer(Every);
        var away = false;
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                try
                {
                    await feed.CatchUp();
                    away = false;
                }
                catch (System.Data.Common.DbException fault)
                {
                    if (!away) log.LogError(fault, "What other programs committed cannot be read; tried again until it can");
                    away = true;
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* The program stops. */ }
    }
}
