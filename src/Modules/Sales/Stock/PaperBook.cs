using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>Which ticket types are printed on which paper, as after the last commit. A park without numbered paper costs a sale one look.</summary>
internal sealed class PaperBook(Database database)
{
    private volatile FrozenDictionary<int, TicketPaper[]> _parks = FrozenDictionary<int, TicketPaper[]>.Empty;

    public IReadOnlyList<TicketPaper> Of(int park) => _parks.GetValueOrDefault(park) ?? [];

    /// <summary>The paper that a type is printed on; null = blank paper.</summary>
    public TicketPaper? For(int park, Guid type) => _parks.TryGetValue(park, out var papers) ? Array.Find(papers, p => p.Active && p.Types.Contains(type)) : null;

    public async Task Load() => _parks = (await database.Query(TicketPaper.Table.Read, TicketPaper.Table.Select)).GroupBy(p => p.Park).ToFrozenDictionary(g => g.Key, g => g.ToArray());

    public void Follow(LogRecord record)
    {
        var saved = JsonSerializer.Deserialize<TicketPaperSaved>(record.Body, Json.Options)!.Paper;
        _parks = _parks.Where(p => p.Key != saved.Park).Append(new(saved.Park, [.. Of(saved.Park).Where(p => p.Id != saved.Id), saved])).ToFrozenDictionary();
    }
}
