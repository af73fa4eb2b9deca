using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>Tickets of one order that got new paper together (换票).</summary>
/// <param name="ShortCodes">Of the tickets.</param>
public sealed record Exchanged(DateTimeOffset At, long Number, string[] ShortCodes, TicketsExchanged Fact);

/// <summary>What was exchanged over some business days, and what came in for it.</summary>
public sealed record ExchangeTotals(long Exchanges, long Tickets, long Lost, long FeeFen, long WaivedFen);

/// <summary>Finds exchanges by the business day on which they were made, the newest first.</summary>
public sealed class ExchangedTickets(Database database)
{
    public async Task<(List<Exchanged> Rows, ExchangeTotals Totals)> Read(int park, DateOnly from, DateOnly to, ExchangeCause? cause, int limit, int offset)
    {
        await using var store = await database.OpenSnapshot();
        var facts = (await store.Query(r => (At: r.Long(0), Fact: JsonSerializer.Deserialize<TicketsExchanged>(r.Text(1), Json.Options)!),
            "select at, body from log where park = @1 and day >= @2 and day <= @3 and kind = @4 order by at desc, lane, seq desc", park, BusinessDay.Number(from), BusinessDay.Number(to), nameof(TicketsExchanged)))
            .Where(f => cause is null || f.Fact.Cause == cause).ToArray();
        var totals = new ExchangeTotals(facts.Length, facts.Sum(f => (long)f.Fact.Tickets.Length), facts.Where(f => f.Fact.Cause == ExchangeCause.Lost).Sum(f => (long)f.Fact.Tickets.Length),
            facts.Sum(f => f.Fact.FeeFen), facts.Sum(f => f.Fact.WaivedFen));
        var rows = new List<Exchanged>();
        foreach (var (at, fact) in facts.Skip(offset).Take(limit))
        {
            var sold = (await store.Query(r => (Id: r.Id(0), Code: r.Text(1)), "select id, short_code from sold_ticket where order_id = @1", fact.OrderId)).ToDictionary(t => t.Id, t => t.Code);
            rows.Add(new(Moments.From(at), await store.Number("select number from orders where id = @1", fact.OrderId), [.. fact.Tickets.Select(t => sold.GetValueOrDefault(t, ""))], fact));
        }
        return (rows, totals);
    }
}
