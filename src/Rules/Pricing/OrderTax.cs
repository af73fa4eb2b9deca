namespace Shanmen.Rules.Pricing;

/// <summary>The tax inside the lines of a priced order, rate by rate.</summary>
internal static class OrderTax
{
    public static void Add(OrderDraft draft)
    {
        Span<long> totals = stackalloc long[draft.Lines.Length];
        Span<long> taxes = stackalloc long[draft.Lines.Length];
        for (var first = 0; first < totals.Length; first++)
        {
            var rate = draft.TaxRateOf(first);
            if (!IsFirstOfItsRate(draft, first))
            {
                continue;
            }

            for (var place = 0; place < totals.Length; place++)
            {
                var line = draft.Canonical[place];
                totals[place] = draft.TaxRateOf(line) == rate ? draft.Lines[line].TotalFen : 0;
            }

            TaxInside.OfLines(totals, rate, draft.Rules.Money.Tax, taxes);
            for (var place = 0; place < totals.Length; place++)
            {
                var line = draft.Canonical[place];
                if (draft.TaxRateOf(line) == rate)
                {
                    draft.SetTax(line, taxes[place]);
                }
            }
        }
    }

    private static bool IsFirstOfItsRate(OrderDraft draft, int line)
    {
        for (var earlier = 0; earlier < line; earlier++)
        {
            if (draft.TaxRateOf(earlier) == draft.TaxRateOf(line))
            {
                return false;
            }
        }

        return true;
    }
}
