namespace Shanmen.Rules.Admission;

/// <summary>The state of a ticket (票).</summary>
public enum TicketState
{
    /// <summary>May still be used by the people left on it.</summary>
    Valid,

    /// <summary>Everybody on it went in.</summary>
    Used,

    /// <summary>退票: the right was given back.</summary>
    Returned,

    /// <summary>作废: withdrawn in the shift that sold it.</summary>
    Voided,
}

/// <summary>What a ticket allows.</summary>
/// <param name="State">Its state.</param>
/// <param name="VisitDay">The business day it is for; with terms the first day of its validity.</param>
/// <param name="From">First minute of entry, park local.</param>
/// <param name="To">Last minute of entry, included whole; before <paramref name="From"/> when the hours pass midnight.</param>
/// <param name="People">People on the ticket.</param>
/// <param name="Used">Of those, how many went in.</param>
public readonly record struct Entitlement(TicketState State, DateOnly VisitDay, TimeOnly From, TimeOnly To, int People, int Used)
{
    /// <summary>The last business day of its validity; null = the day of visit is the only one.</summary>
    public DateOnly? LastDay { get; init; }

    /// <summary>How many may go in now by the ticket's terms; null without terms, where everybody goes in once.</summary>
    public int? LeftNow { get; init; }

    /// <summary>How many go in when nobody says how many; null without terms, where it is all that are left.</summary>
    public int? RestOfRound { get; init; }

    /// <summary>Whether what was shown is a paper that was exchanged since, or may be one.</summary>
    public bool Exchanged { get; init; }

    /// <summary>What its terms have against this moment: <see cref="AdmissionRefusal.BlackoutDay"/>, <see cref="AdmissionRefusal.UsedToday"/>, <see cref="AdmissionRefusal.TooSoon"/> or none.</summary>
    public AdmissionRefusal Bar { get; init; }
}

/// <summary>What is true at the gate when the ticket is shown.</summary>
/// <param name="BusinessDay">The business day now.</param>
/// <param name="LocalTime">The park's wall clock.</param>
/// <param name="PeopleAsked">How many want to go in; null means all that are left. Callers refuse less than 1 before they ask.</param>
/// <param name="RoomInside">Capacity minus visitors inside; <see cref="long.MaxValue"/> without a limit, negative when over it.</param>
/// <param name="SiteAdmits">Whether the ticket admits at this gate's site.</param>
/// <param name="LaneAdmits">Whether the lane lets people in.</param>
/// <param name="DayOpen">Whether the business day is open.</param>
public readonly record struct AtTheGate(
    DateOnly BusinessDay, TimeOnly LocalTime, int? PeopleAsked, long RoomInside, bool SiteAdmits, bool LaneAdmits, bool DayOpen)
{
    /// <summary>The park's cut-off hour, so that 01:00 is late in a business day and not early. 0 when the day begins at midnight.</summary>
    public int CutOffHour { get; init; }
}

/// <summary>The answer at the gate.</summary>
/// <param name="Refusal">None when the people are let in.</param>
/// <param name="Admitted">How many go in now; 0 when refused.</param>
/// <param name="Left">How many may still go in afterwards; unchanged when refused.</param>
public readonly record struct Verdict(AdmissionRefusal Refusal, int Admitted, int Left);
