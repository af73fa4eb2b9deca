using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog;

/// <summary>
/// What a price hangs on besides the lines, the visit's day and the version's rules: all that is needed to reckon it again, also when the
/// park's clock or the notices of holidays have changed since.
/// </summary>
/// <param name="Version">The version of the price rules.</param>
/// <param name="SoldOn">The business day of the moment of sale.</param>
/// <param name="Kind">What kind of day the visit's was known as.</param>
/// <param name="Minute">The minute of the visit; null where none was known.</param>
public sealed record PriceBasis(int Version, DateOnly SoldOn, DayKind Kind, int? Minute)
{
    /// <summary>The sale as the rules see it.</summary>
    public Occasion Of(DateOnly visitDay, Buyer buyer) => new(new(visitDay, Kind, Minute), SoldOn, buyer);
}

/// <summary>What an order comes to, and by which prices.</summary>
/// <param name="Order">The priced lines, or why there is no price.</param>
/// <param name="Basis">What it was priced on; null where a park has no price rules and the prices of the day were taken.</param>
/// <param name="At">The moment of sale as of which it is priced.</param>
public sealed record SalePrice(PricedOrder Order, PriceBasis? Basis, DateTimeOffset At)
{
    /// <summary>Why there is no price; null when there is.</summary>
    public Refusal? Refusal => Order.Refusal == PriceRefusal.None ? null
        : new(Order.Refusal, 422, Order.Refusal == PriceRefusal.TooManyLines ? OrderLimits.LinesMax : OrderLimits.QuantityMax);
}

/// <summary>What is asked for: when it is for, who buys, and when the price was shown.</summary>
/// <param name="ShownAt">When the buyer was shown the price; null = now. See <see cref="CartLife"/>.</param>
/// <param name="Vouchers">What is taken off at the end; null = nothing.</param>
public sealed record PriceAsked(DateOnly VisitDay, DateTimeOffset? ShownAt, Buyer Buyer, IReadOnlyList<AskedLine> Lines, IReadOnlyList<AskedVoucher>? Vouchers = null)
{
    /// <summary>What a version prices it on: the hour is known for a visit on the day of the sale.</summary>
    internal PriceBasis BasisOf(int version, int park, DateTimeOffset at, ParkTimes times)
    {
        var soldOn = times.DayAt(park, at);
        int? minute = VisitDay == soldOn ? (int)times.Local(park, at).TimeOfDay.TotalMinutes : null;
        return new(version, soldOn, ChineseHolidays.KindOf(VisitDay), minute);
    }
}
