using System.Text.Json;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Modules.Sales.Exchange;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Partners;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Modules.Sales.Vouchers;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>
/// Holds orders against their facts in a balance, and sold places against the ledger's places. Kept in mind are the orders that wait for
/// payment, and what went back of those that had returns (docs/algorithms/verification.md).
/// </summary>
internal sealed class OrderProof : IProof
{
    private const int OnStack = 2048, Columns = 28, RefundedFen = 13, Payments = 19;

    private sealed record Paid(OrderFact Order, OrderRow Row, RowPrint Print);

    /// <summary>What went back of an order, as its row says.</summary>
    /// <param name="Before">The payments as they stood in the row before anything went back.</param>
    private sealed record WentBack(Guid Order, long Fen, OrderPayment[] Payments, string Before);

    private readonly RowBalance _rows = new();
    private readonly Dictionary<Guid, OrderRow> _unpaid = [];
    private readonly Dictionary<Guid, List<WaysBack.Part>> _refunds = [];
    private readonly Dictionary<Guid, WentBack> _returned = [];
    private readonly PlaceCount _places = new();
    private readonly GiftCount _gifts = new();
    private readonly VoucherCount _vouchers = new();
    private readonly ShareCount _shares = new();
    private readonly ReturnCount _returns = new();
    private readonly FeeCount _fees = new();
    private readonly PriceReplay _prices = new();
    private long _orders, _paidFen;
    private string? _bad;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I1", "Every paid order's fact has its order, with the same amount and the same tickets; and no order without a fact."),
        new("I3", "Places sold and places held of each type and day = the ledger's places, and no more than the quota allowed at each sale."),
        new("I3", "What each budget of complimentary tickets has given = the people on complimentary lines of paid and unpaid orders whose tickets did not go back."),
        new("I7", "Of every order of which something went back, what was paid less what was refunded = the least that what stays and the fees of the rest come to, under the version of its sale."),
        new("I2", "Every line that partners share in is divided as its terms say; their accounts in the ledger = the shares of all sales less those of all returns; and of orders of which something went back they have what the tickets that stay give them."),
        new("I3", "How often each voucher was used = the orders that are paid or wait for payment and hold it, less those that gave it back; what each kind took off = what those orders keep of it."),
        new("I2", "What each agency has ahead and what it owes in the ledger, and what the bank brought for each order = the orders that were paid so, less what went back of them, and the money of the bank; and nobody used more than came."),
        new("I2", "What was paid for new paper of tickets = the ledger's fees of each day."),
        new("I12", "Every order that was sold by price rules comes to the same fen when it is priced again under its version."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(OrderPlaced), nameof(OrderPaid), nameof(OrderCancelled), nameof(OrderExpired), nameof(RefundPaid), nameof(TicketsExchanged), nameof(OrderKept), nameof(OrderClaimed), nameof(OrderTransferred), nameof(PickUpRefused)];

    public Task Begin(Snapshot store) => _prices.Begin(store);

    public object Read(LoggedFact fact)
    {
        switch (fact.Kind)
        {
            case nameof(OrderPlaced):
                var placed = fact.As<OrderPlaced>().Order;
                _prices.Read(placed, fact);
                return OrderReplay.Placed(placed, fact);
            case nameof(OrderPaid):
                var order = fact.As<OrderPaid>().Order;
                _prices.Read(order, fact);
                var row = OrderReplay.Paid(order, fact, null);
                return new Paid(order, row, Print(row));
            case nameof(OrderCancelled): return (fact.As<OrderCancelled>().OrderId, OrderState.Cancelled);
            case nameof(OrderExpired): return (fact.As<OrderExpired>().OrderId, OrderState.Expired);
            case nameof(RefundPaid): return fact.As<RefundPaid>();
            case nameof(TicketsExchanged): return fact.As<TicketsExchanged>();
            default: return OrderReplay.Kept(fact);
        }
    }

    private RowPrint Print(OrderRow row) => _rows.PrintOf(OrderRow.Table.Values(row));

