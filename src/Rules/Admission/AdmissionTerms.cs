using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Admission;

/// <summary>From when to when a ticket may be used (有效期).</summary>
public enum ValidityKind
{
    /// <summary>So many business days, the day of visit being the first.</summary>
    FromVisitDay,

    /// <summary>So many business days, the day of the first entry being the first.</summary>
    FromFirstUse,

    /// <summary>A season, whatever the day of visit.</summary>
    Fixed,
}

/// <summary>The business days on which a ticket may be used.</summary>
/// <param name="Days">How many; null for a season.</param>
/// <param name="StartWithin">Days from the day of visit, itself the first, in which the first entry must come; only from first use.</param>
/// <param name="From">First day of the season.</param>
/// <param name="To">Last day of the season, included.</param>
public sealed record Validity(ValidityKind Kind, int? Days = null, int? StartWithin = null, DateOnly? From = null, DateOnly? To = null)
{
    /// <summary>Days that a ticket may be valid, at most: three years.</summary>
    public const int DaysMax = 1_098;

    /// <summary>The first and the last day, as they stand.</summary>
    /// <param name="visitDay">The day that the ticket was sold for.</param>
    /// <param name="firstUse">The business day of the first entry; null before it.</param>
    public DayRange Of(DateOnly visitDay, DateOnly? firstUse) => Kind switch
    {
        ValidityKind.Fixed => new(From!.Value, To!.Value),
        ValidityKind.FromFirstUse when firstUse is { } begun => new(begun, begun.AddDays(Days!.Value - 1)),
        ValidityKind.FromFirstUse => new(visitDay, visitDay.AddDays(StartWithin!.Value - 1)),
        _ => new(visitDay, visitDay.AddDays(Days!.Value - 1)),
    };
}

/// <summary>Days from one to another, both included.</summary>
public sealed record DayRange(DateOnly From, DateOnly To)
{
    public bool Holds(DateOnly day) => From <= day && day <= To;
}

/// <summary>How often a person may go in at one site; null = without a limit of its own.</summary>
public sealed record SiteEntries(Guid SiteId, int? PerDay, int? InAll);

/// <summary>What a ticket type says beyond “on its day everybody once” (入园条款). See docs/algorithms/admission.md.</summary>
/// <param name="PerDay">Entries of a person on one business day, over all sites; null = without limit.</param>
/// <param name="InAll">Entries of a person in all, over all sites; null = without limit.</param>
/// <param name="Sites">Sites with numbers of their own.</param>
/// <param name="IntervalMinutes">Minutes between two rounds at one site; null = none.</param>
/// <param name="NotOn">Kinds of day on which it does not admit.</param>
/// <param name="Blackout">不可用日: ranges of days on which it does not admit.</param>
public sealed record AdmissionTerms(Validity Validity, int? PerDay, int? InAll, SiteEntries[] Sites, int? IntervalMinutes, DayKind[] NotOn, DayRange[] Blackout)
{
    /// <summary>Entries that a number may allow, at most.</summary>
    public const int EntriesMax = 10_000;

    /// <summary>Minutes between two rounds, at most: a day.</summary>
    public const int IntervalMax = 24 * 60;

    /// <summary>Ranges of days left out, at most.</summary>
    public const int BlackoutMax = 30;

    /// <summary>The first and the last day of a ticket that nobody used yet.</summary>
    public DayRange SoldFor(DateOnly visitDay) => Validity.Of(visitDay, null);

    /// <summary>From the first to the last day on which it may admit at all, whenever it is used first. What a gate without a network goes by.</summary>
    public DayRange AtMost(DateOnly visitDay)
    {
        var sold = SoldFor(visitDay);
        return Validity.Kind == ValidityKind.FromFirstUse ? sold with { To = sold.To.AddDays(Validity.Days!.Value - 1) } : sold;
    }

    /// <summary>Whether a day is left out.</summary>
    /// <param name="kind">What kind of day it is held to be.</param>
    public bool LeavesOut(DateOnly day, DayKind kind) => Array.IndexOf(NotOn, kind) >= 0 || Array.Exists(Blackout, range => range.Holds(day));

    /// <summary>Whether a ticket for that day of visit would admit on any day at all. Asked before it is sold.</summary>
    /// <param name="first">The first day that can still be used; null = the day of visit.</param>
    public bool EverAdmits(DateOnly visitDay, DateOnly? first = null) => FirstDay(visitDay, first) is not null;

