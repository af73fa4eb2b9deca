using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>The lists that a park words itself (字典). docs/operations/dictionaries.md.</summary>
public enum DictionaryKind { VisitorType, Proof, Tab, Origin, ReturnReason, CountReason, ComplimentaryReason, Partner, Agency }

/// <summary>A word of a list.</summary>
/// <param name="Code">What types, tickets and orders keep; it never changes.</param>
/// <param name="Active">Whether it is offered for choosing.</param>
/// <param name="BackRate">Of a reason for returns: ten-thousandths of the price that come back, whatever the terms of the ticket; null = as these say.</param>
public sealed record DictionaryEntry(string Code, string Name, string NameEn, bool Active, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int? BackRate = null)
{
    /// <summary>The name in one of both languages; the Chinese one where no English one was given.</summary>
    public string NameIn(bool english) => Naming.In(english, Name, NameEn);
}

/// <summary>A list of words was saved; the body holds all of it in its order, and what of it is new.</summary>
/// <param name="Edit">How often the list was saved.</param>
public sealed record DictionarySaved(DictionaryKind Kind, int Edit, DictionaryEntry[] Entries, DictionaryChange[] Changes);

/// <summary>What was done to a word.</summary>
/// <param name="Before">Null for a new word.</param>
/// <param name="Now">Null where it only moved within the list.</param>
public sealed record DictionaryChange(string Code, DictionaryEntry? Before, DictionaryEntry? Now);

internal sealed record DictionaryRow(int Park, DictionaryKind Kind, int Edit, DictionaryEntry[] Entries)
{
    public static string IdOf(int park, DictionaryKind kind) => $"{park}/{kind}";

    public static readonly RowTable<string, DictionaryRow> Table = new("dictionary", "id, park, kind, edit, entries",
        r => new(r.Int(1), Enum.Parse<DictionaryKind>(r.Text(2)), r.Int(3), JsonSerializer.Deserialize<DictionaryEntry[]>(r.Text(4), Json.Options)!),
        d => [IdOf(d.Park, d.Kind), d.Park, d.Kind.ToString(), d.Edit, JsonSerializer.Serialize(d.Entries, Json.Options)], settled: true);

    /// <summary>The words as they stand, those included that this program has built in and an earlier one had not.</summary>
    public static DictionaryEntry[] Whole(DictionaryKind kind, DictionaryEntry[]? saved)
    {
        var builtIn = BuiltInWords.Of(kind);
        return saved is null ? builtIn : [.. saved, .. builtIn.ExceptBy(saved.Select(e => e.Code), e => e.Code)];
    }
}
