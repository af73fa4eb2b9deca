using System.Collections.Frozen;

namespace Shanmen.Modules.Parks;

/// <summary>Which way people go through a lane (通道).</summary>
public enum LaneDirection { In, Out, Both }

/// <summary>What the F3 key does at a window: opens the drawer, or nothing.</summary>
public enum F3Action { Drawer, None }

/// <summary>What a window prints on: an 80 mm roll or A4, both through the browser.</summary>
public enum PrinterKind { Browser80, BrowserA4 }

/// <summary>A park (景区).</summary>
/// <param name="TimeZone">IANA name, e.g. "Asia/Shanghai".</param>
/// <param name="CutOffHour">Local hour 0..6 at which the next business day begins.</param>
/// <param name="Capacity">Most people inside at once as the park publishes it; 0 = none published.</param>
/// <param name="Notice">Text for visitors and staff (公告), may be empty.</param>
public sealed record ParkTerms(string Name, string NameEn, string TimeZone, int CutOffHour, TimeOnly OpensAt, TimeOnly ClosesAt, int Capacity, string Notice);

/// <summary>A site (景点) with its own entrance.</summary>
/// <param name="Capacity">Most people inside at once; 0 = no limit of its own.</param>
/// <param name="CountsInside">
/// Whether its people are people inside the park, under the park's limit. False for a site within another, whose people are
/// counted there already.
/// </param>
public sealed record SiteTerms(Guid Id, string Name, string NameEn, int Capacity, bool Active, bool CountsInside = true)
{
    public string NameIn(bool english) => Naming.In(english, Name, NameEn);
}

/// <summary>A gate (检票点) of a site.</summary>
public sealed record GateTerms(Guid Id, Guid SiteId, string Name, string NameEn, bool Active)
{
    public string NameIn(bool english) => Naming.In(english, Name, NameEn);
}

/// <summary>A lane (通道) of a gate. The number is unique within its gate.</summary>
public sealed record LaneTerms(Guid Id, Guid GateId, int Number, string Name, LaneDirection Direction, bool Active, string NameEn = "")
{
    public string NameIn(bool english) => Naming.In(english, Name, NameEn);
}

/// <summary>A window (售票窗口). The number is unique within the park.</summary>
public sealed record WindowTerms(Guid Id, Guid SiteId, int Number, string Name, F3Action F3Action, PrinterKind PrinterKind, bool AutoPrint, bool Active,
    string NameEn = "")
{
    public string NameIn(bool english) => Naming.In(english, Name, NameEn);
}

/// <summary>Which of two names is shown: the Chinese one also where an English one was never given.</summary>
internal static class Naming
{
    public static string In(bool english, string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}

/// <summary>A park as it stands after the last commit that changed it. Immutable.</summary>
public sealed record ParkSnapshot(int Park, ParkTerms Terms,
    FrozenDictionary<Guid, SiteTerms> Sites, FrozenDictionary<Guid, GateTerms> Gates,
    FrozenDictionary<Guid, LaneTerms> Lanes, FrozenDictionary<Guid, WindowTerms> Windows)
{
    /// <summary>What a window is called, for people; empty for one that does not exist.</summary>
    public string WindowName(Guid id, bool english) => Windows.TryGetValue(id, out var window) ? window.NameIn(english) : "";

    internal static ParkSnapshot Empty(int park, ParkTerms terms) => new(park, terms,
        FrozenDictionary<Guid, SiteTerms>.Empty, FrozenDictionary<Guid, GateTerms>.Empty,
        FrozenDictionary<Guid, LaneTerms>.Empty, FrozenDictionary<Guid, WindowTerms>.Empty);
}
