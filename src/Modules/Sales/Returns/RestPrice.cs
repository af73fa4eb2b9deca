using Shanmen.Modules.Catalog;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>A ticket of an order that neither went back nor does now.</summary>
/// <param name="Line">The line of the order, counted from 0.</param>
/// <param name="PriceFen">What it cost when it was sold.</param>
internal readonly record struct StayingTicket(int Line, int People, long PriceFen)
{
    /// <summary>Whether a ticket in that state stays.</summary>
    public static bool Is(TicketState state) => state is not (TicketState.Returned or TicketState.Voided);
}

/// <summary>What a ticket of an order is worth whose lines may have been cheaper together. Only orders that were sold by price rules are asked for it.</summary>
internal sealed class RestPrice(RuleSet rules, PriceBasis basis)
{
    public static async Task<RestPrice?> Of(PriceBook prices, OrderRow order) =>
        order.Basis is { } basis ? new(await prices.RulesOf(order.Park, basis.Version), basis) : null;

    /// <summary>What comes back for a ticket now: what is paid and not back yet, less what the other tickets that stay would have cost by themselves.</summary>
    /// <param name="others">All other tickets that stay.</param>
    public long WorthOf(OrderRow order, IReadOnlyCollection<StayingTicket> others)
    {
        var keptFen = order.PaidFen - order.RefundedFen;
        return ReturnRefund.Of(keptFen, TotalsOf(order, others)?.Sum() ?? keptFen);
    }

    /// <summary>What each line of the order comes to with the tickets alone that stay. Null where the rules give these no price, so that nothing can be said to be over.</summary>
    public long[]? TotalsOf(OrderRow order, IEnumerable<StayingTicket> staying)
    {
        var lines = staying.GroupBy(t => t.Line).OrderBy(g => g.Key).ToArray();
        var totals = new long[order.Lines.Length];
        if (lines.Length == 0) return totals;
        // Everybody on one paper is as many tickets of the line as there are people on it.
        var asked = lines.Select(g => new AskedLine(order.Lines[g.Key].TypeId, order.Lines[g.Key].Papers == 1 ? order.Lines[g.Key].Quantity : g.Count(),
            order.Lines[g.Key].People, order.Lines[g.Key].Slot?.At)).ToArray();
        var priced = OrderPrice.Of(rules, basis.Of(BusinessDay.FromNumber(order.VisitDay), Contract.BuyerOf(order.Agency)), asked);
        if (priced.Refusal != PriceRefusal.None) return null;
        for (var n = 0; n < lines.Length; n++) totals[lines[n].Key] = priced.Lines[n].TotalFen;
        return totals;
    }
}
