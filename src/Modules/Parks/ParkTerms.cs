using System.Collections.Frozen;

namespace Shanmen.Modules.Parks;

/// <summary>Which way people go through a lane (通道).</summary>
public enum LaneDirection { In, Out, Both }

/// <summary>What the F3 key does at a window: opens the drawer, opens the gate beside it, or nothing.</summary>
public enum F3Action { Drawer, Gate, None }

/// <summary>What a window prints on: an 80 mm roll or A4, both through the browser.</summary>
public enum PrinterKind { Browser80, BrowserA4 }

/// <summary>A park (景区).</summary>
/// <param name="TimeZone">IANA name, e.g. "Asia/Shanghai".</param>
/// <param name="CutOffHour">Local hour 0..6 at which the next business day begins.</param>
/// <param name="Capacity">Most people inside at once as the park publishes it; 0 = none published.</param>
/// <param name="Notice">Text for visitors and staff (公告), may be empty.</param>
public sealed record ParkTerms(string Name, string NameEn, string TimeZone, int CutOffHour, TimeOnly OpensAt, TimeOnly ClosesAt, int Capacity, string Notice);

/// <summary>A site (景点) with its own entrance.</summary>
/// <param name="Capacity">Most people inside at once; 0 = no cap, and nobody is counted as inside.</param>
public sealed record SiteTerms(Guid Id, string Name, string NameEn, int Capacity, bool Active);

/// <summary>A gate (检票点) of a site.</summary>
public sealed record GateTerms(Guid Id, Guid SiteId, string Name, string NameEn, bool Active);

/// <summary>A lane (通道) of a gate. The number is unique within its gate.</summary>
public sealed record LaneTerms(Guid Id, Guid GateId, int Number, string Name, LaneDirection Direction, bool Active);

/// <summary>A window (售票窗口). The number is unique within the park.</summary>
public sealed record WindowTerms(Guid Id, Guid SiteId, int Number, string Name, F3Action F3Action, PrinterKind PrinterKind, bool AutoPrint, bool Active);

/// <summary>A park as it stands after the last commit that changed it. Immutable.</summary>
public sealed record ParkSnapshot(int Park, ParkTerms Terms,
    FrozenDictionary<Guid, SiteTerms> Sites, FrozenDictionary<Guid, GateTerms> Gates,
    FrozenDictionary<Guid, LaneTerms> Lanes, FrozenDictionary<Guid, WindowTerms> Windows)
{
    internal static ParkSnapshot Empty(int park, ParkTerms terms) => new(park, terms,
        FrozenDictionary<Guid, SiteTerms>.Empty, FrozenDictionary<Guid, GateTerms>.Empty,
        FrozenDictionary<Guid, LaneTerms>.Empty, FrozenDictionary<Guid, WindowTerms>.Empty);
}
