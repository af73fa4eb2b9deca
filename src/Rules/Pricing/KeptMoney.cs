namespace Shanmen.Rules.Pricing;

/// <summary>The tickets of one line of an order, of which some may have gone back.</summary>
/// <param name="Staying">How many stay.</param>
/// <param name="Fees">Of each that went back its fee in fen; in any order.</param>
/// <param name="Together">Whether its price may hang on how many there are.</param>
public sealed record KeptLine(int Staying, IReadOnlyList<long> Fees, bool Together);

/// <summary>How much of an order's money is kept while some of its tickets stay: K of docs/algorithms/refund.md.</summary>
public static class KeptMoney
{
    /// <summary>Ways to choose what could have been kept for the money, at most.</summary>
    public const int WaysMax = 50_000;

    /// <summary>The least, over all parts of the order from what stays up to the whole, of the part's price and the fees of the others.</summary>
    /// <param name="paidFen">What the whole order cost.</param>
    /// <param name="priceOf">What so many tickets of each line would cost by themselves; null where they have no price. Not asked for nothing and not for all.</param>
    /// <returns>Null where there are more ways than can be counted through.</returns>
    public static long? Of(long paidFen, IReadOnlyList<KeptLine> lines, Func<int[], long?> priceOf)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(priceOf);
        var (chosen, back) = (new int[lines.Count], 0);
        // Of the tickets of a line those with the greatest fees are the first that a larger part takes in.
        var fees = new long[lines.Count][];
        var (feesFen, ways) = (0L, 1L);
        for (var line = 0; line < lines.Count; line++)
        {
            fees[line] = [.. lines[line].Fees.OrderDescending()];
            chosen[line] = lines[line].Staying;
            back += fees[line].Length;
            feesFen += fees[line].Sum();
            if (lines[line].Together && fees[line].Length > 0) ways = Math.Min(WaysMax + 1L, ways * (fees[line].Length + 1));
        }

        if (back == 0) return paidFen;
        // Where nothing stays, the fees alone are what is kept, however many ways there are.
        if (ways > WaysMax) return chosen.All(count => count == 0) ? Math.Min(paidFen, feesFen) : null;
        var least = paidFen;
        Try(0);
        return least;

        void Try(int line)
        {
            if (line == lines.Count)
            {
                // With nothing outside it is the whole order.
                if (back == 0) return;
                var price = chosen.All(count => count == 0) ? 0 : priceOf(chosen);
                if (price is { } fen && fen + feesFen < least) least = fen + feesFen;
                return;
            }

            Try(line + 1);
            if (!lines[line].Together) return;
            foreach (var fee in fees[line])
            {
                (chosen[line], back) = (chosen[line] + 1, back - 1);
                feesFen -= fee;
                Try(line + 1);
            }

            foreach (var fee in fees[line])
            {
                (chosen[line], back) = (chosen[line] - 1, back + 1);
                feesFen += fee;
            }
        }
    }
}
