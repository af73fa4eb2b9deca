using FsCheck.Fluent;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class BusinessDayTests
{
    private static readonly TimeZoneInfo Shanghai = TimeZoneInfo.FindSystemTimeZoneById("Asia/Shanghai");

    [Theory]
    [InlineData("2026-11-20T15:59:59.999Z", 0, "2026-11-20")]
    [InlineData("2026-11-20T16:00:00Z", 0, "2026-11-21")]
    [InlineData("2026-11-20T17:59:59.999Z", 2, "2026-11-20")]
    [InlineData("2026-11-20T18:00:00Z", 2, "2026-11-21")]
    [InlineData("2026-12-31T18:30:00Z", 4, "2026-12-31")]
    public void A_sale_after_midnight_counts_for_the_evening_before_the_cut_off(string instant, int cutOffHour, string day) =>
        Assert.Equal(DateOnly.Parse(day), BusinessDay.Of(DateTimeOffset.Parse(instant), Shanghai, cutOffHour));

    [Fact]
    public void A_cut_off_hour_that_no_clock_shows_is_a_bug()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => BusinessDay.Of(DateTimeOffset.UnixEpoch, Shanghai, 24));
        Assert.Throws<ArgumentOutOfRangeException>(() => BusinessDay.Of(DateTimeOffset.UnixEpoch, Shanghai, -1));
    }

    [Fact]
    public void A_day_and_its_number_are_the_same_day()
    {
        Assert.Equal(20261121, BusinessDay.Number(new(2026, 11, 21)));
        Holds.ForAll(
            Gen.Choose(0, DateOnly.MaxValue.DayNumber).Select(DateOnly.FromDayNumber),
            day => BusinessDay.FromNumber(BusinessDay.Number(day)) == day);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-20261121)]
    [InlineData(20260230)]
    [InlineData(20261301)]
    [InlineData(int.MaxValue)]
    public void A_number_that_names_no_day_is_a_bug(int number) =>
        Assert.ThrowsAny<ArgumentOutOfRangeException>(() => BusinessDay.FromNumber(number));

    [Theory]
    [InlineData("2026-11-21", true)]
    [InlineData("2000-01-01", true)]
    [InlineData("2100-12-31", true)]
    [InlineData("1999-12-31", false)]
    [InlineData("2101-01-01", false)]
    [InlineData("2026-02-29", false)]
    [InlineData("2026-2-9", false)]
    [InlineData("2026/11/21", false)]
    [InlineData(" 2026-11-21", false)]
    [InlineData("2026-11-21T00:00", false)]
    [InlineData("２０２６-11-21", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Only_one_way_of_writing_a_day_is_read(string? text, bool isRead) =>
        Assert.Equal(isRead, BusinessDay.TryParse(text, out _));
}
