using System.Data.Common;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>One row of a result, read by column number. Hides the two ways in which the stores keep ids and numbers.</summary>
public readonly struct Row
{
    private readonly DbDataReader? _reader;
    private readonly sqlite3_stmt? _statement;

    public Row(DbDataReader reader) => _reader = reader;
    /// <summary>The row on which a prepared statement of the embedded store stands.</summary>
    internal Row(sqlite3_stmt statement) => _statement = statement;

    public long Long(int column)
    {
        if (_statement is null) return _reader!.GetInt64(column);
        // SQLite would read any other value as a number too, and a spoiled column must not pass for 0.
        if (raw.sqlite3_column_type(_statement, column) != raw.SQLITE_INTEGER) throw new InvalidDataException($"Column {column} holds no number.");
        return raw.sqlite3_column_int64(_statement, column);
    }

    public string Text(int column)
    {
        if (_statement is null) return _reader!.GetString(column);
        if (IsNull(column)) throw new InvalidDataException($"Column {column} holds no text.");
        return raw.sqlite3_column_text(_statement, column).utf8_to_string();
    }

    public byte[] Bytes(int column) => _statement is null ? (byte[])_reader!.GetValue(column)
        : IsNull(column) ? throw new InvalidDataException($"Column {column} holds no bytes.") : raw.sqlite3_column_blob(_statement, column).ToArray();

    public Guid Id(int column)
    {
        if (_statement is not null) return new Guid(raw.sqlite3_column_blob(_statement, column), bigEndian: true);
        return _reader!.GetValue(column) switch
        {
            Guid id => id,
            byte[] bytes => new Guid(bytes, bigEndian: true),
            var other => throw new InvalidDataException($"Column {column} holds no id but {other.GetType().Name}."),
        };
    }

    public bool IsNull(int column) => _statement is null ? _reader!.IsDBNull(column) : raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;
    public int Int(int column) => checked((int)Long(column));
    public bool Bool(int column) => Long(column) != 0;
    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);
    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);
    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);
    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);
    /// <summary>The value as the store's library gives it, for what copies rows without knowing them. Not for rows of the write path.</summary>
    public object? Any(int column) => IsNull(column) ? null : Reader.GetValue(column);
    public int Columns => Reader.FieldCount;
    public string Name(int column) => Reader.GetName(column);

    private DbDataReader Reader => _reader ?? throw new InvalidOperationException("A row of the write path is read by its columns' types.");
}
