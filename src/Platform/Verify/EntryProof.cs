using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>Proves that the entries of accounts which keep them are those that the transfers make, each once.</summary>
internal sealed class EntryProof(DigestBalance balance)
{
    private readonly Complaint _wrong = new();
    private long _rows;

    public async Task Look(Snapshot store)
    {
        await foreach (var cells in Rows(store))
        {
            _rows++;
            if (Digest(cells, _wrong) is { } digest) balance.Lower(digest);
        }
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        if (!balance.IsEven) await Name(store);
        return _wrong.Finding($"{_rows:N0} entries");
    }

    /// <summary>The replay is run again, first to know the digests, then to name those that no row has.</summary>
    private async Task Name(Snapshot store)
    {
        await new LogProof(store, [], e => balance.Gather(e.Digest())).Run();
        await foreach (var cells in Rows(store))
            if (Digest(cells, new Complaint()) is { } digest && balance.IsOdd(digest)) _wrong.Add($"{NameOf(cells)}: no transfer made it so");
        await new LogProof(store, [], e =>
        {
            if (balance.IsLeft(e.Digest())) _wrong.Add($"account_entry account {e.Account} number {e.Number}: it is missing or changed");
        }).Run();
    }

    private static IAsyncEnumerable<Cells> Rows(Snapshot store) =>
        store.Stream(r => new Cells(r, Entry.Columns), $"select {Entry.Columns} from account_entry order by account, number");

    private static string NameOf(Cells c) => $"account_entry account {c.Shown(0)} number {c.Shown(1)}";

    private static byte[]? Digest(Cells c, Complaint wrong)
    {
        try { return new Entry(c.Long(0), c.Long(1), c.Int(2), c.Long(3), c.Int(4), c.Long(5), c.Long(6), c.Text(7), c.Long(8)).Digest(); }
        catch (InvalidDataException unreadable)
        {
            wrong.Add($"{NameOf(c)}: {unreadable.Message}");
            return null;
        }
    }
}
