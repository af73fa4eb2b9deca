using System.Collections.Frozen;
using System.Globalization;

namespace Shanmen.Rules.Pricing;

/// <summary>
/// The official holidays (法定节假日) and make-up working days (调休) of the Chinese mainland since 2012, as published by the State Council.
/// Of a year not yet published only weekdays and weekends are known: ask <see cref="IsPublished"/> before a year is put on sale.
/// </summary>
public static class ChineseHolidays
{
    private static readonly FrozenDictionary<DateOnly, HolidayDay> Days =
        HolidayNotices.All.SelectMany(Read).ToFrozenDictionary(day => day.Day);

    /// <summary>The first year whose notice is known here.</summary>
    public static int FirstYear => HolidayNotices.All[0].Year;

    /// <summary>The last year whose notice is known here.</summary>
    public static int LastYear => HolidayNotices.All[^1].Year;

    /// <summary>Whether the notice for a year is known here.</summary>
    public static bool IsPublished(int year) => SourceOf(year) is not null;

    /// <summary>Where the notice for a year is published, amendments after a blank; null when none is known.</summary>
    public static string? SourceOf(int year) => Array.Find(HolidayNotices.All, notice => notice.Year == year)?.Source;

    /// <summary>What kind of day it is; without a notice the day of the week decides.</summary>
    public static DayKind KindOf(DateOnly day)
    {
        if (Days.TryGetValue(day, out var named))
        {
            return named.Kind;
        }

        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? DayKind.Weekend : DayKind.Weekday;
    }

    /// <summary>The holiday that a day belongs to or makes up for, in Chinese; null on an ordinary day.</summary>
    public static string? NameOf(DateOnly day) => Days.GetValueOrDefault(day)?.Name;

    /// <summary>All named days that fall in a calendar year, in order; empty when the year is not published.</summary>
    public static IReadOnlyList<HolidayDay> InYear(int year) => [.. Days.Values.Where(day => day.Day.Year == year).OrderBy(day => day.Day)];

    private static IEnumerable<HolidayDay> Read(HolidayNotices.Notice notice)
    {
        foreach (var holiday in notice.Days.Split("; "))
        {
            var words = holiday.Split(' ');
            foreach (var word in words.Skip(1))
            {
                var kind = word[0] == '+' ? DayKind.Workday : DayKind.Holiday;
                var dates = word.TrimStart('+').Split('-');
                var first = DayOf(notice.Year, dates[0]);
                var last = dates.Length == 1 ? first : DayOf(first.Year, dates[1]);
                for (var day = first; day <= last; day = day.AddDays(1))
                {
                    yield return new(day, kind, words[0]);
                }
            }
        }
    }

    private static DateOnly DayOf(int year, string text)
    {
        var number = int.Parse(text.TrimStart('<'), CultureInfo.InvariantCulture);
        return new(text[0] == '<' ? year - 1 : year, number / 100, number % 100);
    }
}
