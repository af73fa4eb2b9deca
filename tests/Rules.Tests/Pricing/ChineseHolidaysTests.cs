using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class ChineseHolidaysTests
{
    private static readonly string[] Seven = ["元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节"];

    [Fact]
    public void In_2016_the_national_day_gives_seven_days_off_and_two_to_make_up()
    {
        Assert.All(Enumerable.Range(1, 7), day => Assert.Equal(DayKind.Holiday, ChineseHolidays.KindOf(new(2016, 10, day))));
        Assert.All([8, 9], day => Assert.Equal(DayKind.Workday, ChineseHolidays.KindOf(new(2016, 10, day))));
        Assert.All(Enumerable.Range(1, 9), day => Assert.Equal("国庆节", ChineseHolidays.NameOf(new(2016, 10, day))));
        Assert.Null(ChineseHolidays.NameOf(new(2016, 10, 10)));
    }

    /// <summary>Counted in the published notices, by calendar year: days off, make-up working days.</summary>
    [Theory]
    [InlineData(2011, 0, 1)]
    [InlineData(2012, 27, 6)]
    [InlineData(2013, 29, 12)]
    [InlineData(2014, 22, 5)]
    [InlineData(2015, 26, 5)]
    [InlineData(2016, 24, 6)]
    [InlineData(2017, 24, 5)]
    [InlineData(2018, 25, 7)]
    [InlineData(2019, 22, 6)]
    [InlineData(2020, 30, 6)]
    [InlineData(2021, 31, 7)]
    [InlineData(2022, 32, 7)]
    [InlineData(2023, 26, 7)]
    [InlineData(2024, 28, 8)]
    [InlineData(2025, 28, 5)]
    [InlineData(2026, 33, 6)]
    [InlineData(2027, 0, 0)]
    public void A_year_has_as_many_named_days_as_its_notices_say(int year, int daysOff, int makeUpDays)
    {
        var days = ChineseHolidays.InYear(year);
        Assert.Equal((daysOff, makeUpDays), (days.Count(day => day.Kind == DayKind.Holiday), days.Count(day => day.Kind == DayKind.Workday)));
        Assert.Equal(days.OrderBy(day => day.Day), days);
        Assert.All(days, day => Assert.Equal((year, day.Kind, day.Name), (day.Day.Year, ChineseHolidays.KindOf(day.Day), ChineseHolidays.NameOf(day.Day))));
    }

    [Fact]
    public void Every_published_year_has_the_seven_holidays_and_a_source()
    {
        foreach (var year in Enumerable.Range(2012, 15))
        {
            Assert.True(ChineseHolidays.IsPublished(year));
            var names = string.Join(' ', ChineseHolidays.InYear(year).Select(day => day.Name).Distinct());
            Assert.All(Seven, name => Assert.Contains(name, names));
            Assert.All(ChineseHolidays.SourceOf(year)!.Split(' '), source => Assert.Contains("www.gov.cn/zhengce/", source));
        }
    }

    [Fact]
    public void A_make_up_working_day_is_always_a_saturday_or_sunday() => Assert.All(
        Enumerable.Range(2011, 17).SelectMany(ChineseHolidays.InYear).Where(day => day.Kind == DayKind.Workday),
        day => Assert.True(day.Day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday, day.ToString()));

    [Fact]
    public void The_days_fixed_by_law_are_off_in_every_published_year()
    {
        foreach (var year in Enumerable.Range(2012, 15))
        {
            Assert.All<(int Month, int Day)>(
                [(1, 1), (5, 1), (10, 1), (10, 2), (10, 3)],
                fixedDay => Assert.Equal(DayKind.Holiday, ChineseHolidays.KindOf(new(year, fixedDay.Month, fixedDay.Day))));
        }
    }

    [Fact]
    public void A_year_not_yet_published_says_so_and_knows_only_the_week()
    {
        Assert.False(ChineseHolidays.IsPublished(2027));
        Assert.Equal((2012, 2026), (ChineseHolidays.FirstYear, ChineseHolidays.LastYear));
        Assert.Empty(ChineseHolidays.InYear(2027));
        Assert.Equal(DayKind.Weekday, ChineseHolidays.KindOf(new(2027, 10, 1)));
        Assert.Equal(DayKind.Weekend, ChineseHolidays.KindOf(new(2027, 10, 2)));
    }

    [Fact]
    public void A_day_without_a_name_is_what_the_week_says() => Holds.ForAll(
        Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber),
        day => ChineseHolidays.NameOf(day) is not null
            || (ChineseHolidays.KindOf(day) == DayKind.Weekend) == (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday));
}
