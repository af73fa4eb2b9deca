using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>The park's own words (字典), as after the last commit. A word is never deleted, so what is known here stays known.</summary>
public sealed class DictionaryBook
{
    private readonly Database _database;
    private readonly FactFeed _feed;
    // With the built-in words in them, which change with the program only.
    private volatile FrozenDictionary<(int Park, DictionaryKind Kind), DictionaryRow> _lists = FrozenDictionary<(int Park, DictionaryKind Kind), DictionaryRow>.Empty;

    internal DictionaryBook(Database database, FactFeed feed) => (_database, _feed) = (database, feed);

    /// <summary>All words of a list in their order, also those that are out of use.</summary>
    public IReadOnlyList<DictionaryEntry> Of(int park, DictionaryKind kind) => _lists.GetValueOrDefault((park, kind))?.Entries ?? BuiltInWords.Of(kind);

    /// <summary>The word of a code, or null.</summary>
    public DictionaryEntry? Find(int park, DictionaryKind kind, string code) => Of(park, kind).FirstOrDefault(e => e.Code == code);

    /// <summary>Whether a code may be chosen. One that is not known here is looked for again: another program may have added it a moment ago.</summary>
    public async Task<bool> Offers(int park, DictionaryKind kind, string code) => await Knows(park, kind, code) && Find(park, kind, code)!.Active;

    /// <summary>Whether a code is known, in use or not; looked for as by <see cref="Offers"/>.</summary>
    public async Task<bool> Knows(int park, DictionaryKind kind, string code)
    {
        if (Find(park, kind, code) is null) await _feed.CatchUp();
        return Find(park, kind, code) is not null;
    }

    /// <summary>How often a list was saved.</summary>
    internal int EditOf(int park, DictionaryKind kind) => _lists.GetValueOrDefault((park, kind))?.Edit ?? 0;

    internal async Task Load() => _lists = (await _database.Query(DictionaryRow.Table.Read, DictionaryRow.Table.Select)).Select(Whole).ToFrozenDictionary(d => (d.Park, d.Kind));

    /// <summary>Takes in what this program committed.</summary>
    internal void Follow(LogRecord record)
    {
        var saved = JsonSerializer.Deserialize<DictionarySaved>(record.Body, Json.Options)!;
        var row = Whole(new(record.Park, saved.Kind, saved.Edit, saved.Entries));
        _lists = _lists.Where(l => l.Key != (row.Park, row.Kind)).Append(new((row.Park, row.Kind), row)).ToFrozenDictionary();
    }

    private static DictionaryRow Whole(DictionaryRow saved) => saved with { Entries = DictionaryRow.Whole(saved.Kind, saved.Entries) };
}
