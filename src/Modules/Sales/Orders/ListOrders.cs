using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>
/// 当日订单: orders of a day, newest first, a row for each line, with totals over what is ordered or paid (S-000-113).
/// One box finds an order by what somebody holds or says (docs/algorithms/order-search.md); without it the list is of one day.
/// </summary>
internal static class ListOrders
{
    internal sealed record Row(Guid OrderId, string Number, string TypeName, string TypeNameEn, long UnitFen, int Quantity, long TotalFen, string Operator, DateTimeOffset At, OrderState State);
    internal sealed record Totals(long Quantity, long TotalFen);
    internal sealed record Answer(List<Row> Rows, Totals Totals, long Total, int Page, int PageCount);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<Answer>("/api/orders", Permission.Sell, async (http, who) =>
    {
        var q = http.Request.Query;
        var page = Math.Clamp(int.TryParse(q["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(q["pageSize"], out var s) ? s : 50, 1, 200);
        var search = Search(http, who, q);
        var database = http.RequestServices.GetRequiredService<Database>();
        var rows = await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select}{search.Where} order by number desc limit {size} offset {(page - 1L) * size}", search.Values);
        var (count, quantity, fen) = (await database.Query(r => (r.Long(0), Number(r, 1), Number(r, 2)),
            "select count(*), sum(case when state in ('Ordered', 'Paid') then people else 0 end), sum(case when state in ('Ordered', 'Paid') then total_fen else 0 end) from orders" + search.Where, search.Values)).Single();
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        return new Answer([.. rows.SelectMany(o => o.Lines.Select(l => new Row(o.Id, o.Number.ToString("D17"), l.TypeName, l.TypeNameEn, l.UnitFen, l.Quantity * l.People,
            l.TotalFen, parks.NameOfStaff(o.Clerk), Moments.From(o.At), o.State)))], new Totals(quantity, fen), count, page, (int)Math.Max(1, (count + size - 1) / size));
    }).Asks<DateOnly>("day").Asks<Guid>("windowId").Asks<bool>("mine").Asks<string>("q").Asks<OrderState>("state").Asks<int>("page").Asks<int>("pageSize");

    private static long Number(Platform.Storage.Row row, int column) => row.IsNull(column) ? 0 : Convert.ToInt64(row.Any(column));

    private static OrderSearch Search(HttpContext http, Principal who, IQueryCollection q)
    {
        var services = http.RequestServices;
        var (text, search) = (q["q"].ToString().Trim(), new OrderSearch(who.Park));
        var day = BusinessDay.TryParse(q["day"].ToString(), out var asked) ? asked : services.GetRequiredService<ParkTimes>().DayAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
        if (text.Length == 0) search.Only("day", BusinessDay.Number(day));
        else search.Find(services.GetRequiredService<PersonalText>(), who.Park, text, day, text.Length <= 200 ? services.GetRequiredService<Gatekeeper>().ShortCodeOf(who.Park, text) : null);
        if (Guid.TryParse(q["windowId"], out var window) && window != Guid.Empty) search.Only("sales_window", window);
        if (Enum.TryParse<OrderState>(q["state"], ignoreCase: true, out var state)) search.Only("state", state.ToString());
        if (q["mine"] == "true") search.Only("clerk", who.Id);
        return search;
    }
}
