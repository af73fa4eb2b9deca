namespace Shanmen.Platform.Storage;

/// <summary>A connection that writes: begins, reads rows for a decision, writes, commits. One thread at a time; each has a lane of the log to itself.</summary>
internal abstract class WriteSession : IAsyncDisposable
{
    /// <summary>The lane of the log that nobody else writes, from 1.</summary>
    public abstract int Lane { get; }
    public abstract Task Begin(CancellationToken cancel);
    /// <summary>Reads and holds all rows, in as few round trips as the store allows, and draws the group's turn when it has them.</summary>
    /// <param name="alone">Waits until no other lane is at work, and keeps them waiting until the commit.</param>
    /// <returns>The turn; null where there is but one writer, who counts by itself.</returns>
    public abstract Task<long?> Load(IReadOnlyList<KeyedRead> reads, bool alone, CancellationToken cancel);
    public abstract Task<List<T>> Query<T>(Func<Row, T> read, Statement statement, CancellationToken cancel);
    public abstract Task Execute(IReadOnlyList<Statement> statements, CancellationToken cancel);
    public abstract Task Commit(CancellationToken cancel);
    public abstract Task Rollback();
    public abstract ValueTask DisposeAsync();
}

/// <summary>Rows of one table by their keys.</summary>
/// <param name="SelectOne">The statement that reads one row by its key @1; <paramref name="SelectMany"/> reads all of an array in order, and holds those that may change.</param>
internal sealed record KeyedRead(string Table, string SelectOne, string SelectMany, IReadOnlyCollection<object> Keys, Action<Row> Found);
