namespace Shanmen.Rules.Stock;

/// <summary>Places of a quota that only one channel may sell until their release (预留、释放). See docs/algorithms/quotas.md.</summary>
/// <param name="Channel">The channel that they are kept for.</param>
/// <param name="Places">How many; 1 or more.</param>
/// <param name="ReleaseDays">Days before the visit on which they are released; 0 = on the day itself.</param>
/// <param name="ReleaseAt">The time of that day, on the park's clock.</param>
public sealed record KeepBack(string Channel, int Places, int ReleaseDays, TimeOnly ReleaseAt)
{
    /// <summary>Places that are kept from a channel: those of all others that are not released yet.</summary>
    /// <param name="channel">The channel that asks.</param>
    /// <param name="now">The moment on the park's clock.</param>
    public static long From(IReadOnlyList<KeepBack> keeps, string channel, DateOnly visitDay, DateTime now)
    {
        var kept = 0L;
        foreach (var keep in keeps)
        {
            if (keep.Channel != channel && now < keep.ReleaseOf(visitDay))
            {
                kept += keep.Places;
            }
        }

        return kept;
    }

    /// <summary>The moment on the park's clock from which everybody may sell them.</summary>
    public DateTime ReleaseOf(DateOnly visitDay) => visitDay.AddDays(-ReleaseDays).ToDateTime(ReleaseAt);
}
