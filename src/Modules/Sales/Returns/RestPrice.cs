using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>What a ticket of an order is worth whose lines may have been cheaper together. Only orders that were sold by price rules are asked for it.</summary>
internal sealed class RestPrice(RuleSet rules, PriceBasis basis)
{
    public static async Task<RestPrice?> Of(PriceBook prices, OrderRow order) =>
        order.Basis is { } basis ? new(await prices.RulesOf(order.Park, basis.Version), basis) : null;

    /// <summary>What comes back for a ticket now: what is paid and not back yet, less what the other tickets that stay would have cost by themselves.</summary>
    /// <param name="tickets">All tickets of the order as they stand.</param>
    public long WorthOf(OrderRow order, Guid ticket, IEnumerable<TicketRight> tickets)
    {
        var keptFen = order.PaidFen - order.RefundedFen;
        var rest = tickets.Where(t => t.Id != ticket && t.State is not (TicketState.Returned or TicketState.Voided));
        return ReturnRefund.Of(keptFen, FenOf(order, rest) ?? keptFen);
    }

    /// <summary>Null where the rules give what stays no price, so that nothing can be said to be over.</summary>
    private long? FenOf(OrderRow order, IEnumerable<TicketRight> rest)
    {
        // Everybody on one paper is as many tickets of the line as there are people on it.
        var lines = rest.GroupBy(t => t.Line).OrderBy(g => g.Key).Select(g => new AskedLine(order.Lines[g.Key].TypeId,
            order.Lines[g.Key].Papers == 1 ? order.Lines[g.Key].Quantity : g.Count(), order.Lines[g.Key].People, order.Lines[g.Key].Slot?.At)).ToArray();
        if (lines.Length == 0) return 0;
        var priced = OrderPrice.Of(rules, basis.Of(BusinessDay.FromNumber(order.VisitDay), new(Channel.Window)), lines);
        return priced.Refusal == PriceRefusal.None ? priced.TotalFen : null;
    }
}
