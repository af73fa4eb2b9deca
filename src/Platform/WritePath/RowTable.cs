using Shanmen.Platform.Storage;

namespace Shanmen.Platform.WritePath;

/// <summary>
/// How one table's rows are read and written by the write path. The first column is the key.
/// A module declares its tables once, as internal statics; only requests of that module can name them.
/// </summary>
public sealed class RowTable<TKey, TRow> where TKey : notnull where TRow : class
{
    /// <param name="key">The key of a row, for the tables of hot requests; elsewhere it is taken from the values.</param>
    public RowTable(string name, string columns, Func<Row, TRow> read, Func<TRow, object?[]> values, Func<TRow, TKey>? key = null)
    {
        (Name, Columns, Read, Values) = (name, columns, read, values);
        var names = columns.Split(',', StringSplitOptions.TrimEntries);
        KeyColumn = names[0];
        KeyOf = key ?? (row => (TKey)values(row)[0]!);
        SelectOne = $"{Select} where {KeyColumn} = @1";
        SelectMany = $"{Select} where {KeyColumn} = any($1) order by {KeyColumn} for update";
        Upsert = $"insert into {name} ({columns}) values ({string.Join(", ", names.Select((_, i) => "@" + (i + 1)))}) "
            + $"on conflict ({KeyColumn}) do update set {string.Join(", ", names.Skip(1).Select(c => $"{c} = excluded.{c}"))}";
    }

    public string Name { get; }
    public string Columns { get; }
    public string KeyColumn { get; }
    public Func<Row, TRow> Read { get; }
    public Func<TRow, object?[]> Values { get; }
    internal string Upsert { get; }
    internal string SelectOne { get; }
    internal string SelectMany { get; }
    public Func<TRow, TKey> KeyOf { get; }

    /// <summary>"select … from …" of all columns, for queries outside the write path.</summary>
    public string Select => $"select {Columns} from {Name}";
}
