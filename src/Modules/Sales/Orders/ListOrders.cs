using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Delivery;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>How much of an order went back, for money or for other tickets.</summary>
internal enum OrderReturn { None, Part, All }

/// <summary>
/// 当日订单: orders of a day, newest first, a row for each line, with totals over what is ordered or paid (S-000-113).
/// One box finds an order by what somebody holds or says (docs/algorithms/order-search.md); without it the list is of one day.
/// </summary>
internal static class ListOrders
{
    /// <param name="Returned">Whether tickets of the order went back.</param>
    /// <param name="Kept">Whether it is kept unpaid for its buyer.</param>
    internal sealed record Row(Guid OrderId, string Number, string TypeName, string TypeNameEn, long UnitFen, int Quantity, long TotalFen, string Operator, DateTimeOffset At, OrderState State, OrderReturn Returned = OrderReturn.None, bool Kept = false);
    internal sealed record Totals(long Quantity, long TotalFen);
    internal sealed record Answer(List<Row> Rows, Totals Totals, long Total, int Page, int PageCount);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<Answer>("/api/orders", Permission.Sell, async (http, who) =>
    {
        var q = http.Request.Query;
        var page = Math.Clamp(int.TryParse(q["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(q["pageSize"], out var s) ? s : 50, 1, 200);
        var search = Search(http, who, q);
        var database = http.RequestServices.GetRequiredService<Database>();
        var (rows, totals, count) = search.IsNarrow ? await OfFew(database, search, page, size) : await OfMany(database, search, page, size);
        var back = await Returned(database, rows);
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        return new Answer([.. rows.SelectMany(o => o.Lines.Select(l => new Row(o.Id, o.Number.ToString("D17"), l.TypeName, l.TypeNameEn, l.UnitFen, l.Quantity * l.People,
            l.TotalFen, parks.NameOfStaff(o.Clerk), Moments.From(o.At), o.State, back.GetValueOrDefault(o.Id), o.Kept is not null)))], totals, count, page, (int)Math.Max(1, (count + size - 1) / size));
    }).Asks<DateOnly>("day").Asks<Guid>("windowId").Asks<bool>("mine").Asks<string>("q").Asks<OrderState>("state").Asks<DeliveryState>("delivery").Asks<int>("page").Asks<int>("pageSize");

    /// <summary>Of the orders that a text finds each is read once, and those of the page whole.</summary>
    private static async Task<(List<OrderRow> Rows, Totals Totals, long Count)> OfFew(Database database, OrderSearch search, int page, int size)
    {
        var found = await database.Query(r => (Id: r.Id(0), State: r.Text(1), People: r.Long(2), Fen: r.Long(3)), $"select id, state, people, total_fen from orders{search.Where} order by number desc", search.Values);
        var shown = found.Skip((int)Math.Min((page - 1L) * size, int.MaxValue)).Take(size).Select(o => (object?)o.Id).ToArray();
        var counted = found.Where(o => o.State is nameof(OrderState.Ordered) or nameof(OrderState.Paid)).ToArray();
        return (shown.Length == 0 ? [] : await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select} where id in ({Places(shown.Length)}) order by number desc", shown),
            new(counted.Sum(o => o.People), counted.Sum(o => o.Fen)), found.Count);
    }

    private static async Task<(List<OrderRow> Rows, Totals Totals, long Count)> OfMany(Database database, OrderSearch search, int page, int size)
    {
        var rows = await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select}{search.Where} order by number desc limit {size} offset {(page - 1L) * size}", search.Values);
        var (count, totals) = (await database.Query(r => (r.Long(0), new Totals(Number(r, 1), Number(r, 2))),
            "select count(*), sum(case when state in ('Ordered', 'Paid') then people else 0 end), sum(case when state in ('Ordered', 'Paid') then total_fen else 0 end) from orders" + search.Where, search.Values)).Single();
        return (rows, totals, count);
    }

    private static string Places(int count) => string.Join(", ", Enumerable.Range(1, count).Select(n => $"@{n}"));

    private static long Number(Platform.Storage.Row row, int column) => row.IsNull(column) ? 0 : Convert.ToInt64(row.Any(column));

    private static async Task<Dictionary<Guid, OrderReturn>> Returned(Database database, List<OrderRow> orders) => orders.Count == 0 ? []
        : (await database.Query(r => (Order: r.Id(0), Returned: Number(r, 2) == 0 ? OrderReturn.None : Number(r, 2) == r.Long(1) ? OrderReturn.All : OrderReturn.Part),
            $"select order_id, count(*), sum(case when state in ('Returned', 'Voided') then 1 else 0 end) from ticket where order_id in ({Places(orders.Count)}) group by order_id",
            [.. orders.Select(o => (object?)o.Id)])).ToDictionary(o => o.Order, o => o.Returned);

    private static OrderSearch Search(HttpContext http, Principal who, IQueryCollection q)
    {
        var services = http.RequestServices;
        var (text, search) = (q["q"].ToString().Trim(), new OrderSearch(who.Park));
        var day = BusinessDay.TryParse(q["day"].ToString(), out var asked) ? asked : services.GetRequiredService<ParkTimes>().DayAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (text.Length == 0 && Enum.TryParse<DeliveryState>(q["delivery"], ignoreCase: true, out var delivery)) search.Delivered(who.Park, delivery);
        else if (text.Length == 0) search.Only("day", BusinessDay.Number(day));
        else search.Find(services.GetRequiredService<PersonalText>(), who.Park, text, day, text.Length <= 200 ? services.GetRequiredService<Gatekeeper>().ShortCodeOf(who.Park, text) : null);
        if (Guid.TryParse(q["windowId"], out var window) && window != Guid.Empty) search.Only("sales_window", window);
        if (Enum.TryParse<OrderState>(q["state"], ignoreCase: true, out var state)) search.Only("state", state.ToString());
        if (q["mine"] == "true") search.Only("clerk", who.Id);
        return search;
    }
}
