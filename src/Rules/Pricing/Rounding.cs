namespace Shanmen.Rules.Pricing;

/// <summary>Which way a part of a step goes.</summary>
public enum RoundingMode
{
    /// <summary>四舍五入: half a step and more goes up.</summary>
    HalfUp,

    /// <summary>抹零: always down, in favour of the visitor.</summary>
    Down,

    /// <summary>Always up.</summary>
    Up,
}

/// <summary>How a price that was divided becomes money again.</summary>
/// <param name="StepFen">1 for fen, 10 for jiao, 100 for yuan; 0 (as in <c>default</c>) is read as 1.</param>
/// <param name="Mode">Which way.</param>
public readonly record struct Rounding(int StepFen, RoundingMode Mode)
{
    /// <summary>fen × times / by in whole steps; fen, times and by are 0 or more, by is not 0. Exact up to the last division.</summary>
    public long Of(long fen, long times, long by)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fen);
        ArgumentOutOfRangeException.ThrowIfNegative(times);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(by);
        var step = Math.Max(1, StepFen);
        var (whole, rest) = Int128.DivRem((Int128)fen * times, (Int128)by * step);
        var isUp = Mode switch
        {
            RoundingMode.Down => false,
            RoundingMode.Up => rest > 0,
            _ => rest * 2 >= (Int128)by * step,
        };
        return checked((long)((whole + (isUp ? 1 : 0)) * step));
    }
}
