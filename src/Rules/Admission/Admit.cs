namespace Shanmen.Rules.Admission;

/// <summary>
/// Decides at the gate (检票). Of several true reasons it names the one that is hardest to remedy, so that nobody is sent
/// to another lane, site or hour only to be refused there again. The order is argued in docs/algorithms/admission.md.
/// </summary>
public static class Admit
{
    /// <summary>Admits all the people asked for or none. Allocates nothing and throws nothing.</summary>
    public static Verdict Decide(in Entitlement ticket, in AtTheGate gate)
    {
        var left = LeftOn(ticket);
        var asked = gate.PeopleAsked ?? Math.Min(left, ticket.RestOfRound ?? left);
        var refusal = RefusalOf(ticket, gate, left, asked);
        return refusal == AdmissionRefusal.None ? new(refusal, asked, left - asked) : new(refusal, 0, left);
    }

    private static AdmissionRefusal RefusalOf(in Entitlement ticket, in AtTheGate gate, int left, int asked)
    {
        switch (ticket.State)
        {
            case TicketState.Valid:
            case TicketState.Used when ticket.Exchanged:
                break;
            case TicketState.Used:
                return AdmissionRefusal.AlreadyUsed;
            case TicketState.Returned:
                return AdmissionRefusal.Returned;
            default:
                // A state unknown to this version must not open a gate.
                return AdmissionRefusal.Voided;
        }

        // Before "used": who holds an earlier paper must not believe that he was let in.
        if (ticket.Exchanged)
        {
            return AdmissionRefusal.Exchanged;
        }

        // Nothing left today says nothing about tomorrow.
        if (left == 0 && ticket.Bar == AdmissionRefusal.None)
        {
            return AdmissionRefusal.AlreadyUsed;
        }

        if (gate.BusinessDay < ticket.VisitDay || gate.BusinessDay > (ticket.LastDay ?? ticket.VisitDay))
        {
            return AdmissionRefusal.WrongDay;
        }

        if (ticket.Bar == AdmissionRefusal.BlackoutDay)
        {
            return AdmissionRefusal.BlackoutDay;
        }

        if (!gate.DayOpen)
        {
            return AdmissionRefusal.DayClosed;
        }

        if (ticket.Bar == AdmissionRefusal.UsedToday)
        {
            return AdmissionRefusal.UsedToday;
        }

        var hours = new EntryHours(ticket.From, ticket.To).At(gate.LocalTime, gate.CutOffHour);
        if (hours == AdmissionRefusal.TooLate)
        {
            return hours;
        }

        if (!gate.SiteAdmits)
        {
            return AdmissionRefusal.WrongSite;
        }

        if (hours != AdmissionRefusal.None)
        {
            return hours;
        }

        if (ticket.Bar == AdmissionRefusal.TooSoon)
        {
            return AdmissionRefusal.TooSoon;
        }

        // Less than one is refused too: a gate that opens for nobody counted lets somebody in for nothing.
        if (asked > left || asked < 1)
        {
            return AdmissionRefusal.TooManyPeople;
        }

        if (asked > gate.RoomInside)
        {
            return AdmissionRefusal.ParkFull;
        }

        return gate.LaneAdmits ? AdmissionRefusal.None : AdmissionRefusal.LaneExitOnly;
    }

    /// <summary>People left on the ticket. Counted in 64 bits: no pair of numbers from a store may throw at a gate.</summary>
    private static int LeftOn(in Entitlement ticket)
    {
        if (ticket.State != TicketState.Valid)
        {
            return 0;
        }

        return (int)Math.Clamp(ticket.LeftNow ?? ((long)ticket.People - ticket.Used), 0, Math.Max(0, ticket.People));
    }
}
