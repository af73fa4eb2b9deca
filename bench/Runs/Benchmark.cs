using Microsoft.Data.Sqlite;
using Npgsql;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>What was asked for on the command line.</summary>
/// <param name="Connection">Connection string of an empty PostgreSQL database; null = the embedded store.</param>
/// <param name="Hot">Everybody wants the same: one slot, one purse.</param>
/// <param name="Signed">Gates read the signed QR text instead of the typed code.</param>
internal sealed record Wish(string Bench, string? Connection, int Clients, double WarmSeconds, double Seconds, bool Hot, bool Signed)
{
    public string Store => Connection is null ? "sqlite" : "postgres";
}

/// <summary>Runs the limit and then ours, with the same clients, on stores of their own.</summary>
internal static class Benchmark
{
    public static async Task<Outcome> Run(Wish order, Action<string> progress, CancellationToken cancel)
    {
        var place = StorePlace.Of(null, order.Connection is null ? [] : ["postgres", order.Connection]);
        try
        {
            var disk = Disk.FdatasyncMicros(place.Folder);
            progress($"极限 / the limit ({order.Bench})");
            var limit = await Limit(order, Path.Combine(place.Folder, "limit"));
            progress("山门 / Shanmen");
            await using var centre = await CentreProgram.Start(place, simulation: false, cancel);
            using var api = new CentreApi(centre.Address);
            var park = await BenchPark.Open(api, centre.Password, order.Clients);
            var (asking, stored) = order.Bench switch
            {
                "sell" => Selling.Ask(park, order),
                "admit" => await Admitting.Ask(park, order, (int)(limit.PerSecond * (order.Seconds + order.WarmSeconds)), progress),
                _ => throw new ClientException($"{order.Bench}?"),
            };
            progress("开始 / go");
            var ours = await Crowd.Ask(centre.Address, order.Clients, order.WarmSeconds, order.Seconds, asking, () => centre.Cpu, () => centre.RssMb);
            await centre.Stop();
            return new Outcome(order.Bench, order.Store, order.Clients, order.Hot, ours, limit, ours.Asked, await Count(place, stored), disk);
        }
        finally { place.CleanUp(); }
    }

    private static async Task<Met> Limit(Wish order, string folder)
    {
        await using var bare = await BareServer.Start(folder, order.Bench == "admit" ? Admitting.BareTickets(order) : 0);
        Asking asking = order.Bench switch
        {
            "sell" => Selling.AskBare(order),
            "admit" => Admitting.AskBare(order),
            _ => throw new ClientException($"{order.Bench}?"),
        };
        return await Crowd.Ask(bare.Address, order.Clients, order.WarmSeconds, order.Seconds, asking, () => bare.Cpu, () => bare.RssMb);
    }

    private static async Task<long> Count(StorePlace place, string sql)
    {
        await using System.Data.Common.DbConnection connection = place.Connection is { } postgres ? new NpgsqlConnection(postgres)
            : new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(place.Folder, "shanmen.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString());
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }
}
