using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>A simulation has purses to practise on; an ordinary store has none.</summary>
public sealed class PracticePurseTests(SimulatedSqlite simulation, SqlitePark ordinary) : IClassFixture<SimulatedSqlite>, IClassFixture<SqlitePark>
{
    private static Task<Reply> Move(Caller caller, Guid purse, string what, long fen, Guid? key = null) => caller.Post($"/api/simulation/purses/{purse}/{what}", new { amountFen = fen }, key);

    [Fact]
    public async Task A_purse_is_spent_once_for_each_key_and_never_below_nothing()
    {
        var (clerk, purse) = (await simulation.The("clerk"), simulation.Admin.NewKey());
        (await Move(clerk, purse, "spends", 1)).MustBe(409, "balanceShort");
        Assert.Equal(1_000, (long)(await Move(clerk, purse, "top-ups", 1_000)).As<JsonObject>()["balanceFen"]!);
        var key = clerk.NewKey();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Move(clerk, purse, "spends", 300, key)));
        Assert.All(replies, r => Assert.Equal(700, (long)r.As<JsonObject>()["balanceFen"]!));
        Assert.Single(replies, r => !r.Replayed);
        // Ten want three hundred of seven hundred: two get it.
        var rush = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Move(clerk, purse, "spends", 300)));
        Assert.Equal(2, rush.Count(r => r.Done));
        foreach (var refused in rush.Where(r => !r.Done)) Assert.Contains("余额不足", refused.MustBe(409, "balanceShort").Detail);
        Assert.Equal(0, (long)(await Move(clerk, purse, "spends", 100)).As<JsonObject>()["balanceFen"]!);
        (await Move(clerk, purse, "spends", 0)).MustBe(400, "wrongFields");
        (await Move(await simulation.The("gateGuard"), purse, "spends", 100)).MustBe(403, "notAllowed");
        await simulation.MustVerify();
    }

    [Fact]
    public async Task An_ordinary_store_knows_neither_purses_nor_a_clock_to_set()
    {
        foreach (var what in new[] { "top-ups", "spends" }) (await Move(ordinary.Admin, ordinary.Admin.NewKey(), what, 100)).MustBe(404, "unknown");
        (await ordinary.Admin.Post("/api/simulation/clock", new { at = ordinary.Clock() })).MustBe(404, "unknown");
        Assert.DoesNotContain("/api/simulation", (await ordinary.Admin.Get("/openapi/v1.json")).Text);
    }
}
