using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>A charge of a purse: one of a thousand, or all of one.</summary>
internal static class Spending
{
    private const int Many = 1_000;
    private const long TopUpFen = 10_000_000_000, AmountFen = 100;

    public static async Task<Asked> Ask(BenchPark park, Wish order)
    {
        var purses = Enumerable.Range(0, Purses(order)).Select(_ => park.Api.NewKey()).ToArray();
        foreach (var some in purses.Chunk(CentreApi.AtOnceMax))
            await Task.WhenAll(some.Select((purse, i) => park.Api.Change<PurseAnswer>(HttpMethod.Post, park.Desks[i % park.Desks.Length].Badge, $"/api/simulation/purses/{purse}/top-ups", new PurseRequest(TopUpFen))));
        // A request is rewritten for each key, so each client has its own for every purse.
        var requests = Enumerable.Range(0, order.Clients).Select(client => park.Desks[client % park.Desks.Length].Badge.Cookie).Select(cookie => purses.Select(purse => new Load.Request("POST",
            $"/api/simulation/purses/{purse}/spends", $"Cookie: {cookie}\r\nIdempotency-Key: {Load.Request.Key}\r\n", $$"""{"amountFen":{{AmountFen}}}""")).ToArray()).ToArray();
        var ofToday = $"what = 'spend' and (lane, seq) in (select lane, seq from log where {park.SinceToday})";
        var spent = new long[purses.Length];
        return new Asked((client, turn) =>
        {
            var which = PurseOf(order, client, turn);
            Interlocked.Increment(ref spent[which]);
            return requests[client][which].With(park.NewKey());
        },
        $"select count(*) from transfer where {ofToday}",
        $"delete from transfer where {ofToday} and seq = (select max(seq) from transfer where {ofToday})",
        () => purses.Select((purse, i) => (Code: $"purse/{purse:N}", Fen: TopUpFen - spent[i] * AmountFen)).ToDictionary(p => p.Code, p => p.Fen));
    }

    public static Asking AskBare(Wish order)
    {
        var requests = Enumerable.Range(0, order.Clients).Select(_ => Enumerable.Range(0, Purses(order)).Select(purse => new Load.Request("POST", "/charge", "",
            $$"""{"key":"{{Load.Request.Key}}","purse":{{purse}},"amountFen":{{AmountFen}}}""")).ToArray()).ToArray();
        return (client, turn) => requests[client][PurseOf(order, client, turn)].With(Guid.CreateVersion7());
    }

    public static Call Call(Wish order) =>
        new("select yardstick.charge($1, $2, $3)", (client, turn) => [Guid.CreateVersion7(), PurseOf(order, client, turn), AmountFen]);

    private static int Purses(Wish order) => order.Hot ? 1 : Many;
    private static int PurseOf(Wish order, int client, int turn) => (turn * 7 + client * 31) % Purses(order);
}
