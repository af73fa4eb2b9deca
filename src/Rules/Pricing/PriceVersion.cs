namespace Shanmen.Rules.Pricing;

/// <summary>A version of the price rules (价格版本).</summary>
/// <param name="Number">1, 2, 3 … within the park; a sold order keeps it.</param>
/// <param name="From">The moment of sale from which on it holds.</param>
/// <param name="Edition">Which edition of docs/algorithms/pricing.md its rules were written by; a kept version must come to the same for ever.</param>
public readonly record struct PriceVersion(int Number, DateTimeOffset From, int Edition = 1)
{
    /// <summary>
    /// The version under which a sale at a moment is made: of those that have begun the one that began last, among equals the one with
    /// the greatest number. Null before the first.
    /// </summary>
    public static PriceVersion? At(IReadOnlyList<PriceVersion> versions, DateTimeOffset sale)
    {
        ArgumentNullException.ThrowIfNull(versions);
        PriceVersion? last = null;
        foreach (var version in versions)
        {
            if (version.From <= sale && (last is not { } best || (version.From, version.Number).CompareTo((best.From, best.Number)) > 0))
            {
                last = version;
            }
        }

        return last;
    }

    /// <summary>
    /// Whether a new version may be put in: it begins later than now, so that no sale that was made would have had another price, and its
    /// number is the next one, so that of two managers who start from one version only the first is taken.
    /// </summary>
    public static VersionRefusal RefusalOf(IReadOnlyList<PriceVersion> versions, PriceVersion wanted, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(versions);
        var last = 0;
        foreach (var version in versions)
        {
            last = Math.Max(last, version.Number);
        }

        return wanted.Number != last + 1 ? VersionRefusal.EditedMeanwhile : wanted.From <= now ? VersionRefusal.BeginsInThePast : VersionRefusal.None;
    }
}

/// <summary>Why a version of the price rules cannot be put in.</summary>
public enum VersionRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>It would begin in the past or at once, and change what sales cost that are being made.</summary>
    BeginsInThePast,

    /// <summary>Somebody else saved a version since this one was begun.</summary>
    EditedMeanwhile,

    /// <summary>Sales are made under it or were, so it cannot be withdrawn.</summary>
    HasBegun,
}
