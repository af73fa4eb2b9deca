using Shanmen.Bench.Load;

namespace Shanmen.Bench.Runs;

/// <summary>Each ticket is shown once; the gate lets one person in.</summary>
internal static class Admitting
{
    /// <summary>Tickets that the yardstick has from its start.</summary>
    public static int BareTickets(Wish order) => (int)(order.AllSeconds * (order.Connection is null ? 80_000 : 25_000));

    /// <param name="most">No more tickets than this can be asked for: what the limit admitted in the same time.</param>
    public static async Task<Asked> Ask(BenchPark park, Wish order, int most, Action<string> progress)
    {
        progress($"出票 / issue {most}");
        var codes = await park.Issue(most, order.Signed);
        // A request is rewritten for each code, so each client has one of its own.
        var requests = Enumerable.Range(0, order.Clients).Select(client => park.Readers[client % park.Readers.Length]).Select(reader => new Load.Request("POST", "/api/admissions",
            $"Authorization: Device {reader.DeviceKey}\r\nIdempotency-Key: {Load.Request.Key}\r\n", $$"""{"laneId":"{{reader.Lane}}","code":"{{codes[0]}}","people":1}""", codes[0])).ToArray();
        var (next, ofToday) = (-1, $"order_id in (select id from orders where {park.SinceToday})");
        return new Asked((client, _) => Interlocked.Increment(ref next) is var mine && mine < codes.Length ? requests[client].With(park.NewKey(), codes[mine]) : default(ReadOnlyMemory<byte>?),
            $"select coalesce(sum(used), 0) from ticket where {ofToday}", $"update ticket set used = 0 where short_code in (select short_code from ticket where used > 0 and {ofToday} limit 1)");
    }

    public static Asking AskBare(Wish order)
    {
        var next = -1;
        var requests = Enumerable.Range(0, order.Clients).Select(_ => new Load.Request("POST", "/redeem", "", $$"""{"key":"11111111-1111-4111-8111-111111111111","code":"{{Load.Request.Key}}"}""")).ToArray();
        return (client, _) => Interlocked.Increment(ref next) is var mine && mine < BareTickets(order) ? requests[client].With(TicketOf(mine)) : default(ReadOnlyMemory<byte>?);
    }

    public static Call Call(Wish order)
    {
        var next = -1;
        return new("select yardstick.redeem($1)", (_, _) => Interlocked.Increment(ref next) is var mine && mine < BareTickets(order) ? [TicketOf(mine)] : null);
    }

    /// <summary>The yardstick's ticket of a number, spread over the whole range as codes are. <c>bench/Bare</c> has the same line.</summary>
    internal static Guid TicketOf(int number) => new(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(number)).AsSpan(0, 16));
}
