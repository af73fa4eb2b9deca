using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.DayReturns;

/// <summary>
/// Does the returns of whole days, order by order, also those that were under way when the program went down. What is left is read from
/// the tickets themselves, look by look, until a look finds nothing. docs/algorithms/day-return.md, "The work".
/// </summary>
internal sealed class RunDayReturns(Database database, WriteQueue queue, ReturnDesk desk, ILogger<RunDayReturns> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    /// <summary>Orders that are under way together: they share commits, and leave the queue to the windows.</summary>
    private const int AtOnce = 32;
    private const string Fault = "DayReturn.Fault";

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            do
            {
                try { if (await database.TakeDuty(stop)) await Run(stop); }
                catch (Exception fault) when (fault is System.Data.Common.DbException or WriteFaultException) { log.LogError(fault, "The return of a day could not go on; tried again later"); }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* Between two orders nothing is half done. */ }
    }

    private async Task Run(CancellationToken stop)
    {
        foreach (var row in await database.Query(DayReturnRow.Table.Read, DayReturnRow.Table.Select + " where state = 'Running' order by at"))
        {
            var skipped = row.Skips.Select(s => s.OrderId).ToHashSet();
            var orders = (await DayReturnScope.OrdersOf(database, row.Park, row.VisitDay, row.Types)).Where(o => !skipped.Contains(o)).Order().ToArray();
            if (orders.Length == 0) await Send(row, Guid.CreateVersion7(), new Ending(row.Id));
            foreach (var some in orders.Chunk(AtOnce))
            {
                stop.ThrowIfCancellationRequested();
                // Nobody's day or work is taken from them between two steps: what stops it is seen by the next.
                if ((await Task.WhenAll(some.Select(order => Return(row, order)))).Any(ended => ended)) break;
            }
        }
    }

    /// <summary>Returns one order, and says whether the work itself may not go on.</summary>
    private async Task<bool> Return(DayReturnRow row, Guid id)
    {
        try
        {
            if (await PlacedOrder.Of(database, row.Park, id) is not { Row: var order } placed) return false;
            var all = (await desk.Keeper.OfOrder(row.Park, id)).Select(r => r.Right).ToArray();
            var ids = all.Where(t => t.State == TicketState.Valid && t.Used == 0 && row.Types?.Contains(t.TypeId) != false).Select(t => t.Id).ToArray();
            if (ids.Length == 0) return false;
            var worth = await OrderWorth.Of(desk.Prices, order);
            // What stays is priced before the writer is asked, as with a return at a window.
            worth.KeptFen([.. all.Select(t => new OrderTicket(t.Id, t.Line, t.People, 0, OrderTicket.IsThere(t.State) && !ids.Contains(t.Id), 0))]);
            var debt = Guid.CreateVersion7();
            var answer = await Send(row, debt, new OrderOfDay(desk, row.Id, order, debt, new GoingBack(desk, order, all, ids, ReturnKind.Return, worth, await placed.Visitors(database)), ids.Length));
            return answer.Refusal?.Reason is SalesRefusal.DayReturnNotRunning or SalesRefusal.DayClosed or WriteRefusal.QueueFull;
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or System.Data.Common.DbException or WriteFaultException))
        {
            // One order that cannot be read keeps no other from going back.
            log.LogError(fault, "Order {Order} could not go back with its day", id);
            await Send(row, Guid.CreateVersion7(), new Skipping(row.Id, id, 0, Fault));
            return false;
        }
    }

    private Task<StoredAnswer> Send(DayReturnRow row, Guid key, IWrite write) => queue.Send(WriteKey.Own(row.Park, key), write);

    private sealed record Ending(Guid Id) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(DayReturnRow.Table, Id);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(DayReturnRow.Table, Id) is not { State: DayReturnState.Running } row) return Outcome.Done(null);
            group.Put(DayReturnRow.Table, row with { State = DayReturnState.Ended, EndedAt = group.Now.Micros() });
            group.Record(nameof(DayReturnEnded), Id, new DayReturnEnded(Id));
            return Outcome.Done(null);
        }
    }

    private sealed record Skipping(Guid Id, Guid Order, long Number, string Reason) : IWrite
    {
        public bool Alone => false;
        public void Touch(Touch touch) => touch.Row(DayReturnRow.Table, Id);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(DayReturnRow.Table, Id) is not { State: DayReturnState.Running } row) return Outcome.Refused(SalesRefusal.DayReturnNotRunning, 409);
            return OrderOfDay.Skip(group, row, new(Id, Order, Number, Reason));
        }
    }
}
