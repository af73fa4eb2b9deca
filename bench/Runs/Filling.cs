using System.Diagnostics;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>Fills a store up to a number of paid orders of two tickets each, day by day, as a park does: shifts opened and counted, days closed and sealed.</summary>
internal static class Filling
{
    /// <summary>As many connections sell at once, so that groups are large.</summary>
    public const int Clients = 128;
    private const int Tenths = 10, Desks = 4, OrdersADay = 40_000, OrdersADayMax = 200_000;

    /// <param name="orders">Orders that the store shall hold in the end.</param>
    /// <param name="days">Business days over which they are spread; 0 = as many as are needed at 40,000 a day.</param>
    public static async Task<Filled> Run(BenchStore store, long orders, int days, int clients, Action<string> progress, CancellationToken cancel)
    {
        if (orders < 1) throw new ClientException("--orders: 至少一单 / at least one.");
        var have = store.Book is null ? 0 : await store.Orders();
        var left = (int)Math.Max(0, orders - have);
        Pace? pace = null;
        double? closed = null, rss = null;
        if (left > 0)
        {
            var over = Math.Max(days == 0 ? (left + OrdersADay - 1) / OrdersADay : days - (store.Book?.Days ?? 0), 1);
            // A window takes as much cash in a day, and a day has as many places.
            if (left / over > OrdersADayMax) throw new ClientException($"--days: 每天至多 {OrdersADayMax:N0} 单 / at most {OrdersADayMax:N0} orders a day.");
            progress($"卖出 {left:N0} 单，分 {over} 天 / sell {left:N0} orders over {over} days");
            await using var centre = await store.Start(cancel);
            using var api = new CentreApi(centre.Address);
            try
            {
                var park = store.Book is null ? await FirstDay(store, api, centre.Password, over) : await ParkDays.NextDay(store, api, Desks);
                using var crowd = await SellingCrowd.Connect(centre.Address, clients);
                pace = new Pace(left, progress);
                for (var day = 0; day < over; day++)
                {
                    cancel.ThrowIfCancellationRequested();
                    if (day > 0) await ParkDays.Begin(store, park, park.Today.AddDays(1), Desks);
                    var from = (int)((long)left * day / over);
                    await crowd.Sell(park, (int)((long)left * (day + 1) / over) - from, n => pace.Begun(from + n));
                    closed = await ParkDays.End(store, park);
                }
                pace.Ended();
            }
            catch (Exception) when (cancel.IsCancellationRequested) { throw new ClientException("已中断，可用 --in 接着来 / stopped; with --in it can be gone on with."); }
            catch (ClientException) { foreach (var line in centre.LastWords) Console.Error.WriteLine(line); throw; }
            rss = centre.RssMb;
            await centre.Stop();
        }
        var (sold, bytes, tables) = (await store.Orders(), await store.Bytes() - store.Book!.EmptyBytes, await store.Tables());
        if (sold < orders) throw new ClientException($"{orders} 单应在库 / orders should be stored, {sold} are.");
        return new Filled("fill", store.Kind, sold, store.Book.Days, pace?.PerSecond(0, Tenths), pace?.PerSecond(0, 1), pace?.PerSecond(Tenths - 1, Tenths),
            pace?.PerSecond(Tenths - 1, Tenths) / pace?.PerSecond(0, 1) is { } ratio ? Math.Round(ratio, 3) : null, Math.Round(bytes / (double)sold), tables?.ToDictionary(t => t.Key, t => Math.Round(t.Value / (double)sold)), Round(closed), Round(rss));
    }

    /// <summary>What <c>verify</c> of the program says of the store.</summary>
    public static async Task<Filled> Verify(BenchStore store, Filled filled, Action<string> progress, CancellationToken cancel)
    {
        progress("核验 / verify");
        var verdict = await CentreProgram.Verify(store.Place, cancel);
        if (verdict.FirstBad is { } bad) progress(bad);
        return filled with { Verify = verdict.Word, VerifySeconds = Math.Round(verdict.Seconds, 1), VerifyPeakMb = Round(verdict.PeakMb) };
    }

    /// <summary>A new park, on so many days that the last one is today.</summary>
    private static async Task<BenchPark> FirstDay(BenchStore store, CentreApi api, string password, int days)
    {
        var first = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(1 - days);
        var park = await BenchPark.Make(api, password, terms => ParkDays.Moment(terms.TimeZone, first, ParkDays.Opens));
        park.Book.EmptyBytes = await store.Bytes();
        await park.OpenShifts(Desks);
        store.Keep(park.Book);
        return park;
    }

    private static double? Round(double? value) => value is { } known ? Math.Round(known) : null;

    /// <summary>When each tenth of the orders was reached.</summary>
    private sealed class Pace(int orders, Action<string> progress)
    {
        private readonly long[] _at = new long[Tenths + 1];

        public void Begun(int order)
        {
            var tenth = (int)((long)order * Tenths / orders);
            // The first order of its tenth, and no other.
            if (order == 0 || (int)((order - 1L) * Tenths / orders) != tenth) Reached(tenth);
        }

        public void Ended() => Reached(Tenths);

        /// <summary>Null when the orders were too few to tell one tenth from the next.</summary>
        public double? PerSecond(int from, int to) => orders >= Tenths && Stopwatch.GetElapsedTime(_at[from], _at[to]) is { Ticks: > 0 } taken
            ? Math.Round(((long)orders * to / Tenths - (long)orders * from / Tenths) / taken.TotalSeconds) : null;

        private void Reached(int tenth)
        {
            _at[tenth] = Stopwatch.GetTimestamp();
            if (tenth > 0 && PerSecond(tenth - 1, tenth) is { } rate) progress($"{tenth * 100 / Tenths} %: {rate:N0}/s");
        }
    }
}
