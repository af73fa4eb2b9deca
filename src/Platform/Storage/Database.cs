using System.Data.Common;

namespace Shanmen.Platform.Storage;

/// <summary>
/// The store: SQLite beside the program or PostgreSQL, behind the same statements.
/// Reading opens a connection of its own and never waits for the writer; writing belongs to the write path alone.
/// </summary>
public abstract class Database : IAsyncDisposable
{
    /// <summary>"sqlite" or "postgres", as the status page shows it.</summary>
    public abstract string Kind { get; }

    /// <summary>How many lanes may write at the same time, those of other programs included.</summary>
    internal abstract int LanesMax { get; }

    /// <summary>Opens a connection that writes, with a lane of its own. Refused while somebody has the store to himself, or when no lane is free.</summary>
    internal abstract Task<WriteSession> OpenWriteSession(CancellationToken cancel);

    /// <summary>Opens the only connection that writes: for what no program may be beside, a change of the schema or a restore.</summary>
    internal abstract Task<WriteSession> OpenSoleSession(CancellationToken cancel);

    /// <summary>
    /// Whether this program does the jobs now. Of several programs on one database one does; it is asked before each run, so when
    /// that program ends another takes over.
    /// </summary>
    public abstract Task<bool> TakeDuty(CancellationToken cancel);

    internal abstract Task<DbConnection> OpenForReading(CancellationToken cancel);
    /// <summary>
    /// A statement of a migration in this store's words: ID and BYTES become its own types. A statement marked for the
    /// other kind of store is null: such a one changes how rows lie there, never what they say.
    /// </summary>
    internal abstract string? Translate(string migration);

    /// <summary>Marks a statement for SQLite alone.</summary>
    internal const string Embedded = "{EMBEDDED} ";
    /// <summary>Marks a statement for PostgreSQL alone.</summary>
    internal const string Server = "{SERVER} ";

    /// <summary>All rows of a query, in order.</summary>
    public async Task<List<T>> Query<T>(Func<Row, T> read, string sql, params object?[] values)
    {
        await using var connection = await OpenForReading(CancellationToken.None);
        return await Read(connection, read, new Statement(sql, values));
    }

    /// <summary>The first row of a query, or null.</summary>
    public async Task<T?> First<T>(Func<Row, T> read, string sql, params object?[] values) where T : class =>
        (await Query(read, sql, values)).FirstOrDefault();

    /// <summary>The number in the first column of the first row, or 0.</summary>
    public async Task<long> Number(string sql, params object?[] values) =>
        (await Query(r => r.IsNull(0) ? 0 : Convert.ToInt64(r.Any(0)), sql, values)).FirstOrDefault();

    /// <summary>Several queries that see the same moment of the store.</summary>
    public async Task<Snapshot> OpenSnapshot(CancellationToken cancel = default) => (await OpenSnapshots(1, cancel))[0];

    /// <summary>So many views of one and the same moment, for reading on as many threads.</summary>
    public async Task<Snapshot[]> OpenSnapshots(int count, CancellationToken cancel = default) =>
        [.. (await OpenAtOneMoment(count, cancel)).Select(connection => new Snapshot(this, connection))];

    /// <summary>Opens connections that see one moment of the store until they are closed.</summary>
    internal abstract Task<List<DbConnection>> OpenAtOneMoment(int count, CancellationToken cancel);

    /// <summary>The rows of a query one by one, each to be read before the next is asked for.</summary>
    internal abstract IAsyncEnumerable<Row> Rows(DbConnection connection, Statement statement);

    internal async Task<List<T>> Read<T>(DbConnection connection, Func<Row, T> read, Statement statement)
    {
        var rows = new List<T>();
        await foreach (var row in Rows(connection, statement)) rows.Add(read(row));
        return rows;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Opens the store that the options name. Creates nothing: see <see cref="Migrations"/>.</summary>
    public static Database Open(StoreOptions options) =>
        options.Database is { Length: > 0 } postgres ? new PostgresDatabase(postgres) : new SqliteDatabase(options);
}
