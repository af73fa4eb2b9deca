using System.Text.Json;
using System.Text.Json.Nodes;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>The parks, their places and their days once more, from the facts alone. A fact of a place holds the whole of it.</summary>
internal sealed class PlaceReplay : IProof
{
    public IReadOnlyList<Claim> Claims { get; } =
        [new("I10", "Every park, site, gate, lane, window and business day is in each column what its facts say, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } =
        [nameof(ParkSaved), nameof(SiteSaved), nameof(GateSaved), nameof(LaneSaved), nameof(WindowSaved), nameof(DayStateChanged)];

    private readonly RowReplay<long, ParkRow> _parks = new(ParkTables.Parks);
    private readonly RowReplay<Guid, SiteRow> _sites = new(ParkTables.Sites);
    private readonly RowReplay<Guid, GateRow> _gates = new(ParkTables.Gates);
    private readonly RowReplay<Guid, LaneRow> _lanes = new(ParkTables.Lanes);
    private readonly RowReplay<Guid, WindowRow> _windows = new(ParkTables.Windows);
    private readonly RowReplay<string, BusinessDayRow> _days = new(BusinessDayRow.Table);

    public void Hear(LoggedFact record, object read)
    {
        switch (record.Kind)
        {
            case nameof(ParkSaved): _parks.Put(new(record.Park, record.As<ParkSaved>().Park)); break;
            case nameof(SiteSaved): _sites.Put(new(record.Park, Counted(record))); break;
            case nameof(GateSaved): _gates.Put(new(record.Park, record.As<GateSaved>().Gate)); break;
            case nameof(LaneSaved): _lanes.Put(new(record.Park, record.As<LaneSaved>().Lane)); break;
            case nameof(WindowSaved): Save(record); break;
            case nameof(DayStateChanged):
                var day = record.As<DayStateChanged>();
                // The fact shows milliseconds; a day is closed at the very moment of its record.
                _days.Put(new(record.Park, new(day.Day, day.State, day.ClosedAt is null ? null : record.Moment, day.ClosedBy)));
                break;
        }
    }

    /// <summary>Before sites said whether they count, those without a capacity did not; the upgrade wrote that into their rows.</summary>
    private static SiteTerms Counted(LoggedFact record)
    {
        var site = record.As<SiteSaved>().Site;
        return JsonNode.Parse(record.Body)!["site"]!["countsInside"] is null ? site with { CountsInside = site.Capacity > 0 } : site;
    }

    /// <summary>An earlier program knew a key that opens a gate; the upgrade made it one that does nothing.</summary>
    private void Save(LoggedFact record)
    {
        var fact = JsonNode.Parse(record.Body)!;
        if ((string?)fact["window"]!["f3Action"] == "gate") fact["window"]!["f3Action"] = "none";
        _windows.Put(new(record.Park, fact.Deserialize<WindowSaved>(Json.Options)!.Window));
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _parks, _sites, _gates, _lanes, _windows, _days)];
}
