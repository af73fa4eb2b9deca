using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Shanmen.Platform.Storage;

internal sealed class SqliteDatabase(StoreOptions options) : Database
{
    public override string Kind => "sqlite";

    internal override string? Translate(string migration) => migration.StartsWith(Server, StringComparison.Ordinal) ? null
        : migration.Replace(Embedded, "").Replace("{ID}", "BLOB").Replace("{BYTES}", "BLOB");

    internal override async Task<DbConnection> OpenForReading(CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.SqliteFile, Mode = SqliteOpenMode.ReadOnly, Pooling = true,
        }.ToString());
        await connection.OpenAsync(cancel);
        return connection;
    }

    internal override int LanesMax => 1;

    internal override Task<WriteSession> OpenSoleSession(CancellationToken cancel) => OpenWriteSession(cancel);

    public override Task<bool> TakeDuty(CancellationToken cancel) => Task.FromResult(true);

    internal override async Task<WriteSession> OpenWriteSession(CancellationToken cancel)
    {
        var connection = await OpenForWriting("pragma busy_timeout=5000; pragma cache_size=-65536; pragma foreign_keys=on;", cancel);
        // The second connection must not wait: whoever finds the other at it leaves the work to him.
        var copying = await OpenForWriting("pragma busy_timeout=0;", cancel);
        return new SqliteWriteSession(this, connection, new SqliteCheckpoints(copying, connection.Handle!));
    }

    private async Task<SqliteConnection> OpenForWriting(string settings, CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.SqliteFile, Mode = SqliteOpenMode.ReadWriteCreate, Pooling = false,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancel);
            using var pragma = connection.CreateCommand();
            // synchronous=FULL: the answer leaves after the disk has the commit.
            pragma.CommandText = $"pragma journal_mode=WAL; pragma synchronous={options.Synchronous}; pragma wal_autocheckpoint=0; {settings}";
            pragma.ExecuteNonQuery();
            return connection;
        }
        catch { await connection.DisposeAsync(); throw; }
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
