using System.Text;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A paid order of two tickets, issued: over 30 days, or all on one.</summary>
internal static class Selling
{
    public static Asked Ask(BenchPark park, Wish order)
    {
        var requests = new Load.Request[order.Clients][];
        for (var client = 0; client < order.Clients; client++)
        {
            var desk = park.Desks[client % park.Desks.Length];
            requests[client] = [.. Enumerable.Range(0, Slots(order)).Select(d => new Load.Request("POST", "/api/orders",
                $"Cookie: {desk.Badge.Cookie}\r\nIdempotency-Key: {Load.Request.Key}\r\n", Encoding.UTF8.GetString(CentreApi.Encode(park.SaleOf(desk, park.Today.AddDays(d), 2)))))];
        }
        return new Asked((client, turn) => requests[client][SlotOf(order, client, turn)].With(park.NewKey()),
            $"select count(*) from orders where state = 'Paid' and {park.SinceToday}", $"delete from orders where id in (select id from orders where {park.SinceToday} limit 1)");
    }

    public static Asking AskBare(Wish order)
    {
        var requests = Enumerable.Range(0, order.Clients).Select(_ => Enumerable.Range(0, Slots(order)).Select(slot => new Load.Request("POST", "/sell", "",
            $$"""{"key":"{{Load.Request.Key}}","slot":{{slot}},"totalFen":{{BenchPark.PriceFen * 2}}}""")).ToArray()).ToArray();
        return (client, turn) => requests[client][SlotOf(order, client, turn)].With(Guid.CreateVersion7());
    }

    public static Call Call(Wish order) =>
        new("select yardstick.sell($1, $2, $3)", (client, turn) => [Guid.CreateVersion7(), SlotOf(order, client, turn), BenchPark.PriceFen * 2]);

    private static int Slots(Wish order) => order.Hot ? 1 : BenchPark.Days;
    private static int SlotOf(Wish order, int client, int turn) => (turn * 7 + client) % Slots(order);
}
