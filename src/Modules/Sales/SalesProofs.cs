using System.Text.Json;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>Holds orders against their facts, and sold places against the ledger's places.</summary>
internal static class SalesProofs
{
    public static readonly Proof[] All =
    [
        new("I1", "Every paid order's fact has its order, with the same amount and the same tickets; and no order without a fact.", Orders),
        new("I3", "Places sold and places held of each type and day = the ledger's places, and no more than the quota allowed at each sale.", PlaceProof.Run),
    ];

    private static T Body<T>(string body) => JsonSerializer.Deserialize<T>(body, Json.Options)!;

    private static async Task<Finding> Orders(Snapshot store)
    {
        var expected = new Dictionary<Guid, OrderRow>();
        await foreach (var record in store.Facts(
            nameof(OrderPlaced), nameof(OrderPaid), nameof(OrderCancelled), nameof(OrderExpired), nameof(RefundPaid)))
        {
            var after = record.Kind switch
            {
                nameof(OrderPlaced) => Placed(Body<OrderPlaced>(record.Body).Order, record),
                nameof(OrderPaid) => Paid(Body<OrderPaid>(record.Body).Order, record, expected),
                nameof(OrderCancelled) => expected[Body<OrderCancelled>(record.Body).OrderId] with { State = OrderState.Cancelled, HoldUntil = null },
                nameof(OrderExpired) => expected[Body<OrderExpired>(record.Body).OrderId] with { State = OrderState.Expired, HoldUntil = null },
                _ => Refunded(Body<RefundPaid>(record.Body), expected),
            };
            expected[after.Id] = after;
        }
        var (count, fen) = (expected.Count, expected.Values.Where(e => e.State == OrderState.Paid).Sum(e => e.TotalFen));
        var figure = $"{count} orders, {new Money(fen)} paid";
        foreach (var unknown in await store.Query(r => (Number: r.Long(0), State: r.Text(1)), "select number, state from orders where state not in ('Ordered', 'Paid', 'Cancelled', 'Expired')"))
            return new Finding(figure, $"order {unknown.Number:D17}: there is no state {unknown.State}");
        await foreach (var row in store.Stream(OrderRow.Table.Read, OrderRow.Table.Select + " order by number"))
        {
            if (!expected.Remove(row.Id, out var should)) return new Finding(figure, $"order {row.Number:D17}: no fact placed it under the id {row.Id}");
            if (DifferenceOf(row, should) is { } column) return new Finding(figure, $"order {row.Number:D17} {row.Id}: column {column} is not what its facts say");
        }
        return new Finding(figure, expected.Count == 0 ? null : $"order {expected.Values.First().Number:D17}: its row is missing");
    }

    private static OrderRow Placed(OrderFact fact, LogRecord record) => new(fact.Id, record.Park, fact.Number, OrderState.Ordered, fact.WindowId, fact.ShiftId, fact.ClerkId,
        record.At, record.Day, BusinessDay.Number(fact.VisitDay), fact.People, fact.TotalFen, 0, 0, 0, record.Moment.AddMinutes(SellTickets.HoldMinutes).Micros(), fact.OnOneTicket,
        fact.PriceVersion, [.. fact.Lines.Select(l => new OrderLine(l.TypeId, l.TypeCode, l.TypeName, l.TypeNameEn, l.Quantity, l.People, l.UnitFen, l.TotalFen, l.Papers))], []);

    /// <summary>An order keeps the moment at which it was placed; day, window and clerk are those of who took the money.</summary>
    private static OrderRow Paid(OrderFact fact, LogRecord record, Dictionary<Guid, OrderRow> before) => Placed(fact, record) with
    {
        At = before.TryGetValue(fact.Id, out var placed) ? placed.At : record.At, State = OrderState.Paid, HoldUntil = null, PaidFen = fact.TotalFen,
        ChangeFen = fact.Payments.Sum(p => p.ChangeFen), Payments = [.. fact.Payments.Select(p => new OrderPayment(p.Method, p.AmountFen, p.TenderedFen, p.ChangeFen, p.Reference, 0))],
    };

    private static OrderRow Refunded(RefundPaid fact, Dictionary<Guid, OrderRow> before)
    {
        var order = before[fact.OrderId];
        return order with { RefundedFen = order.RefundedFen + fact.AmountFen, Payments = WaysBack.Note(order.Payments, [new(fact.Method, fact.AmountFen)]) };
    }

    private static string? DifferenceOf(OrderRow row, OrderRow should)
    {
        var (left, right) = (OrderRow.Table.Values(row), OrderRow.Table.Values(should));
        return OrderRow.Table.Columns.Split(", ").Where((_, i) => !Equals(left[i], right[i])).FirstOrDefault();
    }
}
