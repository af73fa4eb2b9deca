namespace Shanmen.Rules.Pricing;

/// <summary>What a voucher (券) does to the price of an order; see docs/algorithms/vouchers.md.</summary>
/// <param name="Effect">
/// <see cref="EffectKind.Costs"/> for an exchange voucher (兑换券): each of its units costs so much, mostly nothing. <see cref="EffectKind.Pays"/> and <see cref="EffectKind.Less"/> for a
/// coupon (优惠券): a part of what its units cost is paid, or an amount is taken off them together.
/// </param>
/// <param name="Products">The products it is for; empty means all.</param>
/// <param name="Units">To how many units it is good, the dearest first; 0 = to all of them. An amount that is taken off asks no units.</param>
/// <param name="LeastFen">What the units of its products must come to before it, in fen, or it does nothing.</param>
public sealed record VoucherTerms(Effect Effect, IReadOnlyList<Guid> Products, int Units, long LeastFen)
{
    public const int UnitsMax = 500;
    public const int ProductsMax = 50;

    /// <summary>Vouchers in one order, at most; of these one coupon.</summary>
    public const int InOrderMax = 20;

    /// <summary>Whether only one of its sort goes into an order.</summary>
    public bool IsCoupon() => Effect.Kind != EffectKind.Costs;

    /// <summary>Whether it may change the price of a product.</summary>
    public bool Covers(Guid product) => Products.Count == 0 || Products.Contains(product);

    /// <summary>Whether it can be kept: an effect that vouchers have, with amounts in their bounds and units where it needs them.</summary>
    public bool IsSound() => Units is >= 0 and <= UnitsMax && LeastFen is >= 0 and <= OrderLimits.TotalFenMax && Products.Count <= ProductsMax && Products.Distinct().Count() == Products.Count
        && Effect.Kind switch
        {
            EffectKind.Costs => Units > 0 && Products.Count > 0 && Effect.Amount is >= 0 and <= OrderLimits.TotalFenMax,
            EffectKind.Pays => Effect.Amount is >= 0 and < Effect.Whole,
            EffectKind.Less => Units == 0 && Effect.Amount is > 0 and <= OrderLimits.TotalFenMax,
            _ => false,
        };
}

/// <summary>A voucher that goes into an order.</summary>
/// <param name="Id">Names it in the explanation of the price.</param>
public readonly record struct AskedVoucher(Guid Id, VoucherTerms Terms);

/// <summary>Why a voucher is not taken. The list is closed.</summary>
public enum VoucherRefusal
{
    /// <summary>It is taken.</summary>
    None,

    /// <summary>There is no voucher with this code.</summary>
    Unknown,

    /// <summary>It was voided.</summary>
    Voided,

    /// <summary>It is good from a later day on.</summary>
    NotYet,

    /// <summary>Its days are over.</summary>
    Over,

    /// <summary>It was used as often as it may.</summary>
    Used,

    /// <summary>All vouchers of its kind together took off what they may.</summary>
    BudgetSpent,

    /// <summary>It takes nothing off this order: nothing in it is of its products, or comes to as much as it asks for.</summary>
    TakesNothing,

    /// <summary>There is a coupon in the order already.</summary>
    SecondCoupon,

    /// <summary>The same voucher stands in the order twice.</summary>
    Twice,
}

/// <summary>Whether a voucher may be used now.</summary>
/// <param name="From">The first business day on which it is good.</param>
/// <param name="To">The last.</param>
/// <param name="UsesMax">How often.</param>
/// <param name="IsVoided">Whether it, or all that were issued with it, was voided.</param>
public readonly record struct VoucherStanding(DateOnly From, DateOnly To, int UsesMax, bool IsVoided)
{
    /// <param name="used">How often it was used and did not come back.</param>
    public VoucherRefusal Decide(DateOnly today, int used) => true switch
    {
        _ when IsVoided => VoucherRefusal.Voided,
        _ when used >= UsesMax => VoucherRefusal.Used,
        _ when today < From => VoucherRefusal.NotYet,
        _ when today > To => VoucherRefusal.Over,
        _ => VoucherRefusal.None,
    };
}
