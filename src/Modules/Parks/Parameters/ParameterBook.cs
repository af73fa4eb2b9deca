using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>
/// The parameters of each park (参数), as after the last commit. A request reads them once, while it is prepared: then it decides the same however
/// often its group is tried. Of a change at another program it knows a moment later; what was decided before says by itself by which value.
/// </summary>
public sealed class ParameterBook
{
    private readonly Database _database;
    private volatile FrozenDictionary<int, ParameterRow> _parks = FrozenDictionary<int, ParameterRow>.Empty;

    internal ParameterBook(Database database) => _database = database;

    /// <summary>What holds in a park now.</summary>
    public ParkParameters Of(int park) => _parks.GetValueOrDefault(park)?.Values ?? ParkParameters.Ordinary;

    /// <summary>How often they were saved.</summary>
    internal int EditOf(int park) => _parks.GetValueOrDefault(park)?.Edit ?? 0;

    internal async Task Load() => _parks = (await _database.Query(ParameterRow.Table.Read, ParameterRow.Table.Select)).ToFrozenDictionary(p => p.Park);

    /// <summary>Takes in what this program committed.</summary>
    internal void Follow(LogRecord record)
    {
        var saved = JsonSerializer.Deserialize<ParametersSaved>(record.Body, Json.Options)!;
        _parks = _parks.Where(p => p.Key != record.Park).Append(new(record.Park, new(record.Park, saved.Edit, saved.Now))).ToFrozenDictionary();
    }
}
