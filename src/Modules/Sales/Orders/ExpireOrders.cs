using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>Frees the places of orders whose time to pay ran out, also those that ran out while the program was down.</summary>
internal sealed class ExpireOrders(Database database, WriteQueue queue, PriceBook prices, QuotaBook quotas, TimeProvider clock, ILogger<ExpireOrders> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(20);
    private const int AtOnce = 200;

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every);
        do
        {
            try { if (await database.TakeDuty(stop)) await Run(); }
            catch (Exception fault) when (fault is System.Data.Common.DbException or WriteFaultException) { log.LogError(fault, "Expired orders could not be released; tried again later"); }
        }
        while (await timer.WaitForNextTickAsync(stop));
    }

    internal async Task Run()
    {
        var due = await database.Query(PlacedOrder.Read, PlacedOrder.Select + " where hold_until < @1 order by hold_until limit " + AtOnce, clock.GetUtcNow().Micros());
        // The order's own id is the key: released once, however often it is tried.
        var releases = new List<(OrderRow Order, Task Done)>();
        foreach (var placed in due)
        {
            var order = placed.Row;
            releases.Add((order, queue.Send(WriteKey.Own(order.Park, order.Id), new Release(order, OrderState.Expired, await HeldPlaces.Of(database, placed, prices, quotas), buyer: null))));
        }
        foreach (var (order, done) in releases)
        {
            // One that cannot be released keeps no other from it, and no window from selling.
            try { await done; }
            catch (Exception fault) when (fault is not OperationCanceledException) { log.LogError(fault, "Order {Number} could not be released; tried again later", order.Number); }
        }
    }
}
