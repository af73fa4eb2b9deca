using System.Buffers.Binary;

namespace Shanmen.Platform.Verify;

/// <summary>
/// Tells whether two streams hold the same digests, each as often, in a fixed amount of memory: digests are summed in
/// buckets, one stream up and the other down. Where a bucket does not come to zero, a second pass over that bucket alone
/// finds the odd ones. The sums are taken under a key drawn for this run, so nobody can prepare digests that cancel out.
/// </summary>
internal sealed class DigestBalance
{
    private readonly KeyedSums _sums = new();
    private Dictionary<UInt128, long>? _odd;

    /// <summary>What is summed for a digest. Any thread may ask.</summary>
    public UInt128 NumberOf(ReadOnlySpan<byte> digest) => _sums.NumberOf(digest);

    /// <summary>One thread raises while another lowers.</summary>
    public void Raise(ReadOnlySpan<byte> digest, UInt128 number) => _sums.Raise(BucketOf(digest), number);
    public void Raise(ReadOnlySpan<byte> digest) => Raise(digest, NumberOf(digest));
    public void Lower(ReadOnlySpan<byte> digest) => _sums.Lower(BucketOf(digest), NumberOf(digest));

    /// <summary>Both streams held the same.</summary>
    public bool IsEven => _sums.IsEven;

    /// <summary>The second pass, first stream: counts the digests of uneven buckets.</summary>
    public void Gather(ReadOnlySpan<byte> digest)
    {
        if (IsEvenAt(digest)) return;
        _odd ??= [];
        var key = BinaryPrimitives.ReadUInt128BigEndian(digest);
        _odd[key] = _odd.GetValueOrDefault(key) + 1;
    }

    /// <summary>The second pass, other stream: true when the first stream has this digest not, or not often enough.</summary>
    public bool IsOdd(ReadOnlySpan<byte> digest)
    {
        if (IsEvenAt(digest)) return false;
        var key = BinaryPrimitives.ReadUInt128BigEndian(digest);
        if (_odd is null || _odd.GetValueOrDefault(key) == 0) return true;
        _odd[key]--;
        return false;
    }

    /// <summary>Whether the first stream alone has this digest. Ask after <see cref="IsOdd"/> has seen the whole other stream.</summary>
    public bool IsLeft(ReadOnlySpan<byte> digest) => _odd is not null && _odd.GetValueOrDefault(BinaryPrimitives.ReadUInt128BigEndian(digest)) > 0;

    private static int BucketOf(ReadOnlySpan<byte> digest) => BinaryPrimitives.ReadUInt16BigEndian(digest);
    private bool IsEvenAt(ReadOnlySpan<byte> digest) => _sums.IsEvenAt(BucketOf(digest));
}
