namespace Shanmen.Rules.Pricing;

/// <summary>The two prices of a ticket type, per person in fen.</summary>
/// <param name="WeekdayFen">Price on weekdays and make-up working days.</param>
/// <param name="HolidayFen">Price on weekends and holidays.</param>
public readonly record struct Tariff(long WeekdayFen, long HolidayFen);

/// <summary>The price per person on one day; see docs/algorithms/pricing.md.</summary>
public static class DayPrice
{
    /// <summary>A price set for the named day wins; else weekends and holidays take the holiday price, all other days the weekday price.</summary>
    /// <param name="tariff">The two prices.</param>
    /// <param name="kind">What kind of day it is.</param>
    /// <param name="namedDayFen">The price set by hand for this very day, or null.</param>
    /// <returns>Fen per person.</returns>
    public static long Of(Tariff tariff, DayKind kind, long? namedDayFen) => namedDayFen ?? kind switch
    {
        DayKind.Weekend or DayKind.Holiday => tariff.HolidayFen,
        _ => tariff.WeekdayFen,
    };
}
