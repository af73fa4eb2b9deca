using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>
/// 当日订单: orders of a day, newest first, a row for each line, with totals over what is ordered or paid (S-000-113).
/// One box finds an order by the end of its number, a ticket's code as typed or scanned, the buyer's phone or ID number, or that of a visitor.
/// </summary>
internal static class ListOrders
{
    internal sealed record Row(Guid OrderId, string Number, string TypeName, string TypeNameEn, long UnitFen, int Quantity, long TotalFen, string Operator, DateTimeOffset At, OrderState State);
    internal sealed record Totals(long Quantity, long TotalFen);
    internal sealed record Answer(List<Row> Rows, Totals Totals, long Total, int Page, int PageCount);

    // A search by what somebody holds in the hand looks at all days; the plain list at one.
    private const string Where = " where park = @1 and (@2 = 0 or day = @2) and (@3 = 0 or sales_window = @4) and (@5 = 0 or clerk = @6) and (@7 = '' or state = @7)"
        + " and (@8 = 0 or number % @8 = @9) and (@10 = 0 or id in (select order_id from sold_ticket where short_code = @11 and park = @1)"
        + " or id in (select id from order_buyer where park = @1 and (phone_hash = @12 or id_hash = @13))"
        + " or id in (select order_id from visitor where park = @1 and id_hash = @14))";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<Answer>("/api/orders", Permission.Sell, async (http, who) =>
    {
        var q = http.Request.Query;
        var page = Math.Clamp(int.TryParse(q["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(q["pageSize"], out var s) ? s : 50, 1, 200);
        var filter = Filter(http, who, q);
        var database = http.RequestServices.GetRequiredService<Database>();
        var rows = await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select}{Where} order by number desc limit {size} offset {(page - 1L) * size}", filter);
        var (count, quantity, fen) = (await database.Query(r => (r.Long(0), Number(r, 1), Number(r, 2)),
            "select count(*), sum(case when state in ('Ordered', 'Paid') then people else 0 end), sum(case when state in ('Ordered', 'Paid') then total_fen else 0 end) from orders" + Where, filter)).Single();
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        return new Answer([.. rows.SelectMany(o => o.Lines.Select(l => new Row(o.Id, o.Number.ToString("D17"), l.TypeName, l.TypeNameEn, l.UnitFen, l.Quantity * l.People,
            l.TotalFen, parks.NameOfStaff(o.Clerk), Moments.From(o.At), o.State)))], new Totals(quantity, fen), count, page, (int)Math.Max(1, (count + size - 1) / size));
    }).Asks<DateOnly>("day").Asks<Guid>("windowId").Asks<bool>("mine").Asks<string>("q").Asks<OrderState>("state").Asks<int>("page").Asks<int>("pageSize");

    private static long Number(Platform.Storage.Row row, int column) => row.IsNull(column) ? 0 : Convert.ToInt64(row.Any(column));

    private static object?[] Filter(HttpContext http, Principal who, IQueryCollection q)
    {
        var text = q["q"].ToString().Trim();
        var personal = http.RequestServices.GetRequiredService<PersonalText>();
        var code = text.Length is > 0 and <= 200 ? http.RequestServices.GetRequiredService<Gatekeeper>().ShortCodeOf(who.Park, text) ?? "" : "";
        var phone = PhoneNumber.TryParse(text, out var mobile) ? personal.LookUp(mobile.Text, "buyer.phone") : [0];
        var id = IdNumber.TryParse(text, out var number) ? personal.LookUp(number.Text, "buyer.idNumber") : [0];
        var visitor = number.Text.Length > 0 ? personal.LookUp(number.Text, NamedVisitor.NumberPurpose) : [0];
        var byHolder = code.Length > 0 || phone.Length > 1 || id.Length > 1;
        var tail = !byHolder && text.Length is >= 4 and <= 17 && text.All(char.IsAsciiDigit);
        // A search that can mean nothing finds nothing, rather than everything.
        var nothing = text.Length > 0 && !byHolder && !tail;
        var day = BusinessDay.TryParse(q["day"].ToString(), out var asked) && !byHolder && text.Length < 17 ? BusinessDay.Number(asked) : 0;
        var window = Guid.TryParse(q["windowId"], out var w) ? w : Guid.Empty;
        var state = Enum.TryParse<OrderState>(q["state"], ignoreCase: true, out var st) ? st.ToString() : "";
        var mine = q["mine"] == "true";
        return [who.Park, day, window != Guid.Empty, window, mine, who.Id, state, tail ? Pow10(text.Length) : nothing ? 1L : 0L, tail ? long.Parse(text) : -1L,
            byHolder, code, phone, id, visitor];
    }

    private static long Pow10(int digits) => Enumerable.Repeat(10L, digits).Aggregate(1L, (a, b) => a * b);
}
