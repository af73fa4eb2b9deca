using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Tickets;

/// <summary>
/// Replays the log's facts into tickets and compares them, column by column, with the rows that the gates decide on: the second look of
/// <see cref="TicketProof"/>, at tickets that may be wrong.
/// </summary>
/// <param name="suspect">Which short codes are looked at.</param>
internal sealed class TicketReplay(Func<string, bool> suspect)
{
    private readonly Dictionary<string, TicketRow> _tickets = [];

    public async Task<string?> FirstBad(Snapshot store)
    {
        await foreach (var record in store.Facts(nameof(TicketsIssued), nameof(TicketAdmitted), nameof(TicketReturned), nameof(TicketExchanged)))
        {
            var bad = record.Kind switch
            {
                nameof(TicketsIssued) => Issue(record.Park, record.As<TicketsIssued>()),
                nameof(TicketAdmitted) => Admit(record.As<TicketAdmitted>(), record),
                nameof(TicketExchanged) => Exchange(record.As<TicketExchanged>()),
                _ => TakeBack(record.As<TicketReturned>()),
            };
            if (bad is not null) return $"{record.Name}: {bad}";
        }
        foreach (var unknown in await store.Query(r => (Code: r.Text(0), State: r.Text(1)), "select short_code, state from ticket where state not in ('Valid', 'Used', 'Returned', 'Voided')"))
            return $"ticket {unknown.Code}: there is no state {unknown.State}";
        await foreach (var bad in store.Stream(r => suspect(r.Text(0)) ? Wrong(r) : null, TicketRow.Table.Select + " order by short_code"))
            if (bad is not null) return bad;
        return _tickets.Count == 0 ? null : $"ticket {_tickets.Keys.Order().First()}: its row is missing";
    }

    private string? Issue(int park, TicketsIssued fact)
    {
        foreach (var t in fact.Tickets.Where(t => suspect(t.ShortCode)))
        {
            var row = new TicketRow(t.ShortCode, t.Id, park, t.Code, fact.OrderId, t.Line, t.TypeId, t.TypeNumber, t.TypeName, t.TypeNameEn, t.VisitorType, t.Proof,
                t.Attention, t.People, 0, TicketState.Valid, BusinessDay.Number(t.VisitDay), t.FromTime.ToString("HH:mm"), t.ToTime.ToString("HH:mm"),
                TicketRow.SitesText(t.SiteIds), null, null, null, fact.TermsOf(t), null, t.Slot, t.ExternalCode);
            if (!_tickets.TryAdd(t.ShortCode, row)) return $"ticket {t.ShortCode} issued twice";
        }
        return null;
    }

    private string? Admit(TicketAdmitted fact, LoggedFact record)
    {
        if (!suspect(fact.ShortCode)) return null;
        if (!_tickets.TryGetValue(fact.ShortCode, out var ticket)) return $"ticket {fact.ShortCode} admitted but never issued";
        if (ticket.Terms is not null) return AdmitByTerms(fact, record, ticket);
        var used = ticket.Used + fact.People;
        if (ticket.State != TicketState.Valid || used > ticket.People) return $"ticket {fact.ShortCode} admitted beyond its right";
        if (used != fact.UsedAfter) return $"ticket {fact.ShortCode} counts {fact.UsedAfter} where the facts give {used}";
        _tickets[fact.ShortCode] = ticket with { Used = used, State = used == ticket.People ? TicketState.Used : TicketState.Valid, UsedAt = record.At, UsedGate = fact.GateName, UsedGateEn = fact.GateNameEn };
        return null;
    }

    private string? AdmitByTerms(TicketAdmitted fact, LoggedFact record, TicketRow ticket)
    {
        var termed = new TermedTicket(ticket.Terms!, ticket.People, BusinessDay.FromNumber(ticket.VisitDay), ticket.SiteIds()) { Uses = ticket.Uses, State = ticket.State };
        if (termed.Admit(record, fact) is { } wrong) return $"ticket {fact.ShortCode} {wrong}";
        _tickets[fact.ShortCode] = ticket with { Used = fact.UsedAfter, State = termed.State, UsedAt = record.At, UsedGate = fact.GateName, UsedGateEn = fact.GateNameEn, Uses = termed.Uses };
        return null;
    }

    private string? TakeBack(TicketReturned fact)
    {
        if (!suspect(fact.ShortCode)) return null;
        if (!_tickets.TryGetValue(fact.ShortCode, out var ticket)) return $"ticket {fact.ShortCode} returned but never issued";
        if (ticket.State != TicketState.Valid || ticket.Used > 0) return $"ticket {fact.ShortCode} returned in state {ticket.State}";
        _tickets[fact.ShortCode] = ticket with { State = fact.State };
        return null;
    }

    private string? Exchange(TicketExchanged fact)
    {
        if (!suspect(fact.ShortCode)) return null;
        if (!_tickets.TryGetValue(fact.ShortCode, out var ticket)) return $"ticket {fact.ShortCode} exchanged but never issued";
        if (ticket.State != TicketState.Valid || fact.Exchanges != ticket.Exchanges + 1) return $"ticket {fact.ShortCode} exchanged in state {ticket.State}, or not once more";
        _tickets[fact.ShortCode] = ticket with { Exchanges = fact.Exchanges };
        return null;
    }

    private string? Wrong(Row row)
    {
        var code = row.Text(0);
        if (!_tickets.Remove(code, out var should)) return $"ticket {code}: no fact issued it";
        var values = TicketRow.Table.Values(should);
        for (var i = 0; i < values.Length; i++)
            if (!row.Is(i, values[i])) return $"ticket {code}: column {TicketRow.Table.Columns.Split(", ")[i]} is not what its facts say";
        return null;
    }

    /// <summary>The first order whose tickets do not come to what was issued for it.</summary>
    public static async Task<string?> FirstBadOrder(Snapshot store)
    {
        var issued = new Dictionary<Guid, long>();
        await foreach (var record in store.Facts(nameof(TicketsIssued)))
            if (record.As<TicketsIssued>() is var fact)
                issued[fact.OrderId] = issued.GetValueOrDefault(fact.OrderId) + fact.Tickets.Sum(t => (long)t.People);
        var sums = store.Stream(r => (Order: r.Id(0), People: Convert.ToInt64(r.Any(1))),
            "select order_id, sum(people) from ticket where used >= 0 and used <= people "
            + "and (state <> 'Used' or used = people) and (state = 'Used' or used < people or terms is not null) and state in ('Valid', 'Used', 'Returned', 'Voided') group by order_id");
        await foreach (var (order, people) in sums)
            if (!issued.Remove(order, out var should) || should != people) return $"order {order}: {people} people where {should} were issued";
        return issued.Count == 0 ? null : $"order {issued.Keys.First()}: a ticket is missing or in no state";
    }
}
