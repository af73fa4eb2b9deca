using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>An entry's change, by the write of the office's own form.</summary>
/// <param name="IsAsSeen">Whether its rows are still as they were when the file was compared with them; null where the write sees to that.</param>
internal sealed record FileStep(IWrite Write, string Place, int Line, Func<WriteGroup, bool>? IsAsSeen = null);

/// <summary>A day to set. The row's id is made before the writer waits for it.</summary>
internal sealed record FileDayStep(NamedDay Wanted, NamedDay? Before, int Entry, int Line)
{
    public string RowId { get; } = NamedDayRow.IdOf(Wanted.TypeId, Wanted.Day);
}

/// <summary>What a file changes, in the order in which it is done.</summary>
internal sealed class FilePlan
{
    private const int ShownMax = 500;
    private readonly IncrementalHash _state = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<CatalogPart, (int New, int Changed, int Same)> _counts = [];
    private readonly List<CatalogChange> _shown = [];
    private int _changes;

    public List<FileStep> Types { get; } = [];
    public List<FileDayStep> Days { get; } = [];
    public List<FileStep> Rest { get; } = [];
    public int PastDays { get; set; }
    /// <summary>Days that are changed, of types and of quotas together.</summary>
    public int DaysChanged => Changed(CatalogPart.Day) + Changed(CatalogPart.QuotaDay);
    public bool PricesStayOut { get; set; }

    public void Same(CatalogPart part) => Count(part, (0, 0, 1));

    /// <param name="before">The entry as a file would show it; null = there is none.</param>
    public void Change(CatalogPart part, string name, DateOnly? day, JsonObject? before, JsonObject now)
    {
        _changes++;
        Count(part, before is null ? (1, 0, 0) : (0, 1, 0));
        // What is new has another id at each try, because that comes from the request's key.
        var id = before is null ? now["id"]?.DeepClone() : null;
        if (id is not null) now.Remove("id");
        _state.AppendData(Encoding.UTF8.GetBytes($"{part}|{name}|{day:yyyyMMdd}|{before?.ToJsonString()}|{now.ToJsonString()}\n"));
        if (id is not null) now.Insert(0, "id", id);
        if (_shown.Count < ShownMax) _shown.Add(new(part, name, day, before is null, JsonDifference.Of(before, now)));
    }

    /// <summary>The same of what is put the same way a hundred thousand times.</summary>
    public void ChangeDay<T>(CatalogPart part, string name, DateOnly day, T? before, T now) where T : class
    {
        if (_shown.Count < ShownMax)
        {
            Change(part, name, day, before is null ? null : JsonSerializer.SerializeToNode(before, Json.Options)!.AsObject(), JsonSerializer.SerializeToNode(now, Json.Options)!.AsObject());
            return;
        }
        _changes++;
        Count(part, before is null ? (1, 0, 0) : (0, 1, 0));
        _state.AppendData(Encoding.UTF8.GetBytes($"{part}|{name}|{day:yyyyMMdd}|{before}|{now}\n"));
    }

    public CatalogFileAnswer Answer(bool isTrial)
    {
        var state = Convert.ToHexStringLower(_state.GetCurrentHash())[..32];
        return new(state, Of(CatalogPart.TicketType), Of(CatalogPart.Day), Of(CatalogPart.Quota), Of(CatalogPart.QuotaDay), Of(CatalogPart.Prices), PastDays, PricesStayOut,
            isTrial ? [.. _shown] : [], isTrial ? _changes - _shown.Count : 0);
    }

    private int Changed(CatalogPart part) => _counts.TryGetValue(part, out var c) ? c.New + c.Changed : 0;

    private FileCount Of(CatalogPart part) => _counts.TryGetValue(part, out var c) ? new(c.New, c.Changed, c.Same) : new(0, 0, 0);

    private void Count(CatalogPart part, (int New, int Changed, int Same) more)
    {
        var count = _counts.GetValueOrDefault(part);
        _counts[part] = (count.New + more.New, count.Changed + more.Changed, count.Same + more.Same);
    }
}
