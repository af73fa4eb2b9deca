using System.Buffers.Binary;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>Proves that each kept answer is the one that its log record fixed, and that none was added or taken away.</summary>
internal static class AnswerProof
{
    /// <param name="prunedBefore">Older answers may be gone; one that is still there must be the log's all the same.</param>
    public static async Task<Finding> Run(Snapshot store, DigestBalance balance, long prunedBefore)
    {
        var wrong = new Complaint();
        var old = new Dictionary<UInt128, string>();
        long rows = 0;
        await foreach (var cells in Rows(store))
        {
            rows++;
            if (Digest(cells, wrong) is not { } digest) continue;
            if (cells.Long(7) < prunedBefore) old[BinaryPrimitives.ReadUInt128BigEndian(digest)] = cells.Shown(0);
            else balance.Lower(digest);
        }
        if (!balance.IsEven) await Name(store, balance, prunedBefore, wrong);
        if (old.Count > 0) await NameOld(store, old, wrong);
        return wrong.Finding($"{rows:N0} answers");
    }

    private static async Task Name(Snapshot store, DigestBalance balance, long prunedBefore, Complaint wrong)
    {
        await foreach (var (_, _, at, digest) in Records(store)) if (digest.Length == 16 && at >= prunedBefore) balance.Gather(digest);
        await foreach (var cells in Rows(store))
            if (Digest(cells, new Complaint()) is { } digest && cells.Long(7) >= prunedBefore && balance.IsOdd(digest))
                wrong.Add($"answer {cells.Shown(0)}: no record of the log fixed this answer");
        await foreach (var (lane, seq, at, digest) in Records(store))
            if (digest.Length == 16 && at >= prunedBefore && balance.IsLeft(digest)) wrong.Add($"log lane {lane} seq {seq}: its kept answer is missing or changed");
    }

    private static async Task NameOld(Snapshot store, Dictionary<UInt128, string> old, Complaint wrong)
    {
        await foreach (var (_, _, _, digest) in Records(store)) if (digest.Length == 16) old.Remove(BinaryPrimitives.ReadUInt128BigEndian(digest));
        foreach (var id in old.Values) wrong.Add($"answer {id}: no record of the log fixed this answer");
    }

    private static IAsyncEnumerable<Cells> Rows(Snapshot store) => store.Stream(r => new Cells(r, StoredRow.Table.Columns), StoredRow.Table.Select);

    private static IAsyncEnumerable<(string Lane, string Seq, long At, byte[] Digest)> Records(Snapshot store) =>
        store.Stream(r => (r.Any(0)?.ToString() ?? "", r.Any(1)?.ToString() ?? "", r.Any(2) as long? ?? long.MaxValue, r.Any(3) as byte[] ?? []), "select lane, seq, at, answer from log order by lane, seq");

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
