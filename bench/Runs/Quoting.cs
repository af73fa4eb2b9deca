using System.Text;
using Shanmen.Bench.Load;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>How fast a price is told and explained (试算). It writes nothing, so that its floor is an answer of the same program without a price.</summary>
internal static class Quoting
{
    private const double FloorSeconds = 1;
    private const int AskedAfterChange = 20;
    // Only the moment of sale may differ between two answers, and it stands before this.
    private static readonly byte[] AfterMoment = Encoding.UTF8.GetBytes("\"version\":");

    /// <param name="change">Whether other prices begin to hold after the measuring and twenty more answers are heard, all of them wrong.</param>
    public static async Task<Quoted> Run(string? connection, int clients, double warmSeconds, double seconds, bool change, Action<string> progress, CancellationToken cancel)
    {
        var place = StorePlace.Of(null, connection is null ? [] : ["postgres", connection]);
        try
        {
            progress("山门 / Shanmen");
            await using var centre = await CentreProgram.Start(place, simulation: false, cancel);
            using var api = new CentreApi(centre.Address);
            var park = await BenchPark.Open(api, centre.Password, clients);
            var party = await QuoteParty.Open(park);
            progress("下限：没有价格的答复 / the floor: an answer without a price");
            var floor = await Ask(centre, clients, Math.Min(warmSeconds, FloorSeconds), Math.Min(seconds, FloorSeconds), _ => RequestOf("/health/live", null), null);
            // The answer that is known to be right by hand says what all others must be.
            var first = await api.Send(HttpMethod.Get, party.Path, park.Desks[0].Badge, null);
            if (ComplaintOf(first) is { } wrong) throw new ClientException(wrong);
            var expected = Told(first.Body).ToArray();
            Hearing hearing = body => Told(body).SequenceEqual(expected) ? null : $"答复与首个不同 / not what was answered first: {Encoding.UTF8.GetString(body)}";
            ReadOnlyMemory<byte> QuoteOf(int client) => RequestOf(party.Path, park.Desks[client % park.Desks.Length].Badge);
            progress("开始 / go");
            var ours = await Ask(centre, clients, warmSeconds, seconds, QuoteOf, hearing);
            if (change)
            {
                await party.Save(1_00);
                var request = QuoteOf(0);
                var after = await Crowd.Ask(await HttpCaller.Connect(centre.Address, 1, (_, turn) => turn < AskedAfterChange ? request : default(ReadOnlyMemory<byte>?), hearing), 0, seconds, () => null, () => 0);
                ours = ours with { Errors = ours.Errors + after.Errors, FirstError = ours.FirstError ?? after.FirstError };
            }
            await centre.Stop();
            return new Quoted(connection is null ? "sqlite" : "postgres", clients, QuoteParty.Lines, party.Rules, ours, floor);
        }
        finally { place.CleanUp(); }
    }

    private static ReadOnlySpan<byte> Told(ReadOnlySpan<byte> body) => body[Math.Max(0, body.IndexOf(AfterMoment))..];

    private static async Task<Met> Ask(CentreProgram centre, int clients, double warmSeconds, double seconds, Func<int, ReadOnlyMemory<byte>> requestOf, Hearing? hearing)
    {
        var requests = Enumerable.Range(0, clients).Select(requestOf).ToArray();
        return await Crowd.Ask(await HttpCaller.Connect(centre.Address, clients, (client, _) => requests[client], hearing), warmSeconds, seconds, () => centre.Cpu, () => centre.RssMb);
    }

    private static ReadOnlyMemory<byte> RequestOf(string path, Badge? who) =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{(who is null ? "" : $"Cookie: {who.Cookie}\r\n")}\r\n");

    /// <summary>What is wrong with the first answer, by the total and the explanation that are known by hand; null when nothing is.</summary>
    private static string? ComplaintOf(Answer answer)
    {
        if (!answer.IsDone) return answer.Sentence;
        var quote = answer.Read<Quote>();
        if (quote.TotalFen != QuoteParty.TotalFen || quote.Lines.Sum(line => line.TotalFen) != quote.TotalFen) return $"{quote.TotalFen} 分，应为 / fen instead of {QuoteParty.TotalFen}";
        var steps = quote.Lines[0].Steps.Select(step => step.Rule).ToArray();
        return steps.SequenceEqual(QuoteParty.AdultSteps) ? null : $"价格说明 / explained by {string.Join(" → ", steps)}";
    }
}
