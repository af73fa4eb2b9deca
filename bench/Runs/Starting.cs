using System.Diagnostics;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>What a store with many orders costs: time to serve again, memory, disk.</summary>
/// <param name="Orders">Orders that the store holds, as counted.</param>
/// <param name="StartMs">Median from the start of the process to its first "ready", after it was asked to stop.</param>
/// <param name="StartAfterKillMs">The same after it was killed just after selling.</param>
/// <param name="EmptyStartMs">The same with the empty store, so that the orders' share shows; null when the store was filled before, as are the other figures of the selling.</param>
/// <param name="LoadedRssMb">Memory while the orders were being sold, at their end.</param>
internal sealed record Started(string Bench, string Store, long Orders, double StartMs, double StartMsMax, double StartAfterKillMs, double StartAfterKillMsMax, double? EmptyStartMs,
    double IdleRssMb, double? LoadedRssMb, double BytesPerOrder, double? SoldPerSecond)
{
    public string ToJson() => JsonSerializer.Serialize(this, StartedJson.Default.Started);
    public string ToText() => $"{Store}, {Orders:N0} orders: ready after {StartMs:F0} ms (slowest {StartMsMax:F0}), after kill -9 {StartAfterKillMs:F0} ms (slowest {StartAfterKillMsMax:F0}), empty {EmptyStartMs:F0} ms; "
        + $"idle {IdleRssMb:F0} MB, selling {LoadedRssMb:F0} MB; {BytesPerOrder:F0} bytes an order";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Started))]
internal sealed partial class StartedJson : JsonSerializerContext;

internal static class Starting
{
    /// <summary>Orders sold before, unless it is said how many.</summary>
    public const int OrdersUsual = 200_000;
    private const double KillAfterSeconds = 1;
    // A server is idle when the work of its start has ended.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    /// <summary>Sells so many orders into a new store and starts it again and again.</summary>
    public static async Task<Started> Run(string? connection, int orders, int times, int clients, Action<string> progress, CancellationToken cancel)
    {
        var place = StorePlace.Of(null, connection is null ? [] : ["postgres", connection]);
        try
        {
            progress($"卖出 {orders} 单 / sell {orders} orders");
            var (park, before) = await Open(place, clients, cancel);
            var empty = await Starts(place, times, cancel, centre => centre.Stop());
            var left = orders;
            Met met;
            await using (var centre = await CentreProgram.StartAgain(place, cancel))
            {
                var asking = Selling.Ask(park, WishOf(place, clients)).Asking;
                // Sells until all are sold, however long that takes.
                met = await Crowd.Ask(await HttpCaller.Connect(centre.Address, clients, (client, turn) => Interlocked.Decrement(ref left) >= 0 ? asking(client, turn) : null),
                    0, TimeSpan.FromDays(1).TotalSeconds, () => centre.Cpu, () => centre.RssMb);
                if (met.Errors > 0) throw new ClientException(met.FirstError!);
                await centre.Stop();
            }
            return await Measure(place, park, before, times, clients, progress, cancel) with
            {
                EmptyStartMs = Middle(empty), LoadedRssMb = Math.Round(met.RssMb), SoldPerSecond = Math.Round(met.Asked / met.Seconds),
            };
        }
        finally { place.CleanUp(); }
    }

    /// <summary>Starts a filled store again and again, on its next business day.</summary>
    public static async Task<Started> Run(BenchStore filled, int times, int clients, Action<string> progress, CancellationToken cancel)
    {
        BenchPark park;
        await using (var centre = await filled.Start(cancel))
        {
            using var api = new CentreApi(centre.Address);
            park = await ParkDays.NextDay(filled, api, clients);
            await centre.Stop();
        }
        return await Measure(filled.Place, park, park.Book.EmptyBytes, times, clients, progress, cancel);
    }

    private static async Task<Started> Measure(StorePlace place, BenchPark park, long emptyBytes, int times, int clients, Action<string> progress, CancellationToken cancel)
    {
        var (sold, bytes) = (await Number(place, "select count(*) from orders"), await BytesOf(place) - emptyBytes);
        progress("正常停止后启动 / starts after a stop");
        var clean = await Starts(place, times, cancel, centre => centre.Stop());
        progress("kill -9 后启动 / starts after kill -9");
        var killed = await Starts(place, times, cancel, async centre =>
        {
            var asking = Selling.Ask(park, WishOf(place, clients)).Asking;
            await Crowd.Ask(await HttpCaller.Connect(centre.Address, clients, asking), 0, KillAfterSeconds, () => centre.Cpu, () => centre.RssMb);
            await centre.Crash();
        });
        double idle;
        await using (var centre = await CentreProgram.StartAgain(place, cancel))
        {
            await Task.Delay(Rest, cancel);
            idle = centre.RssMb;
            await centre.Stop();
        }
        return new Started("start", WishOf(place, clients).Store, sold, Middle(clean), Math.Round(clean[^1]), Middle(killed), Math.Round(killed[^1]), null, Math.Round(idle), null, Math.Round(bytes / (double)sold), null);
    }

    private static Wish WishOf(StorePlace place, int clients) => new("sell", place.Connection, clients, 0, 0, Hot: false, Signed: false, Spoil.Nothing);
    private static double Middle(double[] all) => Math.Round(all[all.Length / 2]);

    /// <summary>Makes the park, and says how large its store is when nothing is sold.</summary>
    private static async Task<(BenchPark Park, long Bytes)> Open(StorePlace place, int clients, CancellationToken cancel)
    {
        await using var centre = await CentreProgram.Start(place, simulation: false, cancel);
        using var api = new CentreApi(centre.Address);
        var park = await BenchPark.Open(api, centre.Password, clients);
        await centre.Stop();
        return (park, await BytesOf(place));
    }

    /// <summary>Starts it so many times, ends it in the given way after each, and returns the milliseconds in ascending order. The first start only sets the stage.</summary>
    private static async Task<double[]> Starts(StorePlace place, int times, CancellationToken cancel, Func<CentreProgram, Task> end)
    {
        var all = new List<double>();
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        for (var time = 0; time <= times; time++)
        {
            var watch = Stopwatch.StartNew();
            await using var centre = await CentreProgram.StartAgain(place, cancel);
            while ((await http.GetAsync(new Uri(centre.Address, "/health/ready"), cancel)).StatusCode != HttpStatusCode.OK) await Task.Delay(1, cancel);
            if (time > 0) all.Add(watch.Elapsed.TotalMilliseconds);
            await end(centre);
        }
        return [.. all.Order()];
    }

    private static Task<long> BytesOf(StorePlace place) => Number(place, place.Connection is null
        ? "select page_count * page_size from pragma_page_count(), pragma_page_size()" : "select pg_database_size(current_database())");

    /// <summary>Looks on a connection of its own: one that stayed open would keep the write-ahead log from being recovered at the next start.</summary>
    private static async Task<long> Number(StorePlace place, string sql)
    {
        await using var store = await Benchmark.Open(place);
        return await Benchmark.Number(store, sql);
    }
}