    /// <summary>The first day on which it would admit; null where there is none.</summary>
    /// <param name="first">The first day that can still be used; null = the day of visit.</param>
    public DateOnly? FirstDay(DateOnly visitDay, DateOnly? first = null)
    {
        var days = SoldFor(visitDay);
        var from = first ?? visitDay;
        for (var day = days.From > from ? days.From : from; day <= days.To; day = day.AddDays(1))
        {
            if (!LeavesOut(day, ChineseHolidays.KindOf(day)))
            {
                return day;
            }
        }

        return null;
    }

    /// <summary>What a ticket allows at a site now.</summary>
    /// <param name="ticket">The ticket as a single admission: state, day of visit, hours and people.</param>
    /// <param name="uses">How it was used so far; null = not at all.</param>
    /// <param name="site">The site of the gate.</param>
    /// <param name="day">The business day at the gate.</param>
    /// <param name="kind">What kind of day it is.</param>
    /// <param name="now">Microseconds since 1970, UTC.</param>
    public Entitlement At(in Entitlement ticket, TicketUses? uses, Guid site, DateOnly day, DayKind kind, long now)
    {
        var valid = Validity.Of(ticket.VisitDay, uses?.FirstDay);
        var here = uses?.At(site);
        var own = Array.Find(Sites, s => s.SiteId == site);
        var inAll = Math.Min(Over(ticket.People, InAll, uses?.InAll ?? 0), Over(ticket.People, own?.InAll, here?.InAll ?? 0));
        var today = Math.Min(Over(ticket.People, PerDay, uses?.On(day) ?? 0), Over(ticket.People, own?.PerDay, here?.On(day) ?? 0));
        // Nobody must wait for the rest of a round, and the rest for nobody. A new round waits for the interval.
        var missing = ticket.People - ((here?.On(day) ?? 0) % Math.Max(1, ticket.People));
        var mayBegin = NextAt(uses, site) is not { } next || now >= next;
        var left = Math.Min(mayBegin ? ticket.People : missing, Math.Min(inAll, today));
        // What tomorrow would bring is nothing on the last day.
        var isLast = day >= valid.To;
        return ticket with
        {
            VisitDay = valid.From, LastDay = valid.To, LeftNow = (int)Math.Max(0, left), RestOfRound = (int)Math.Max(0, Math.Min(missing, left)),
            // Where nothing is left for good, neither another day nor waiting helps.
            Bar = inAll <= 0 || (today <= 0 && isLast) ? AdmissionRefusal.None
                : LeavesOut(day, kind) ? AdmissionRefusal.BlackoutDay
                : today <= 0 ? AdmissionRefusal.UsedToday
                : missing == ticket.People && !mayBegin ? AdmissionRefusal.TooSoon
                : AdmissionRefusal.None,
        };
    }

    /// <summary>
    /// Whether an entry kept the limits that stand in the terms: the days and the numbers. How a gate counts rounds and how long it lets people wait may
    /// be decided otherwise one day; what was allowed before stays allowed.
    /// </summary>
    /// <param name="uses">The uses after the entry.</param>
    public bool AreKept(int people, DateOnly visitDay, DateOnly? firstUse, TicketUses uses, Guid site, DateOnly day, DayKind kind)
    {
        var own = Array.Find(Sites, s => s.SiteId == site);
        return Validity.Of(visitDay, firstUse).Holds(day) && !LeavesOut(day, kind)
            && Over(people, InAll, uses.InAll) >= 0 && Over(people, PerDay, uses.On(day)) >= 0
            && Over(people, own?.InAll, uses.At(site)?.InAll ?? 0) >= 0 && Over(people, own?.PerDay, uses.At(site)?.On(day) ?? 0) >= 0;
    }

    /// <summary>The moment from which the next round may go in at a site; null = no interval is to be waited for.</summary>
    public long? NextAt(TicketUses? uses, Guid site) => IntervalMinutes is { } minutes && uses?.At(site) is { } here ? here.LastAt + (minutes * 60_000_000L) : null;

    /// <summary>Whether nothing of a ticket is left for good, at none of its sites.</summary>
    /// <param name="people">People on the ticket.</param>
    /// <param name="sites">The sites at which it admits.</param>
    public bool AreSpent(int people, IEnumerable<Guid> sites, TicketUses uses) =>
        Over(people, InAll, uses.InAll) <= 0
        || sites.All(site => Over(people, Array.Find(Sites, s => s.SiteId == site)?.InAll, uses.At(site)?.InAll ?? 0) <= 0);

    /// <summary>What a number for each person leaves over. In 64 bits, as numbers from a store may be anything.</summary>
    private static long Over(int people, int? each, long used) => each is { } number ? ((long)people * number) - used : long.MaxValue;
}
