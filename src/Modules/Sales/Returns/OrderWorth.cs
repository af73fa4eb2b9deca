using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>A ticket of an order as a return sees it.</summary>
/// <param name="Line">The line of the order, counted from 0.</param>
/// <param name="PriceFen">What it cost when it was sold.</param>
/// <param name="Stays">Whether it did not go back.</param>
/// <param name="FeeFen">What was kept of it when it went back; 0 while it stays.</param>
internal readonly record struct OrderTicket(Guid Id, int Line, int People, long PriceFen, bool Stays, long FeeFen)
{
    public static OrderTicket Of(TicketRight right, SoldTicketRow sold) => new(right.Id, right.Line, right.People, sold.PriceFen, IsThere(right.State), sold.FeeFen ?? 0);

    /// <summary>Whether a ticket in that state stays.</summary>
    public static bool IsThere(TicketState state) => state is not (TicketState.Returned or TicketState.Voided);

    public OrderTicket Back(long feeFen) => this with { Stays = false, FeeFen = feeFen };
}

/// <summary>What the tickets of a paid order are worth while some of them stay. docs/algorithms/refund.md.</summary>
/// <param name="rules">Of the version under which it was sold; null where the park had none.</param>
internal sealed class OrderWorth(OrderRow order, RuleSet? rules)
{
    /// <summary>Null where tickets are worth what they cost, whatever stays: there are neither rules nor vouchers.</summary>
    private readonly RuleSet? _rules = rules ?? (order.Vouchers is null ? null : Plain(order.Lines.Select(l => (l.TypeId, l.UnitFen))));
    private readonly AskedVoucher[] _vouchers = [.. (order.Vouchers ?? []).Select(v => v.Asked())];
    private readonly PriceBasis _basis = order.Basis ?? AnyDay(BusinessDay.FromNumber(order.VisitDay));
    private readonly Dictionary<string, long[]?> _priced = [];

    public static async Task<OrderWorth> Of(PriceBook prices, OrderRow order) =>
        new(order, order.Basis is { } basis ? await prices.RulesOf(order.Park, basis.Version) : null);

    /// <summary>The prices of a park without price rules, as an order was sold at them.</summary>
    public static RuleSet Plain(IEnumerable<(Guid Type, long UnitFen)> lines) =>
        RuleSet.OfDay([.. lines.DistinctBy(l => l.Type).Select(l => (new PricedProduct(l.Type, PricedPer.Person, 1, OrderLimits.PeopleMax), l.UnitFen))]);

    /// <summary>What such prices hang on: nothing.</summary>
    public static PriceBasis AnyDay(DateOnly visitDay) => new(0, visitDay, DayKind.Weekday, null);

    /// <summary>How much of the order's money is kept; null where there are more ways to reckon it than can be counted through.</summary>
    public long? KeptFen(IReadOnlyCollection<OrderTicket> tickets) => _rules is null
        ? tickets.Sum(t => t.Stays ? t.PriceFen : t.FeeFen)
        : KeptMoney.Of(order.PaidFen, [.. order.Lines.Select((line, at) => new KeptLine(tickets.Count(t => t.Line == at && t.Stays), [.. tickets.Where(t => t.Line == at && !t.Stays).Select(t => t.FeeFen)],
            _rules.HangsTogether(line.TypeId) || Array.Exists(_vouchers, v => v.Terms.Covers(line.TypeId))))], counts => Priced(counts)?.Sum());

    /// <summary>What each line comes to with the tickets alone that stay; where the rules give these no price, what it came to.</summary>
    public long[] LineFen(IReadOnlyCollection<OrderTicket> tickets)
    {
        if (_rules is null) return [.. order.Lines.Select((_, at) => tickets.Where(t => t.Line == at && t.Stays).Sum(t => t.PriceFen))];
        return Priced([.. order.Lines.Select((_, at) => tickets.Count(t => t.Line == at && t.Stays))]) ?? [.. order.Lines.Select(l => l.TotalFen)];
    }

    /// <summary>What so many tickets of each line would cost by themselves. The same is asked for again when the return is booked.</summary>
    private long[]? Priced(int[] counts)
    {
        var key = string.Join(',', counts);
        if (_priced.TryGetValue(key, out var known)) return known;
        var lines = counts.Select((count, at) => (count, at)).Where(c => c.count > 0).ToArray();
        var totals = new long[counts.Length];
        if (lines.Length > 0)
        {
            // Everybody on one paper is as many tickets of the line as there are people on it.
            var asked = lines.Select(c => new AskedLine(order.Lines[c.at].TypeId, order.Lines[c.at].Papers == 1 ? order.Lines[c.at].Quantity : c.count, order.Lines[c.at].People, order.Lines[c.at].Slot?.At)).ToArray();
            var priced = OrderPrice.Of(_rules!, _basis.Of(BusinessDay.FromNumber(order.VisitDay), Contract.BuyerOf(order.Agency)), asked, _vouchers);
            if (priced.Refusal == PriceRefusal.None) for (var n = 0; n < lines.Length; n++) totals[lines[n].at] = priced.Lines[n].TotalFen;
            else totals = null;
        }
        return _priced[key] = totals;
    }
}
