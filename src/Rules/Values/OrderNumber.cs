namespace Shanmen.Rules.Values;

/// <summary>
/// The order number (订单号) that people read out: the park's wall clock to the millisecond as seventeen digits.
/// It is for reading and never a key. Seventeen digits do not fit a JavaScript number: JSON carries it as text.
/// </summary>
public static class OrderNumber
{
    /// <summary>yyyyMMddHHmmssfff of a local time; parts of a millisecond are dropped.</summary>
    public static long Of(DateTime parkLocal) =>
        (BusinessDay.Number(DateOnly.FromDateTime(parkLocal)) * 1_000_000_000L)
        + (((parkLocal.Hour * 10_000L) + (parkLocal.Minute * 100L) + parkLocal.Second) * 1_000L)
        + parkLocal.Millisecond;

    /// <summary>
    /// The first free number not before <paramref name="parkLocal"/> and after <paramref name="last"/>.
    /// A clock that was set back, or two orders in one millisecond, take the milliseconds after the last number.
    /// </summary>
    /// <param name="last">The last number given, 0 before the first. A number that names no time is a bug and throws.</param>
    /// <param name="parkLocal">The park's wall clock now.</param>
    /// <param name="lane">Which of the lanes asks, from 0. Each takes its own milliseconds, so two never give the same number.</param>
    /// <param name="lanes">How many lanes there may be; a divisor of 1,000. 1 where one lane gives all numbers.</param>
    public static long After(long last, DateTime parkLocal, int lane = 0, int lanes = 1)
    {
        var now = Of(parkLocal);
        var from = now > last ? now : Of(TimeOf(last).AddMilliseconds(1));
        return Of(TimeOf(from).AddMilliseconds((lane - (from % lanes) + lanes) % lanes));
    }

    /// <summary>The wall-clock time that a number names.</summary>
    public static DateTime TimeOf(long number)
    {
        var day = BusinessDay.FromNumber((int)(number / 1_000_000_000));
        var clock = (int)(number % 1_000_000_000);
        return day.ToDateTime(new TimeOnly(clock / 10_000_000, clock / 100_000 % 100, clock / 1_000 % 100, clock % 1_000));
    }
}
