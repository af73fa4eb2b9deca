using Npgsql;
using NpgsqlTypes;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Storage;

/// <summary>A lane on PostgreSQL: groups of other lanes work beside it, and wait only for the rows that they share.</summary>
internal sealed class PostgresWriteSession(PostgresDatabase database, NpgsqlConnection connection, int lane) : WriteSession
{
    // Every group holds the gate shared; one that must be alone holds it alone. The server lets nobody pass who came after it.
    private const long Gate = 0x53686D47617465; // "ShmGate"
    private const string EnterBeside = "select pg_advisory_xact_lock_shared($1)", EnterAlone = "select pg_advisory_xact_lock($1)";
    private const string DrawTurn = "select nextval('turn')";
    private readonly ManyRows _rows = new();
    private NpgsqlTransaction? _transaction;

    public override int Lane => lane;

    public override async Task Begin(CancellationToken cancel) =>
        // Each statement sees what was committed before it: what a group waited for is what it then reads.
        _transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.ReadCommitted, cancel);

    public override async Task<long?> Load(IReadOnlyList<KeyedRead> reads, bool alone, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection, _transaction);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(alone ? EnterAlone : EnterBeside) { Parameters = { PostgresDatabase.Parameter(Gate) } });
        foreach (var read in reads)
        {
            var command = new NpgsqlBatchCommand(read.SelectMany);
            command.Parameters.Add(KeyArray(read.Keys));
            batch.BatchCommands.Add(command);
        }
        batch.BatchCommands.Add(new NpgsqlBatchCommand(DrawTurn));
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        foreach (var read in reads)
        {
            await reader.NextResultAsync(cancel);
            var row = new Row(reader);
            while (await reader.ReadAsync(cancel)) read.Found(row);
        }
        await reader.NextResultAsync(cancel);
        await reader.ReadAsync(cancel);
        return reader.GetInt64(0);
    }

    private static NpgsqlParameter KeyArray(IReadOnlyCollection<object> keys) => keys.First() switch
    {
        Guid => new NpgsqlParameter { Value = keys.Cast<Guid>().ToArray() },
        long => new NpgsqlParameter { Value = keys.Cast<long>().ToArray() },
        string => new NpgsqlParameter { Value = keys.Cast<string>().ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text },
        var key => throw new InvalidOperationException($"Rows are not keyed by {key.GetType().Name}."),
    };

    public override Task<List<T>> Query<T>(Func<Row, T> read, Statement statement, CancellationToken cancel) =>
        database.Read(connection, read, statement);

    public override async Task Execute(IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        if (statements.Count == 0) return;
        await using var batch = new NpgsqlBatch(connection, _transaction);
        foreach (var (sql, values) in _rows.Of(statements))
        {
            var command = new NpgsqlBatchCommand(sql);
            foreach (var value in values) command.Parameters.Add(PostgresDatabase.Parameter(value));
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
