using System.Security.Cryptography;
using System.Text;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Verify;

/// <summary>
/// The rows of one table as their facts say that they must be, held against the rows that are there, in every column that the
/// table declares. A row is compared as it lies in the store, so a damaged one is named although it cannot be read.
/// </summary>
public sealed class RowReplay<TKey, TRow>(RowTable<TKey, TRow> table) : IRowReplay where TKey : notnull where TRow : class
{
    private readonly Dictionary<TKey, TRow> _rows = [];
    private readonly Dictionary<(TKey Key, string Column), (byte[]? Digest, string? Salt)> _sealed = [];
    private readonly string[] _columns = table.Columns.Split(',', StringSplitOptions.TrimEntries);

    /// <summary>The row with this key as the facts so far left it, or null.</summary>
    public TRow? Find(TKey key) => _rows.GetValueOrDefault(key);

    /// <summary>Which keys are looked at, where others are known to be right: those of a <see cref="RowBalance"/> that is not even.</summary>
    public Func<object?, bool>? Only { get; init; }

    public void Put(TRow row)
    {
        if (Only is null || Only(table.KeyOf(row))) _rows[table.KeyOf(row)] = row;
    }

    /// <summary>Of this cell the fact holds a digest only, because what stands in it is personal or secret.</summary>
    /// <param name="digest">What <see cref="DigestOf"/> gave; null where the fact was written by a program that kept none, so nothing can be said.</param>
    /// <param name="salt">The column whose bytes were mixed in.</param>
    public void Seal(TKey key, string column, byte[]? digest, string? salt = null) => _sealed[(key, column)] = (digest, salt);

    long IRowReplay.Rows => _rows.Count;
    long IRowReplay.Unproven => _sealed.Count(s => s.Value.Digest is null);

    async Task<string?> IRowReplay.FirstBad(Snapshot store)
    {
        var wrong = new Complaint();
        var missing = new HashSet<TKey>(_rows.Keys);
        await foreach (var cells in store.Stream(r => new Cells(r, table.Columns), $"{table.Select} order by {table.KeyColumn}"))
        {
            if (Only is not null && !Only(cells.Raw(0))) continue;
            if (KeyOf(cells) is not { } key || !_rows.TryGetValue(key, out var should)) wrong.Add($"{table.Name} {cells.Shown(0)}: no fact made it");
            else if (!missing.Remove(key)) wrong.Add($"{table.Name} {key}: it stands twice");
            else if (DifferenceOf(cells, key, table.Values(should)) is { } column) wrong.Add($"{table.Name} {key}: column {column} is not what its facts say");
        }
        foreach (var key in missing) wrong.Add($"{table.Name} {key}: its row is missing");
        return wrong.Text;
    }

    private static TKey? KeyOf(Cells cells)
    {
        try { return typeof(TKey) == typeof(Guid) ? (TKey)(object)cells.Id(0) : cells.Raw(0) is TKey key ? key : default; }
        catch (InvalidDataException) { return default; }
    }

    private string? DifferenceOf(Cells cells, TKey key, object?[] should)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var same = _sealed.TryGetValue((key, _columns[i]), out var kept)
                ? kept.Digest is null || BytesOf(cells, i) is { } found && kept.Digest.AsSpan().SequenceEqual(DigestOf(_columns[i], found, Salt(kept.Salt)))
                : IsSame(cells.Raw(i), should[i]);
            if (!same) return _columns[i];
        }
        return null;

        byte[] Salt(string? column) => column is null ? [] : BytesOf(cells, Array.IndexOf(_columns, column)) ?? [];
    }

    private static byte[]? BytesOf(Cells cells, int column) => cells.Raw(column) switch
    {
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        _ => null,
    };

    private static bool IsSame(object? found, object? should) => should switch
    {
        null => found is null,
        Guid id => found is Guid same ? same == id : found is byte[] { Length: 16 } bytes && new Guid(bytes, bigEndian: true) == id,
        bool flag => found is long number && number == (flag ? 1 : 0),
        int small => found is long number && number == small,
        byte[] bytes => found is byte[] other && other.AsSpan().SequenceEqual(bytes),
        _ => should.Equals(found),
    };

    /// <summary>What a fact keeps of a cell that must not stand in the log: it shows a change and tells nothing of the content.</summary>
    /// <param name="salt">Bytes that are drawn at random for the row, where the content alone could be guessed.</param>
    public static byte[] DigestOf(string column, ReadOnlySpan<byte> content, ReadOnlySpan<byte> salt) =>
        SHA256.HashData([.. Encoding.UTF8.GetBytes(column), 0, .. salt, .. content])[..16];
}

/// <summary>One replayed table of a proof that holds several.</summary>
public interface IRowReplay
{
    internal long Rows { get; }
    internal long Unproven { get; }
    internal Task<string?> FirstBad(Snapshot store);

    /// <summary>Holds all tables against the store; the finding names the first bad row of each.</summary>
    public static async Task<Finding> Compare(Snapshot store, params IRowReplay[] tables)
    {
        var bad = new List<string>();
        foreach (var table in tables)
            if (await table.FirstBad(store) is { } complaint) bad.Add(complaint);
        var unproven = tables.Sum(t => t.Unproven);
        var figure = $"{tables.Sum(t => t.Rows):N0} rows of {tables.Length} tables" + (unproven > 0 ? $"; {unproven} sealed cells are older than their digests" : "");
        return new Finding(figure, bad.Count == 0 ? null : string.Join("; ", bad));
    }
}
