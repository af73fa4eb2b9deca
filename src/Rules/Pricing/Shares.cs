namespace Shanmen.Rules.Pricing;

/// <summary>A whole amount in whole parts (分摊, 分账): nothing is lost and nothing is made by dividing.</summary>
public static class Shares
{
    /// <summary>
    /// Divides by weight. Each part is the exact one, rounded down or up to a fen; the fen that are over go to the greatest remainders,
    /// among equals to the earliest. So the parts sum to the whole, and no part is above the whole or, where the whole is at most the
    /// sum of the weights, above its weight. Without any weight the first takes all.
    /// </summary>
    /// <param name="whole">Fen to divide, 0 or more.</param>
    /// <param name="weights">One a part, 0 or more.</param>
    /// <param name="parts">Takes the parts; as long as the weights, at least one.</param>
    public static void Split(long whole, ReadOnlySpan<long> weights, Span<long> parts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(whole);
        ArgumentOutOfRangeException.ThrowIfZero(weights.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(parts.Length, weights.Length);
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
            sum += weight;
        }

        if (sum == 0)
        {
            parts.Clear();
            parts[0] = whole;
            return;
        }

        var over = whole;
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] = (long)((Int128)whole * weights[index] / sum);
            over -= parts[index];
        }

        // Fewer fen are over than there are parts with a remainder, so each of these takes one at most.
        Span<bool> hasTaken = parts.Length <= 64 ? stackalloc bool[parts.Length] : new bool[parts.Length];
        for (; over > 0; over--)
        {
            var next = -1;
            Int128 most = 0;
            for (var index = 0; index < parts.Length; index++)
            {
                var rest = (Int128)whole * weights[index] % sum;
                if (!hasTaken[index] && rest > most)
                {
                    (next, most) = (index, rest);
                }
            }

            hasTaken[next] = true;
            parts[next]++;
        }
    }

    /// <summary>
    /// Divides among partners (分账) who take a fixed amount first and the rest by weight. Where the whole does not cover what is fixed,
    /// it is divided by the fixed amounts alone: a discount is borne by all who are named.
    /// </summary>
    public static long[] Of(long whole, IReadOnlyList<Share> shares)
    {
        ArgumentNullException.ThrowIfNull(shares);
        var fixedFen = new long[shares.Count];
        var weights = new long[shares.Count];
        var parts = new long[shares.Count];
        var sum = 0L;
        for (var index = 0; index < parts.Length; index++)
        {
            (fixedFen[index], weights[index]) = (shares[index].FixedFen, shares[index].Weight);
            sum += fixedFen[index];
        }

        if (sum > 0 && (whole < sum || !Array.Exists(weights, weight => weight > 0)))
        {
            Split(whole, fixedFen, parts);
            return parts;
        }

        Split(whole - sum, weights, parts);
        for (var index = 0; index < parts.Length; index++)
        {
            parts[index] += fixedFen[index];
        }

        return parts;
    }
}

/// <summary>What a partner in a combined ticket takes of each one sold.</summary>
/// <param name="FixedFen">Fen taken first, 0 or more.</param>
/// <param name="Weight">Its part of the rest, 0 or more; usually its price when sold alone.</param>
public readonly record struct Share(long FixedFen, long Weight);
