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
    internal abstract DbCommand Command(DbConnection connection, Statement statement);

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
    public async Task<Snapshot> OpenSnapshot(CancellationToken cancel = default)
    {
        var connection = await OpenForReading(cancel);
        var transaction = await connection.BeginTransactionAsync(
            Kind == "postgres" ? System.Data.IsolationLevel.RepeatableRead : System.Data.IsolationLevel.Serializable, cancel);
        return new Snapshot(this, connection, transaction);
    }

    internal async Task<List<T>> Read<T>(DbConnection connection, Func<Row, T> read, Statement statement, DbTransaction? transaction = null)
    {
        await using var command = Command(connection, statement);
        command.Transaction = transaction;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        var row = new Row(reader);
        while (await reader.ReadAsync()) rows.Add(read(row));
        return rows;
    }

    public abstract ValueTask DisposeAsync();

    /// <summary>Opens the store that the options name. Creates nothing: see <see cref="Migrations"/>.</summary>
    public static Database Open(StoreOptions options) =>
        options.Database is { Length: > 0 } postgres ? new PostgresDatabase(postgres) : new SqliteDatabase(options);
}

/// <summary>A view of the store at one moment; later commits are invisible to it.</summary>
public sealed class Snapshot : IAsyncDisposable
{
    private readonly Database _database;
    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    internal Snapshot(Database database, DbConnection connection, DbTransaction transaction) =>
        (_database, _connection, _transaction) = (database, connection, transaction);

    public Task<List<T>> Query<T>(Func<Row, T> read, string sql, params object?[] values) =>
        _database.Read(_connection, read, new Statement(sql, values), _transaction);

    public async Task<long> Number(string sql, params object?[] values) =>
        (await Query(r => r.IsNull(0) ? 0 : Convert.ToInt64(r.Any(0)), sql, values)).FirstOrDefault();

    /// <summary>Rows one by one, for tables that do not fit into memory.</summary>
    public async IAsyncEnumerable<T> Stream<T>(Func<Row, T> read, string sql, params object?[] values)
    {
        await using var command = _database.Command(_connection, new Statement(sql, values));
        command.Transaction = _transaction;
        await using var reader = await command.ExecuteReaderAsync();
        var row = new Row(reader);
        while (await reader.ReadAsync()) yield return read(row);
    }

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }
}
