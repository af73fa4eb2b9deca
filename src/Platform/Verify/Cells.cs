using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>
/// A row as it lies in the store, before anything is believed of it. SQLite keeps any kind of value in any column, so a
/// damaged row must be nameable although it cannot be read.
/// </summary>
/// <param name="columns">The columns' names as in the query, for a complaint.</param>
internal sealed class Cells(Row row, string columns)
{
    private readonly object?[] _values = [.. Enumerable.Range(0, row.Columns).Select(row.Any)];

    public object? Raw(int column) => _values[column];
    public long Long(int column) => _values[column] is long number ? number : throw Unreadable(column, "whole number");
    public long? LongOrNull(int column) => _values[column] is null ? null : Long(column);
    public int Int(int column) => Long(column) is >= int.MinValue and <= int.MaxValue and var number ? (int)number : throw Unreadable(column, "small whole number");
    public string Text(int column) => _values[column] as string ?? throw Unreadable(column, "text");
    public byte[] Bytes(int column) => _values[column] as byte[] ?? throw Unreadable(column, "bytes");
    public Guid Id(int column) => _values[column] switch
    {
        Guid id => id,
        byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true),
        _ => throw Unreadable(column, "id"),
    };

    public Guid? IdOrNull(int column) => _values[column] is null ? null : Id(column);

    /// <summary>The value as one would write it down, whatever it is.</summary>
    public string Shown(int column) => Shown(_values[column]);

    public static string Shown(object? value) => value switch
    {
        null => "null",
        byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true).ToString(),
        byte[] bytes => "0x" + Convert.ToHexStringLower(bytes),
        _ => Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!,
    };

    private InvalidDataException Unreadable(int column, string kind) => new($"column {columns.Split(',', StringSplitOptions.TrimEntries)[column]} holds no {kind}");
}
