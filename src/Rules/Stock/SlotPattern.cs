namespace Shanmen.Rules.Stock;

/// <summary>时段: a span of a day that a ticket is for. See docs/algorithms/quotas.md, “Time slots”.</summary>
/// <param name="At">When it begins; its name within a quota.</param>
/// <param name="Until">When it ends, and the next begins; 00:00 = at midnight.</param>
/// <param name="From">The first minute at which the gate admits.</param>
/// <param name="To">The last minute at which the gate admits, included.</param>
public sealed record TimeSlot(TimeOnly At, TimeOnly Until, TimeOnly From, TimeOnly To)
{
    /// <summary>Whether it is over at a moment on the park's clock.</summary>
    /// <param name="day">The business day: a slot before the cut-off hour is in its night.</param>
    public bool IsOver(DateOnly day, DateTime now, int cutOffHour) =>
        now >= day.AddDays(At.Hour < cutOffHour ? 1 : 0).ToDateTime(At) + (Until == At ? TimeSpan.FromDays(1) : Until - At);
}

/// <summary>Places that a pattern gives one slot on all its days.</summary>
/// <param name="At">When the slot begins.</param>
/// <param name="Limit">People; 0 closes it.</param>
public sealed record SlotPlaces(TimeOnly At, int Limit);

/// <summary>时段规则: the slots of every day from one day to another.</summary>
/// <param name="From">The first day of visit that has slots.</param>
/// <param name="Until">The last one; null = no end.</param>
/// <param name="First">When the first slot of a day begins.</param>
/// <param name="Minutes">Minutes of each.</param>
/// <param name="Count">How many there are. All end by midnight.</param>
/// <param name="EarlyMinutes">Minutes before its beginning from which on the gate admits.</param>
/// <param name="LateMinutes">Minutes after its end for which the gate admits.</param>
/// <param name="Own">Slots with another number of places than the rest.</param>
public sealed record SlotPattern(DateOnly From, DateOnly? Until, TimeOnly First, int Minutes, int Count, int EarlyMinutes, int LateMinutes, SlotPlaces[] Own)
{
    /// <summary>The shortest slot, in minutes.</summary>
    public const int MinutesMin = 5;

    /// <summary>The most slots of a day.</summary>
    public const int CountMax = 96;

    /// <summary>The longest early or late, in minutes.</summary>
    public const int GraceMax = 240;

    private const int MinutesOfDay = 24 * 60;

    /// <summary>Whether its slots end by midnight.</summary>
    public bool EndsInTime() => Minute(First) + ((long)Minutes * Count) <= MinutesOfDay;

    /// <summary>Whether a slot lies across an hour: at the cut-off one business day ends, and with it the slot would.</summary>
    public bool Crosses(int hour) => Minute(First) < hour * 60 && (hour * 60) - Minute(First) is var before && before < (long)Minutes * Count && before % Minutes != 0;

    /// <summary>Whether it holds on a day.</summary>
    public bool HoldsOn(DateOnly day) => day >= From && !(day > Until);

    /// <summary>Whether some day has slots by both.</summary>
    public bool Meets(SlotPattern other) => !(From > other.Until) && !(other.From > Until);

    /// <summary>Whether another pattern has the same slots, whatever their number and places are.</summary>
    public bool HasTimesOf(SlotPattern other) =>
        (First, Minutes, EarlyMinutes, LateMinutes) == (other.First, other.Minutes, other.EarlyMinutes, other.LateMinutes);

    /// <summary>The slot that begins at a time; null when none does.</summary>
    public TimeSlot? Find(TimeOnly at)
    {
        var (minutes, rest) = Math.DivRem(Minute(at) - Minute(First), Minutes);
        return minutes < 0 || minutes >= Count || rest != 0 || at.Ticks % TimeSpan.TicksPerMinute != 0 ? null : SlotAt(Minute(at));
    }

    /// <summary>The slots of a day, in order.</summary>
    public IEnumerable<TimeSlot> All() => Enumerable.Range(0, Count).Select(index => SlotAt(Minute(First) + (index * Minutes)));

    /// <summary>People in a slot where it was not set by hand for itself; null = no limit.</summary>
    /// <param name="limit">The quota's own limit.</param>
    /// <param name="daySet">Whether the day was set by hand.</param>
    /// <param name="ofDay">What it was set to; null = no limit.</param>
    public int? LimitOf(TimeOnly at, int? limit, bool daySet, int? ofDay)
    {
        var own = Array.Find(Own, slot => slot.At == at)?.Limit;
        return !daySet ? own ?? limit
            : own is { } mine && ofDay is { } days ? Math.Min(mine, days)
            : own ?? ofDay;
    }

    private TimeSlot SlotAt(int begins) => new(Time(begins), Time((begins + Minutes) % MinutesOfDay),
        Time(Math.Max(0, begins - EarlyMinutes)), Time(Math.Min(MinutesOfDay, begins + Minutes + LateMinutes) - 1));

    private static int Minute(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static TimeOnly Time(int minute) => new(minute / 60, minute % 60);
}
