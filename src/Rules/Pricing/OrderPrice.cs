namespace Shanmen.Rules.Pricing;

/// <summary>
/// What an order costs, and why; see docs/algorithms/pricing.md. The same at the centre, at a counter and at a till alone, whatever the
/// order of the rules or of the lines.
/// </summary>
public static class OrderPrice
{
    /// <summary>Prices the asked lines, or refuses the whole by the first line that has no price. Throws nothing for any request.</summary>
    /// <param name="vouchers">Taken off at the end, in an order of their own; null = none.</param>
    public static PricedOrder Of(RuleSet rules, in Occasion occasion, IReadOnlyList<AskedLine> asked, IReadOnlyList<AskedVoucher>? vouchers = null)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(asked);
        if (asked.Count == 0)
        {
            return PricedOrder.Refused(PriceRefusal.NoLines);
        }

        if (asked.Count > OrderLimits.LinesMax)
        {
            return PricedOrder.Refused(PriceRefusal.TooManyLines);
        }

        // Units are counted before anything is priced, also those behind a line that is refused: a line's price hangs on all of them.
        var draft = new OrderDraft(rules, asked.Count, occasion);
        var (wrong, refusal) = (asked.Count, PriceRefusal.None);
        for (var line = asked.Count - 1; line >= 0; line--)
        {
            var product = rules.Find(asked[line].TypeId);
            if (RefusalOf(product, asked[line]) is var reason and not PriceRefusal.None)
            {
                (wrong, refusal) = (line, reason);
            }
            else
            {
                draft.Add(line, asked[line], product!);
            }
        }

        for (var line = 0; line < wrong; line++)
        {
            if (UnitPrice.Set(draft, line) is { } refused)
            {
                return refused;
            }
        }

        return refusal == PriceRefusal.None ? draft.Done(vouchers ?? []) : PricedOrder.Refused(refusal, wrong);
    }

    private static PriceRefusal RefusalOf(PricedProduct? product, AskedLine line)
    {
        if (product is null)
        {
            return PriceRefusal.UnknownProduct;
        }

        if (line.Quantity is < 1 or > OrderLimits.QuantityMax)
        {
            return PriceRefusal.QuantityOutOfRange;
        }

        return line.People < Math.Max(1, product.MinPeople) || line.People > Math.Min(OrderLimits.PeopleMax, product.MaxPeople)
            ? PriceRefusal.PeopleOutOfRange
            : PriceRefusal.None;
    }
}
