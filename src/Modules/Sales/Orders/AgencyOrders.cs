using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>What one agency bought (旅行社) in orders that were paid on some business days.</summary>
/// <param name="Agency">A code of the dictionary.</param>
/// <param name="RefundedFen">What of it went back until now, on whatever day.</param>
public sealed record AgencyFigure(string Agency, long Orders, long People, long PaidFen, long RefundedFen);

/// <summary>A paid order of an agency.</summary>
/// <param name="Guide">Who brought the group, masked.</param>
/// <param name="Lines">What was sold, each with its tickets and the people on each of them.</param>
public sealed record AgencyOrder(Guid OrderId, long Number, DateOnly BusinessDay, DateOnly VisitDay, Guid WindowId, Guid ClerkId, string Guide, AgencyLine[] Lines, long People, long PaidFen, long RefundedFen);

/// <summary>One line of an agency's order.</summary>
public sealed record AgencyLine(string TypeName, string TypeNameEn, int Quantity, int People);

/// <summary>Finds what was sold in the name of agencies, by the business day of payment.</summary>
public sealed class AgencyOrders(Database database, PersonalText personal)
{
    private const string Where = " where park = @1 and day >= @2 and day <= @3 and state = 'Paid' and agency is not null";

    /// <summary>Every agency that bought anything.</summary>
    public Task<List<AgencyFigure>> Totals(int park, DateOnly from, DateOnly to) => database.Query(
        r => new AgencyFigure(r.Text(0), r.Long(1), Convert.ToInt64(r.Any(2)), Convert.ToInt64(r.Any(3)), Convert.ToInt64(r.Any(4))),
        "select agency, count(*), sum(people), sum(paid_fen), sum(refunded_fen) from orders" + Where + " group by agency", park, BusinessDay.Number(from), BusinessDay.Number(to));

    /// <summary>The orders of one, in the order of their numbers.</summary>
    public async Task<List<AgencyOrder>> Read(int park, string agency, DateOnly from, DateOnly to, int limit, long offset)
    {
        var orders = await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select}{Where} and agency = @4 order by number limit {limit} offset {offset}",
            park, BusinessDay.Number(from), BusinessDay.Number(to), agency);
        var guides = orders.Count == 0 ? [] : (await database.Query(BuyerRow.Table.Read,
            BuyerRow.Table.Select + " where id in (select id from orders" + Where + " and agency = @4 and number >= @5 and number <= @6)",
            park, BusinessDay.Number(from), BusinessDay.Number(to), agency, orders[0].Number, orders[^1].Number)).ToDictionary(b => b.Id);
        return [.. orders.Select(o => new AgencyOrder(o.Id, o.Number, BusinessDay.FromNumber(o.Day), BusinessDay.FromNumber(o.VisitDay), o.Window, o.Clerk,
            guides.TryGetValue(o.Id, out var guide) ? personal.MaskedName(Convert.ToBase64String(guide.Name), "buyer.name") : "",
            [.. o.Lines.Select(l => new AgencyLine(l.TypeName, l.TypeNameEn, l.Quantity, l.People))], o.People, o.PaidFen, o.RefundedFen))];
    }
}
