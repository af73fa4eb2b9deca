using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Shanmen.Platform.Verify;

/// <summary>
/// Sums of what two streams hold, in buckets, in a fixed amount of memory. What is summed is taken under a key drawn for this run, so
/// nobody can prepare contents that cancel out. One thread may raise while another lowers.
/// </summary>
internal sealed class KeyedSums
{
    public const int Buckets = 1 << 16;
    private const int KeyBytes = 32, OnStack = 1024;
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(KeyBytes);
    private readonly UInt128[] _raised = new UInt128[Buckets], _lowered = new UInt128[Buckets];

    /// <summary>What is summed for a content. Any thread may ask.</summary>
    public UInt128 NumberOf(ReadOnlySpan<byte> content)
    {
        var length = KeyBytes + content.Length;
        Span<byte> text = length <= OnStack ? stackalloc byte[OnStack] : new byte[length], hash = stackalloc byte[32];
        _key.CopyTo(text);
        content.CopyTo(text[KeyBytes..]);
        SHA256.HashData(text[..length], hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    public void Raise(int bucket, UInt128 number) => _raised[bucket] = unchecked(_raised[bucket] + number);
    public void Lower(int bucket, UInt128 number) => _lowered[bucket] = unchecked(_lowered[bucket] + number);

    public bool IsEven => _raised.AsSpan().SequenceEqual(_lowered);
    public bool IsEvenAt(int bucket) => _raised[bucket] == _lowered[bucket];
}
