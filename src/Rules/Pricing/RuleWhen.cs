namespace Shanmen.Rules.Pricing;

/// <summary>Kinds of day, as a set.</summary>
[Flags]
public enum DayKinds
{
    None = 0,
    Weekday = 1 << DayKind.Weekday,
    Weekend = 1 << DayKind.Weekend,
    Holiday = 1 << DayKind.Holiday,
    Workday = 1 << DayKind.Workday,
    All = Weekday | Weekend | Holiday | Workday,
}

/// <summary>The moment of a visit, as prices see it.</summary>
/// <param name="Day">The day of the visit.</param>
/// <param name="Kind">What kind of day it is.</param>
/// <param name="Minute">Minute of the day at which the visit begins: of the slot, or of the sale when sold for at once; null when neither is known.</param>
public readonly record struct VisitTime(DateOnly Day, DayKind Kind, int? Minute);

/// <summary>On which visits a rule holds; what is null or full is not asked.</summary>
public sealed record RuleWhen
{
    /// <summary>How many bits <see cref="Rank"/> has.</summary>
    internal const int RankBits = 5;

    /// <summary>Seven bits, Sunday first.</summary>
    public const int EveryWeekday = 0b111_1111;

    /// <summary>On every visit.</summary>
    public static RuleWhen Always { get; } = new();

    /// <summary>指定日期: these days and no others; null = not asked. In order, without repeats.</summary>
    public IReadOnlyList<DateOnly>? Days { get; init; }

    /// <summary>First day of the season (季节), included; null = from ever.</summary>
    public DateOnly? First { get; init; }

    /// <summary>Last day of the season, included; null = for ever.</summary>
    public DateOnly? Last { get; init; }

    /// <summary>Kinds of day.</summary>
    public DayKinds Kinds { get; init; } = DayKinds.All;

    /// <summary>Days of the week, one bit each, Sunday the lowest.</summary>
    public int Weekdays { get; init; } = EveryWeekday;

    /// <summary>First minute of the hours, 0 to 1439; null = at any hour.</summary>
    public int? FromMinute { get; init; }

    /// <summary>Last minute of the hours, included; before <see cref="FromMinute"/> when they pass midnight.</summary>
    public int? ToMinute { get; init; }

    /// <summary>
    /// Named days are the most particular, then hours, then the days that a notice names, then a season, then days of the week.
    /// So a holiday in the high season takes the holiday price, and a weekend in it the season's.
    /// </summary>
    public long Rank =>
        (Days is null ? 0L : 16) | (FromMinute is null ? 0L : 8) | (IsByNotice ? 4L : 0)
        | (First is null && Last is null ? 0L : 2) | (Weekdays != EveryWeekday || (Kinds != DayKinds.All && !IsByNotice) ? 1L : 0);

    private bool IsByNotice => (Kinds & ~(DayKinds.Holiday | DayKinds.Workday)) == 0;

    /// <summary>Whether a visit is meant. One without a known minute is never meant by hours.</summary>
    public bool Holds(in VisitTime visit) =>
        HoldsOn(visit.Day, (DayKinds)(1 << (int)visit.Kind))
        && (FromMinute is null || (visit.Minute is { } minute && HoldsAt(minute)));

    /// <summary>Whether the day is meant, if it may be any of some kinds.</summary>
    internal bool HoldsOn(DateOnly day, DayKinds kinds) =>
        (First is null || day >= First) && (Last is null || day <= Last)
        && (Kinds & kinds) != 0 && (Weekdays & (1 << (int)day.DayOfWeek)) != 0
        && (Days is null || Contains(Days, day));

    internal bool HoldsAt(int minute) => FromMinute <= ToMinute
        ? minute >= FromMinute && minute <= ToMinute
        : minute >= FromMinute || minute <= ToMinute;

    private static bool Contains(IReadOnlyList<DateOnly> days, DateOnly day)
    {
        var (low, high) = (0, days.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (days[middle] == day)
            {
                return true;
            }

            (low, high) = days[middle] < day ? (middle + 1, high) : (low, middle - 1);
        }

        return false;
    }
}
