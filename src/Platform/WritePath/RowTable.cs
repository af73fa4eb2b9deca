using System.Collections.Concurrent;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.WritePath;

/// <summary>
/// How one table's rows are read and written by the write path. The first column is the key.
/// A module declares its tables once, as internal statics; only requests of that module can name them.
/// </summary>
public sealed class RowTable<TKey, TRow> where TKey : notnull where TRow : class
{
    private readonly string[] _names;
    private readonly string _insert, _upsert;
    private readonly ConcurrentDictionary<ulong, string> _updates = [];

    /// <param name="key">The key of a row, for the tables of hot requests; elsewhere it is taken from the values.</param>
    /// <param name="settled">Its rows are changed only by requests that run alone, so all others read them without holding them.</param>
    public RowTable(string name, string columns, Func<Row, TRow> read, Func<TRow, object?[]> values, Func<TRow, TKey>? key = null, bool settled = false)
    {
        (Name, Columns, Read, Values, Settled) = (name, columns, read, values, settled);
        var names = columns.Split(',', StringSplitOptions.TrimEntries);
        KeyColumn = names[0];
        KeyOf = key ?? (row => (TKey)values(row)[0]!);
        SelectOne = $"{Select} where {KeyColumn} = @1";
        SelectMany = $"{Select} where {KeyColumn} = any($1) order by {KeyColumn}{(settled ? "" : " for update")}";
        _names = names;
        _insert = $"insert into {name} ({columns}) values ({string.Join(", ", names.Select((_, i) => "@" + (i + 1)))})";
        _upsert = $"{_insert} on conflict ({KeyColumn}) do update set {string.Join(", ", names.Skip(1).Select(c => $"{c} = excluded.{c}"))}";
    }

    public string Name { get; }
    public string Columns { get; }
    public string KeyColumn { get; }
    internal bool Settled { get; }
    public Func<Row, TRow> Read { get; }
    public Func<TRow, object?[]> Values { get; }
    internal string SelectOne { get; }
    internal string SelectMany { get; }
    public Func<TRow, TKey> KeyOf { get; }

    /// <summary>"select … from …" of all columns, for queries outside the write path.</summary>
    public string Select => $"select {Columns} from {Name}";

    /// <summary>Writes a row that the group did not read: it may be there or not.</summary>
    internal Statement Write(TRow after) => new(_upsert, Values(after));

    /// <summary>
    /// Writes a row that the group read, or null where nothing changed. Only changed columns are named, because naming a
    /// column of an index rewrites the index also when its value stays.
    /// </summary>
    internal Statement? Write(TRow? before, TRow after)
    {
        var values = Values(after);
        if (before is null) return new Statement(_insert, values);
        var old = Values(before);
        ulong changed = 0;
        for (var i = 1; i < values.Length; i++)
            if (!Same(old[i], values[i])) changed |= 1UL << i;
        if (changed == 0) return null;
        var update = _updates.GetOrAdd(changed, static (mask, table) => table.UpdateOf(mask), this);
        return new Statement(update, [values[0], .. Enumerable.Range(1, values.Length - 1).Where(i => (changed & 1UL << i) != 0).Select(i => values[i])]);
    }

    private string UpdateOf(ulong changed) =>
        $"update {Name} set {string.Join(", ", _names.Where((_, i) => (changed & 1UL << i) != 0).Select((c, i) => $"{c} = @{i + 2}"))} where {KeyColumn} = @1";

    private static bool Same(object? one, object? other) => one is byte[] bytes ? other is byte[] others && bytes.AsSpan().SequenceEqual(others) : Equals(one, other);
}
