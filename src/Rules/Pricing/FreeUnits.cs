namespace Shanmen.Rules.Pricing;

/// <summary>
/// 16 免 1: units that cost nothing, counted over all lines of a product that the rule holds for and taken off them in proportion. Where their
/// units cost different amounts, as their slots do, the cheapest are free.
/// </summary>
internal static class FreeUnits
{
    public static void Take(OrderDraft draft)
    {
        Span<long> weights = stackalloc long[draft.Lines.Length];
        for (var line = 0; line < weights.Length; line++)
        {
            if (draft.QuantityRuleOf(line) is not { Effect: { Kind: EffectKind.ManyForFewer } effect } rule || FirstAlike(draft, line) < line)
            {
                continue;
            }

            var units = 0L;
            for (var other = 0; other < weights.Length; other++)
            {
                var alike = IsAlike(draft, line, other);
                weights[other] = alike ? draft.Lines[other].TotalFen : 0;
                units += alike ? draft.Lines[other].Units : 0;
            }

            var free = units / effect.Amount * (effect.Amount - effect.Paid);
            draft.TakeOff(CheapestFen(draft, line, free), weights, PriceStage.Quantity, rule.Id, (int)free);
        }
    }

    private static long CheapestFen(OrderDraft draft, int line, long free)
    {
        var fen = 0L;
        for (var place = draft.Canonical.Length - 1; place >= 0 && free > 0; place--)
        {
            var other = draft.Canonical[place];
            if (IsAlike(draft, line, other))
            {
                var units = Math.Min(free, draft.Lines[other].Units);
                fen += units * draft.Lines[other].UnitFen;
                free -= units;
            }
        }

        return fen;
    }

    private static int FirstAlike(OrderDraft draft, int line)
    {
        var first = 0;
        while (!IsAlike(draft, line, first))
        {
            first++;
        }

        return first;
    }

    /// <summary>Whether one rule gives both lines free units of one product.</summary>
    private static bool IsAlike(OrderDraft draft, int line, int other) =>
        draft.Lines[other].Product == draft.Lines[line].Product && ReferenceEquals(draft.QuantityRuleOf(other), draft.QuantityRuleOf(line));
}
