namespace Shanmen.Rules.Pricing;

/// <summary>Whether two rules can both hold for one sale. Exact: rules that never meet may stand side by side.</summary>
internal static class RuleMeeting
{
    /// <summary>A longer common season is judged by its weekdays and kinds alone; in three years every pair of them occurs.</summary>
    private const int DaysWalked = 1_100;

    public static bool Of(PriceRule one, PriceRule other) =>
        one.Who.Meets(other.Who) && NameTogether(one, other) && HoursMeet(one.When, other.When) && DaysMeet(one.When, other.When);

    /// <summary>Whether there is a day on which a rule can hold at all.</summary>
    public static bool HasDay(RuleWhen when) => DaysMeet(when, when);

    private static bool NameTogether(PriceRule one, PriceRule other)
    {
        if (one.Products.Count == 0)
        {
            return true;
        }

        foreach (var product in one.Products)
        {
            if (other.Names(product))
            {
                return true;
            }
        }

        return false;
    }

    // Of two spans that meet, one contains the first minute of the other.
    private static bool HoursMeet(RuleWhen one, RuleWhen other) =>
        one.FromMinute is not { } from || other.FromMinute is not { } begin || one.HoldsAt(begin) || other.HoldsAt(from);

    private static bool DaysMeet(RuleWhen one, RuleWhen other)
    {
        var kinds = one.Kinds & other.Kinds;
        var first = Later(one.First, other.First);
        var last = Earlier(one.Last, other.Last);
        if (first > last || kinds == DayKinds.None || (one.Weekdays & other.Weekdays) == 0)
        {
            return false;
        }

        if ((one.Days ?? other.Days) is { } named)
        {
            return named.Any(day => IsCommon(one, other, day, kinds));
        }

        if (first is null || last is null || last.Value.DayNumber - first.Value.DayNumber >= DaysWalked)
        {
            return CanBe(one.Weekdays & other.Weekdays, kinds);
        }

        for (var number = first.Value.DayNumber; number <= last.Value.DayNumber; number++)
        {
            if (IsCommon(one, other, DateOnly.FromDayNumber(number), kinds))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsCommon(RuleWhen one, RuleWhen other, DateOnly day, DayKinds kinds)
    {
        // One day has one kind: a day that only the one takes as a weekend and only the other as a holiday is no meeting.
        kinds &= KindsOf(day);
        return one.HoldsOn(day, kinds) && other.HoldsOn(day, kinds);
    }

    /// <summary>What a day may turn out to be. In a year whose notice is still to come every day may become a holiday.</summary>
    private static DayKinds KindsOf(DateOnly day)
    {
        if (ChineseHolidays.IsPublished(day.Year))
        {
            return (DayKinds)(1 << (int)ChineseHolidays.KindOf(day));
        }

        return day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday
            ? DayKinds.Weekend | DayKinds.Holiday | DayKinds.Workday
            : DayKinds.Weekday | DayKinds.Holiday;
    }

    private static bool CanBe(int weekdays, DayKinds kinds)
    {
        const int WeekendBits = 0b100_0001;
        return (weekdays != 0 && (kinds & DayKinds.Holiday) != 0)
            || ((weekdays & WeekendBits) != 0 && (kinds & (DayKinds.Weekend | DayKinds.Workday)) != 0)
            || ((weekdays & ~WeekendBits) != 0 && (kinds & DayKinds.Weekday) != 0);
    }

    private static DateOnly? Later(DateOnly? one, DateOnly? other) => one is null || other > one ? other ?? one : one;

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other ?? one : one;
}
