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
    private long _upTo = -1;
    private volatile FrozenDictionary<string, DictionaryRow> _lists = FrozenDictionary<string, DictionaryRow>.Empty;

    internal DictionaryBook(Database database, FactFeed feed) => (_database, _feed) = (database, feed);

    /// <summary>All words of a list in their order, also those that are out of use.</summary>
    public IReadOnlyList<DictionaryEntry> Of(int park, DictionaryKind kind) => DictionaryRow.Whole(kind, _lists.GetValueOrDefault(DictionaryRow.IdOf(park, kind))?.Entries);

    /// <summary>The word of a code, or null.</summary>
    public DictionaryEntry? Find(int park, DictionaryKind kind, string code) => Of(park, kind).FirstOrDefault(e => e.Code == code);

    /// <summary>Whether a code may be chosen. One that is not known here is looked for again: another program may have added it a moment ago.</summary>
    public async Task<bool> Offers(int park, DictionaryKind kind, string code)
    {
        if (Find(park, kind, code) is null) await _feed.CatchUp();
        return Find(park, kind, code) is { Active: true };
    }

    /// <summary>How often a list was saved.</summary>
    internal int EditOf(int park, DictionaryKind kind) => _lists.GetValueOrDefault(DictionaryRow.IdOf(park, kind))?.Edit ?? 0;

    internal async Task Load() => _lists = (await _database.Query(DictionaryRow.Table.Read, DictionaryRow.Table.Select)).ToFrozenDictionary(d => DictionaryRow.IdOf(d.Park, d.Kind));

    /// <summary>Follows the log. Called by one thread, after each commit and before its answers leave.</summary>
    internal void Follow(IReadOnlyList<LogRecord> records)
    {
        foreach (var record in records.Where(r => r.Kind == nameof(DictionarySaved) && r.Turn > _upTo))
        {
            var saved = JsonSerializer.Deserialize<DictionarySaved>(record.Body, Json.Options)!;
            var id = DictionaryRow.IdOf(record.Park, saved.Kind);
            _lists = _lists.Where(l => l.Key != id).Append(new(id, new(record.Park, saved.Kind, saved.Edit, saved.Entries))).ToFrozenDictionary();
        }
    }

    /// <summary>What another program changed is read anew: lists are changed by requests that run alone, so all before the last of them is there.</summary>
    internal async Task FollowOthers(IReadOnlyList<LogRecord> records)
    {
        if (records.All(r => r.Kind != nameof(DictionarySaved))) return;
        _upTo = Math.Max(_upTo, records[^1].Turn);
        await Load();
    }
}
