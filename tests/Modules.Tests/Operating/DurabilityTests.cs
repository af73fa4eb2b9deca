using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Operating;

/// <summary>A store that would lose acknowledged sales in a power cut is run, but nobody can say that he was not told.</summary>
public class DurabilityTests
{
    private sealed class Park(Store store, Dictionary<string, string> environment) : TestPark
    {
        protected override Task<Store> NewStore() => Task.FromResult(store);
        protected override IReadOnlyDictionary<string, string> Environment => environment;
    }

    [Theory, InlineData("FULL", true), InlineData("EXTRA", true), InlineData("NORMAL", false), InlineData("OFF", false)]
    public async Task SQLite_says_whether_it_waits_for_the_disk(string synchronous, bool holds) =>
        await MustSay(new Park(await ParkTemplate.NewStore(postgres: false), new() { ["SHANMEN__SYNCHRONOUS"] = synchronous }), holds, $"SHANMEN__SYNCHRONOUS={synchronous}", "SYNCHRONOUS");

    [Theory, InlineData("on", true), InlineData("local", true), InlineData("off", false)]
    public async Task PostgreSQL_says_whether_it_waits_for_the_disk(string setting, bool holds)
    {
        var store = await ParkTemplate.NewStore(postgres: true);
        // Not in the server's own file: a setting of the one database must be seen too.
        await using (var connection = await store.Open())
            await Store.Change(connection, $"alter database {new Npgsql.NpgsqlConnectionStringBuilder(store.Database).Database} set synchronous_commit = {setting}");
        await MustSay(new Park(store, []), holds, $"synchronous_commit={setting}", "ALTER SYSTEM");
    }

    private static async Task MustSay(Park park, bool holds, string named, string remedy)
    {
        try
        {
            await park.InitializeAsync();
            var ready = await park.Admin.Get("/health/ready");
            Assert.Equal(200, ready.Status);
            Assert.Equal(holds ? "ok" : $"serving, but not durable: {named}", ready.Text);
            Assert.Contains($"shanmen_durable {(holds ? 1 : 0)}\n", (await park.Admin.Get("/metrics")).Text);
            foreach (var language in new[] { "zh-CN", "en" })
            {
                park.Admin.Language = language;
                var check = (await park.Admin.Read<JsonObject>("/api/status"))["checks"]!.AsArray().Single(c => (string)c!["name"]! == "durability")!;
                Assert.Equal(holds ? "ok" : "bad", (string)check["state"]!);
                var (text, action) = ((string)check["text"]!, (string)check["action"]!);
                Assert.Equal(language == "zh-CN", Reply.Chinese().IsMatch(text));
                if (holds) continue;
                Assert.Contains(named, (string)check["value"]!);
                Assert.Contains(remedy, action);
            }
            Assert.Equal(!holds, park.Centre.Said.Contains($"would lose acknowledged sales: {named}", StringComparison.Ordinal));
        }
        finally { await park.DisposeAsync(); }
    }
}
