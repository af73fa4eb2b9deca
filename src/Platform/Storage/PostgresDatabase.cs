using System.Data.Common;
using Npgsql;
using NpgsqlTypes;

namespace Shanmen.Platform.Storage;

internal sealed class PostgresDatabase : Database
{
    private const long WriterLock = 0x5368616E6D656E; // "Shanmen"
    private readonly NpgsqlDataSource _source;

    public PostgresDatabase(string connectionString) =>
        _source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString)
        {
            MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, ApplicationName = "Shanmen",
        });

    public override string Kind => "postgres";

    internal override string? Translate(string migration) => migration.StartsWith(Embedded, StringComparison.Ordinal) ? null
        : migration.Replace(Server, "").Replace("{ID}", "uuid").Replace("{BYTES}", "bytea");

    internal override async Task<DbConnection> OpenForReading(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    internal override async Task<WriteSession> OpenWriteSession(CancellationToken cancel)
    {
        var connection = await _source.OpenConnectionAsync(cancel);
        await using var take = new NpgsqlCommand("select pg_try_advisory_lock(@1)", connection) { Parameters = { new("1", WriterLock) } };
        if (await take.ExecuteScalarAsync(cancel) is not true)
        {
            await connection.DisposeAsync();
            throw new StoreTakenException("Another Shanmen program is using this PostgreSQL database. Stop it first.");
        }
        return new PostgresWriteSession(this, connection);
    }

    internal override DbCommand Command(DbConnection connection, Statement statement)
    {
        var command = new NpgsqlCommand(Numbered(statement.Sql), (NpgsqlConnection)connection);
        foreach (var value in statement.Values) command.Parameters.Add(Parameter(value));
        return command;
    }

    /// <summary>@1 becomes $1: the positional form, which is not rewritten by the driver.</summary>
    internal static string Numbered(string sql) => sql.Replace('@', '$');

    internal static NpgsqlParameter Parameter(object? value) => value switch
    {
        null => new NpgsqlParameter { Value = DBNull.Value },
        int number => new NpgsqlParameter<long> { TypedValue = number },
        long number => new NpgsqlParameter<long> { TypedValue = number },
        bool flag => new NpgsqlParameter<long> { TypedValue = flag ? 1 : 0 },
        string text => new NpgsqlParameter<string> { TypedValue = text, NpgsqlDbType = NpgsqlDbType.Text },
        _ => new NpgsqlParameter { Value = value },
    };

    public override ValueTask DisposeAsync() => _source.DisposeAsync();
}

/// <summary>A second program tried to write to the same store.</summary>
public sealed class StoreTakenException(string message) : Exception(message);

internal sealed class PostgresWriteSession(PostgresDatabase database, NpgsqlConnection connection) : WriteSession
{
    private NpgsqlTransaction? _transaction;

    public override async Task Begin(CancellationToken cancel) => _transaction = await connection.BeginTransactionAsync(cancel);

    public override async Task Load(IReadOnlyList<KeyedRead> reads, CancellationToken cancel)
    {
        if (reads.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection, _transaction);
        foreach (var read in reads)
        {
            var command = new NpgsqlBatchCommand(read.SelectMany);
            command.Parameters.Add(KeyArray(read.Keys));
            batch.BatchCommands.Add(command);
        }
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var read in reads)
        {
            var row = new Row(reader);
            while (await reader.ReadAsync(cancel)) read.Found(row);
            await reader.NextResultAsync(cancel);
        }
    }

    private static NpgsqlParameter KeyArray(IReadOnlyCollection<object> keys) => keys.First() switch
    {
        Guid => new NpgsqlParameter { Value = keys.Cast<Guid>().ToArray() },
        long => new NpgsqlParameter { Value = keys.Cast<long>().ToArray() },
        string => new NpgsqlParameter { Value = keys.Cast<string>().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        var key => throw new InvalidOperationException($"Rows are not keyed by {key.GetType().Name}."),
    };

    public override Task<List<T>> Query<T>(Func<Row, T> read, Statement statement, CancellationToken cancel) =>
        database.Read(connection, read, statement, _transaction);

    public override async Task Execute(IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        if (statements.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection, _transaction);
        foreach (var statement in statements)
        {
            var command = new NpgsqlBatchCommand(PostgresDatabase.Numbered(statement.Sql));
            foreach (var value in statement.Values) command.Parameters.Add(PostgresDatabase.Parameter(value));
            batch.BatchCommands.Add(command);
        }
        await batch.ExecuteNonQueryAsync(cancel);
    }

    public override async Task Commit(CancellationToken cancel)
    {
        await _transaction!.CommitAsync(cancel);
        await _transaction.DisposeAsync();
        _transaction = null;
    }

    public override async Task Rollback()
    {
        if (_transaction is null) return;
        try { await _transaction.RollbackAsync(); }
        // The connection is gone, and the transaction with it: the driver says so in either way.
        catch (Exception gone) when (gone is NpgsqlException or InvalidOperationException) { }
        finally { await _transaction.DisposeAsync(); _transaction = null; }
    }

    public override ValueTask DisposeAsync() => connection.DisposeAsync();
}
