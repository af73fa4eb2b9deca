namespace Shanmen.Rules.Admission;

/// <summary>Why a ticket does not open the gate. The list is closed: each reason has its sentence in zh-CN and en.</summary>
public enum AdmissionRefusal
{
    /// <summary>It does open.</summary>
    None,

    /// <summary>No ticket has this code.</summary>
    UnknownCode,

    /// <summary>The code cannot be read: torn, mistyped or not a ticket.</summary>
    DamagedCode,

    /// <summary>The code names another park. Unproved, as another park's key is not at hand.</summary>
    ForeignPark,

    /// <summary>The code reads well and its signature is wrong.</summary>
    AlteredCode,

    /// <summary>Everybody on the ticket went in.</summary>
    AlreadyUsed,

    /// <summary>More people are asked for than are left on the ticket.</summary>
    TooManyPeople,

    /// <summary>The ticket is not valid on this business day.</summary>
    WrongDay,

    /// <summary>Its hours of entry have not begun.</summary>
    TooEarly,

    /// <summary>Its hours of entry are over.</summary>
    TooLate,

    /// <summary>It does not admit at this site.</summary>
    WrongSite,

    /// <summary>It was returned.</summary>
    Returned,

    /// <summary>It was voided.</summary>
    Voided,

    /// <summary>There is no room inside for the whole party.</summary>
    ParkFull,

    /// <summary>The lane only lets people out.</summary>
    LaneExitOnly,

    /// <summary>The business day is closed.</summary>
    DayClosed,

    /// <summary>不可用日: its terms leave this day out.</summary>
    BlackoutDay,

    /// <summary>Its entries of this business day are used up.</summary>
    UsedToday,

    /// <summary>Too short a time since its last entry at this site.</summary>
    TooSoon,

    /// <summary>换票: its paper was exchanged, and this is an earlier one; or what was said does not tell which.</summary>
    Exchanged,
}
