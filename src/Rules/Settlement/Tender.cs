namespace Shanmen.Rules.Settlement;

/// <summary>Why the cash handed over cannot be taken.</summary>
public enum TenderRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Less than is due.</summary>
    TenderTooSmall,

    /// <summary>An amount below 0 or above <see cref="Tender.FenMax"/>: a slip of the keys.</summary>
    TenderOutOfRange,
}

/// <summary>The change to give.</summary>
/// <param name="Refusal">None when the cash is taken.</param>
/// <param name="ChangeFen">Fen to hand back; 0 when refused.</param>
public readonly record struct ChangeOutcome(TenderRefusal Refusal, long ChangeFen);

/// <summary>Cash handed over (实收) and change (找零).</summary>
public static class Tender
{
    /// <summary>¥10,000,000.00, the most that one payment may be.</summary>
    public const long FenMax = 10_000_000_00;

    /// <summary>The change for a payment in cash. Throws nothing.</summary>
    public static ChangeOutcome Of(long dueFen, long tenderedFen)
    {
        if (dueFen is < 0 or > FenMax || tenderedFen is < 0 or > FenMax)
        {
            return new(TenderRefusal.TenderOutOfRange, 0);
        }

        return tenderedFen < dueFen ? new(TenderRefusal.TenderTooSmall, 0) : new(TenderRefusal.None, tenderedFen - dueFen);
    }
}
