using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Npgsql;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>What a run does to its own store before it is counted.</summary>
internal enum Spoil { Nothing, Row, Balance }

/// <summary>What was asked for on the command line.</summary>
/// <param name="Connection">Connection string of an empty PostgreSQL database; null = the embedded store.</param>
/// <param name="Hot">Everybody wants the same: one slot, one purse.</param>
/// <param name="Signed">Gates read the signed QR text instead of the typed code.</param>
/// <param name="Spoil">What is spoiled in the store before it is counted, to see whether the run notices.</param>
internal sealed record Wish(string Bench, string? Connection, int Clients, double WarmSeconds, double Seconds, bool Hot, bool Signed, Spoil Spoil)
{
    public string Store => Connection is null ? "sqlite" : "postgres";
    public double AllSeconds => WarmSeconds + Seconds;
}

/// <summary>What the clients ask of us, and what the store must hold afterwards.</summary>
/// <param name="Count">Statement that counts what was acknowledged.</param>
/// <param name="TakeOne">Statement that takes one of it away.</param>
/// <param name="Balances">Balances that accounts must have, by their code; null = none is looked at.</param>
internal sealed record Asked(Asking Asking, string Count, string TakeOne, Func<IReadOnlyDictionary<string, long>>? Balances = null);

/// <summary>Runs the limit and then ours, with the same clients, on stores of their own.</summary>
internal static class Benchmark
{
    /// <param name="filled">The filled store that ours is measured on, on its next business day; null = a new one.</param>
    public static async Task<Outcome> Run(Wish order, BenchStore? filled, Action<string> progress, CancellationToken cancel)
    {
        var place = filled?.Place ?? StorePlace.Of(null, order.Connection is null ? [] : ["postgres", order.Connection]);
        try
        {
            var disk = Disk.FdatasyncMicros(place.Folder);
            progress($"极限 / the limit ({order.Bench})");
            var database = order.Connection is null ? null : await DatabaseProcesses.Of(order.Connection);
            if (order.Connection is not null && database is null) progress("数据库不在本机，不计其处理器时间 / the database is on another machine: its processor time is not counted");
            var limit = order.Connection is { } connection ? await Limit(order, connection, database) : await Limit(order, Path.Combine(filled?.Folder ?? place.Folder, "limit"));
            progress("山门 / Shanmen");
            var before = filled is null ? 0 : await filled.Orders();
            // Purses that are practised on exist in a simulation only.
            await using var centre = filled is null ? await CentreProgram.Start(place, simulation: order.Bench == "spend", cancel) : await filled.Start(cancel);
            using var api = new CentreApi(centre.Address);
            var park = filled is null ? await BenchPark.Open(api, centre.Password, order.Clients, simulation: order.Bench == "spend") : await ParkDays.NextDay(filled, api, order.Clients);
            var asked = order.Bench switch
            {
                "sell" => Selling.Ask(park, order),
                // On PostgreSQL a group may admit faster than single calls do.
                "admit" => await Admitting.Ask(park, order, (int)(limit.PerSecond * order.AllSeconds * (database is null ? 1 : 2)), progress),
                "spend" => await Spending.Ask(park, order),
                _ => throw new ClientException($"{order.Bench}?"),
            };
            progress("开始 / go");
            var ours = await Crowd.Ask(await HttpCaller.Connect(centre.Address, order.Clients, asked.Asking), order.WarmSeconds, order.Seconds,
                () => order.Connection is null ? centre.Cpu : centre.Cpu + database?.Cpu, () => centre.RssMb);
            await centre.Stop();
            await using var store = await Open(place);
            if (order.Spoil == Spoil.Row) await Number(store, asked.TakeOne);
            if (order.Spoil == Spoil.Balance) await Number(store, "update account set balance = balance + 1 where code like '%/purse/%'");
            return new Outcome(order.Bench, order.Store, order.Clients, order.Hot, order.Signed, before, ours, limit, ours.Asked, await Number(store, asked.Count), await Differences(store, asked), disk);
        }
        finally { place.CleanUp(); }
    }

    private static async Task<Met> Limit(Wish order, string folder)
    {
        Remove(folder);
        try { return await LimitIn(order, folder); }
        finally { Remove(folder); }

        static void Remove(string folder) { if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true); }
    }

    private static async Task<Met> LimitIn(Wish order, string folder)
    {
        await using var bare = await BareServer.Start(folder, order.Bench == "admit" ? Admitting.BareTickets(order) : 0);
        Asking asking = order.Bench switch
        {
            "sell" => Selling.AskBare(order),
            "admit" => Admitting.AskBare(order),
            "spend" => Spending.AskBare(order),
            _ => throw new ClientException($"{order.Bench}?"),
        };
        return await Crowd.Ask(await HttpCaller.Connect(bare.Address, order.Clients, asking), order.WarmSeconds, order.Seconds, () => bare.Cpu, () => bare.RssMb);
    }

    private static async Task<Met> Limit(Wish order, string connection, DatabaseProcesses? database)
    {
        await PostgresLimit.Make(connection, order.Bench == "admit" ? Admitting.BareTickets(order) : 0);
        var call = order.Bench switch
        {
            "sell" => Selling.Call(order),
            "admit" => Admitting.Call(order),
            "spend" => Spending.Call(order),
            _ => throw new ClientException($"{order.Bench}?"),
        };
        var met = await Crowd.Ask(await PostgresCaller.Connect(connection, order.Clients, call), order.WarmSeconds, order.Seconds, () => database?.Cpu, () => 0);
        await PostgresLimit.Drop(connection);
        return met;
    }

    /// <summary>The accounts that do not hold what was acknowledged, each with a sentence.</summary>
    private static async Task<string[]> Differences(DbConnection store, Asked asked)
    {
        if (asked.Balances is null) return [];
        var found = new Dictionary<string, long>();
        await using (var command = store.CreateCommand())
        {
            command.CommandText = "select code, balance from account";
            await using var reader = await command.ExecuteReaderAsync();
            // A code begins with its park; the run has but one.
            while (await reader.ReadAsync()) found[reader.GetString(0).Split('/', 2)[1]] = reader.GetInt64(1);
        }
        return [.. asked.Balances().Where(a => found.GetValueOrDefault(a.Key) != a.Value).Select(a => $"{a.Key}: {found.GetValueOrDefault(a.Key)} instead of {a.Value}")];
    }

    internal static async Task<DbConnection> Open(StorePlace place)
    {
        DbConnection connection = place.Connection is { } postgres ? new NpgsqlConnection(postgres)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(place.Folder, "shanmen.db"), Pooling = false }.ToString());
        await connection.OpenAsync();
        return connection;
    }

    internal static async Task<long> Number(DbConnection store, string sql)
    {
        await using var command = store.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }
}
