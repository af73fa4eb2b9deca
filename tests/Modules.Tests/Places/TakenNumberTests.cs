using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Places;

/// <summary>A number that only one may have goes to one, also of two who ask at the same moment: lanes, windows, keys of the counter.</summary>
public abstract class TakenNumberTests(TestPark park)
{
    private const int Rounds = 40;

    private Task<Reply> Lane(Guid id, Guid gate, int number, bool active = true) =>
        park.Admin.Put($"/api/lanes/{id}", new { gateId = gate, number, name = $"道{number}", direction = "both", active });

    private Task<Reply> Window(Guid id, int number, bool active = true, string f3Action = "none") =>
        park.Admin.Put($"/api/windows/{id}", new { siteId = park.Site, number, name = $"窗{number}", f3Action, printer = new { kind = "browser80", autoPrint = false }, active });

    private Task<Reply> Type(Guid id, string code, int? slot, bool active = true)
    {
        var body = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(TestPark.Type(code, $"票{code}", 1_000, null, 1_000, 1, 1, "00:00", "23:59", [park.Site], active)))!;
        body["keySlot"] = slot;
        return park.Admin.Put($"/api/ticket-types/{id}", body);
    }

    private static async Task<Guid> OneOf(string refusal, Func<Guid, Task<Reply>> save, Guid first, Guid second)
    {
        var replies = await Task.WhenAll(save(first), save(second));
        Assert.Single(replies, r => r.Done);
        replies.Single(r => !r.Done).MustBe(409, refusal);
        return replies[0].Done ? first : second;
    }

    [Fact]
    public async Task Of_two_who_ask_for_a_number_at_once_one_gets_it()
    {
        var (gate, other) = (await park.NewGate(park.Site, "侧门"), await park.NewGate(park.Site, "后门"));
        Guid New() => park.Admin.NewKey();
        for (var round = 1; round <= Rounds; round++)
        {
            await OneOf("numberTaken", id => Lane(id, gate, round), New(), New());
            await OneOf("numberTaken", id => Window(id, 500 + round), New(), New());
            // Another gate counts for itself.
            (await Lane(New(), other, round)).MustBeDone();
            var winner = await OneOf("keySlotTaken", id => Type(id, $"K{round}{id.ToString()[^4..].ToUpperInvariant()}", 9), New(), New());
            var terms = (await park.Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == winner);
            // The key is free again as soon as its type is taken off sale, or moved to another key.
            (await Type(winner, (string)terms["code"]!, round % 2 == 0 ? 9 : 8, active: round % 2 != 0)).MustBeDone();
            if (round % 2 != 0) (await Type(winner, (string)terms["code"]!, null)).MustBeDone();
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task A_number_is_free_again_when_its_holder_is_disabled_or_moves()
    {
        var gate = await park.NewGate(park.Site, "水门");
        var (first, second) = (park.Admin.NewKey(), park.Admin.NewKey());
        (await Lane(first, gate, 1)).MustBeDone();
        (await Lane(second, gate, 1)).MustBe(409, "numberTaken");
        (await Lane(first, gate, 1)).MustBeDone();
        (await Lane(first, gate, 2)).MustBeDone();
        (await Lane(second, gate, 1)).MustBeDone();
        (await Lane(second, gate, 2)).MustBe(409, "numberTaken");
        (await Lane(first, gate, 2, active: false)).MustBeDone();
        (await Lane(second, gate, 2)).MustBeDone();
        (await Lane(first, gate, 2)).MustBe(409, "numberTaken");
        (await Lane(first, gate, 1)).MustBeDone();
        // Two who change places at once: whoever comes first is refused, and nothing is lost.
        var swap = await Task.WhenAll(Lane(first, gate, 2), Lane(second, gate, 1));
        Assert.All(swap, r => r.MustBe(409, "numberTaken"));
        var moves = await Task.WhenAll(Enumerable.Range(10, 30).SelectMany(n => new[] { Lane(first, gate, n), Lane(second, gate, n) }));
        Assert.All(moves.Where(m => !m.Done), m => m.MustBe(409, "numberTaken"));
        var lanes = (await park.Admin.Read<JsonObject[]>("/api/lanes")).Where(l => (Guid)l["gateId"]! == gate).Select(l => (int)l["number"]!).ToArray();
        Assert.Equal(2, lanes.Distinct().Count());
        foreach (var free in Enumerable.Range(10, 30).Except(lanes)) (await Lane(park.Admin.NewKey(), gate, free)).MustBeDone();
        foreach (var taken in lanes) (await Lane(park.Admin.NewKey(), gate, taken)).MustBe(409, "numberTaken");
    }

    [Fact]
    public async Task A_number_given_before_numbers_were_kept_is_taken_too_and_the_gate_is_no_key_of_a_window()
    {
        var (kept, slot) = (park.Admin.NewKey(), park.Admin.NewKey());
        (await Window(kept, 700)).MustBeDone();
        (await Type(slot, "KEPT", 7)).MustBeDone();
        (await Window(park.Admin.NewKey(), 701, f3Action: "gate")).MustBe(400, "malformed");
        await park.Centre.Close();
        await using (var connection = await park.Store.Open())
        {
            Assert.NotEqual(0, await Store.Change(connection, "delete from taken_number"));
            Assert.NotEqual(0, await Store.Change(connection, "update sales_window set f3_action = 'Gate' where number = 700"));
        }
        park.Centre = await Centre.Start(park.Store);

        (await Window(park.Admin.NewKey(), 700)).MustBe(409, "numberTaken");
        (await Type(park.Admin.NewKey(), "LATER", 7)).MustBe(409, "keySlotTaken");
        Assert.Equal("none", (string)(await park.Admin.Read<JsonObject[]>("/api/windows")).Single(w => (Guid)w["id"]! == kept)["f3Action"]!);
        await using (var connection = await park.Store.Open()) await Store.Change(connection, "update sales_window set f3_action = 'None' where number = 700");
        (await Window(kept, 702)).MustBeDone();
        (await Type(slot, "KEPT", 6)).MustBeDone();
        (await Window(park.Admin.NewKey(), 700)).MustBeDone();
        (await Type(park.Admin.NewKey(), "LATER", 7)).MustBeDone();
        await park.MustVerify();
    }
}

public sealed class TakenNumberOnSqlite(SqlitePark park) : TakenNumberTests(park), IClassFixture<SqlitePark>;
public sealed class TakenNumberOnPostgres(PostgresPark park) : TakenNumberTests(park), IClassFixture<PostgresPark>;
