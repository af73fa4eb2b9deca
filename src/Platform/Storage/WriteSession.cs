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

/// <summary>Rows of one table by their keys. <paramref name="Columns"/> begins with the key column.</summary>
internal sealed record KeyedRead(string Table, string Columns, string KeyColumn, IReadOnlyCollection<object> Keys, Action<Row> Found);
