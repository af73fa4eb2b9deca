namespace Shanmen.Platform.Storage;

/// <summary>The connection that writes: begins, reads rows for a decision, writes, commits. One at a time, one thread.</summary>
internal abstract class WriteSession : IAsyncDisposable
{
    public abstract Task Begin(CancellationToken cancel);
    /// <summary>Several keyed reads in as few round trips as the store allows.</summary>
    public abstract Task Load(IReadOnlyList<KeyedRead> reads, CancellationToken cancel);
    public abstract Task<List<T>> Query<T>(Func<Row, T> read, Statement statement, CancellationToken cancel);
    public abstract Task Execute(IReadOnlyList<Statement> statements, CancellationToken cancel);
    public abstract Task Commit(CancellationToken cancel);
    public abstract Task Rollback();
    public abstract ValueTask DisposeAsync();
}

/// <summary>Rows of one table by their keys.</summary>
/// <param name="SelectOne">The statement that reads one row by its key @1; <paramref name="SelectMany"/> reads all of an array and locks them in order.</param>
internal sealed record KeyedRead(string Table, string SelectOne, string SelectMany, IReadOnlyCollection<object> Keys, Action<Row> Found);
