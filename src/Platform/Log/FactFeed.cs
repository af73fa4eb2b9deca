namespace Shanmen.Platform.Log;

/// <summary>
/// Tells the modules above what was committed, in order, after the commit. A listener must be quick and must not
/// throw; what it keeps it must be able to rebuild from the log, because a restart tells nothing again.
/// </summary>
public sealed class FactFeed
{
    private event Action<IReadOnlyList<LogRecord>>? Committed;
    public void Listen(Action<IReadOnlyList<LogRecord>> listener) => Committed += listener;
    internal void Tell(IReadOnlyList<LogRecord> records) => Committed?.Invoke(records);
}
