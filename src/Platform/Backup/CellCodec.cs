using System.Text;

namespace Shanmen.Platform.Backup;

/// <summary>Cells as bytes: a tag, then the value. Lengths are 7-bit encoded.</summary>
internal static class CellCodec
{
    private const byte Null = 0;
    private const int LengthMax = 64 * 1024 * 1024;

    /// <exception cref="InvalidDataException">The cell holds something else than its column.</exception>
    public static void Write(BinaryWriter writer, CellKind kind, object? value)
    {
        if (value is null) { writer.Write(Null); return; }
        writer.Write((byte)kind);
        switch (kind, value)
        {
            case (CellKind.Number, long number): writer.Write(number); break;
            case (CellKind.Text, string text): Write(writer, Encoding.UTF8.GetBytes(text)); break;
            case (CellKind.Bytes, byte[] bytes): Write(writer, bytes); break;
            case (CellKind.Id, Guid id): writer.Write(id.ToByteArray(bigEndian: true)); break;
            case (CellKind.Id, byte[] { Length: 16 } id): writer.Write(id); break;
            default: throw new InvalidDataException($"it holds {value.GetType().Name} instead of {kind}");
        }
    }

    public static object? Read(BinaryReader reader, CellKind kind)
    {
        var tag = reader.ReadByte();
        if (tag == Null) return null;
        if (tag != (byte)kind) throw new BackupDamagedException($"A cell is marked {tag} where {(byte)kind} must stand.");
        return kind switch
        {
            CellKind.Number => reader.ReadInt64(),
            CellKind.Text => Encoding.UTF8.GetString(ReadBytes(reader)),
            CellKind.Bytes => ReadBytes(reader),
            _ => new Guid(Exactly(reader, 16), bigEndian: true),
        };
    }

    public static void Write(BinaryWriter writer, byte[] bytes)
    {
        writer.Write7BitEncodedInt(bytes.Length);
        writer.Write(bytes);
    }

    public static byte[] ReadBytes(BinaryReader reader)
    {
        var length = reader.Read7BitEncodedInt();
        return length is >= 0 and <= LengthMax ? Exactly(reader, length) : throw new BackupDamagedException($"A value of {length:N0} bytes cannot be.");
    }

    private static byte[] Exactly(BinaryReader reader, int length)
    {
        var bytes = reader.ReadBytes(length);
        return bytes.Length == length ? bytes : throw new BackupDamagedException("The content ends in the middle of a value.");
    }
}
