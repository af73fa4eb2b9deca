using System.Buffers.Binary;
using System.Numerics;
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
    private const int HeadBytes = 5, OnStack = 1024;
    private readonly KeyedSums _sums = new();

    /// <summary>What stands for a row. Its first value is its key. Any thread may ask.</summary>
    public RowPrint PrintOf(scoped in CanonicalRow row) => new(BucketOf(row.Written), _sums.NumberOf(row.Written));

    public RowPrint PrintOf(params ReadOnlySpan<object?> values)
    {
        var row = new CanonicalRow(stackalloc byte[OnStack]);
        foreach (var value in values) row.Add(value);
        return PrintOf(row);
    }

    public void Raise(RowPrint print) => _sums.Raise(print.Bucket, print.Number);
    public void Lower(RowPrint print) => _sums.Lower(print.Bucket, print.Number);

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

    public bool IsEven => _sums.IsEven;

    /// <summary>Whether a row with this key may be one that is wrong, missing or too many.</summary>
    public bool IsSuspect(object? key)
    {
        var row = new CanonicalRow(stackalloc byte[OnStack]);
        row.Add(key);
        return !_sums.IsEvenAt(BucketOf(row.Written));
    }

    private static int BucketOf(ReadOnlySpan<byte> content)
    {
        uint crc = 0;
        foreach (var one in content.Slice(HeadBytes, BinaryPrimitives.ReadInt32LittleEndian(content[1..]))) crc = BitOperations.Crc32C(crc, one);
        return (int)(crc & (KeyedSums.Buckets - 1));
    }
}
