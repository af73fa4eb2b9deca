using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Tests;

/// <summary>A real store in a folder, or a database, of its own, filled through the write path.</summary>
public sealed class TestStore : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 10, 3, 1, 0, 0, TimeSpan.Zero);
    private string? _postgresName;
    private WriteQueue? _queue;

    public string Folder { get; } = Directory.CreateTempSubdirectory("shanmen-platform-").FullName;
    public StoreOptions Options { get; private set; } = new("", null);
    public Database Database { get; private set; } = null!;
    public KeyRing Keys { get; private set; } = null!;
    public SimulatedClock Clock { get; } = new(Start);
    /// <summary>How many lanes the queue has; more than one on PostgreSQL only.</summary>
    public int Lanes { get; set; } = 1;

    /// <summary>The stores that this run has: SQLite always, PostgreSQL when the run provides one.</summary>
    public static TheoryData<string> Kinds() => PostgresServer is null ? ["sqlite"] : ["sqlite", "postgres"];

    public static string? PostgresServer => Environment.GetEnvironmentVariable("SHANMEN_TEST_POSTGRES") is { Length: > 0 } set ? set : null;

    /// <summary>A place for a store, without one in it.</summary>
    public static async Task<TestStore> Empty(string kind)
    {
        var store = new TestStore();
        string? connection = null;
        if (kind == "postgres")
        {
            store._postgresName = $"platform_{Guid.NewGuid():N}";
            await OnServer($"create database {store._postgresName}");
            connection = new NpgsqlConnectionStringBuilder(PostgresServer) { Database = store._postgresName }.ToString();
        }
        store.Options = new StoreOptions(store.Folder, connection);
        store.Database = Database.Open(store.Options);
        return store;
    }

    public static async Task<TestStore> Create(string kind, bool simulation = false)
    {
        var store = await Empty(kind);
        await Migrations.Apply(store.Database, new StoreKind(simulation, false), store.Clock, CancellationToken.None);
        store.Keys = KeyRing.Open(store.Options.KeyFile, mayCreate: true);
        return store;
    }

    public async Task<WriteQueue> Queue()
    {
        if (_queue is not null) return _queue;
        var state = new StoreState();
        await state.Load(Database);
        _queue = new WriteQueue(Database, state, new ParkTimes(), new FactFeed(Database), Lanes, Clock, NullLogger<WriteQueue>.Instance);
        await _queue.Start(CancellationToken.None);
        return _queue;
    }

    public async Task Stop()
    {
        if (_queue is not null) await _queue.DisposeAsync();
        _queue = null;
    }

    /// <summary>Ten requests that move money and people, some with several transfers, some with none.</summary>
    public async Task<TestStore> Filled()
    {
        var queue = await Queue();
        for (var n = 1; n <= 10; n++)
        {
            Clock.TrySet(Clock.GetUtcNow().AddSeconds(7));
            var answer = await queue.Send(new WriteKey(1, Guid.CreateVersion7(), Guid.CreateVersion7(), [1, 2, 3, (byte)n]), new Sell(n, n % 4 == 0));
            Assert.Equal(200, answer.Status);
        }
        return this;
    }

    public async Task Run(string sql, params object?[] values)
    {
        if (_postgresName is not null)
        {
            await using var connection = new NpgsqlConnection(Options.Database);
            await connection.OpenAsync();
            await using var command = new NpgsqlCommand(sql.Replace('@', '$'), connection);
            foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value });
            await command.ExecuteNonQueryAsync();
            return;
        }
        await using var file = new SqliteConnection($"Data Source={Options.SqliteFile};Pooling=False");
        await file.OpenAsync();
        await using var change = file.CreateCommand();
        change.CommandText = sql;
        for (var i = 0; i < values.Length; i++)
            change.Parameters.AddWithValue($"@{i + 1}", values[i] switch { null => DBNull.Value, Guid id => id.ToByteArray(bigEndian: true), var value => value });
        await change.ExecuteNonQueryAsync();
    }

    private static async Task OnServer(string sql)
    {
        await using var connection = new NpgsqlConnection(PostgresServer);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await Database.DisposeAsync();
        if (_postgresName is not null) await OnServer($"drop database {_postgresName} with (force)");
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Sells n places for 100 fen each and lets the people in; or, without a transfer, notes that it looked.</summary>
    public sealed class Sell(int n, bool onlyLooks) : IWrite
    {
        private static readonly Account Unsold = Account.Of(1, "unsold/day", Unit.Piece), Places = Account.Of(1, "places/day/20261003", Unit.Piece, min: 0, max: 1000),
            Revenue = Account.Of(1, "revenue/20261003/day", Unit.Fen), Drawer = Account.Of(1, "drawer/one", Unit.Fen, min: 0);

        public sealed record Sold(int Number, string Text);

        public void Touch(Touch touch)
        {
            foreach (var account in new[] { Unsold, Places, Revenue, Drawer }) touch.Account(account);
        }

        public Outcome Decide(WriteGroup group)
        {
            var subject = new Guid(n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
            if (!onlyLooks)
            {
                group.Ledger.Move(Unsold, Places, n, "places");
                group.Ledger.Move(Revenue, Drawer, n * 100L, "sale");
            }
            group.Record("Sold", subject, new Sold(n, "成人票"));
            if (n % 3 == 0) group.Record("Printed", subject, new Sold(n, "paper"));
            return Outcome.Done(new Sold(n, "answer"));
        }
    }
}
