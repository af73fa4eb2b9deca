namespace Shanmen.Rules.Pricing;

/// <summary>Applies the sets (组合优惠) to a priced order, the one with the greatest priority first.</summary>
internal static class SetOffer
{
    public static void TakeAll(OrderDraft draft, in Occasion occasion)
    {
        if (draft.Rules.Sets.Length == 0)
        {
            return;
        }

        Span<int> left = stackalloc int[draft.Lines.Length];
        for (var line = 0; line < left.Length; line++)
        {
            left[line] = draft.QuantityRuleOf(line) is not null ? 0 : draft.Lines[line].Units;
        }

        foreach (var set in draft.Rules.Sets)
        {
            if (set.Who.Holds(occasion.Buyer) && set.When.Holds(occasion.Visit))
            {
                Take(draft, set, left);
            }
        }
    }

    private static void Take(OrderDraft draft, SetRule set, Span<int> left)
    {
        var times = (long)set.TimesMax;
        foreach (var part in set.Parts)
        {
            times = Math.Min(times, UnitsOf(draft, part, left) / part.Units);
        }

        if (times == 0)
        {
            return;
        }

        Span<long> amounts = stackalloc long[left.Length];
        Span<int> units = stackalloc int[left.Length];
        amounts.Clear();
        units.Clear();
        var beforeFen = 0L;
        foreach (var part in set.Parts)
        {
            var wanted = times * part.Units;
            foreach (var line in draft.Canonical)
            {
                if (wanted > 0 && left[line] > 0 && part.Products.Contains(draft.Lines[line].Product))
                {
                    units[line] = (int)Math.Min(wanted, left[line]);
                    wanted -= units[line];
                    amounts[line] = units[line] * draft.Lines[line].UnitFen;
                    beforeFen += amounts[line];
                }
            }
        }

        // An order has five million units at most and an amount a thousand million fen, so no product of the two overflows.
        var afterFen = set.Effect.Kind switch
        {
            EffectKind.Costs => times * set.Effect.Amount,
            EffectKind.Less => Math.Max(0, beforeFen - (times * set.Effect.Amount)),
            _ => set.Effect.After(beforeFen, draft.Rules.Money.Prices),
        };
        if (afterFen >= beforeFen)
        {
            return;
        }

        for (var line = 0; line < units.Length; line++)
        {
            left[line] -= units[line];
        }

        draft.TakeOff(beforeFen - afterFen, amounts, null, set.Id, (int)times);
    }

    private static long UnitsOf(OrderDraft draft, SetPart part, ReadOnlySpan<int> left)
    {
        var units = 0L;
        for (var line = 0; line < left.Length; line++)
        {
            units += part.Products.Contains(draft.Lines[line].Product) ? left[line] : 0;
        }

        return units;
    }
}
