using System.Collections.Frozen;
using System.Text.Json;
using Shanmen.Platform.Log;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>What a fact of the log does to a park in memory.</summary>
internal static class ParkChange
{
    /// <summary>With which facts what is in memory of parks and staff may change.</summary>
    public static readonly string[] Kinds = [nameof(ParkSaved), nameof(SiteSaved), nameof(GateSaved), nameof(LaneSaved), nameof(WindowSaved), nameof(StaffSaved)];

    /// <summary>The park after the fact, or null when the fact does not change it.</summary>
    public static ParkSnapshot? After(ParkSnapshot? park, LogRecord record) => record.Kind switch
    {
        nameof(ParkSaved) => Body<ParkSaved>(record).Park is var terms && park is null ? ParkSnapshot.Empty(record.Park, terms) : park! with { Terms = terms },
        nameof(SiteSaved) => Body<SiteSaved>(record).Site is var site ? park! with { Sites = With(park.Sites, site.Id, site) } : null,
        nameof(GateSaved) => Body<GateSaved>(record).Gate is var gate ? park! with { Gates = With(park.Gates, gate.Id, gate) } : null,
        nameof(LaneSaved) => Body<LaneSaved>(record).Lane is var lane ? park! with { Lanes = With(park.Lanes, lane.Id, lane) } : null,
        nameof(WindowSaved) => Body<WindowSaved>(record).Window is var window ? park! with { Windows = With(park.Windows, window.Id, window) } : null,
        _ => null,
    };

    private static T Body<T>(LogRecord record) => JsonSerializer.Deserialize<T>(record.Body, Json.Options)!;

    private static FrozenDictionary<Guid, T> With<T>(FrozenDictionary<Guid, T> rows, Guid id, T row) =>
        rows.Where(p => p.Key != id).Append(new(id, row)).ToFrozenDictionary();
}
