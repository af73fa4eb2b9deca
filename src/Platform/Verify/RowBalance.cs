using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>What stands for a row in a <see cref="RowBalance"/>.</summary>
public readonly record struct RowPrint(int Bucket, UInt128 Number);

/// <summary>
/// Tells whether the rows of a table are those that the facts made, in a fixed amount of memory: what stands for a row is added where a
/// fact makes it and taken away where the row is found. Rows whose keys fall into a bucket that does not come to zero are suspects, and
/// a second look at them alone finds the odd ones. Prints are taken under a key drawn for this run, so nobody can prepare rows whose
/// prints cancel out. One thread may add while another takes away.
/// </summary>
public sealed class RowBalance
{
    private const int Buckets = 1 << 16, KeyBytes = 32, HeadBytes = 5, OnStack = 1024;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly UInt128[] _raised = new UInt128[Buckets], _lowered = new UInt128[Buckets];

    /// <summary>What stands for a row. Its first value is its key. Any thread may ask.</summary>
    public RowPrint PrintOf(scoped in CanonicalRow row)
    {
        var content = row.Written;
        Span<byte> text = KeyBytes + content.Length <= OnStack ? stackalloc byte[OnStack] : new byte[KeyBytes + content.Length];
        _key.CopyTo(text);
        content.CopyTo(text[KeyBytes..]);
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(text[..(KeyBytes + content.Length)], hash);
        return new RowPrint(BucketOf(content), BinaryPrimitives.ReadUInt128BigEndian(hash));
    }

    public RowPrint PrintOf(params ReadOnlySpan<object?> values)
    {
        var row = new CanonicalRow(stackalloc byte[OnStack]);
        foreach (var value in values) row.Add(value);
        return PrintOf(row);
    }

    public void Raise(RowPrint print) => _raised[print.Bucket] = unchecked(_raised[print.Bucket] + print.Number);
    public void Lower(RowPrint print) => _lowered[print.Bucket] = unchecked(_lowered[print.Bucket] + print.Number);

    /// <summary>Takes away all rows of a table as they lie in the store.</summary>
    public Task LowerAll(Snapshot store, string columns, string table)
    {
        var count = columns.Count(c => c == ',') + 1;
        return store.Each(row =>
        {
            var cells = new CanonicalRow(stackalloc byte[OnStack]);
            for (var i = 0; i < count; i++) row.AddTo(ref cells, i);
            Lower(PrintOf(cells));
        }, $"select {columns} from {table}");
    }

    public bool IsEven => _raised.AsSpan().SequenceEqual(_lowered);

    /// <summary>Whether a row with this key may be one that is wrong, missing or too many.</summary>
    public bool IsSuspect(object? key)
    {
        var row = new CanonicalRow(stackalloc byte[OnStack]);
        row.Add(key);
        return BucketOf(row.Written) is var bucket && _raised[bucket] != _lowered[bucket];
    }

    private static int BucketOf(ReadOnlySpan<byte> content)
    {
        uint crc = 0;
        foreach (var one in content.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(content[1..]))) crc = BitOperations.Crc32C(crc, one);
        return (int)(crc & (Buckets - 1));
    }
}
