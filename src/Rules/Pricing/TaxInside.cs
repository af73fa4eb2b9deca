namespace Shanmen.Rules.Pricing;

/// <summary>On what the tax is reckoned before it is rounded.</summary>
public enum TaxPer
{
    /// <summary>On each line, as a receipt shows it.</summary>
    Line,

    /// <summary>On all lines of one rate together, as an invoice does.</summary>
    Order,
}

/// <summary>How what was divided becomes money.</summary>
/// <param name="Prices">Of prices.</param>
/// <param name="Tax">Of the tax inside them, always to half a fen up.</param>
public readonly record struct MoneyTerms(Rounding Prices, TaxPer Tax = TaxPer.Line);

/// <summary>The tax inside a price (含税价). What a visitor pays never depends on it.</summary>
public static class TaxInside
{
    /// <summary>The greatest rate, in ten-thousandths: 100 %.</summary>
    public const int RateMax = 10_000;

    /// <summary>The tax in an amount that contains it: amount × rate / (1 + rate), half a fen up.</summary>
    /// <param name="fen">The amount, 0 or more.</param>
    /// <param name="rate">Ten-thousandths: 600 is 6 %.</param>
    public static long Of(long fen, int rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rate, RateMax);
        return default(Rounding).Of(fen, rate, Effect.Whole + rate);
    }

    /// <summary>The tax of lines under one rate: of each, or of their sum and divided so that the lines sum to it.</summary>
    public static void OfLines(ReadOnlySpan<long> fen, int rate, TaxPer per, Span<long> taxes)
    {
        var sum = 0L;
        for (var line = 0; line < fen.Length; line++)
        {
            taxes[line] = Of(fen[line], rate);
            sum += fen[line];
        }

        if (per == TaxPer.Order)
        {
            Shares.Split(Of(sum, rate), fen, taxes);
        }
    }
}
