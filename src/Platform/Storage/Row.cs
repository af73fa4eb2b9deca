using System.Data.Common;

namespace Shanmen.Platform.Storage;

/// <summary>One row of a result, read by column number. Hides the two ways in which the stores keep ids and numbers.</summary>
public readonly struct Row(DbDataReader reader)
{
    public long Long(int column) => reader.GetInt64(column);
    public int Int(int column) => checked((int)reader.GetInt64(column));
    public bool Bool(int column) => reader.GetInt64(column) != 0;
    public string Text(int column) => reader.GetString(column);
    public byte[] Bytes(int column) => (byte[])reader.GetValue(column);
    public Guid Id(int column) => reader.GetValue(column) switch
    {
        Guid id => id,
        byte[] bytes => new Guid(bytes, bigEndian: true),
        var other => throw new InvalidDataException($"Column {column} holds no id but {other.GetType().Name}."),
    };
    public bool IsNull(int column) => reader.IsDBNull(column);
    public long? LongOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetInt64(column);
    public int? IntOrNull(int column) => reader.IsDBNull(column) ? null : Int(column);
    public string? TextOrNull(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    public byte[]? BytesOrNull(int column) => reader.IsDBNull(column) ? null : Bytes(column);
    public Guid? IdOrNull(int column) => reader.IsDBNull(column) ? null : Id(column);
    public object? Any(int column) => reader.IsDBNull(column) ? null : reader.GetValue(column);
    public int Columns => reader.FieldCount;
    public string Name(int column) => reader.GetName(column);
}
