using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>Where an entry stands in a file.</summary>
internal readonly record struct FileEntry(int Start, int Length, int Line);

/// <summary>The parts of a file; one that it does not have is empty.</summary>
internal sealed record FileParts(FileEntry[] Types, FileEntry[] Days, FileEntry[] Quotas, FileEntry[] QuotaDays, FileEntry? Prices);

/// <summary>Reads a file entry by entry, and remembers on which line each stands.</summary>
internal sealed partial class FileReader(byte[] bytes, FileFaults faults)
{
    private static readonly JsonDocumentOptions Once = new() { MaxDepth = 16, AllowDuplicateProperties = false };
    // Editors of Windows put a mark before the text.
    private readonly int _mark = bytes.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
    private int _counted, _lines = 1;

    /// <summary>The parts, or null where the file cannot be read at all.</summary>
    public FileParts? Read()
    {
        var found = new Dictionary<string, FileEntry[]>();
        var reader = new Utf8JsonReader(bytes.AsSpan(_mark), new JsonReaderOptions { MaxDepth = 16 });
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) throw new JsonException(null, null, 0, null);
            var format = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (name, line) = (reader.GetString()!, LineAt(reader.TokenStartIndex));
                reader.Read();
                if (name == "format") format = reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out var number) ? number : 0;
                if (name is "format" or "park") reader.Skip();
                else if (!found.TryAdd(name, Entries(ref reader, name, line))) faults.Add(name, line, "CatalogFile.PartTwice");
            }
            // What follows the end is read too: half a file joined to another is none.
            while (reader.Read()) { }
            if (format != CatalogFile.FormatNow) faults.Add("format", 1, "CatalogFile.Format", CatalogFile.FormatNow);
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            faults.Add("file", (int)((broken as JsonException)?.LineNumber ?? _lines - 1) + 1, "CatalogFile.Broken");
            return null;
        }
        return new(Part(CatalogFile.TypesPart), Part(CatalogFile.DaysPart), Part(CatalogFile.QuotasPart), Part(CatalogFile.QuotaDaysPart), Part(CatalogFile.PricesPart) is [var one] ? one : null);

        FileEntry[] Part(string name) => found.GetValueOrDefault(name) ?? [];
    }

    private FileEntry[] Entries(ref Utf8JsonReader reader, string part, int line)
    {
        var max = part switch
        {
            CatalogFile.TypesPart => SaveTicketType.TypesMax, CatalogFile.DaysPart => CatalogFile.DaysMax, CatalogFile.QuotasPart => Quotas.SaveQuota.QuotasMax,
            CatalogFile.QuotaDaysPart => CatalogFile.QuotaDaysMax, CatalogFile.PricesPart => 1, _ => 0,
        };
        if (max == 0) faults.Add(part, line, "CatalogFile.PartUnknown");
        else if (part == CatalogFile.PricesPart && reader.TokenType != JsonTokenType.Null) return [Entry(ref reader)];
        else if (part != CatalogFile.PricesPart && reader.TokenType == JsonTokenType.StartArray)
        {
            var entries = new List<FileEntry>();
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                if (entries.Count < max) entries.Add(Entry(ref reader));
                else
                {
                    faults.Add($"{part}[{max}]", LineAt(reader.TokenStartIndex), "CatalogFile.TooMany", max);
                    while (reader.TokenType != JsonTokenType.EndArray) { reader.Skip(); reader.Read(); }
                    break;
                }
            return [.. entries];
        }
        else if (reader.TokenType != JsonTokenType.Null) faults.Add(part, line, "CatalogFile.List");
        reader.Skip();
        return [];
    }

    private FileEntry Entry(ref Utf8JsonReader reader)
    {
        var start = reader.TokenStartIndex;
        reader.Skip();
        return new((int)start, (int)(reader.BytesConsumed - start), LineAt(start));
    }

    private int LineAt(long at)
    {
        _lines += bytes.AsSpan(_mark)[_counted..(int)at].Count((byte)'\n');
        _counted = (int)at;
        return _lines;
    }

    /// <summary>An entry as it is, or null where it is no object; that is noted.</summary>
    public JsonObject? Object(FileEntry entry, string place)
    {
        if (IsTooLong(entry, place)) return null;
        try { if (JsonNode.Parse(Text(entry), null, Once) is JsonObject whole) return whole; }
        catch (Exception twice) when (twice is JsonException or ArgumentException) { /* A name stands in it twice. */ }
        faults.Add(place, entry.Line, "CatalogFile.Object");
        return null;
    }

    /// <summary>An entry, or null where it cannot be read; that is noted.</summary>
    public T? Read<T>(FileEntry entry, string place) where T : class => Read(entry, place, e => JsonSerializer.Deserialize<T>(Text(e), CatalogFile.Strict));

    /// <summary>The same of an entry whose names were looked up.</summary>
    public T? Read<T>(JsonObject whole, FileEntry entry, string place) where T : class => Read(entry, place, _ => whole.Deserialize<T>(CatalogFile.Strict));

    private T? Read<T>(FileEntry entry, string place, Func<FileEntry, T?> read) where T : class
    {
        if (IsTooLong(entry, place)) return null;
        try
        {
            if (read(entry) is { } value) return value;
            faults.Add(place, entry.Line, "CatalogFile.Object");
        }
        catch (JsonException wrong)
        {
            var path = wrong.Path is { Length: > 1 } known ? known[1..].TrimStart('.') : "";
            var names = string.Join(", ", Quoted().Matches(wrong.Message).Select(m => m.Groups[1].Value));
            var inside = path.Length == 0 ? place : $"{place}.{path}";
            if (names.Length > 0) faults.Add(inside, LineOf(entry, path), "CatalogFile.Names", names);
            else faults.Add(inside, LineOf(entry, path), "CatalogFile.Value");
        }
        // Half of a sign of two, which no text can hold.
        catch (InvalidOperationException) { faults.Add(place, entry.Line, "CatalogFile.Value"); }
        return null;
    }

    /// <summary>An entry is as long as the office's own request may be. It is built up in memory, the file is not.</summary>
    private bool IsTooLong(FileEntry entry, string place)
    {
        var max = place == CatalogFile.PricesPart ? CatalogFile.PricesBytesMax : CatalogFile.EntryBytesMax;
        if (entry.Length <= max) return false;
        faults.Add(place, entry.Line, "CatalogFile.EntryTooLong", max / 1024);
        return true;
    }

    /// <summary>The line of a field of an entry, or of the entry where it does not have it.</summary>
    public int LineOf(FileEntry entry, string path)
    {
        var reader = new Utf8JsonReader(Text(entry));
        reader.Read();
        return entry.Line + Text(entry)[..(int)Place(ref reader, path)].Count((byte)'\n');
    }

    private static long Place(ref Utf8JsonReader reader, ReadOnlySpan<char> path)
    {
        var here = reader.TokenStartIndex;
        path = path.TrimStart('.');
        if (path.IsEmpty) return here;
        var end = path[0] == '[' ? path.IndexOf(']') + 1 : path.IndexOfAny('.', '[') is var at and >= 0 ? at : path.Length;
        if (path[0] == '[' && reader.TokenType == JsonTokenType.StartArray && int.TryParse(path[1..Math.Max(1, end - 1)], out var wanted))
        {
            for (var n = 0; reader.Read() && reader.TokenType != JsonTokenType.EndArray; n++, reader.Skip())
                if (n == wanted) return Place(ref reader, path[end..]);
        }
        else if (path[0] != '[' && reader.TokenType == JsonTokenType.StartObject)
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (name, found) = (reader.TokenStartIndex, reader.ValueTextEquals(path[..end]));
                reader.Read();
                if (found) return end == path.Length ? name : Place(ref reader, path[end..]);
                reader.Skip();
            }
        return here;
    }

    private ReadOnlySpan<byte> Text(FileEntry entry) => bytes.AsSpan(_mark + entry.Start, entry.Length);

    // Names of fields; those of types have dots.
    [GeneratedRegex(@"'(\w+)'")]
    private static partial Regex Quoted();
}
