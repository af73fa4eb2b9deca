using System.Buffers.Binary;
using System.Text;

namespace Shanmen.Platform.Storage;

/// <summary>
/// Values of a row as one string of bytes: each with its kind and its length, so that no two rows give the same. What a fact says that a
/// row must be and the row as it lies in a store give the same bytes when they are the same.
/// </summary>
public ref struct CanonicalRow(Span<byte> first)
{
    private enum Kind : byte { Null, Number, Text, Bytes, Other }

    private Span<byte> _bytes = first;
    private int _used;

    /// <summary>All that was added.</summary>
    public readonly ReadOnlySpan<byte> Written => _bytes[.._used];

    public void Clear() => _used = 0;

    public void Add(long number)
    {
        var to = Room(Kind.Number, 8);
        BinaryPrimitives.WriteInt64LittleEndian(to, number);
    }

    public void Add(Guid id) => id.TryWriteBytes(Room(Kind.Bytes, 16), bigEndian: true, out _);

    public void Add(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(Kind.Bytes, bytes.Length));

    public void AddText(ReadOnlySpan<byte> utf8) => utf8.CopyTo(Room(Kind.Text, utf8.Length));

    public void Add(ReadOnlySpan<char> text) => Encoding.UTF8.GetBytes(text, Room(Kind.Text, Encoding.UTF8.GetByteCount(text)));

    /// <summary>A value in any of the forms in which it is bound to a statement or comes from a store.</summary>
    public void Add(object? value)
    {
        switch (value)
        {
            case null: Room(Kind.Null, 0); break;
            case long number: Add(number); break;
            case int number: Add((long)number); break;
            case bool flag: Add(flag ? 1L : 0L); break;
            case string text: Add(text.AsSpan()); break;
            case byte[] bytes: Add(bytes.AsSpan()); break;
            case Guid id: Add(id); break;
            // A kind of value that Shanmen never writes: it equals nothing but itself.
            default: Encoding.UTF8.GetBytes(value.ToString(), Room(Kind.Other, Encoding.UTF8.GetByteCount(value.ToString() ?? ""))); break;
        }
    }

    private Span<byte> Room(Kind kind, int length)
    {
        const int Head = 5;
        if (_bytes.Length - _used < Head + length)
        {
            var larger = new byte[Math.Max(_bytes.Length * 2, _used + Head + length)];
            Written.CopyTo(larger);
            _bytes = larger;
        }
        _bytes[_used] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(_bytes[(_used + 1)..], length);
        var room = _bytes.Slice(_used + Head, length);
        _used += Head + length;
        return room;
    }
}
