using System.Text;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A paid order of two tickets, issued: over 30 days, or all on one.</summary>
internal static class Selling
{
    public static (Asking, string Stored) Ask(BenchPark park, Wish order)
    {
        var requests = new Load.Request[order.Clients][];
        for (var client = 0; client < order.Clients; client++)
        {
            var desk = park.Desks[client % park.Desks.Length];
            requests[client] = [.. Enumerable.Range(0, order.Hot ? 1 : BenchPark.Days).Select(d => new Load.Request("POST", "/api/orders",
                $"Cookie: {desk.Badge.Cookie}\r\nIdempotency-Key: {Load.Request.Key}\r\n", Encoding.UTF8.GetString(CentreApi.Encode(park.SaleOf(desk, park.Today.AddDays(d), 2)))))];
        }
        return ((client, turn) => requests[client][(turn * 7 + client) % requests[client].Length].With(Guid.CreateVersion7()), "select count(*) from orders where state = 'Paid'");
    }

    public static Asking AskBare(Wish order)
    {
        var requests = Enumerable.Range(0, order.Clients).Select(_ => Enumerable.Range(0, order.Hot ? 1 : BenchPark.Days).Select(slot => new Load.Request("POST", "/sell", "",
            $$"""{"key":"{{Load.Request.Key}}","slot":{{slot}},"totalFen":16000}""")).ToArray()).ToArray();
        return (client, turn) => requests[client][(turn * 7 + client) % requests[client].Length].With(Guid.CreateVersion7());
    }
}
