using System.Text.Json;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Tickets;

/// <summary>Replays the log's facts into tickets and compares them, column by column, with the rows that the gates decide on.</summary>
internal static class TicketProofs
{
    public static readonly Proof[] All =
    [
        new("I4", "No ticket admitted more people than it is for, and every ticket row is what its facts say.", Tickets),
        new("I7", "Of every order: people returned + used + valid + void = people issued.", Orders),
        new("I9", "People inside each site = entries − exits, and never below zero.", Inside),
    ];

    private static IAsyncEnumerable<LogRecord> Facts(Snapshot store) => store.Facts(
        nameof(TicketsIssued), nameof(TicketAdmitted), nameof(TicketReturned), nameof(VisitorsLeft), nameof(DayEmptied));

    private static T Body<T>(LogRecord record) => JsonSerializer.Deserialize<T>(record.Body, Json.Options)!;

    private static async Task<Finding> Tickets(Snapshot store)
    {
        var expected = new Dictionary<string, TicketRow>();
        await foreach (var record in Facts(store))
        {
            var bad = record.Kind switch
            {
                nameof(TicketsIssued) => Issue(expected, record.Park, Body<TicketsIssued>(record)),
                nameof(TicketAdmitted) => Admit(expected, Body<TicketAdmitted>(record), record.At),
                nameof(TicketReturned) => TakeBack(expected, Body<TicketReturned>(record)),
                _ => null,
            };
            if (bad is not null) return new Finding($"{expected.Count} tickets", $"log lane {record.Lane} seq {record.Seq}: {bad}");
        }
        var issued = expected.Count;
        foreach (var unknown in await store.Query(r => (Code: r.Text(0), State: r.Text(1)), "select short_code, state from ticket where state not in ('Valid', 'Used', 'Returned', 'Voided')"))
            return new Finding($"{issued} tickets", $"ticket {unknown.Code}: there is no state {unknown.State}");
        await foreach (var row in store.Stream(TicketRow.Table.Read, TicketRow.Table.Select + " order by short_code"))
        {
            if (!expected.Remove(row.ShortCode, out var should)) return new Finding($"{issued} tickets", $"ticket {row.ShortCode}: no fact issued it");
            if (DifferenceOf(row, should) is { } column) return new Finding($"{issued} tickets", $"ticket {row.ShortCode}: column {column} is not what its facts say");
        }
        return new Finding($"{issued} tickets", expected.Count == 0 ? null : $"ticket {expected.Keys.Order().First()}: its row is missing");
    }

    private static string? Issue(Dictionary<string, TicketRow> tickets, int park, TicketsIssued fact)
    {
        foreach (var t in fact.Tickets)
        {
            var row = new TicketRow(t.ShortCode, t.Id, park, t.Code, fact.OrderId, t.Line, t.TypeId, t.TypeNumber, t.TypeName, t.TypeNameEn, t.VisitorType, t.Proof,
                t.Attention, t.People, 0, TicketState.Valid, BusinessDay.Number(t.VisitDay), t.FromTime.ToString("HH:mm"), t.ToTime.ToString("HH:mm"),
                TicketRow.SitesText(t.SiteIds), null, null, null);
            if (!tickets.TryAdd(t.ShortCode, row)) return $"ticket {t.ShortCode} issued twice";
        }
        return null;
    }

    private static string? Admit(Dictionary<string, TicketRow> tickets, TicketAdmitted fact, long at)
    {
        if (!tickets.TryGetValue(fact.ShortCode, out var ticket)) return $"ticket {fact.ShortCode} admitted but never issued";
        var used = ticket.Used + fact.People;
        if (ticket.State != TicketState.Valid || used > ticket.People) return $"ticket {fact.ShortCode} admitted beyond its right";
        if (used != fact.UsedAfter) return $"ticket {fact.ShortCode} counts {fact.UsedAfter} where the facts give {used}";
        tickets[fact.ShortCode] = ticket with { Used = used, State = used == ticket.People ? TicketState.Used : TicketState.Valid, UsedAt = at, UsedGate = fact.GateName, UsedGateEn = fact.GateNameEn };
        return null;
    }

