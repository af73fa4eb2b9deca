namespace Shanmen.Platform.Time;

/// <summary>Instants are stored as microseconds since 1970, UTC: the same whole number in both stores.</summary>
public static class Moments
{
    public static long Micros(this DateTimeOffset moment) => (moment.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / 10;
    public static DateTimeOffset From(long micros) => new(DateTimeOffset.UnixEpoch.Ticks + micros * 10, TimeSpan.Zero);
}
