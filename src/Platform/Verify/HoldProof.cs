using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>Holds the rows of holds against what their steps left.</summary>
internal static class HoldProof
{
    /// <param name="ledger">The ledger once all of the log is read.</param>
    public static async Task<Finding> Conclude(Snapshot store, LedgerReplay ledger)
    {
        ledger.Close();
        await ledger.Holds.LowerAll(store, HoldRow.Table.Columns, HoldRow.Table.Name);
        var figure = $"{ledger.HoldsOpened:N0} holds";
        if (ledger.Holds.IsEven) return new Finding(figure, null);
        // The steps once more, to know the rows that they make where something is odd.
        var rows = new RowReplay<Guid, HoldRow>(HoldRow.Table) { Only = ledger.Holds.IsSuspect };
        string? twice = null;
        var again = new LogProof(store, [], _ => { }, hold =>
        {
            if (rows.Find(hold.Id) is not null) twice ??= $"hold {hold.Id}: it was opened a second time";
            rows.Put(hold);
        });
        await again.Run();
        again.Ledger.Close();
        var named = await IRowReplay.Compare(store, rows);
        return new Finding(figure, named.FirstBad ?? twice ?? "holds: rows and steps differ");
    }
}
