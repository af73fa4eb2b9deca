using Shanmen.Platform.Log;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Tickets;

/// <summary>A ticket with terms of admission, as its facts tell it: each entry is held against the terms once more.</summary>
internal sealed class TermedTicket(AdmissionTerms terms, int people, DateOnly visitDay, Guid[] sites)
{
    public TicketUses? Uses { get; set; }
    public TicketState State { get; set; } = TicketState.Valid;

    /// <summary>Null for a ticket without terms.</summary>
    public static TermedTicket? Of(IssuedTicket t, AdmissionTerms? terms) => terms is null ? null : new(terms, t.People, t.VisitDay, t.SiteIds);

    /// <summary>Goes on to what the fact says. What is wrong with it, or null.</summary>
    public string? Admit(LoggedFact record, TicketAdmitted fact)
    {
        var day = BusinessDay.FromNumber(record.Day);
        var uses = TicketUses.After(Uses, fact.SiteId, day, fact.People, record.At);
        if (State != TicketState.Valid || fact.People < 1 || fact.People > people || !sites.Contains(fact.SiteId) || fact.DayKind is not { } kind
            || !terms.AreKept(people, visitDay, Uses?.FirstDay, uses, fact.SiteId, day, kind)) return "admitted beyond its right";
        if (!uses.Equals(fact.Uses)) return "is not used as its facts give";
        if (fact.UsedAfter != uses.PeopleSeen(people) || fact.PeopleTotal != people) return $"counts {fact.UsedAfter} of {fact.PeopleTotal} where the facts give {uses.PeopleSeen(people)} of {people}";
        if (fact.Spent != terms.AreSpent(people, sites, uses)) return "is used up otherwise than its terms say";
        (Uses, State) = (uses, fact.StateAfter());
        return null;
    }
}
