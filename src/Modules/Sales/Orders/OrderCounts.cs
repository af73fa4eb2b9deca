using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Storage;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>By what orders are counted together.</summary>
public enum OrdersBy { Day, Window, Clerk, Agency }

/// <summary>What became of the orders of some business days that have one thing in common (订单统计).</summary>
/// <param name="Key">The day as a number, the id of the window or clerk, or the agency's code; empty where no agency bought.</param>
/// <param name="Open">They still wait for payment.</param>
/// <param name="Rebooked">Of the paid ones, those that were rebooked from another.</param>
/// <param name="People">On paid orders.</param>
/// <param name="RefundedFen">What of them went back until now, on whatever day, rebooked tickets with it.</param>
public sealed record OrderCount(string Key, long Orders, long Open, long Paid, long Cancelled, long Expired, long Rebooked, long People, long PaidFen, long RefundedFen);

/// <summary>Counts orders by what became of them. An order is of the day on which it was paid; one that never was, of the day on which it was placed.</summary>
public sealed class OrderCounts(Database database)
{
    public Task<List<OrderCount>> Read(int park, DateOnly from, DateOnly to, OrdersBy by)
    {
        var column = by switch { OrdersBy.Window => "sales_window", OrdersBy.Clerk => "clerk", OrdersBy.Agency => "agency", _ => "day" };
        return database.Query(r => new OrderCount(by switch { OrdersBy.Day => r.Long(0).ToString(System.Globalization.CultureInfo.InvariantCulture), OrdersBy.Agency => r.TextOrNull(0) ?? "", _ => r.Id(0).ToString() },
                r.Long(1), Sum(r, 2), Sum(r, 3), Sum(r, 4), Sum(r, 5), Sum(r, 6), Sum(r, 7), Sum(r, 8), Sum(r, 9)),
            $"select {column}, count(*), {CountOf(OrderState.Ordered)}, {CountOf(OrderState.Paid)}, {CountOf(OrderState.Cancelled)}, {CountOf(OrderState.Expired)}, "
            + "sum(case when rebooked_from is null then 0 else 1 end), sum(case when state = 'Paid' then people else 0 end), sum(paid_fen), sum(refunded_fen) "
            + $"from orders where park = @1 and day >= @2 and day <= @3 group by {column}", park, BusinessDay.Number(from), BusinessDay.Number(to));
    }

    private static string CountOf(OrderState state) => $"sum(case when state = '{state}' then 1 else 0 end)";
    private static long Sum(Row row, int column) => Convert.ToInt64(row.Any(column), System.Globalization.CultureInfo.InvariantCulture);
}
