using System.Data.Common;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Shanmen.Platform.Storage;

internal sealed class SqliteDatabase(StoreOptions options) : Database
{
    private const int BusyMs = 5000, TriesMax = 1000;
    private const int SnapshotGone = raw.SQLITE_ERROR | (3 << 8); // SQLITE_ERROR_SNAPSHOT
    private const string Look = "select 1 from sqlite_schema limit 1";

    static SqliteDatabase() => SqliteCells.OneThreadForEachConnection();

    public override string Kind => "sqlite";

    internal override string? Translate(string migration) => migration.StartsWith(Server, StringComparison.Ordinal) ? null
        : migration.Replace(Embedded, "").Replace("{ID}", "BLOB").Replace("{BYTES}", "BLOB");

    internal override async Task<DbConnection> OpenForReading(CancellationToken cancel) => await OpenForReading(pooled: true, cancel);

    private async Task<SqliteConnection> OpenForReading(bool pooled, CancellationToken cancel)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = options.SqliteFile, Mode = SqliteOpenMode.ReadOnly, Pooling = pooled,
        }.ToString());
        try
        {
            await connection.OpenAsync(cancel);
            // A reader waits only for whoever recovers the log after a crash.
            raw.sqlite3_busy_timeout(connection.Handle, BusyMs);
            return connection;
        }
        catch { await connection.DisposeAsync(); throw; }
    }

    internal override async Task<List<DbConnection>> OpenAtOneMoment(int count, CancellationToken cancel)
    {
        for (var tries = 1; ; tries++)
        {
            var connections = new List<SqliteConnection>();
            var isOne = false;
            try
            {
                isOne = await OpenAtOneMoment(connections, count, cancel);
                if (isOne) return [.. connections];
                if (tries == TriesMax) throw new InvalidOperationException("The store changed each time it was opened.");
            }
            finally
            {
                if (!isOne) foreach (var connection in connections) await connection.DisposeAsync();
            }
        }
    }

    /// <summary>False when somebody wrote in between and the first one's moment has no name, or can no longer be opened by it.</summary>
    private async Task<bool> OpenAtOneMoment(List<SqliteConnection> connections, int count, CancellationToken cancel)
    {
        sqlite3_snapshot? moment = null;
        try
        {
            while (connections.Count < count)
            {
                // Not pooled: a connection that is closed ends its transaction.
                var connection = await OpenForReading(pooled: false, cancel);
                connections.Add(connection);
                // Only a look tells a new connection that the store has a write-ahead log.
                Run(connection, Look);
                Run(connection, "begin");
                if (moment is not null)
                {
                    var opened = raw.sqlite3_snapshot_open(connection.Handle, "main", moment);
                    // The writer may have begun its log from the start again, or be bringing it into the file at this very moment.
                    if (opened == SnapshotGone || (opened & 0xFF) == raw.SQLITE_BUSY) return false;
                    SqliteStatements.MustBeOk(connection.Handle!, opened);
                }
                // The moment begins with the first look.
                Run(connection, Look);
                if (count == 1) return true;
                // A store whose write-ahead log is still empty has no name for its moment; it is the same moment while it stays so.
                if (moment is not null || raw.sqlite3_snapshot_get(connection.Handle, "main", out var named) != raw.SQLITE_OK) continue;
                moment = named;
                if (connections.Count > 1) return false;
            }
            return true;
        }
        finally { moment?.Dispose(); }
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        foreach (var _ in SqliteStatements.Rows(connection.Handle!, new Statement(sql))) { }
    }

    internal override async IAsyncEnumerable<Row> Rows(DbConnection connection, Statement statement)
    {
        await Task.CompletedTask;
        foreach (var row in SqliteStatements.Rows(((SqliteConnection)connection).Handle!, statement)) yield return row;
    }

    internal override int LanesMax => 1;

    internal override Task<WriteSession> OpenSoleSession(CancellationToken cancel) => OpenWriteSession(cancel);

    public override Task<bool> TakeDuty(CancellationToken cancel) => Task.FromResult(true);

    internal override async Task<WriteSession> OpenWriteSession(CancellationToken cancel)
    {
        var connection = await OpenForWriting("pragma busy_timeout=5000; pragma cache_size=-65536; pragma foreign_keys=on;", cancel);
        // The second connection must not wait: whoever finds the other at it leaves the work to him.
        var copying = await OpenForWriting("pragma busy_timeout=0;", cancel);
        var log = new FileInfo(options.SqliteFile + "-wal");
        if (log.Exists && log.Length > SqliteCheckpoints.FoundMax)
        {
            SqliteCheckpoints.TakeIn(copying);
            log.Refresh();
        }
        return new SqliteWriteSession(this, connection, new SqliteCheckpoints(copying, connection.Handle!, log.Exists ? log.Length : 0));
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

    public override ValueTask DisposeAsync()
    {
        SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }
}
