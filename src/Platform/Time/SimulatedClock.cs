namespace Shanmen.Platform.Time;

/// <summary>
/// The clock of a store that was created as a simulation. It stands still until it is set. An ordinary store never has
/// one: which clock runs is decided by the store's own record at start, never by a request.
/// </summary>
public sealed class SimulatedClock(DateTimeOffset start) : TimeProvider
{
    private long _ticks = start.UtcTicks;
    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref _ticks), TimeSpan.Zero);
    /// <summary>Moves the clock forward. Refuses to go back, because facts are already stamped.</summary>
    public bool TrySet(DateTimeOffset moment)
    {
        var before = Interlocked.Read(ref _ticks);
        return moment.UtcTicks >= before && Interlocked.CompareExchange(ref _ticks, moment.UtcTicks, before) == before;
    }
}
