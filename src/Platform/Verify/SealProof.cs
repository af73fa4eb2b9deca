using System.Text.Json;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Verify;

/// <summary>Proves the seals of closed days: the log's heads at the close, their root, and the key's word for root and sheet.</summary>
internal static class SealProof
{
    private const string Columns = "id, park, day, sheet, lane_heads, root, seal";

    /// <param name="keys">Without the keys the roots are proven, the seals are not.</param>
    public static async Task<Finding> Run(Snapshot store, KeyRing? keys)
    {
        var wrong = new Complaint();
        var sheets = 0;
        // A row without a sheet is a close that was begun; there is nothing to prove in it. Few hundred rows a year.
        foreach (var c in await store.Query(r => new Cells(r, Columns), $"select {Columns} from closing_sheet order by id"))
        {
            var name = $"closing sheet {c.Shown(0)}";
            try
            {
                if (c.Text(3).Length == 0) continue;
                sheets++;
                if (c.Text(0) != $"{c.Long(1)}/{c.Long(2)}") wrong.Add($"{name}: its id does not follow from park and day");
                var heads = JsonSerializer.Deserialize<LaneHead[]>(c.Text(4), Json.Options)!;
                foreach (var head in heads)
                    if (await store.Number("select count(*) from log where lane = @1 and seq = @2 and hash = @3", head.Lane, head.Seq, Convert.FromHexString(head.Hash)) != 1)
                        wrong.Add($"{name}: log lane {head.Lane} seq {head.Seq} is not what it was when the day was closed");
                var root = DaySeal.RootOf(heads);
                if (!root.AsSpan().SequenceEqual(c.Bytes(5))) wrong.Add($"{name}: its root does not follow from the log's heads");
                if (keys is not null && !DaySeal.Of(keys, c.Int(1), c.Int(2), c.Text(3), root).AsSpan().SequenceEqual(c.Bytes(6)))
                    wrong.Add($"{name}: the seal does not fit the sheet");
            }
            catch (Exception unreadable) when (unreadable is InvalidDataException or JsonException or FormatException) { wrong.Add($"{name}: {unreadable.Message}"); }
        }
        return wrong.Finding(keys is null ? $"{sheets:N0} closing sheets, seals not tried without the keys" : $"{sheets:N0} closing sheets");
    }
}
