namespace Shanmen.Rules.Pricing;

/// <summary>16 免 1: units that cost nothing, counted over all lines of a product and taken off them in proportion.</summary>
internal static class FreeUnits
{
    public static void Take(OrderDraft draft)
    {
        Span<long> weights = stackalloc long[draft.Lines.Length];
        for (var line = 0; line < weights.Length; line++)
        {
            if (draft.QuantityRuleOf(line) is not { Effect: { Kind: EffectKind.ManyForFewer } effect } rule || !IsFirstOfItsProduct(draft.Lines, line))
            {
                continue;
            }

            var product = draft.Lines[line].Product;
            for (var other = 0; other < weights.Length; other++)
            {
                weights[other] = draft.Lines[other].Product == product ? draft.Lines[other].TotalFen : 0;
            }

            var free = draft.UnitsOf(product) / effect.Amount * (effect.Amount - effect.Paid);
            draft.TakeOff(free * draft.Lines[line].UnitFen, weights, PriceStage.Quantity, rule.Id, (int)free);
        }
    }

    private static bool IsFirstOfItsProduct(ReadOnlySpan<PricedLine> lines, int line)
    {
        for (var earlier = 0; earlier < line; earlier++)
        {
            if (lines[earlier].Product == lines[line].Product)
            {
                return false;
            }
        }

        return true;
    }
}
