using System.Data.Common;
using Npgsql;
using NpgsqlTypes;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Storage;

internal sealed class PostgresDatabase : Database
{
    // Held shared by every lane, and alone by whoever changes the schema or restores. Programs from before there were lanes held it alone.
    private const long Presence = 0x5368616E6D656E; // "Shanmen"
    private const long Duty = Presence + Lanes.Max + 1;
    private static long LaneLock(int lane) => Presence + lane;
    /// <summary>
    /// A lane reads by keys only. A plan that was made while a table was nearly empty would read all of it, and would be kept while the table grows.
    /// </summary>
    private const string ReadByKey = "set enable_seqscan = off; set plan_cache_mode = force_generic_plan";

    /// <summary>Two programs that start together wait for each other this long; a program that runs is not waited for.</summary>
    private static readonly TimeSpan SoleWait = TimeSpan.FromSeconds(5);
    private readonly NpgsqlDataSource _source, _unpooled;
    private readonly SemaphoreSlim _dutyGate = new(1);
    private NpgsqlConnection? _duty;

    public PostgresDatabase(string connectionString)
    {
        var wanted = new NpgsqlConnectionStringBuilder(connectionString) { MaxAutoPrepare = 200, AutoPrepareMinUsages = 2, ApplicationName = "Shanmen" };
        _source = NpgsqlDataSource.Create(wanted);
        // What holds a lock of a session must let go of it when it is closed, so it is not kept in a pool.
        wanted.Pooling = false;
        wanted.MaxAutoPrepare = 600;
        _unpooled = NpgsqlDataSource.Create(wanted);
    }

    public override string Kind => "postgres";

    internal override string? Translate(string migration) => migration.StartsWith(Embedded, StringComparison.Ordinal) ? null
        : migration.Replace(Server, "").Replace("{ID}", "uuid").Replace("{BYTES}", "bytea");

    internal override async Task<DbConnection> OpenForReading(CancellationToken cancel) => await _source.OpenConnectionAsync(cancel);

    internal override int LanesMax => Lanes.Max;

    internal override async Task<WriteSession> OpenWriteSession(CancellationToken cancel)
    {
        var connection = await _unpooled.OpenConnectionAsync(cancel);
        try
        {
            if (!await Take(connection, "select pg_try_advisory_lock_shared(@1)", Presence, cancel))
                throw new StoreTakenException("另一个山门程序正独占这个 PostgreSQL 库（升级、恢复，或旧版程序），请等它结束或停止它 / Another Shanmen program has this PostgreSQL database to itself: an upgrade, a restore, or an older version. Wait for it, or stop it.");
            for (var lane = 1; lane <= Lanes.Max; lane++)
                if (await Take(connection, "select pg_try_advisory_lock(@1)", LaneLock(lane), cancel))
                {
                    await using var settle = new NpgsqlCommand(ReadByKey, connection);
                    await settle.ExecuteNonQueryAsync(cancel);
                    return new PostgresWriteSession(this, connection, lane);
                }
            throw new StoreTakenException($"这个 PostgreSQL 库的 {Lanes.Max} 条写入通道都被其他山门程序占用，请给每个程序少分几条（SHANMEN__LANES）或停止一个 / All {Lanes.Max} lanes of this PostgreSQL database are taken by other Shanmen programs. Give each fewer lanes (SHANMEN__LANES), or stop one.");
        }
        catch { await connection.DisposeAsync(); throw; }
    }

    internal override async Task<WriteSession> OpenSoleSession(CancellationToken cancel)
    {
        var connection = await _unpooled.OpenConnectionAsync(cancel);
        try
        {
            for (var tried = System.Diagnostics.Stopwatch.GetTimestamp(); ;)
            {
                if (await Take(connection, "select pg_try_advisory_lock(@1)", Presence, cancel)) return new PostgresWriteSession(this, connection, lane: 1);
                if (System.Diagnostics.Stopwatch.GetElapsedTime(tried) > SoleWait) throw new StoreTakenException("另一个山门程序正在使用这个 PostgreSQL 库，请先停止它 / Another Shanmen program is using this PostgreSQL database. Stop it first.");
                await Task.Delay(100, cancel);
            }
        }
        catch { await connection.DisposeAsync(); throw; }
    }

    public override async Task<bool> TakeDuty(CancellationToken cancel)
    {
        await _dutyGate.WaitAsync(cancel);
        try
        {
            // A lock that is held already is taken again, which also tells whether the connection still lives.
            _duty ??= await _unpooled.OpenConnectionAsync(cancel);
            if (await TakesDuty(_duty, cancel)) return true;
            await _duty.DisposeAsync();
            _duty = null;
            return false;
        }
        finally { _dutyGate.Release(); }
    }

    /// <summary>A server that went away took the duty with it; whoever asks next opens a new connection.</summary>
    private static async Task<bool> TakesDuty(NpgsqlConnection connection, CancellationToken cancel)
    {
        try { return await Take(connection, "select pg_try_advisory_lock(@1)", Duty, cancel); }
        catch (NpgsqlException) { return false; }
    }

    private static async Task<bool> Take(NpgsqlConnection connection, string sql, long key, CancellationToken cancel)
    {
        await using var take = new NpgsqlCommand(Numbered(sql), connection) { Parameters = { Parameter(key) } };
        return await take.ExecuteScalarAsync(cancel) is true;
    }

    internal override async Task<List<DbConnection>> OpenAtOneMoment(int count, CancellationToken cancel)
    {
        var connections = new List<DbConnection>();
        try
        {
            var snapshot = "";
            while (connections.Count < count)
            {
                var connection = await _source.OpenConnectionAsync(cancel);
                connections.Add(connection);
                await Run(connection, "begin isolation level repeatable read read only");
                if (connections.Count > 1) await Run(connection, $"set transaction snapshot '{snapshot}'");
                else if (count > 1) snapshot = (string)(await Run(connection, "select pg_export_snapshot()"))!;
                else await Run(connection, "select 1");
            }
            return connections;
        }
        catch
        {
            foreach (var connection in connections) await connection.DisposeAsync();
            throw;
        }

        async Task<object?> Run(NpgsqlConnection connection, string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            return await command.ExecuteScalarAsync(cancel);
        }
    }

    internal override async IAsyncEnumerable<Row> Rows(DbConnection connection, Statement statement)
    {
        await using var command = new NpgsqlCommand(Numbered(statement.Sql), (NpgsqlConnection)connection);
        foreach (var value in statement.Values) command.Parameters.Add(Parameter(value));
        await using var reader = await command.ExecuteReaderAsync();
        var row = new Row(reader);
        while (await reader.ReadAsync()) yield return row;
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

    public override async ValueTask DisposeAsync()
    {
        if (_duty is not null) await _duty.DisposeAsync();
        await _unpooled.DisposeAsync();
        await _source.DisposeAsync();
        _dutyGate.Dispose();
    }
}

/// <summary>The store cannot be written now, because others have it; the message says who and what to do.</summary>
public sealed class StoreTakenException(string message) : Exception(message);
