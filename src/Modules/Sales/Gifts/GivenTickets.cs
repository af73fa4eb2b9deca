using System.Text.Json;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Gifts;

/// <summary>An order with complimentary tickets.</summary>
/// <param name="WentBack">People whose tickets were returned or voided.</param>
public sealed record GivenOrder(Guid OrderId, long Number, DateTimeOffset At, DateOnly BusinessDay, Guid WindowId, Guid ClerkId, OrderGift Gift, long WentBack);

/// <summary>What was given over some business days.</summary>
public sealed record GivenTotals(long Orders, long People, long WentBack);

/// <summary>Finds what was given for nothing (赠票), the newest first. Unpaid orders are not there yet.</summary>
public sealed class GivenTickets(Database database)
{
    private const string Where = " where park = @1 and day >= @2 and day <= @3 and complimentary is not null and state = 'Paid' and complimentary like @4";

    /// <param name="budget">Of one budget; null = of all.</param>
    public async Task<List<GivenOrder>> Read(int park, DateOnly from, DateOnly to, Guid? budget, int limit, long offset)
    {
        var orders = await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select}{Where} order by number desc limit {limit} offset {offset}", Filter(park, from, to, budget));
        var back = (orders.Count > 0 ? await WentBack(park, from, to, budget, orders[^1].Number, orders[0].Number) : []).ToLookup(b => b.Order);
        return [.. orders.Select(o => new GivenOrder(o.Id, o.Number, Moments.From(o.At), BusinessDay.FromNumber(o.Day), o.Window, o.Clerk, o.Complimentary!,
            WentBack(o, back)))];
    }

    public async Task<GivenTotals> Totals(int park, DateOnly from, DateOnly to, Guid? budget)
    {
        var gifts = await database.Query(r => JsonSerializer.Deserialize<OrderGift>(r.Text(0), Json.Options)!, "select complimentary from orders" + Where, Filter(park, from, to, budget));
        var back = (await WentBack(park, from, to, budget, 0, long.MaxValue)).ToLookup(b => b.Order);
        // Of which type a ticket went back is asked only of the few orders from which one did.
        var touched = back.Count == 0 ? [] : await database.Query(OrderRow.Table.Read,
            OrderRow.Table.Select + Where + " and id in (select order_id from ticket where state in ('Returned', 'Voided'))", Filter(park, from, to, budget));
        return new(gifts.Count, gifts.Sum(g => (long)g.People), touched.Sum(o => WentBack(o, back)));
    }

    private static long WentBack(OrderRow order, ILookup<Guid, (Guid Order, Guid Type, long People)> back) => back[order.Id].Where(b => order.Given(b.Type) > 0).Sum(b => b.People);

    private Task<List<(Guid Order, Guid Type, long People)>> WentBack(int park, DateOnly from, DateOnly to, Guid? budget, long least, long most) => database.Query(r => (Order: r.Id(0), Type: r.Id(1), People: Convert.ToInt64(r.Any(2))),
        "select order_id, type, sum(people) from ticket where state in ('Returned', 'Voided') and order_id in (select id from orders" + Where + " and number >= @5 and number <= @6) group by order_id, type",
        [.. Filter(park, from, to, budget), least, most]);

    private static object?[] Filter(int park, DateOnly from, DateOnly to, Guid? budget) =>
        [park, BusinessDay.Number(from), BusinessDay.Number(to), budget is { } id ? $"%\"{id}\"%" : "%"];
}
