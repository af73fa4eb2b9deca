using System.Text.Json;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Vouchers;

/// <summary>A paid order with vouchers.</summary>
public sealed record VoucherOrder(Guid OrderId, long Number, DateTimeOffset At, DateOnly BusinessDay, Guid WindowId, Guid ClerkId, long PaidFen, long RefundedFen, OrderVoucher[] Vouchers);

/// <summary>What vouchers took off over some business days.</summary>
public sealed record VoucherTotals(long Orders, long Vouchers, long OffFen);

/// <summary>Finds paid orders with vouchers (用券明细), the newest first. Unpaid orders are not there yet.</summary>
public sealed class UsedVouchers(Database database)
{
    private const string Where = " where park = @1 and day >= @2 and day <= @3 and vouchers is not null and state = 'Paid' and vouchers like @4";

    /// <param name="kind">Of one kind; null = of all.</param>
    public async Task<List<VoucherOrder>> Read(int park, DateOnly from, DateOnly to, Guid? kind, int limit, long offset) =>
        [.. (await database.Query(OrderRow.Table.Read, $"{OrderRow.Table.Select}{Where} order by number desc limit {limit} offset {offset}", Filter(park, from, to, kind)))
            .Select(o => new VoucherOrder(o.Id, o.Number, Moments.From(o.At), BusinessDay.FromNumber(o.Day), o.Window, o.Clerk, o.PaidFen, o.RefundedFen, Of(o.Vouchers!, kind)))];

    public async Task<VoucherTotals> Totals(int park, DateOnly from, DateOnly to, Guid? kind)
    {
        var orders = await database.Query(r => Of(JsonSerializer.Deserialize<OrderVoucher[]>(r.Text(0), Json.Options)!, kind), "select vouchers from orders" + Where, Filter(park, from, to, kind));
        return new(orders.Count, orders.Sum(o => (long)o.Length), orders.Sum(o => o.Sum(v => v.OffFen)));
    }

    private static OrderVoucher[] Of(OrderVoucher[] vouchers, Guid? kind) => kind is { } id ? [.. vouchers.Where(v => v.KindId == id)] : vouchers;

    private static object?[] Filter(int park, DateOnly from, DateOnly to, Guid? kind) => [park, BusinessDay.Number(from), BusinessDay.Number(to), kind is { } id ? $"%\"{id}\"%" : "%"];
}
