using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

/// <summary>
/// The writing connection of the embedded store. It speaks to SQLite through the same library as Microsoft.Data.Sqlite but
/// one layer below: a prepared statement there looks its parameters up by name and makes a reader each time it is run,
/// which cost more than SQLite's own work (bench/results).
/// </summary>
internal sealed class SqliteWriteSession(SqliteDatabase database, SqliteConnection connection, SqliteCheckpoints checkpoints) : WriteSession
{
    private const int TextOnStack = 512;
    private readonly sqlite3 _handle = connection.Handle ?? throw new InvalidOperationException("The connection is not open.");
    private readonly Dictionary<string, sqlite3_stmt> _prepared = [];
    private bool _begun;

    public override int Lane => 1;

    public override Task Begin(CancellationToken cancel)
    {
        checkpoints.Between();
        Run("begin immediate");
        _begun = true;
        return Task.CompletedTask;
    }

    public override Task<long?> Load(IReadOnlyList<KeyedRead> reads, bool alone, CancellationToken cancel)
    {
        foreach (var read in reads)
        {
            var statement = Prepared(read.SelectOne);
            foreach (var key in read.Keys)
            {
                Bind(statement, 1, key);
                var result = raw.sqlite3_step(statement);
                if (result == raw.SQLITE_ROW) read.Found(new Row(statement));
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
        for (var i = 0; i < values.Length; i++) Bind(statement, i + 1, values[i]);
        var result = raw.sqlite3_step(statement);
        var reset = raw.sqlite3_reset(statement);
        if (result is not (raw.SQLITE_DONE or raw.SQLITE_ROW)) Throw(reset == raw.SQLITE_OK ? result : reset);
    }

    private sqlite3_stmt Prepared(string sql)
    {
        if (_prepared.TryGetValue(sql, out var statement)) return statement;
        // ?1 is the first parameter wherever it stands; @1 would be the first that is named.
        var result = raw.sqlite3_prepare_v3(_handle, sql.Replace('@', '?'), raw.SQLITE_PREPARE_PERSISTENT, out statement);
        if (result != raw.SQLITE_OK) Throw(result);
        _prepared.Add(sql, statement);
        return statement;
    }

    private void Bind(sqlite3_stmt statement, int at, object? value)
    {
        var result = value switch
        {
            null => raw.sqlite3_bind_null(statement, at),
            long number => raw.sqlite3_bind_int64(statement, at, number),
            int number => raw.sqlite3_bind_int64(statement, at, number),
            string text => BindText(statement, at, text),
            Guid id => BindId(statement, at, id),
            byte[] bytes => raw.sqlite3_bind_blob(statement, at, bytes),
            bool flag => raw.sqlite3_bind_int64(statement, at, flag ? 1 : 0),
            _ => throw new InvalidOperationException($"A {value.GetType().Name} is not stored."),
        };
        if (result != raw.SQLITE_OK) Throw(result);
    }

    private static int BindId(sqlite3_stmt statement, int at, Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        return raw.sqlite3_bind_blob(statement, at, bytes);
    }

    private static int BindText(sqlite3_stmt statement, int at, string text)
    {
        var length = Encoding.UTF8.GetMaxByteCount(text.Length);
        Span<byte> bytes = length <= TextOnStack ? stackalloc byte[TextOnStack] : new byte[length];
        return raw.sqlite3_bind_text(statement, at, bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    private void Throw(int result) => SqliteException.ThrowExceptionForRC(result, _handle);

    public override async ValueTask DisposeAsync()
    {
        foreach (var statement in _prepared.Values) statement.Dispose();
        await checkpoints.DisposeAsync();
        await connection.DisposeAsync();
    }
}
