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
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200), Later = TimeSpan.FromMinutes(5);

    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                var left = true;
                try { left = !await database.TakeDuty(stop) || await Step(); }
                catch (Exception fault) when (fault is System.Data.Common.DbException or WriteFaultException) { log.LogError(fault, "Buyers of before could not be made findable; tried again later"); await Task.Delay(Later, stop); }
                if (!left) return;
                await Task.Delay(Pause, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { /* The program stops between two steps. */ }
    }

    /// <summary>Some of one park; false where none is left.</summary>
    internal async Task<bool> Step()
    {
        var rows = await database.Query(BuyerRow.Table.Read, BuyerRow.Table.Select + " where name_hash is null order by id limit " + AtOnce);
        if (rows.Count == 0) return false;
        var park = rows[0].Park;
        await queue.Send(WriteKey.Own(park, Guid.CreateVersion7()), new Hashing(park, personal, [.. rows.Where(r => r.Park == park).Select(r => r.Id)]));
        return true;
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
