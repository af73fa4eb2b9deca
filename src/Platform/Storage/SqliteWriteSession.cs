using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// The writing connection of the embedded store. Its statements stay prepared for as long as it lives.
/// </summary>
internal sealed class SqliteWriteSession(SqliteDatabase database, SqliteConnection connection, SqliteCheckpoints checkpoints) : WriteSession
{
    private readonly sqlite3 _handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
    private readonly Dictionary<string, sqlite3_stmt> _prepared = [];
    private bool _begun;

    public override int Lane => 1;

    public override async Task Begin(CancellationToken cancel)
    {
        await checkpoints.Between();
        Run("begin immediate");
        _begun = true;
    }

    public override Task<long?> Load(IReadOnlyList<KeyedRead> reads, bool alone, CancellationToken cancel)
    {
        foreach (var read in reads)
        {
            var statement = Prepared(read.SelectOne);
            foreach (var key in read.Keys)
            {
                SqliteStatements.Bind(_handle, statement, 1, key);
                var result = raw.sqlite3_step(statement);
                if (result == raw.SQLITE_ROW) read.Found(new Row(statement.DangerousGetHandle()));
                raw.sqlite3_reset(statement);
                if (result is not (raw.SQLITE_ROW or raw.SQLITE_DONE)) Throw(result);
            }
        }
        return Task.FromResult<long?>(null);
    }

    public override Task<List<T>> Query<T>(Func<Row, T> read, Statement statement, CancellationToken cancel) =>
        database.Read(connection, read, statement);

    public override Task Execute(IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        foreach (var statement in statements) Run(statement.Sql, statement.Values);
        return Task.CompletedTask;
    }

    public override Task Commit(CancellationToken cancel)
    {
        Run("commit");
        _begun = false;
        checkpoints.Committed();
        return Task.CompletedTask;
    }

    public override Task Rollback()
    {
        // SQLite rolls back by itself after a full disk or an I/O error; then there is nothing left to undo.
        if (_begun && raw.sqlite3_get_autocommit(_handle) == 0) Run("rollback");
        _begun = false;
        return Task.CompletedTask;
    }

    private void Run(string sql, params object?[] values)
    {
        var statement = Prepared(sql);
        for (var i = 0; i < values.Length; i++) SqliteStatements.Bind(_handle, statement, i + 1, values[i]);
        var result = raw.sqlite3_step(statement);
        var reset = raw.sqlite3_reset(statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) Throw(reset == raw.SQLITE_OK ? result : reset);
    }

    private sqlite3_stmt Prepared(string sql)
    {
        if (_prepared.TryGetValue(sql, out var statement)) return statement;
        _prepared.Add(sql, statement = SqliteStatements.Prepare(_handle, sql, raw.SQLITE_PREPARE_PERSISTENT));
        return statement;
    }

    private void Throw(int result) => SqliteException.ThrowExceptionForRC(result, _handle);

    public override async ValueTask DisposeAsync()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        await checkpoints.DisposeAsync();
        await connection.DisposeAsync();
    }
}
