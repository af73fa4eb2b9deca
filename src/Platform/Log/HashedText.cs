using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Shanmen.Platform.Log;

/// <summary>Gathers what goes under one hash, so that the hash is taken in one call: a sale takes a dozen of them.</summary>
internal ref struct HashedText(Span<byte> first) : IDisposable
{
    private Span<byte> _bytes = first;
    private byte[]? _rented;
    private int _used;

    public void Add(scoped ReadOnlySpan<byte> bytes)
    {
        Grow(bytes.Length);
        bytes.CopyTo(_bytes[_used..]);
        _used += bytes.Length;
    }

    public void Add(scoped ReadOnlySpan<char> text)
    {
        Grow(Encoding.UTF8.GetMaxByteCount(text.Length));
        _used += Encoding.UTF8.GetBytes(text, _bytes[_used..]);
    }

    public readonly byte[] Hash() => SHA256.HashData(_bytes[.._used]);

    private void Grow(int more)
    {
        if (_bytes.Length - _used >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_bytes.Length * 2, _used + more));
        _bytes[.._used].CopyTo(larger);
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
        _bytes = _rented = larger;
    }

    public readonly void Dispose()
    {
        if (_rented is not null) ArrayPool<byte>.Shared.Return(_rented);
    }
}
