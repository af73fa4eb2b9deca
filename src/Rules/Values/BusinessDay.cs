using System.Globalization;

namespace Shanmen.Rules.Values;

/// <summary>
/// The business day (营业日) to which a fact belongs. It begins at the park's cut-off hour and not at midnight,
/// so that a night market's sales at 01:00 count for the evening they belong to.
/// </summary>
public static class BusinessDay
{
    private const int FirstYear = 2000;
    private const int LastYear = 2100;

    /// <summary>The business day of an instant, in the park's own time zone.</summary>
    /// <param name="instant">The moment of the fact.</param>
    /// <param name="zone">The park's time zone.</param>
    /// <param name="cutOffHour">Local hour 0..23 at which the new business day begins.</param>
    public static DateOnly Of(DateTimeOffset instant, TimeZoneInfo zone, int cutOffHour)
    {
        ArgumentNullException.ThrowIfNull(zone);
        ArgumentOutOfRangeException.ThrowIfLessThan(cutOffHour, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cutOffHour, 23);

        // The wall clock decides, not elapsed hours: on a day with a change of the clock the hour shown is what people read.
        var local = TimeZoneInfo.ConvertTime(instant, zone).DateTime;
        var day = DateOnly.FromDateTime(local);
        return local.Hour < cutOffHour ? day.AddDays(-1) : day;
    }

    /// <summary>The day as a number that sorts and reads: 20261121.</summary>
    public static int Number(DateOnly day) => (day.Year * 10_000) + (day.Month * 100) + day.Day;

    /// <summary>The day of a number made by <see cref="Number"/>; any other number is a bug and throws.</summary>
    public static DateOnly FromNumber(int number)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(number);
        return new DateOnly(number / 10_000, number / 100 % 100, number % 100);
    }

    /// <summary>Whether a day is in the years that Shanmen's calendars know: 2000 to 2100.</summary>
    public static bool IsKnown(DateOnly day) => day.Year is >= FirstYear and <= LastYear;

    /// <summary>Reads <c>yyyy-MM-dd</c> and nothing else, years 2000 to 2100.</summary>
    public static bool TryParse(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)
        && IsKnown(day);
}
