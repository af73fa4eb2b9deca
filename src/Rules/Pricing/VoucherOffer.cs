namespace Shanmen.Rules.Pricing;

/// <summary>Takes vouchers off an order that is priced otherwise: exchange vouchers first, then the coupon. docs/algorithms/vouchers.md.</summary>
internal static class VoucherOffer
{
    /// <returns>What each voucher took off, in the order in which they were given.</returns>
    public static long[] TakeAll(OrderDraft draft, IReadOnlyList<AskedVoucher> vouchers)
    {
        var off = new long[vouchers.Count];
        if (off.Length == 0)
        {
            return off;
        }

        // What no voucher was used on yet: units, and what they cost together.
        var (left, open) = (new int[draft.Lines.Length], new long[draft.Lines.Length]);
        for (var line = 0; line < left.Length; line++)
        {
            (left[line], open[line]) = (draft.Lines[line].Units, draft.Lines[line].TotalFen);
        }

        int[] places = [.. Enumerable.Range(0, off.Length)];
        Array.Sort(places, (one, other) => ByTurn(vouchers[one], vouchers[other]));
        foreach (var place in places)
        {
            off[place] = Take(draft, vouchers[place], left, open);
        }

        return off;
    }

    private static long Take(OrderDraft draft, in AskedVoucher voucher, int[] left, long[] open)
    {
        var terms = voucher.Terms;
        var (coveredFen, lines) = (0L, left.Length);
        for (var line = 0; line < lines; line++)
        {
            coveredFen += terms.Covers(draft.Lines[line].Product) ? open[line] : 0;
        }

        if (coveredFen < terms.LeastFen)
        {
            return 0;
        }

        var (offs, units, offFen) = (new long[lines], new int[lines], 0L);
        if (terms.Effect.Kind == EffectKind.Less)
        {
            for (var line = 0; line < lines; line++)
            {
                offs[line] = terms.Covers(draft.Lines[line].Product) ? open[line] : 0;
            }

            offFen = Math.Min(terms.Effect.Amount, coveredFen);
        }
        else
        {
            offFen = OfUnits(draft, terms, left, open, units, offs);
        }

        if (offFen == 0)
        {
            return 0;
        }

        var before = Array.ConvertAll(offs, _ => 0L);
        for (var line = 0; line < lines; line++)
        {
            before[line] = draft.Lines[line].TotalFen;
        }

        draft.TakeOff(offFen, offs, null, voucher.Id, units.Sum());
        for (var line = 0; line < lines; line++)
        {
            var costs = units[line] == 0 ? before[line] - draft.Lines[line].TotalFen : PartOf(open[line], units[line], left[line]);
            (left[line], open[line]) = (left[line] - units[line], open[line] - costs);
        }

        return offFen;
    }

    /// <summary>Finds the dearest units that are left and what is taken off them, line by line.</summary>
    private static long OfUnits(OrderDraft draft, VoucherTerms terms, int[] left, long[] open, int[] units, long[] offs)
    {
        var (wanted, wholeFen, offFen) = (terms.Units == 0 ? int.MaxValue : terms.Units, 0L, 0L);
        foreach (var line in draft.Canonical)
        {
            if (wanted == 0 || left[line] == 0 || !terms.Covers(draft.Lines[line].Product))
            {
                continue;
            }

            units[line] = Math.Min(wanted, left[line]);
            wanted -= units[line];
            var costs = PartOf(open[line], units[line], left[line]);
            wholeFen += costs;
            offs[line] = terms.Effect.Kind == EffectKind.Costs ? Math.Max(0, costs - Math.Min(costs, terms.Effect.Amount * units[line])) : costs;
            offFen += offs[line];
        }

        return terms.Effect.Kind == EffectKind.Pays ? Math.Max(0, wholeFen - terms.Effect.After(wholeFen, draft.Rules.Money.Prices)) : offFen;
    }

    /// <summary>What some units of a line cost, half a fen up.</summary>
    private static long PartOf(long fen, int units, int of) => units == of ? fen : (long)((((Int128)fen * units * 2) + of) / (2 * (Int128)of));

    /// <summary>Those that can be used on less go first, so that none is left without what another could have done without.</summary>
    private static int ByTurn(in AskedVoucher one, in AskedVoucher other)
    {
        var order = one.Terms.IsCoupon().CompareTo(other.Terms.IsCoupon());
        order = order != 0 ? order : Breadth(one.Terms).CompareTo(Breadth(other.Terms));
        order = order != 0 ? order : one.Terms.Effect.Amount.CompareTo(other.Terms.Effect.Amount);
        return order != 0 ? order : one.Id.CompareTo(other.Id);
    }

    private static int Breadth(VoucherTerms terms) => terms.Products.Count == 0 ? int.MaxValue : terms.Products.Count;
}
