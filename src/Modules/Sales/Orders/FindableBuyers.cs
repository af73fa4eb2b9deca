using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>Buyers of before schema 21 can be found by name and by the last digits of their phone now.</summary>
internal sealed record BuyersMadeFindable(int Park, int Buyers);

/// <summary>Gives the buyers of before the hashes by which they are found. In short steps, so that no sale waits; over when none is left.</summary>
internal sealed class FindableBuyers(Database database, WriteQueue queue, PersonalText personal, ILogger<FindableBuyers> log) : BackgroundService
{
    private const int AtOnce = 300;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Later = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var pause = Later;
                try
                {
                    if (await Next() is not { Count: > 0 } rows) return;
                    // Where several programs serve one store, one of them does it, and the others look whether it is done.
                    if (await database.TakeDuty(stop))
                    {
                        await Hash(rows);
                        pause = Pause;
                    }
                }
                catch (Exception fault) when (fault is System.Data.Common.DbException or WriteFaultException) { log.LogError(fault, "Buyers of before could not be made findable; tried again later"); }
                await Task.Delay(pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* The program stops between two steps. */ }
    }

    private Task<List<BuyerRow>> Next() => database.Query(BuyerRow.Table.Read, BuyerRow.Table.Select + " where name_hash is null order by id limit " + AtOnce);

    /// <summary>Those of the first one's park.</summary>
    private Task Hash(List<BuyerRow> rows)
    {
        var park = rows[0].Park;
        return queue.Send(WriteKey.Own(park, Guid.CreateVersion7()), new Hashing(park, personal, [.. rows.Where(r => r.Park == park).Select(r => r.Id)]));
    }

    private sealed class Hashing(int park, PersonalText personal, Guid[] ids) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            foreach (var id in ids) touch.Row(BuyerRow.Table, id);
        }

        public Outcome Decide(WriteGroup group)
        {
            var hashed = 0;
            foreach (var id in ids)
                if (group.Find(BuyerRow.Table, id) is { NameHash: null } row)
                {
                    group.Put(BuyerRow.Table, row with { PhoneTail = OrderSearch.TailOf(personal, Shown(row.Phone, "buyer.phone")), NameHash = OrderSearch.NameOf(personal, Shown(row.Name, "buyer.name")) });
                    hashed++;
                }
            if (hashed > 0) group.Record(nameof(BuyersMadeFindable), Guid.Empty, new BuyersMadeFindable(park, hashed));
            return Outcome.Done(null);
        }

        /// <summary>What does not open is not found by it, and keeps nobody else from being found; verify names it.</summary>
        private string Shown(byte[] kept, string purpose)
        {
            try { return personal.Reveal(kept, purpose); }
            catch (System.Security.Cryptography.CryptographicException) { return ""; }
        }
    }
}
