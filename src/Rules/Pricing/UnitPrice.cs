namespace Shanmen.Rules.Pricing;

/// <summary>The price of a unit (单价): through the stages in their order, with one winner in each.</summary>
internal static class UnitPrice
{
    /// <summary>Each stage that divides also rounds, so every step of the explanation is an amount of money.</summary>
    /// <returns>Null when the line has its price now.</returns>
    public static PricedOrder? Set(OrderDraft draft, int line)
    {
        var occasion = draft.OccasionOf(line);
        var (product, units) = (draft.Lines[line].Product, draft.Lines[line].Units);
        var (fen, quantity) = (0L, default(PriceRule));
        for (var stage = PriceStage.Day; stage <= PriceStage.Quantity; stage++)
        {
            var rule = draft.Rules.Winner(product, stage, occasion, draft, out var isTied);
            if (isTied)
            {
                return PricedOrder.Refused(PriceRefusal.BothWin, line, rule!.Id);
            }

            if (rule is null)
            {
                if (stage == PriceStage.Day)
                {
                    return PricedOrder.Refused(PriceRefusal.NoPrice, line);
                }

                continue;
            }

            quantity = stage == PriceStage.Quantity ? rule : null;
            if (rule.Effect.Kind == EffectKind.ManyForFewer)
            {
                continue;
            }

            var afterFen = rule.Effect.After(fen, draft.Rules.Money.Prices);
            if (afterFen < 0)
            {
                return PricedOrder.Refused(PriceRefusal.BelowZero, line, rule.Id);
            }

            draft.Explain(new(line, stage, rule.Id, true, fen, afterFen, units));
            fen = afterFen;
        }

        return draft.TrySetUnit(line, fen, quantity) ? null : PricedOrder.Refused(PriceRefusal.TotalTooLarge, line);
    }
}
