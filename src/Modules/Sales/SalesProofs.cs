using System.Text.Json;
using Shanmen.Platform;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>Holds orders against their facts, and sold places against the ledger's places.</summary>
internal static class SalesProofs
{
    public static readonly Proof[] All =
    [
        new("I1", "Every paid order's fact has its order, with the same amount and the same tickets; and no order without a fact.", Orders),
        new("I3", "Places sold or held of each type and day = the ledger's places, and no more than the quota allowed at each sale.", PlacesSold),
    ];

    private static T Body<T>(string body) => JsonSerializer.Deserialize<T>(body, Json.Options)!;

    private static async Task<Finding> Orders(Snapshot store)
    {
        var expected = new Dictionary<Guid, (OrderState State, OrderFact Fact, long RefundedFen)>();
        await foreach (var (kind, body) in store.Stream(r => (r.Text(0), r.Text(1)), "select kind, body from log where kind in (@1, @2, @3, @4, @5) order by lane, seq",
            nameof(OrderPlaced), nameof(OrderPaid), nameof(OrderCancelled), nameof(OrderExpired), nameof(RefundPaid)))
        {
            switch (kind)
            {
                case nameof(OrderPlaced): var placed = Body<OrderPlaced>(body).Order; expected[placed.Id] = (OrderState.Ordered, placed, 0); break;
                case nameof(OrderPaid): var paid = Body<OrderPaid>(body).Order; expected[paid.Id] = (OrderState.Paid, paid, 0); break;
                case nameof(OrderCancelled): var gone = Body<OrderCancelled>(body).OrderId; expected[gone] = expected[gone] with { State = OrderState.Cancelled }; break;
                case nameof(OrderExpired): var late = Body<OrderExpired>(body).OrderId; expected[late] = expected[late] with { State = OrderState.Expired }; break;
                default:
                    var refund = Body<RefundPaid>(body);
                    expected[refund.OrderId] = expected[refund.OrderId] with { RefundedFen = expected[refund.OrderId].RefundedFen + refund.AmountFen };
                    break;
            }
        }
        var (count, fen) = (expected.Count, expected.Values.Where(e => e.State == OrderState.Paid).Sum(e => e.Fact.TotalFen));
        var figure = $"{count} orders, {new Money(fen)} paid";
        await foreach (var row in store.Stream(OrderRow.Table.Read, OrderRow.Table.Select + " order by number"))
        {
            if (!expected.Remove(row.Id, out var should)) return new Finding(figure, $"order {row.Number:D17}: no fact placed it");
            if (DifferenceOf(row, should.State, should.Fact, should.RefundedFen) is { } what) return new Finding(figure, $"order {row.Number:D17}: {what} is not what its facts say");
        }
        return new Finding(figure, expected.Count == 0 ? null : $"order {expected.Values.First().Fact.Number:D17}: its row is missing");
    }

    private static string? DifferenceOf(OrderRow row, OrderState state, OrderFact fact, long refundedFen)
    {
        if (row.State != state) return "state";
        if (row.Number != fact.Number) return "number";
        if (row.TotalFen != fact.TotalFen || row.PaidFen != (state == OrderState.Paid ? fact.TotalFen : 0)) return "amount";
        if (row.RefundedFen != refundedFen || row.Payments.Sum(p => p.RefundedFen) != refundedFen) return "refunded amount";
        if (row.People != fact.People || row.VisitDay != BusinessDay.Number(fact.VisitDay)) return "people or day";
        if (row.Window != fact.WindowId || row.Shift != fact.ShiftId || row.Clerk != fact.ClerkId) return "window, shift or clerk";
        if (!row.Lines.Select(l => (l.TypeId, l.Quantity, l.People, l.UnitFen, l.TotalFen, l.Papers)).SequenceEqual(fact.Lines.Select(l => (l.TypeId, l.Quantity, l.People, l.UnitFen, l.TotalFen, l.Papers))))
            return "lines";
        return row.Payments.Select(p => (p.Method, p.AmountFen, p.TenderedFen, p.ChangeFen, p.Reference)).SequenceEqual(
            fact.Payments.Select(p => (p.Method, p.AmountFen, p.TenderedFen, p.ChangeFen, p.Reference))) ? null : "payments";
    }

    private static async Task<Finding> PlacesSold(Snapshot store)
    {
        var taken = new Dictionary<(int Park, Guid Type, int Day), long>();
        void Add(OrderRow order, long sign)
        {
            foreach (var line in order.Lines)
                taken[(order.Park, line.TypeId, order.VisitDay)] = taken.GetValueOrDefault((order.Park, line.TypeId, order.VisitDay)) + sign * line.Quantity * line.People;
        }
        await foreach (var order in store.Stream(OrderRow.Table.Read, OrderRow.Table.Select + " where state in ('Ordered', 'Paid')")) Add(order, +1);
        await foreach (var back in store.Stream(r => (Park: r.Int(0), Type: r.Id(1), Day: r.Int(2), People: r.Long(3)),
            "select park, type, visit_day, people from ticket where state in ('Returned', 'Voided')"))
            taken[(back.Park, back.Type, back.Day)] = taken.GetValueOrDefault((back.Park, back.Type, back.Day)) - back.People;

        var places = await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), "select code, balance from account where code like '%places/%'");
        var figure = $"{taken.Count} types and days, {taken.Values.Sum()} places";
        var ledger = places.ToDictionary(p => p.Code[p.Code.IndexOf("places/", StringComparison.Ordinal)..], p => p.Balance);
        foreach (var ((_, type, day), people) in taken)
        {
            var code = $"places/{type:N}/{day}";
            if (ledger.GetValueOrDefault(code) != people) return new Finding(figure, $"account {code}: {ledger.GetValueOrDefault(code)} places where orders hold {people}");
            ledger.Remove(code);
        }
        return new Finding(figure, ledger.FirstOrDefault(l => l.Value != 0).Key is { } alone ? $"account {alone}: places that no order holds" : null);
    }
}
