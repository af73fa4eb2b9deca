using System.Globalization;

namespace Shanmen.Rules.Values;

/// <summary>
/// An amount of Chinese money in fen (分). It may be negative: an over-short or a refund is one.
/// Arithmetic is checked, so an amount outside 64 bits throws <see cref="OverflowException"/> instead of wrapping.
/// </summary>
/// <param name="Fen">Hundredths of a yuan.</param>
public readonly record struct Money(long Fen) : IComparable<Money>
{
    /// <summary>No money.</summary>
    public static Money Zero => default;

    public static Money operator +(Money left, Money right) => new(left.Fen + right.Fen);

    public static Money operator -(Money left, Money right) => new(left.Fen - right.Fen);

    public static Money operator -(Money amount) => new(-amount.Fen);

    public static Money operator *(Money amount, long times) => new(amount.Fen * times);

    public static bool operator <(Money left, Money right) => left.Fen < right.Fen;

    public static bool operator >(Money left, Money right) => left.Fen > right.Fen;

    public static bool operator <=(Money left, Money right) => left.Fen <= right.Fen;

    public static bool operator >=(Money left, Money right) => left.Fen >= right.Fen;

    /// <summary>Orders by amount.</summary>
    public int CompareTo(Money other) => Fen.CompareTo(other.Fen);

    /// <summary>The amount as it stands on paper, in every culture alike: <c>¥1,234.50</c>, <c>-¥0.05</c>.</summary>
    public override string ToString()
    {
        // decimal holds the absolute value of long.MinValue, which long does not.
        var yuan = Math.Abs((decimal)Fen) / 100m;
        return (Fen < 0 ? "-¥" : "¥") + yuan.ToString("#,##0.00", CultureInfo.InvariantCulture);
    }
}
