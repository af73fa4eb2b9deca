using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>渠道和窗口: a ticket type may be sold by some channels and at some windows only (M02, M07; S-003-42).</summary>
public abstract class SoldWhereTests(TestPark park)
{
    private static int _types;

    private JsonObject Type(string[]? channels, Guid[]? windows)
    {
        var code = $"W{Interlocked.Increment(ref _types)}";
        var body = JsonSerializer.SerializeToNode(TestPark.Type(code, $"票{code}", 10_000, null, 10_000, 1, 1, "00:00", "23:59", [park.Site], true))!.AsObject();
        body["sale"] = JsonSerializer.SerializeToNode(new { opensDays = (int?)null, opensAt = (string?)null, minInOrder = (int?)null, maxInOrder = (int?)null, channels, windowIds = windows });
        return body;
    }

    private async Task<Guid> NewType(string[]? channels, Guid[]? windows = null)
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/ticket-types/{id}", Type(channels, windows))).MustBeDone();
        return id;
    }

    private static async Task<bool> Lists(Desk desk, Guid type) =>
        (await desk.Clerk.Read<PriceSheet>($"/api/price-sheet?day={desk.Park.Today:yyyy-MM-dd}&windowId={desk.Window}")).Types.Any(t => t.Id == type);

    [Fact]
    public async Task A_window_lists_and_sells_what_it_may()
    {
        Desk here = await park.NewDesk(), there = await park.NewDesk();
        var (open, online, local) = (await NewType(["window", "web"]), await NewType(["web", "ota"]), await NewType(null, [here.Window]));
        Assert.Equal((true, true), (await Lists(here, open), await Lists(there, open)));
        Assert.Equal((false, false), (await Lists(here, online), await Lists(there, online)));
        Assert.Equal((true, false), (await Lists(here, local), await Lists(there, local)));
        (await here.Send(await here.Draft(local))).MustBeDone();
        var draft = await here.Draft(local);
        (await there.Send(draft with { ShiftId = there.Shift })).MustBe(409, "otherWindow");
        (await here.Send(draft with { Lines = [new(online, 1, 1)] })).MustBe(409, "otherChannel");
        // What was placed is paid at any window, also when the type is taken from windows meanwhile.
        var placed = (await here.Send(draft with { Payments = [] })).As<Order>();
        (await there.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = there.Shift, payments = new[] { Desk.Cash(placed.TotalFen) } })).MustBeDone();
        await park.MustVerify();
    }

    private static JsonObject With(JsonObject type, Guid window)
    {
        type["sale"]!["windowIds"] = new JsonArray($"{window}");
        return type;
    }

    [Fact]
    public async Task Terms_are_kept_in_one_form_and_a_file_names_windows_by_number()
    {
        var desk = await park.NewDesk();
        async Task<JsonNode?> Kept(string[]? channels, Guid[]? windows) =>
            (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type(channels, windows))).As<JsonObject>()["sale"];
        Assert.Null(await Kept([], []));
        Assert.Null(await Kept(["web", "window", "agency", "ota", "kiosk"], null));
        // Whoever is not sold to at windows is so at each.
        Assert.Equal("""["web"]""", (await Kept(["web", "web"], [desk.Window]))!["channels"]!.ToJsonString());
        Assert.Null((await Kept(["web"], [desk.Window]))!["windowIds"]);
        (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type(["bazaar"], null))).MustBe(400, "wrongFields");
        (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type(null, [Guid.NewGuid()]))).MustBe(400, "wrongFields");

        var type = await NewType(null, [desk.Window]);
        var number = (int)(await park.Admin.Read<JsonObject[]>("/api/windows")).Single(w => (Guid)w["id"]! == desk.Window)["number"]!;
        var file = await park.Admin.Read<JsonObject>("/api/catalogue");
        var entry = file["ticketTypes"]!.AsArray().Single(t => (string)t!["id"]! == $"{type}")!;
        Assert.Equal($"[\"{number}\"]", entry["sale"]!["windowIds"]!.ToJsonString());
        Assert.Equal(0, (int)(await park.Admin.Post("/api/catalogue?dryRun=true", file)).As<JsonObject>()["ticketTypes"]!["changed"]!);
        // A window that is closed gives its number up: it stands in the file by its id, and the number means the one that has it now.
        var (closed, next) = (await park.NewWindow(), await park.NewWindow());
        var all = (await park.Admin.Read<JsonObject[]>("/api/windows")).ToDictionary(w => (Guid)w["id"]!);
        var shared = (int)all[closed]["number"]!;
        (await park.Admin.Put($"/api/ticket-types/{type}", With((await park.Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type), closed))).MustBeDone();
        all[closed]["active"] = false;
        (await park.Admin.Put($"/api/windows/{closed}", all[closed])).MustBeDone();
        all[next]["number"] = shared;
        (await park.Admin.Put($"/api/windows/{next}", all[next])).MustBeDone();
        file = await park.Admin.Read<JsonObject>("/api/catalogue");
        entry = file["ticketTypes"]!.AsArray().Single(t => (string)t!["id"]! == $"{type}")!;
        Assert.Equal($"[\"{closed}\"]", entry["sale"]!["windowIds"]!.ToJsonString());
        entry["sale"]!["windowIds"] = new JsonArray($"{shared}");
        (await park.Admin.Post("/api/catalogue", file)).MustBeDone();
        Assert.Equal(next, (Guid)(await park.Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type)["sale"]!["windowIds"]!.AsArray().Single()!);
        entry["sale"]!["windowIds"] = new JsonArray("987654");
        var refused = (await park.Admin.Post("/api/catalogue?dryRun=true", file)).MustBe(400, "fileRefused");
        Assert.Contains(refused.Errors!, e => e.Key.EndsWith("sale.windowIds[0]", StringComparison.Ordinal) && e.Value.Single().Contains("987654"));
    }
}

public sealed class SoldWhereOnSqlite(SqlitePark park) : SoldWhereTests(park), IClassFixture<SqlitePark>;
public sealed class SoldWhereOnPostgres(PostgresPark park) : SoldWhereTests(park), IClassFixture<PostgresPark>;
