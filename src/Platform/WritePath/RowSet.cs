using Shanmen.Platform.Storage;

namespace Shanmen.Platform.WritePath;

internal interface IRowSet
{
    string Table { get; }
    KeyedRead? Read();
    List<Statement> Searches { get; }
    /// <summary>Reads a found row; it is taken in when the result is called.</summary>
    Func<Row, Action> Reader { get; }
    IEnumerable<Statement> Changes();
    void Mark();
    void Undo();
}

/// <summary>The rows of one table that a group named before it read: each is read once, decided on in memory, written once.</summary>
internal sealed class RowSet<TKey, TRow>(RowTable<TKey, TRow> table) : IRowSet where TKey : notnull where TRow : class
{
    private readonly HashSet<TKey> _wanted = [];
    private readonly Dictionary<TKey, TRow?> _rows = [], _read = [];
    private readonly HashSet<TKey> _changed = [];
    private readonly Stack<(TKey Key, TRow? Before, bool WasChanged)> _undo = [];

    public string Table => table.Name;
    public void Want(TKey key) => _wanted.Add(key);
    public List<Statement> Searches { get; } = [];
    public void Search(Statement search)
    {
        if (!Searches.Exists(s => s.Sql == search.Sql && s.Values.SequenceEqual(search.Values))) Searches.Add(search);
    }

    public IEnumerable<TRow> All => _rows.Values.OfType<TRow>();

    public Func<Row, Action> Reader => row =>
    {
        var found = table.Read(row);
        return () => _rows[table.KeyOf(found)] = _read[table.KeyOf(found)] = found;
    };

    public KeyedRead? Read()
    {
        if (_wanted.Count == 0) return null;
        foreach (var key in _wanted) _rows[key] = _read[key] = null;
        return new KeyedRead(table.Name, table.SelectOne, table.SelectMany, [.. _wanted.Select(k => (object)k)], row =>
        {
            var found = table.Read(row);
            var key = table.KeyOf(found);
            _rows[key] = _read[key] = found;
        });
    }

    public TRow? Get(TKey key) => _rows.TryGetValue(key, out var row)
        ? row
        : throw new InvalidOperationException($"Row {key} of {table.Name} was not named before the group read.");

    public void Put(TRow row)
    {
        var key = table.KeyOf(row);
        _rows.TryGetValue(key, out var before);
        _undo.Push((key, before, !_changed.Add(key)));
        _rows[key] = row;
    }

    public IEnumerable<Statement> Changes()
    {
        foreach (var key in _changed.Order())
            if (!_read.TryGetValue(key, out var before)) yield return table.Write(_rows[key]!);
            else if (table.Write(before, _rows[key]!) is { } change) yield return change;
    }

    public void Mark() => _undo.Clear();

    public void Undo()
    {
        while (_undo.TryPop(out var step))
        {
            if (!step.WasChanged) _changed.Remove(step.Key);
            _rows[step.Key] = step.Before;
        }
    }
}
