using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Partners;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>Reckons every order of which something went back anew: what is kept of it, by its tickets and fees, and what partners have of that.</summary>
internal sealed class ReturnCount
{
    /// <summary>What went back of an order, by its facts.</summary>
    private sealed class WentBack
    {
        public long Fen;
        public readonly Dictionary<Guid, long?> Fees = [];
    }

    private readonly Dictionary<Guid, WentBack> _orders = [];

    public void Take(RefundPaid refund)
    {
        if (!_orders.TryGetValue(refund.OrderId, out var back)) _orders.Add(refund.OrderId, back = new());
        back.Fen += refund.AmountFen;
        back.Fees[refund.TicketId] = back.Fees.GetValueOrDefault(refund.TicketId) ?? refund.FeeFen;
    }

    /// <param name="rules">All versions of all parks.</param>
    /// <param name="shares">Holds partners' parts of each of these orders against what stays of it; it is told what is found.</param>
    public async Task<Finding> Conclude(Snapshot store, IReadOnlyDictionary<(int Park, int Number), RuleSet> rules, ShareCount shares)
    {
        string? bad = null;
        foreach (var (id, back) in _orders)
        {
            if ((await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where id = @1", id)).SingleOrDefault() is not { } order) continue;
            var tickets = await store.Query(r => new OrderTicket(r.Id(0), r.Int(1), r.Int(2), r.Long(3), OrderTicket.IsThere(Enum.Parse<TicketState>(r.Text(5))), r.LongOrNull(4) ?? 0),
                "select t.id, t.line, t.people, s.price_fen, s.fee_fen, t.state from ticket t join sold_ticket s on s.id = t.id where t.order_id = @1", id);
            var worth = new OrderWorth(order, order.Basis is { } basis ? rules.GetValueOrDefault((order.Park, basis.Version)) : null);
            bad ??= Wrong(order, worth, back, tickets) is { } wrong ? $"order {order.Number:D17}: {wrong}" : null;
            shares.Look(order, worth, tickets);
        }
        return new($"{_orders.Count} orders with returns reckoned anew", bad);
    }

    private static string? Wrong(OrderRow order, OrderWorth worth, WentBack back, List<OrderTicket> tickets)
    {
        if (tickets.Find(t => t.Stays == back.Fees.ContainsKey(t.Id)) is { Id: var odd } && odd != Guid.Empty) return $"ticket {odd} is {(back.Fees.ContainsKey(odd) ? "there" : "not there")}, and its facts say otherwise";
        if (tickets.Find(t => t.FeeFen != (back.Fees.GetValueOrDefault(t.Id) ?? 0)) is { Id: var other } && other != Guid.Empty) return $"ticket {other} has not the fee of its return";
        var keptFen = order.PaidFen - back.Fen;
        if (worth.KeptFen(tickets) is not { } should) return null;
        // What went back before fees were known went by the rule of its time, which kept as much or more.
        var isOlder = back.Fees.ContainsValue(null);
        return keptFen == should || (isOlder && keptFen > should) ? null : $"{new Money(keptFen)} is kept of it, and what stays makes it {new Money(should)}";
    }
}
