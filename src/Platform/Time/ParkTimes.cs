using System.Collections.Concurrent;
using Shanmen.Rules.Values;

namespace Shanmen.Platform.Time;

/// <summary>
/// Which day and wall-clock time it is in a park. Filled by Parks at start and whenever a park's zone or cut-off hour
/// changes; what was stamped before is never restamped.
/// </summary>
public sealed class ParkTimes
{
    private sealed record Terms(TimeZoneInfo Zone, int CutOffHour);
    private static readonly Terms Before = new(TimeZoneInfo.Utc, 0);
    private readonly ConcurrentDictionary<int, Terms> _parks = [];

    public void Set(int park, TimeZoneInfo zone, int cutOffHour) => _parks[park] = new Terms(zone, cutOffHour);

    public DateOnly DayAt(int park, DateTimeOffset moment) => Of(park) is var terms ? BusinessDay.Of(moment, terms.Zone, terms.CutOffHour) : default;
    public DateTime Local(int park, DateTimeOffset moment) => TimeZoneInfo.ConvertTime(moment, Of(park).Zone).DateTime;
    /// <summary>The hour at which a business day begins.</summary>
    public int CutOffHour(int park) => Of(park).CutOffHour;
    public TimeZoneInfo Zone(int park) => Of(park).Zone;

    /// <summary>When a business day ends: the moment at which the next one begins.</summary>
    public DateTimeOffset EndOf(int park, DateOnly day)
    {
        var local = day.AddDays(1).ToDateTime(new TimeOnly(CutOffHour(park), 0));
        return new DateTimeOffset(local, Zone(park).GetUtcOffset(local)).ToUniversalTime();
    }

    private Terms Of(int park) => _parks.GetValueOrDefault(park, Before);
}
