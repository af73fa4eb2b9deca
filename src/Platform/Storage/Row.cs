using System.Data.Common;
using System.Text;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// One row of a result, read by column number. Hides the two ways in which the stores keep ids and numbers. The embedded store keeps
/// any kind of value in any column; a value of another kind than is asked for is a damaged one, and says so.
/// </summary>
public readonly struct Row
{
    private readonly DbDataReader? _reader;
    private readonly nint _statement;

    public Row(DbDataReader reader) => _reader = reader;
    /// <summary>The row on which a prepared statement of the embedded store stands.</summary>
    internal Row(nint statement) => _statement = statement;

    public long Long(int column)
    {
        if (_statement == 0) return _reader!.GetInt64(column);
        // SQLite would read any other value as a number too, and a spoiled column must not pass for 0.
        if (KindOf(column) != raw.SQLITE_INTEGER) throw Spoiled(column, "whole number");
        return SqliteCells.Number(_statement, column);
    }

    public string Text(int column)
    {
        if (_statement == 0) return _reader!.GetString(column);
        if (KindOf(column) != raw.SQLITE_TEXT) throw Spoiled(column, "text");
        return Encoding.UTF8.GetString(SqliteCells.Bytes(_statement, column));
    }

    /// <summary>The UTF-8 bytes of a text.</summary>
    public byte[] Utf8(int column)
    {
        if (_statement == 0) return Encoding.UTF8.GetBytes(_reader!.GetString(column));
        if (KindOf(column) != raw.SQLITE_TEXT) throw Spoiled(column, "text");
        return SqliteCells.Bytes(_statement, column).ToArray();
    }

    public byte[] Bytes(int column)
    {
        if (_statement == 0) return (byte[])_reader!.GetValue(column);
        if (KindOf(column) != raw.SQLITE_BLOB) throw Spoiled(column, "bytes");
        return SqliteCells.Bytes(_statement, column).ToArray();
    }

    public Guid Id(int column)
    {
        if (_statement == 0) return _reader!.GetFieldValue<Guid>(column);
        if (KindOf(column) == raw.SQLITE_BLOB && SqliteCells.Bytes(_statement, column) is { Length: 16 } bytes) return new Guid(bytes, bigEndian: true);
        throw Spoiled(column, "id");
    }

    public bool IsNull(int column) => _statement == 0 ? _reader!.IsDBNull(column) : KindOf(column) == raw.SQLITE_NULL;
    public int Int(int column) => Long(column) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Spoiled(column, "small whole number");
    public bool Bool(int column) => Long(column) != 0;
    public long? LongOrNull(int column) => IsNull(column) ? null : Long(column);
    public int? IntOrNull(int column) => IsNull(column) ? null : Int(column);
    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);
    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);
    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    /// <summary>The value as it lies in the store, for what reads rows without knowing or believing them: null, a number, text, bytes or an id.</summary>
    public object? Any(int column)
    {
        if (_statement == 0) return _reader!.IsDBNull(column) ? null : _reader.GetValue(column);
        return KindOf(column) switch
        {
            raw.SQLITE_INTEGER => SqliteCells.Number(_statement, column),
            raw.SQLITE_TEXT => Encoding.UTF8.GetString(SqliteCells.Bytes(_statement, column)),
            raw.SQLITE_BLOB => SqliteCells.Bytes(_statement, column).ToArray(),
            raw.SQLITE_NULL => null,
            _ => SqliteCells.Real(_statement, column),
        };
    }

    /// <summary>Adds the value as it lies in the store to a canonical row of bytes; the same value gives the same bytes on both stores.</summary>
    public void AddTo(ref CanonicalRow row, int column)
    {
        if (_statement == 0) { row.Add(Any(column)); return; }
        switch (KindOf(column))
        {
            case raw.SQLITE_INTEGER: row.Add(SqliteCells.Number(_statement, column)); break;
            case raw.SQLITE_TEXT: row.AddText(SqliteCells.Bytes(_statement, column)); break;
            case raw.SQLITE_BLOB: row.Add(SqliteCells.Bytes(_statement, column)); break;
            default: row.Add(Any(column)); break;
        }
    }

    /// <summary>Whether just this value lies in the store: one that only reads alike, as "1" for the name of a state or JSON with a blank more, is another.</summary>
    public bool Is(int column, object? value)
    {
        var found = new CanonicalRow(stackalloc byte[256]);
        var should = new CanonicalRow(stackalloc byte[256]);
        AddTo(ref found, column);
        should.Add(value);
        return found.Written.SequenceEqual(should.Written);
    }

    public int Columns => _statement == 0 ? _reader!.FieldCount : SqliteCells.Count(_statement);
    public string Name(int column) => _statement == 0 ? _reader!.GetName(column) : SqliteCells.NameOf(_statement, column);

    private int KindOf(int column) => SqliteCells.KindOf(_statement, column);
    private InvalidDataException Spoiled(int column, string kind) => new($"column {Name(column)} holds no {kind}");
}