    public void Hear(LoggedFact fact, object read)
    {
        switch (read)
        {
            case OrderRow placed:
                _orders++;
                if (!_unpaid.TryAdd(placed.Id, placed)) _bad ??= $"{fact.Name}: order {placed.Number:D17} is placed twice";
                break;
            case Paid paid:
                var wasPlaced = _unpaid.Remove(paid.Row.Id, out var before);
                if (!wasPlaced) _orders++;
                _paidFen += paid.Row.TotalFen;
                _places.Sell(paid.Row);
                _gifts.Give(paid.Row);
                _shares.Sell(paid.Row, fact);
                _rows.Raise(wasPlaced ? Print(paid.Row with { At = before!.At }) : paid.Print);
                break;
            case (Guid id, OrderState state):
                if (_unpaid.Remove(id, out var ended)) _rows.Raise(Print(ended with { State = state, HoldUntil = null, Kept = null }));
                else _bad ??= $"{fact.Name}: order {id} ended and was not waiting for payment";
                break;
            case (Guid id, Func<OrderRow, OrderRow> after):
                if (_unpaid.TryGetValue(id, out var waiting)) _unpaid[id] = after(waiting);
                else _bad ??= $"{fact.Name}: order {id} was kept, claimed or transferred and was not waiting for payment";
                break;
            case TicketsExchanged exchanged: _fees.Take(exchanged, fact); break;
            case RefundPaid refund:
                if (!_refunds.TryGetValue(refund.OrderId, out var parts)) _refunds.Add(refund.OrderId, parts = []);
                parts.Add(new(refund.Method, refund.AmountFen));
                _returns.Take(refund);
                _vouchers.Take(refund);
                _shares.Take(refund, fact);
                break;
        }
    }

    /// <summary>An order of which something went back is looked at as it was before, and apart from it what went back.</summary>
    public Task Look(Snapshot store) => store.Each(row =>
    {
        var back = row.Any(RefundedFen) is 0L ? null : BackOf(row);
        var cells = new CanonicalRow(stackalloc byte[OnStack]);
        for (var i = 0; i < Columns; i++)
        {
            if (back is not null && i == RefundedFen) cells.Add(0L);
            else if (back is not null && i == Payments) cells.Add(back.Before.AsSpan());
            else row.AddTo(ref cells, i);
        }
        _rows.Lower(_rows.PrintOf(cells));
        if (back is not null) _returned[back.Order] = back;
    }, OrderRow.Table.Select);

    /// <summary>Null where it cannot be read, or is not written as Shanmen writes it: then the row is taken as it is, and is one that no fact made.</summary>
    private static WentBack? BackOf(Row row)
    {
        try
        {
            var payments = JsonSerializer.Deserialize<OrderPayment?[]>(row.Text(Payments), Json.Options);
            if (payments is null || payments.Contains(null) || !row.Is(Payments, JsonSerializer.Serialize(payments, Json.Options))) return null;
            return new WentBack(row.Id(0), row.Long(RefundedFen), payments!, JsonSerializer.Serialize(payments.Select(p => p! with { RefundedFen = 0 }).ToArray(), Json.Options));
        }
        catch (Exception spoiled) when (spoiled is InvalidDataException or JsonException) { return null; }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        foreach (var row in _unpaid.Values) _rows.Raise(Print(row));
        var wrong = WrongReturns();
        if (!_rows.IsEven) _bad ??= await new OrderReplay(id => _rows.IsSuspect(id)).FirstBad(store);
        if (wrong.Count > 0) _bad ??= await new OrderReplay(wrong.Contains).FirstBad(store);
        if (!_rows.IsEven || wrong.Count > 0) _bad ??= "orders: rows and facts differ";
        return [new Finding($"{_orders} orders, {new Money(_paidFen)} paid", _bad), _bad is null ? await _places.Conclude(store) : new Finding("not counted", "orders are wrong, so their places were not counted"),
            _bad is null ? await _gifts.Conclude(store) : new Finding("not counted", "orders are wrong, so their gifts were not counted"),
            _bad is null ? await _returns.Conclude(store, _prices.Rules, _shares) : new Finding("not counted", "orders are wrong, so their returns were not reckoned"),
            _bad is null ? await _shares.Conclude(store) : new Finding("not counted", "orders are wrong, so their shares were not counted"),
            _bad is null ? await _vouchers.Conclude(store) : new Finding("not counted", "orders are wrong, so their vouchers were not counted"),
            _bad is null ? await AccountCount.Conclude(store) : new Finding("not counted", "orders are wrong, so their agencies' accounts were not counted"),
            await _fees.Conclude(store), _prices.Found];
    }

    /// <summary>Orders whose returns are not those that their facts paid.</summary>
    private HashSet<Guid> WrongReturns()
    {
        var wrong = new HashSet<Guid>();
        foreach (var (id, parts) in _refunds)
        {
            var fen = parts.Sum(p => p.Fen);
            // A ticket that cost nothing goes back for nothing, and its order's row shows no more than before.
            if (fen == 0 && !_returned.ContainsKey(id)) continue;
            if (!_returned.Remove(id, out var row) || row.Fen != fen) { wrong.Add(id); continue; }
            var should = row.Payments.Select(p => p with { RefundedFen = 0 }).ToArray();
            foreach (var part in parts) should = WaysBack.Note(should, [part]);
            if (!should.SequenceEqual(row.Payments)) wrong.Add(id);
        }
        wrong.UnionWith(_returned.Keys);
        return wrong;
    }
}
