using System.Data.Common;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Modules.Parks;

namespace Shanmen.Modules.Reporting;

/// <summary>
/// Counts what today already holds when the program starts, beside the first requests: with many sales that takes seconds, and who
/// sells need not wait for the board. Whoever looks meanwhile waits for the same count.
/// </summary>
internal sealed class CountToday(TallyShelf tallies, ReportShelf shelf, ParkDirectory parks, ILogger<CountToday> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        await Task.Yield();
        try
        {
            foreach (var park in parks.Parks) await tallies.Look(park, shelf.Today(park), _ => 0, stop);
        }
        catch (DbException fault) { log.LogError(fault, "Today could not be counted yet; it is when somebody looks"); }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* The program stops before it has counted. */ }
    }
}
