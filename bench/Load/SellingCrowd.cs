using System.Text;
using Shanmen.Bench.Runs;
using Shanmen.Client;

namespace Shanmen.Bench.Load;

/// <summary>Connections that stay open over many days and sell each day's share, for visits within the next thirty days.</summary>
internal sealed class SellingCrowd : IDisposable
{
    private const int StepsMax = 20, Tickets = 2, Full = 503;
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(30), Pause = TimeSpan.FromMilliseconds(50);
    private readonly HttpLine[] _lines;

    private SellingCrowd(HttpLine[] lines) => _lines = lines;

    public static async Task<SellingCrowd> Connect(Uri address, int clients)
    {
        var crowd = new SellingCrowd([.. Enumerable.Range(0, clients).Select(_ => new HttpLine())]);
        foreach (var line in crowd._lines) await line.Connect(address);
        return crowd;
    }

    /// <summary>
    /// Sells so many orders in steps of half an hour of the park's clock, which stands in each. Keys move on evenly, as in a
    /// park: they decide where rows lie in the store.
    /// </summary>
    /// <param name="begun">Told of each order, by its number from 0.</param>
    public async Task Sell(BenchPark park, int orders, Action<int> begun)
    {
        var (desks, opens, days) = (park.Desks, park.Api.Now, Enumerable.Range(0, BenchPark.Days).Select(d => BenchPark.Text(park.Today.AddDays(d))).ToArray());
        // No connection is ever two steps behind, or its key would be too far from the clock.
        var steps = Math.Clamp(orders / (_lines.Length * 4), 1, StepsMax);
        var (next, reached, sold) = (-1, 0, new int[desks.Length]);
        using var moving = new SemaphoreSlim(1);
        await Task.WhenAll(_lines.Select((line, i) => Task.Run(() => One(line, i % desks.Length))));
        for (var i = 0; i < desks.Length; i++) desks[i].DrawerFen += sold[i] * Tickets * BenchPark.PriceFen;

        async Task One(HttpLine line, int which)
        {
            var desk = desks[which];
            var request = new Request("POST", "/api/orders", $"Cookie: {desk.Badge.Cookie}\r\nIdempotency-Key: {Request.Key}\r\n",
                Encoding.UTF8.GetString(CentreApi.Encode(park.SaleOf(desk, park.Today, Tickets))), days[0]);
            for (int n; (n = Interlocked.Increment(ref next)) < orders;)
            {
                begun(n);
                var step = (int)((long)n * steps / orders);
                if (step > Volatile.Read(ref reached)) await Move(step);
                var bytes = request.With(Guid.CreateVersion7(opens + Step * ((double)n * steps / orders)), days[n % days.Length]);
                int status;
                while ((status = await line.Exchange(bytes)) == Full) await Task.Delay(Pause);
                if (status is < 200 or >= 300) throw new ClientException($"/api/orders: {status} {Encoding.UTF8.GetString(line.Body.Span)}");
                Interlocked.Increment(ref sold[which]);
            }
        }

        async Task Move(int step)
        {
            await moving.WaitAsync();
            try
            {
                if (step <= reached) return;
                await park.Api.SetClock(park.Admin, opens + Step * step);
                Volatile.Write(ref reached, step);
            }
            finally { moving.Release(); }
        }
    }

    public void Dispose() { foreach (var line in _lines) line.Dispose(); }
}
