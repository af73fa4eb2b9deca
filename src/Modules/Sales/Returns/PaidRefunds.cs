using System.Text.Json;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>A ticket that went back (退票), with all the ways by which its money did.</summary>
/// <param name="FeeFen">What was kept of it; null where that was before fees were known.</param>
/// <param name="Reason">As the dictionary called it then, or what was written down before reasons had codes.</param>
/// <param name="Owed">Whether its money was, or is, paid later.</param>
public sealed record PaidRefund(DateTimeOffset At, Guid OrderId, long Number, string ShortCode, ReturnKind Kind, string TypeName, string TypeNameEn, int People, long PriceFen, long? FeeFen, long RefundFen, PaymentMethod[] Ways,
    string Reason, string Remark, Guid WindowId, Guid ClerkId, Guid Supervisor, bool Owed = false);

/// <summary>What went back over some business days.</summary>
public sealed record RefundTotals(long Tickets, long People, long FeeFen, long RefundFen);

/// <summary>Finds what went back (已退票据), by the business day of the return, the newest first.</summary>
public sealed class PaidRefunds(Database database)
{
    private const string Where = " from log where park = @1 and day >= @2 and day <= @3 and kind = 'RefundPaid'";

    /// <param name="reason">By the code of one reason; null = of all.</param>
    public async Task<(List<PaidRefund> Rows, RefundTotals Totals)> Read(int park, DateOnly from, DateOnly to, string? reason, int limit, int offset)
    {
        await using var store = await database.OpenSnapshot();
        var facts = (await store.Query(r => (At: r.Long(0), Fact: JsonSerializer.Deserialize<RefundPaid>(r.Text(1), Json.Options)!), "select at, body" + Where + " order by at desc, lane, seq desc",
            park, BusinessDay.Number(from), BusinessDay.Number(to))).Where(f => reason is null || f.Fact.ReasonCode == reason);
        // A ticket that was paid in two ways goes back in two facts of one moment.
        var tickets = facts.GroupBy(f => f.Fact.TicketId).ToArray();
        var totals = new RefundTotals(tickets.Length, tickets.Sum(t => (long)t.First().Fact.People), tickets.Sum(t => t.Sum(f => f.Fact.FeeFen ?? 0)), tickets.Sum(t => t.Sum(f => f.Fact.AmountFen)));
        var rows = new List<PaidRefund>();
        foreach (var ticket in tickets.Skip(offset).Take(limit))
        {
            var (at, fact) = ticket.First();
            var sold = (await store.Query(r => (Code: r.Text(0), PriceFen: r.Long(1), Name: r.Text(2), NameEn: r.Text(3), Number: r.Long(4)),
                "select s.short_code, s.price_fen, t.type_name, t.type_name_en, o.number from sold_ticket s join ticket t on t.short_code = s.short_code join orders o on o.id = s.order_id where s.id = @1", fact.TicketId)).FirstOrDefault();
            rows.Add(new(Moments.From(at), fact.OrderId, sold.Number, sold.Code ?? "", fact.Kind, sold.Name ?? "", sold.NameEn ?? "", fact.People, sold.PriceFen,
                ticket.Select(f => f.Fact.FeeFen).FirstOrDefault(fee => fee is not null), ticket.Sum(f => f.Fact.AmountFen), [.. ticket.Select(f => f.Fact.Method).Distinct().Order()],
                fact.Reason, fact.Remark ?? "", fact.WindowId, fact.ClerkId, fact.Supervisor, fact.Owed is not null));
        }
        return (rows, totals);
    }
}
