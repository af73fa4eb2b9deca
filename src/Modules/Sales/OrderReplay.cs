using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>What an order's facts make of its row; and the second look of <see cref="OrderProof"/>, at orders that may be wrong.</summary>
/// <param name="suspect">Which orders are looked at.</param>
internal sealed class OrderReplay(Func<Guid, bool> suspect)
{
    /// <summary>How long an order held its places before parks could say it, and does where its fact does not say it.</summary>
    private const int HoldMinutes = 15;

    private readonly Dictionary<Guid, OrderRow> _orders = [];

    /// <summary>What the fact of an order says of the minutes for which it holds its places.</summary>
    public static int? Said(int minutes) => minutes == HoldMinutes ? null : minutes;

    public async Task<string?> FirstBad(Snapshot store)
    {
        await foreach (var fact in store.Facts(nameof(OrderPlaced), nameof(OrderPaid), nameof(OrderCancelled), nameof(OrderExpired), nameof(RefundPaid), nameof(OrderKept), nameof(OrderClaimed), nameof(OrderTransferred), nameof(PickUpRefused)))
        {
            var after = fact.Kind switch
            {
                nameof(OrderPlaced) => Placed(fact.As<OrderPlaced>().Order, fact),
                nameof(OrderPaid) => fact.As<OrderPaid>().Order is var paid ? Paid(paid, fact, _orders.GetValueOrDefault(paid.Id)) : null,
                nameof(OrderCancelled) => Ended(fact.As<OrderCancelled>().OrderId, OrderState.Cancelled),
                nameof(OrderExpired) => Ended(fact.As<OrderExpired>().OrderId, OrderState.Expired),
                nameof(RefundPaid) => Refunded(fact.As<RefundPaid>()),
                _ => Kept(fact) is var (id, change) && _orders.TryGetValue(id, out var waiting) ? change(waiting) : null,
            };
            if (after is not null && suspect(after.Id)) _orders[after.Id] = after;
        }
        foreach (var unknown in await store.Query(r => (Number: r.Long(0), State: r.Text(1)), "select number, state from orders where state not in ('Ordered', 'Paid', 'Cancelled', 'Expired')"))
            return $"order {unknown.Number:D17}: there is no state {unknown.State}";
        await foreach (var bad in store.Stream(r => suspect(r.Id(0)) ? Wrong(r) : null, OrderRow.Table.Select + " order by number"))
            if (bad is not null) return bad;
        return _orders.Count == 0 ? null : $"order {_orders.Values.First().Number:D17}: its row is missing";
    }

    public static OrderRow Placed(OrderFact fact, LoggedFact record) => new(fact.Id, record.Park, fact.Number, OrderState.Ordered, fact.WindowId, fact.ShiftId, fact.ClerkId,
        record.At, record.Day, BusinessDay.Number(fact.VisitDay), fact.People, fact.TotalFen, 0, 0, 0, record.Moment.AddMinutes(fact.HoldMinutes ?? HoldMinutes).Micros(), fact.OnOneTicket,
        fact.PriceVersion, [.. fact.Lines.Select(l => new OrderLine(l.TypeId, l.TypeCode, l.TypeName, l.TypeNameEn, l.Quantity, l.People, l.UnitFen, l.TotalFen, l.Papers,
            l.OffFen, l.TaxFen, l.Terms, l.Slot, l.Complimentary, l.Shared, l.Returns, l.Rebooking, l.LeastFen))], [], fact.Basis, fact.Origin, fact.Complimentary, fact.Agency,
        fact.RebookedFrom, fact.RebookedTimes, fact.Vouchers);

    /// <summary>An order keeps the moment at which it was placed; day, window and clerk are those of who took the money.</summary>
    /// <param name="before">The order as it was placed, unpaid; null where it was paid at once.</param>
    public static OrderRow Paid(OrderFact fact, LoggedFact record, OrderRow? before) => Placed(fact, record) with
    {
        At = before?.At ?? record.At, State = OrderState.Paid, HoldUntil = null, PaidFen = fact.TotalFen,
        ChangeFen = fact.Payments.Sum(p => p.ChangeFen), Payments = [.. fact.Payments.Select(p => new OrderPayment(p.Method, p.AmountFen, p.TenderedFen, p.ChangeFen, p.Reference, 0))],
    };

    /// <summary>What keeping, claiming, a transfer or a wrong password makes of an unpaid order.</summary>
    public static (Guid Order, Func<OrderRow, OrderRow> After) Kept(LoggedFact fact)
    {
        switch (fact.Kind)
        {
            case nameof(OrderKept):
                var kept = fact.As<OrderKept>();
                return (kept.OrderId, o => o with { HoldUntil = kept.Until.Micros(), Kept = new(kept.Digest, 0) });
            case nameof(OrderClaimed):
                var claimed = fact.As<OrderClaimed>();
                return (claimed.OrderId, o => o with { HoldUntil = fact.Moment.AddMinutes(claimed.HoldMinutes).Micros(), Kept = null, Shift = claimed.ShiftId, Window = claimed.WindowId, Clerk = claimed.ClerkId });
            case nameof(OrderTransferred):
                var moved = fact.As<OrderTransferred>();
                return (moved.OrderId, o => o with { HoldUntil = fact.Moment.AddMinutes(moved.HoldMinutes).Micros(), Shift = moved.ShiftId, Window = moved.WindowId, Clerk = moved.ClerkId });
            default: return (fact.As<PickUpRefused>().OrderId, o => o.Kept is { } keep ? o with { Kept = keep with { Tries = keep.Tries + 1 } } : o);
        }
    }

    private OrderRow? Ended(Guid order, OrderState state) => _orders.TryGetValue(order, out var row) ? row with { State = state, HoldUntil = null, Kept = null } : null;

    private OrderRow? Refunded(RefundPaid fact) => _orders.TryGetValue(fact.OrderId, out var row)
        ? row with { RefundedFen = row.RefundedFen + fact.AmountFen, Payments = WaysBack.Note(row.Payments, [new(fact.Method, fact.AmountFen)]) } : null;

    private string? Wrong(Row row)
    {
        var (id, number) = (row.Id(0), row.Any(2) is long known ? known.ToString("D17", System.Globalization.CultureInfo.InvariantCulture) : "without a number");
        if (!_orders.Remove(id, out var should)) return $"order {number}: no fact placed it under the id {id}";
        var values = OrderRow.Table.Values(should);
        for (var i = 0; i < values.Length; i++)
            if (!row.Is(i, values[i])) return $"order {number} {id}: column {OrderRow.Table.Columns.Split(", ")[i]} is not what its facts say";
        return null;
    }
}
