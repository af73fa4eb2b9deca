using System.Globalization;
using FsCheck.Fluent;
using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class SlotPatternTests
{
    public static TheoryData<string> Days => DocTable.Rows("quotas.md", "Examples: the slots of a day");

    public static TheoryData<string> Places => DocTable.Rows("quotas.md", "Examples: places of a slot");

    [Theory]
    [MemberData(nameof(Days))]
    public void A_day_has_the_slots_that_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var slot = Pattern(cells[0], NumberIn(cells[1])!.Value, NumberIn(cells[2])!.Value).Find(TimeIn(cells[3]));
        Assert.Equal((cells[4], cells[5]), slot is null ? ("-", "-") : ($"{slot.At:HH:mm}-{slot.Until:HH:mm}", $"{slot.From:HH:mm}-{slot.To:HH:mm}"));
    }

    [Theory]
    [MemberData(nameof(Places))]
    public void A_slot_has_the_places_that_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var at = new TimeOnly(9, 0);
        var pattern = Pattern("09:00", 30, 16) with { Own = cells[1] == "-" ? [] : [new(at, NumberIn(cells[1])!.Value)] };
        // What was set for the slot of the day stands above all that the pattern decides.
        var places = cells[3] == "-" ? pattern.LimitOf(at, NumberIn(cells[0]), cells[2] != "-", NumberIn(cells[2])) : NumberIn(cells[3]);
        Assert.Equal(NumberIn(cells[4]), places);
    }

    [Fact]
    public void Slots_follow_each_other_and_each_is_found_by_its_beginning_and_by_no_other_time() => Holds.ForAll(
        from first in Gen.Choose(0, 23 * 60)
        from minutes in Gen.Choose(SlotPattern.MinutesMin, 240)
        from early in Gen.Choose(0, SlotPattern.GraceMax)
        from late in Gen.Choose(0, SlotPattern.GraceMax)
        from count in Gen.Choose(1, Math.Clamp(((24 * 60) - first) / minutes, 1, SlotPattern.CountMax))
        select new SlotPattern(new(2026, 5, 1), null, new(first / 60, first % 60), minutes, count, early, late, []),
        pattern =>
        {
            if (!pattern.EndsInTime())
            {
                return pattern.Count == 1;
            }

            var slots = pattern.All().ToArray();
            var begins = slots.Select(s => s.At).ToHashSet();
            return slots.Length == pattern.Count
                && slots.Zip(slots.Skip(1)).All(pair => pair.First.Until == pair.Second.At)
                && slots.All(s => s.From <= s.At && s.At <= s.To && s.Until - s.At == TimeSpan.FromMinutes(pattern.Minutes))
                && Enumerable.Range(0, 24 * 60).Select(m => new TimeOnly(m / 60, m % 60)).All(at => pattern.Find(at) is not null == begins.Contains(at));
        }, 2_000);

    [Fact]
    public void A_pattern_holds_on_its_first_and_last_day_and_meets_another_on_a_day_of_both()
    {
        var summer = Pattern("09:00", 30, 16);
        var winter = summer with { From = new(2026, 11, 1), Until = null };
        Assert.Equal([false, true, true, false], ((DateOnly[])[new(2026, 4, 30), new(2026, 5, 1), new(2026, 10, 31), new(2026, 11, 1)]).Select(summer.HoldsOn));
        Assert.False(summer.Meets(winter) || winter.Meets(summer));
        Assert.True(summer.Meets(winter with { From = new(2026, 10, 31) }) && (winter with { From = new(2026, 10, 31) }).Meets(summer));
        Assert.False((summer with { First = new(16, 30) }).EndsInTime());
    }

    [Theory]
    [InlineData("2026-10-03 09:29", false)]
    [InlineData("2026-10-03 09:30", true)]
    [InlineData("2026-10-02 23:59", false)]
    [InlineData("2026-10-04 00:00", true)]
    public void A_slot_is_over_when_it_ends_on_its_day(string now, bool over) =>
        Assert.Equal(over, Pattern("09:00", 30, 16).Find(new(9, 0))!.IsOver(new(2026, 10, 3), DateTime.ParseExact(now, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), 3));

    [Fact]
    public void The_last_slot_of_a_day_is_over_at_midnight()
    {
        var last = Pattern("23:00", 60, 1).Find(new(23, 0))!;
        Assert.False(last.IsOver(new(2026, 10, 3), new(2026, 10, 3, 23, 59, 59), 3));
        Assert.True(last.IsOver(new(2026, 10, 3), new(2026, 10, 4), 3));
        Assert.False(Pattern("00:00", 1440, 1).Find(new(0, 0))!.IsOver(new(2026, 10, 3), new(2026, 10, 3, 12, 0, 0), 0));
    }

    [Fact]
    public void A_slot_before_the_cut_off_hour_is_in_the_night_after_its_day_and_none_lies_across_it()
    {
        var night = Pattern("01:00", 60, 2).Find(new(1, 0))!;
        Assert.False(night.IsOver(new(2026, 10, 3), new(2026, 10, 4, 1, 59, 0), 3));
        Assert.True(night.IsOver(new(2026, 10, 3), new(2026, 10, 4, 2, 0, 0), 3));
        Assert.Equal([false, true, false, false], ((int[])[0, 1, 2, 5]).Select(Pattern("00:30", 90, 2).Crosses));
        Assert.Equal([false, false, false], ((int[])[9, 10, 16]).Select(Pattern("09:00", 60, 1).Crosses));
    }

    private static SlotPattern Pattern(string first, int minutes, int count) => new(new(2026, 5, 1), new DateOnly(2026, 10, 31), TimeIn(first), minutes, count, 10, 15, []);

    private static TimeOnly TimeIn(string cell) => TimeOnly.ParseExact(cell, "HH:mm", CultureInfo.InvariantCulture);

    private static int? NumberIn(string cell) => cell is "-" or "any" ? null : int.Parse(cell, CultureInfo.InvariantCulture);
}
