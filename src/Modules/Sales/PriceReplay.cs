using Shanmen.Modules.Catalog;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales;

/// <summary>Prices again what was sold by price rules: under the version and on the basis that each order kept.</summary>
internal sealed class PriceReplay
{
    /// <summary>All versions of all parks.</summary>
    public IReadOnlyDictionary<(int Park, int Number), RuleSet> Rules { get; private set; } = new Dictionary<(int, int), RuleSet>();
    private long _orders;
    private string? _bad;

    public async Task Begin(Snapshot store) => Rules = await PriceBook.ReadRules(store);

    /// <summary>Asked by several threads at once.</summary>
    public void Read(OrderFact order, LoggedFact fact)
    {
        if (order.Basis is null && order.Vouchers is null) return;
        if (fact.Kind == nameof(OrderPaid)) Interlocked.Increment(ref _orders);
        string? wrong;
        try { wrong = Difference(order, fact.Park); }
        catch (Exception spoiled) when (spoiled is ArgumentException or OverflowException or IndexOutOfRangeException) { wrong = "cannot be priced again"; }
        if (wrong is not null) Interlocked.CompareExchange(ref _bad, $"{fact.Name}: order {order.Number:D17} {wrong}", null);
    }

    public Finding Found => new($"{_orders} paid orders priced again", _bad);

    private string? Difference(OrderFact order, int park)
    {
        RuleSet? rules = null;
        if (order.Basis is { } by && !Rules.TryGetValue((park, by.Version), out rules)) return $"names price version {by.Version}, which is not there";
        // Without rules the units' prices are what was sold at, and what vouchers took off them is reckoned again.
        rules ??= OrderWorth.Plain(order.Lines.Select(l => (l.TypeId, l.UnitFen)));
        var (basis, text) = (order.Basis ?? OrderWorth.AnyDay(order.VisitDay), order.Basis is { } named ? $"price version {named.Version}" : "its vouchers");
        var priced = OrderPrice.Of(rules, basis.Of(order.VisitDay, Contract.BuyerOf(order.Agency)), [.. order.Lines.Select(l => new AskedLine(l.TypeId, l.Quantity, l.People, l.Slot?.At))],
            [.. (order.Vouchers ?? []).Select(v => v.Asked())]);
        if (priced.Refusal != PriceRefusal.None) return $"has no price: {priced.Refusal}";
        for (var line = 0; line < order.Lines.Length; line++)
        {
            var (sold, now) = (order.Lines[line], priced.Lines[line]);
            if ((sold.UnitFen, sold.OffFen, sold.TotalFen, sold.TaxFen) != (now.UnitFen, now.OffFen, now.TotalFen, now.TaxFen))
                return $"line {line + 1} was sold at {sold.TotalFen} fen, and {text} makes it {now.TotalFen}";
        }
        return priced.TotalFen == order.TotalFen ? null : $"came to {order.TotalFen} fen, and {text} makes it {priced.TotalFen}";
    }
}
