using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>Proves that each kept answer is the one that its log record fixed, and that none was added or taken away.</summary>
internal static class AnswerProof
{
    public static async Task<Finding> Run(Snapshot store, DigestBalance balance)
    {
        var wrong = new Complaint();
        long rows = 0;
        await foreach (var cells in Rows(store))
        {
            rows++;
            if (Digest(cells, wrong) is not { } digest) continue;
            balance.Lower(digest);
        }
        if (!balance.IsEven) await Name(store, balance, wrong);
        return wrong.Finding($"{rows:N0} answers");
    }

    private static async Task Name(Snapshot store, DigestBalance balance, Complaint wrong)
    {
        await foreach (var (_, _, digest) in Records(store)) if (digest.Length == 16) balance.Gather(digest);
        await foreach (var cells in Rows(store))
            if (Digest(cells, new Complaint()) is { } digest && balance.IsOdd(digest))
                wrong.Add($"answer {cells.Shown(0)}: no record of the log fixed this answer");
        await foreach (var (lane, seq, digest) in Records(store))
            if (digest.Length == 16 && balance.IsLeft(digest)) wrong.Add($"log lane {lane} seq {seq}: its kept answer is missing or changed");
    }

    private static IAsyncEnumerable<Cells> Rows(Snapshot store) => store.Stream(r => new Cells(r, StoredRow.Table.Columns), StoredRow.Table.Select);

    private static IAsyncEnumerable<(string Lane, string Seq, byte[] Digest)> Records(Snapshot store) =>
        store.Stream(r => (r.Any(0)?.ToString() ?? "", r.Any(1)?.ToString() ?? "", r.Any(2) as byte[] ?? []), "select lane, seq, answer from log order by lane, seq");

    private static byte[]? Digest(Cells c, Complaint wrong)
    {
        try
        {
            var row = new StoredRow(c.Id(0), c.Int(1), c.Id(2), c.Id(3), c.Bytes(4), c.Int(5), c.Text(6), c.Long(7));
            if (!row.HasOwnId) wrong.Add($"answer {c.Shown(0)}: column id is not what its key gives");
            return row.Digest();
        }
        catch (InvalidDataException unreadable)
        {
            wrong.Add($"answer {c.Shown(0)}: {unreadable.Message}");
            return null;
        }
    }
}
