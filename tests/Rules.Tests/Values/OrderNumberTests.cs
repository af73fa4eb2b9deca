using System.Globalization;
using FsCheck.Fluent;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class OrderNumberTests
{
    [Theory]
    [InlineData("2026-11-21T09:05:06.789", 0L, 20261121090506789L)]
    [InlineData("2026-11-21T09:05:06.789", 20261121090506788L, 20261121090506789L)]
    [InlineData("2026-11-21T09:05:06.789", 20261121090506789L, 20261121090506790L)]
    [InlineData("2026-11-21T09:05:06.000", 20261121090506999L, 20261121090507000L)]
    [InlineData("2026-11-21T09:05:06.000", 20261121095959999L, 20261121100000000L)]
    [InlineData("2026-11-21T09:05:06.000", 20261121235959999L, 20261122000000000L)]
    [InlineData("2026-11-21T09:05:06.000", 20261231235959999L, 20270101000000000L)]
    [InlineData("2026-11-21T09:05:06.000", 20240228235959999L, 20261121090506000L)]
    [InlineData("2023-11-21T09:05:06.000", 20240228235959999L, 20240229000000000L)]
    public void The_next_number_is_the_first_free_millisecond(string now, long last, long expected) =>
        Assert.Equal(expected, OrderNumber.After(last, DateTime.Parse(now, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData(0, 20261121090506784L, 20261121090506792L)]
    [InlineData(5, 20261121090506784L, 20261121090506789L)]
    [InlineData(5, 20261121090506789L, 20261121090506797L)]
    [InlineData(4, 20261121090506999L, 20261121090507004L)]
    public void A_lane_takes_the_next_millisecond_of_its_own(int lane, long last, long expected) =>
        Assert.Equal(expected, OrderNumber.After(last, new DateTime(2026, 11, 21, 9, 5, 6, 700), lane, 8));

    [Fact]
    public void Two_lanes_never_give_the_same_number() => Holds.ForAll(Holds.AnyMoment.Two(), moments =>
        Enumerable.Range(0, 8).Select(lane => OrderNumber.After(OrderNumber.Of(moments.Item1), moments.Item2, lane, 8)).Distinct().Count() == 8);

    [Fact]
    public void Parts_of_a_millisecond_are_dropped() =>
        Assert.Equal(20261121090506789L, OrderNumber.Of(new DateTime(2026, 11, 21, 9, 5, 6, 789).AddTicks(9_999)));

    [Theory]
    [InlineData(20261121096006789L)]
    [InlineData(20261132000000000L)]
    [InlineData(99L)]
    public void A_number_that_names_no_time_is_a_bug(long number) =>
        Assert.ThrowsAny<ArgumentOutOfRangeException>(() => OrderNumber.TimeOf(number));

    [Fact]
    public void Numbers_grow_name_real_times_and_leave_no_gap_when_the_clock_stands_still() => Holds.ForAll(
        Holds.AnyMoment.Two(),
        moments =>
        {
            var last = OrderNumber.Of(moments.Item1);
            var next = OrderNumber.After(last, moments.Item2);
            var expected = moments.Item2 > moments.Item1 ? moments.Item2 : moments.Item1.AddMilliseconds(1);
            return next > last
                && OrderNumber.TimeOf(next) == expected
                && next.ToString(CultureInfo.InvariantCulture) == expected.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        });

    [Fact]
    public void A_number_and_its_time_are_the_same() =>
        Holds.ForAll(Holds.AnyMoment, moment => OrderNumber.TimeOf(OrderNumber.Of(moment)) == moment);
}
