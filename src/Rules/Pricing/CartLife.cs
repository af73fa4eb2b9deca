namespace Shanmen.Rules.Pricing;

/// <summary>The price shown is the price kept while the cart lives (购物车有效期).</summary>
public static class CartLife
{
    /// <summary>How long a price that was shown is kept.</summary>
    public const int MinutesMax = 15;

    /// <summary>
    /// The moment as of which a cart is priced: that at which its price was shown, if it lies at most <see cref="MinutesMax"/> minutes back,
    /// else now. Version, hour and days ahead all follow from it. A moment ahead of the server's clock is not believed.
    /// </summary>
    public static DateTimeOffset MomentOf(DateTimeOffset? shownAt, DateTimeOffset now) =>
        shownAt is { } shown && shown <= now && now - shown <= TimeSpan.FromMinutes(MinutesMax) ? shown : now;
}