    private static string? TakeBack(Dictionary<string, TicketRow> tickets, TicketReturned fact)
    {
        if (!tickets.TryGetValue(fact.ShortCode, out var ticket)) return $"ticket {fact.ShortCode} returned but never issued";
        if (ticket.State != TicketState.Valid || ticket.Used > 0) return $"ticket {fact.ShortCode} returned in state {ticket.State}";
        tickets[fact.ShortCode] = ticket with { State = fact.State };
        return null;
    }

    private static string? DifferenceOf(TicketRow row, TicketRow should)
    {
        var names = TicketRow.Table.Columns.Split(", ");
        var (left, right) = (TicketRow.Table.Values(row), TicketRow.Table.Values(should));
        for (var i = 0; i < names.Length; i++)
        {
            var same = left[i] is byte[] bytes ? bytes.AsSpan().SequenceEqual((byte[])right[i]!) : Equals(left[i], right[i]);
            if (!same) return names[i];
        }
        return null;
    }

    private static async Task<Finding> Orders(Snapshot store)
    {
        var issued = new Dictionary<Guid, long>();
        await foreach (var record in Facts(store))
            if (record.Kind == nameof(TicketsIssued) && Body<TicketsIssued>(record) is var fact)
                issued[fact.OrderId] = issued.GetValueOrDefault(fact.OrderId) + fact.Tickets.Sum(t => (long)t.People);
        var orders = issued.Count;
        var sums = store.Stream(r => (Order: r.Id(0), People: Convert.ToInt64(r.Any(1))),
            "select order_id, sum(people) from ticket where used >= 0 and used <= people "
            + "and ((state = 'Used') = (used = people)) and state in ('Valid', 'Used', 'Returned', 'Voided') group by order_id");
        await foreach (var (order, people) in sums)
            if (!issued.Remove(order, out var should) || should != people) return new Finding($"{orders} orders", $"order {order}: {people} people where {should} were issued");
        return new Finding($"{orders} orders", issued.Count == 0 ? null : $"order {issued.Keys.First()}: a ticket is missing or in no state");
    }

    private static async Task<Finding> Inside(Snapshot store)
    {
        var inside = new Dictionary<(int Park, Guid Site), long>();
        long entered = 0;
        await foreach (var record in Facts(store))
        {
            switch (record.Kind)
            {
                case nameof(TicketAdmitted):
                    var admitted = Body<TicketAdmitted>(record);
                    inside[(record.Park, admitted.SiteId)] = inside.GetValueOrDefault((record.Park, admitted.SiteId)) + admitted.People;
                    entered += admitted.People;
                    break;
                case nameof(VisitorsLeft):
                    var left = Body<VisitorsLeft>(record);
                    inside[(record.Park, left.SiteId)] = inside.GetValueOrDefault((record.Park, left.SiteId)) - left.People;
                    break;
                case nameof(DayEmptied):
                    foreach (var site in Body<DayEmptied>(record).Sites)
                        inside[(record.Park, site.SiteId)] = inside.GetValueOrDefault((record.Park, site.SiteId)) - site.People;
                    break;
            }
            if (inside.Values.Any(n => n < 0)) return new Finding($"{entered} entries", $"log lane {record.Lane} seq {record.Seq}: fewer than nobody inside");
        }
        var balances = await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), "select code, balance from account where code like '%inside/%'");
        foreach (var ((park, site), people) in inside)
        {
            var balance = balances.FirstOrDefault(b => b.Code.EndsWith($"inside/{site:N}", StringComparison.Ordinal)).Balance;
            if (balance != people) return new Finding($"{entered} entries", $"site {site} of park {park}: the ledger counts {balance} inside, the facts {people}");
        }
        // The figure is that of the board: people at the sites that count.
        var counted = (await store.Query(r => r.Id(0), "select id from site where counts_inside <> 0")).ToHashSet();
        return new Finding($"{entered} entries, {inside.Where(s => counted.Contains(s.Key.Site)).Sum(s => s.Value)} inside", null);
    }
}
