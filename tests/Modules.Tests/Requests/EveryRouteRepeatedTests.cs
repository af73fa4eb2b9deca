using Shanmen.Modules.Tests.SignIn;

namespace Shanmen.Modules.Tests.Requests;

/// <summary>Fifty duplicates of one request at once, on every route that changes something; the list is that of the routes themselves (C3).</summary>
public abstract class EveryRouteRepeatedTests(TestPark park)
{
    private const int Times = 50;

    [Fact]
    public async Task Fifty_duplicates_at_once_have_one_effect_on_every_route()
    {
        var desk = await park.NewDesk();
        var samples = new RouteSamples(park, desk, await park.The("manager"));
        await samples.Prepare();
        var (wrong, done) = (new List<string>(), 0);
        foreach (var route in samples.KeyedRoutes)
        {
            // What belongs to a shift is asked by its clerk, everything else by who may do anything.
            var caller = route.Contains("/api/orders") || route.Contains("/api/tickets") || route.Contains("/drawer") || route.Contains("/api/shifts") ? desk.Clerk : park.Admin;
            var ask = await samples.Prepared(route, caller);
            var key = caller.NewKey();
            var replies = await Task.WhenAll(Enumerable.Range(0, Times).Select(_ => ask(key)));
            if (replies[0].Done) done++;
            wrong.AddRange(Complaints(route, replies, await Kept(key)));
        }
        Assert.Empty(wrong);
        Assert.True(done >= 15, $"Only {done} routes had an effect.");
        await park.MustVerify();
    }

    [Fact]
    public void Control_two_effects_are_noticed()
    {
        Reply Answer(string text, bool replayed) => new(200, text, "application/json", replayed ? new() { ["Idempotency-Replayed"] = "true" } : [], "POST /x", "zh-CN");
        Assert.Empty(Complaints("POST /x", [Answer("a", false), Answer("a", true)], 1));
        Assert.NotEmpty(Complaints("POST /x", [Answer("a", false), Answer("a", false)], 1));
        Assert.NotEmpty(Complaints("POST /x", [Answer("a", false), Answer("a", true), Answer("b", true)], 1));
        Assert.NotEmpty(Complaints("POST /x", [Answer("a", false), Answer("a", true)], 2));
        Assert.NotEmpty(Complaints("POST /x", [Answer("a", false), Answer("b", false) with { Status = 500 }], 1));
    }

    private async Task<long> Kept(Guid key)
    {
        await using var connection = await park.Store.Open();
        return Convert.ToInt64((await Store.Rows(connection, "select count(*) from answer where key = @p0", park.Store.IsPostgres ? key : key.ToByteArray(bigEndian: true))).Single()[0]);
    }

    private static IEnumerable<string> Complaints(string route, Reply[] replies, long kept)
    {
        var done = replies.Where(r => r.Done).ToArray();
        var shown = string.Join(" | ", replies.Select(r => $"{r.Status} {r.Text}").Distinct().Take(3));
        if (done.Length == 0)
        {
            if (replies.Select(r => r.Status).Distinct().Count() > 1 || kept > 1) yield return $"{route}: refused and kept {kept} times: {shown}";
            yield break;
        }
        // A day is closed in several steps: whoever comes between them is told that it is being closed.
        if (replies.Any(r => !r.Done && r.Status != 409)) yield return $"{route}: neither waited nor 409: {shown}";
        if (done.Count(r => !r.Replayed) != 1) yield return $"{route}: {done.Count(r => !r.Replayed)} of {replies.Length} were not repeats: {shown}";
        // A secret is shown once, so a repeat may say less than the first; all repeats say the same.
        if (done.Where(r => r.Replayed).Select(r => r.Text).Distinct().Count() > 1) yield return $"{route}: repeats differ: {shown}";
        if (kept != 1) yield return $"{route}: kept {kept} times: {shown}";
    }
}

public sealed class EveryRouteRepeatedOnSqlite(SqlitePark park) : EveryRouteRepeatedTests(park), IClassFixture<SqlitePark>;
// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class EveryRouteRepeatedOnPostgres(PostgresPark park) : EveryRouteRepeatedTests(park), IClassFixture<PostgresPark>;
