using System.Buffers.Binary;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>Proves that each kept answer is the one that its log record fixed, and that none was added or taken away.</summary>
internal sealed class AnswerProof(LogProof log)
{
    private readonly Complaint _wrong = new();
    private readonly Dictionary<UInt128, string> _old = [];
    private long _rows;

    /// <summary>Takes away what is there. Older answers than the log's last pruning may be gone; one that is still there must be the log's all the same.</summary>
    public Task Look(Snapshot store) => store.Each(row =>
    {
        _rows++;
        if (Read(row, _wrong) is not { } answer) return;
        if (answer.At < log.PrunedBefore) _old[BinaryPrimitives.ReadUInt128BigEndian(answer.Digest)] = answer.Name;
        else log.Answers.Lower(answer.Digest);
    }, StoredRow.Table.Select);

    public async Task<Finding> Conclude(Snapshot store)
    {
        if (!log.Answers.IsEven) await Name(store, log.Answers, log.PrunedBefore, _wrong);
        if (_old.Count > 0) await NameOld(store, _old, _wrong);
        return _wrong.Finding($"{_rows:N0} answers");
    }

    private static async Task Name(Snapshot store, DigestBalance balance, long prunedBefore, Complaint wrong)
    {
        await foreach (var (_, _, at, digest) in Records(store)) if (digest.Length == 16 && at >= prunedBefore) balance.Gather(digest);
        await store.Each(row =>
        {
            if (Read(row, new Complaint()) is { } answer && answer.At >= prunedBefore && balance.IsOdd(answer.Digest))
                wrong.Add($"answer {answer.Name}: no record of the log fixed this answer");
        }, StoredRow.Table.Select);
        await foreach (var (lane, seq, at, digest) in Records(store))
            if (digest.Length == 16 && at >= prunedBefore && balance.IsLeft(digest)) wrong.Add($"log lane {lane} seq {seq}: its kept answer is missing or changed");
    }

    private static async Task NameOld(Snapshot store, Dictionary<UInt128, string> old, Complaint wrong)
    {
        await foreach (var (_, _, _, digest) in Records(store)) if (digest.Length == 16) old.Remove(BinaryPrimitives.ReadUInt128BigEndian(digest));
        foreach (var id in old.Values) wrong.Add($"answer {id}: no record of the log fixed this answer");
    }

    private static IAsyncEnumerable<(string Lane, string Seq, long At, byte[] Digest)> Records(Snapshot store) =>
        store.Stream(r => (r.Any(0)?.ToString() ?? "", r.Any(1)?.ToString() ?? "", r.Any(2) as long? ?? long.MaxValue, r.Any(3) as byte[] ?? []), "select lane, seq, at, answer from log order by lane, seq");

    private readonly record struct Kept(long At, byte[] Digest, Guid Id)
    {
        public string Name => Id.ToString();
    }

    private static Kept? Read(Row r, Complaint wrong)
    {
        try
        {
            var (id, park, principal, key) = (r.Id(0), r.Int(1), r.Id(2), r.Id(3));
            if (!StoredRow.IsOwnId(id, park, principal, key)) wrong.Add($"answer {id}: column id is not what its key gives");
            return new Kept(r.Long(7), StoredRow.DigestOf(park, principal, key, r.Bytes(4), r.Int(5), r.Utf8(6), r.Long(7)), id);
        }
        catch (InvalidDataException unreadable)
        {
            wrong.Add($"answer {Cells.Shown(r.Any(0))}: {unreadable.Message}");
            return null;
        }
    }
}
