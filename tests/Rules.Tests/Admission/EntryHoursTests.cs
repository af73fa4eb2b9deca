using Shanmen.Rules.Admission;

namespace Shanmen.Rules.Tests.Admission;

public class EntryHoursTests
{
    [Theory]
    [InlineData("08:00", "18:00", 3, 8)]
    [InlineData("17:30", "22:00", 3, 17.5)]
    [InlineData("20:00", "02:00", 3, 20)]
    [InlineData("01:00", "02:30", 3, 25)]
    [InlineData("03:00", "05:00", 3, 3)]
    [InlineData("00:00", "23:59", 3, 3)]
    [InlineData("02:00", "04:00", 3, 3)]
    [InlineData("00:00", "23:59", 0, 0)]
    public void The_hours_of_a_business_day_begin_so_long_after_its_midnight(string from, string to, int cutOffHour, double hours) =>
        Assert.Equal(TimeSpan.FromHours(hours), new EntryHours(TimeOnly.Parse(from, null), TimeOnly.Parse(to, null)).Begin(cutOffHour));
}
