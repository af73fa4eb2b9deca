using System.Security.Cryptography;
using System.Text;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>How far a lane's log had come.</summary>
/// <param name="Hash">The last record's hash, in lower-case hex; it stands for all records before it.</param>
public sealed record LaneHead(int Lane, long Seq, string Hash)
{
    /// <summary>The heads of all lanes at the snapshot's moment, by lane.</summary>
    public static async Task<LaneHead[]> AllOf(Snapshot store)
    {
        var heads = new List<LaneHead>();
        for (var lane = 0L; ;)
        {
            var next = await store.Query(r => new LaneHead(r.Int(0), r.Long(1), Convert.ToHexStringLower(r.Bytes(2))),
                "select lane, seq, hash from log where lane = (select min(lane) from log where lane > @1) order by seq desc limit 1", lane);
            if (next is not [var head]) return [.. heads];
            heads.Add(head);
            lane = head.Lane;
        }
    }
}

/// <summary>
/// The seal (日结封存) on a closed day: the heads of all log lanes under one root, and with it the closing sheet, authenticated
/// by a key that the database does not hold. Whoever can write the database, but has no keys, cannot make one.
/// </summary>
public static class DaySeal
{
    public static byte[] RootOf(IEnumerable<LaneHead> heads) =>
        Merkle.RootOf([.. heads.OrderBy(h => h.Lane).Select(h => Encoding.UTF8.GetBytes($"{h.Lane}|{h.Seq}|{h.Hash}"))]);

    /// <param name="day">yyyyMMdd.</param>
    /// <param name="sheet">The closing sheet exactly as it is stored.</param>
    public static byte[] Of(KeyRing keys, int park, int day, string sheet, ReadOnlySpan<byte> root) =>
        keys.Seal(Encoding.UTF8.GetBytes($"closing sheet|{park}|{day}|{Convert.ToHexString(root)}|{Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sheet)))}"));
}
