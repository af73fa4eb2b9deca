namespace Shanmen.Rules.Admission;

/// <summary>
/// The hours of entry (入园时段). They run round the clock from the first to the last minute, both included whole, so they may pass midnight.
/// </summary>
public readonly record struct EntryHours(TimeOnly From, TimeOnly To)
{
    private const int MinutesOfDay = 24 * 60;

    /// <summary>None within them; outside, what lies before the first minute in this business day is too early, the rest too late.</summary>
    /// <param name="now">The park's wall clock.</param>
    /// <param name="cutOffHour">The hour at which its business day begins.</param>
    public AdmissionRefusal At(TimeOnly now, int cutOffHour)
    {
        var from = MinuteOf(From);
        if (Around(MinuteOf(now) - from) <= Around(MinuteOf(To) - from))
        {
            return AdmissionRefusal.None;
        }

        var start = cutOffHour % 24 * 60;
        return Around(MinuteOf(now) - start) < Around(from - start) ? AdmissionRefusal.TooEarly : AdmissionRefusal.TooLate;
    }

    /// <summary>How long after the midnight with which a calendar day begins the hours of its business day do; those before the cut-off hour are in its night.</summary>
    /// <param name="cutOffHour">The hour at which the business day begins.</param>
    public TimeSpan Begin(int cutOffHour)
    {
        var start = new TimeOnly(cutOffHour % 24, 0);
        if (From >= start) return From.ToTimeSpan();
        return At(start, cutOffHour) == AdmissionRefusal.None ? start.ToTimeSpan() : From.ToTimeSpan() + TimeSpan.FromDays(1);
    }

    private static int MinuteOf(TimeOnly time) => (time.Hour * 60) + time.Minute;

    private static int Around(int minutes)
    {
        var rest = minutes % MinutesOfDay;
        return rest < 0 ? rest + MinutesOfDay : rest;
    }
}
