using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Shanmen.Platform.Storage;

internal sealed class SqliteDatabase(StoreOptions options) : Database
{
    public override string Kind => "sqlite";

    internal override string Translate(string migration) => migration.Replace("{ID}", "BLOB").Replace("{BYTES}", "BLOB");

    internal override async Task<DbConnection> OpenForReading(CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.SqliteFile, Mode = SqliteOpenMode.ReadOnly, Pooling = true,
        }.ToString());
        await connection.OpenAsync(cancel);
        return connection;
    }

    internal override async Task<WriteSession> OpenWriteSession(CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.SqliteFile, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false,
        }.ToString());
        await connection.OpenAsync(cancel);
        using var pragma = connection.CreateCommand();
        // synchronous=FULL: the answer leaves after the disk has the commit.
        pragma.CommandText = $"pragma journal_mode=WAL; pragma synchronous={options.Synchronous}; pragma busy_timeout=5000; "
            + "pragma cache_size=-65536; pragma wal_autocheckpoint=4000; pragma foreign_keys=on;";
        pragma.ExecuteNonQuery();
        return new SqliteWriteSession(this, connection);
    }

    internal override DbCommand Command(DbConnection connection, Statement statement) =>
        Command((SqliteConnection)connection, statement);

    internal static SqliteCommand Command(SqliteConnection connection, Statement statement)
    {
        var command = connection.CreateCommand();
        command.CommandText = statement.Sql;
        for (var i = 0; i < statement.Values.Length; i++)
            command.Parameters.AddWithValue("@" + (i + 1), Value(statement.Values[i]));
        return command;
    }

    internal static object Value(object? value) => value switch
    {
        null => DBNull.Value,
        Guid id => id.ToByteArray(bigEndian: true),
        bool b => b ? 1L : 0L,
        _ => value,
    };

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }
}

internal sealed class SqliteWriteSession(SqliteDatabase database, SqliteConnection connection) : WriteSession
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private SqliteTransaction? _transaction;

    public override Task Begin(CancellationToken cancel)
    {
        _transaction = connection.BeginTransaction(deferred: false);
        return Task.CompletedTask;
    }

    public override Task Load(IReadOnlyList<KeyedRead> reads, CancellationToken cancel)
    {
        foreach (var read in reads)
        {
            var command = Prepared($"select {read.Columns} from {read.Table} where {read.KeyColumn} = @1", 1);
            foreach (var key in read.Keys)
            {
                command.Parameters[0].Value = SqliteDatabase.Value(key);
                using var reader = command.ExecuteReader();
                if (reader.Read()) read.Found(new Row(reader));
            }
        }
        return Task.CompletedTask;
    }

    public override Task<List<T>> Query<T>(Func<Row, T> read, Statement statement, CancellationToken cancel) =>
        database.Read(connection, read, statement, _transaction);

    public override Task Execute(IReadOnlyList<Statement> statements, CancellationToken cancel)
    {
        foreach (var statement in statements)
        {
            var command = Prepared(statement.Sql, statement.Values.Length);
            for (var i = 0; i < statement.Values.Length; i++) command.Parameters[i].Value = SqliteDatabase.Value(statement.Values[i]);
            command.ExecuteNonQuery();
        }
        return Task.CompletedTask;
    }

    private SqliteCommand Prepared(string sql, int parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters; i++) command.Parameters.Add(new SqliteParameter { ParameterName = "@" + i });
            _prepared.Add(sql, command);
        }
        command.Transaction = _transaction;
        return command;
    }

    public override Task Commit(CancellationToken cancel)
    {
        _transaction!.Commit();
        _transaction.Dispose();
        _transaction = null;
        return Task.CompletedTask;
    }

    public override Task Rollback()
    {
        try { _transaction?.Rollback(); }
        catch (SqliteException) { /* SQLite has already rolled back by itself after a full disk or an I/O error. */ }
        finally { _transaction?.Dispose(); _transaction = null; }
        return Task.CompletedTask;
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var command in _prepared.Values) command.Dispose();
        connection.Dispose();
        return ValueTask.CompletedTask;
    }
}
