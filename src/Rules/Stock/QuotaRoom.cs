namespace Shanmen.Rules.Stock;

/// <summary>A quota (限流/库存) as it stands when places are asked for.</summary>
/// <param name="Limit">The most places; null = unlimited.</param>
/// <param name="Taken">Places sold, held and leased. May be above the limit, where it was lowered or overbooked.</param>
/// <param name="KeptBack">Places kept for other channels until their release (释放); 0 or more.</param>
public readonly record struct QuotaState(long? Limit, long Taken, long KeptBack = 0)
{
    /// <summary>Places that this sale may take; never below zero. Without a limit the largest number there is.</summary>
    public long Room => Limit is not { } limit ? long.MaxValue
        : limit <= Taken || limit - Taken <= KeptBack ? 0
        : limit - Taken - KeptBack;
}

/// <summary>What a line of a sale asks of a quota.</summary>
/// <param name="Quota">Place of the quota in the list, counted from 0.</param>
/// <param name="Line">The line that asks, counted from 0.</param>
/// <param name="Places">Places asked, 1 or more.</param>
public readonly record struct PlaceAsk(int Quota, int Line, int Places);

/// <summary>Whether there is room.</summary>
/// <param name="Fits">Whether all of it fits.</param>
/// <param name="Quota">The first quota, in the order of the list, without room; -1 when all have it.</param>
/// <param name="Line">The first line that no longer fits it; -1 when all do.</param>
/// <param name="Room">What that quota has left for this sale; 0 when all fits.</param>
public readonly record struct RoomOutcome(bool Fits, int Quota, int Line, long Room);

/// <summary>
/// Several quotas shared by several products: a sale needs room in every quota of every line, all lines of it together, or takes
/// nothing. See docs/algorithms/quotas.md.
/// </summary>
public static class QuotaRoom
{
    /// <summary>Decides in memory. Allocates nothing.</summary>
    /// <param name="mayOverbook">超售: the sale has the named permission to pass the limit; what is kept back it passes too.</param>
    public static RoomOutcome Decide(ReadOnlySpan<QuotaState> quotas, ReadOnlySpan<PlaceAsk> asks, bool mayOverbook)
    {
        for (var quota = 0; quota < quotas.Length; quota++)
        {
            var left = quotas[quota].Room;
            foreach (ref readonly var ask in asks)
            {
                if (ask.Quota != quota)
                {
                    continue;
                }

                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(ask.Places);
                if (!mayOverbook && ask.Places > left)
                {
                    return new(false, quota, ask.Line, quotas[quota].Room);
                }

                left -= Math.Min(left, ask.Places);
            }
        }

        return new(true, -1, -1, 0);
    }
}
