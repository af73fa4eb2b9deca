using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.SignIn;

/// <summary>
/// Every route against everybody who might ask (S1, S2). What is right stands in permissions.csv, which a person reads; to
/// propose a new table, run with SHANMEN_APPROVE=1 and read what changed.
/// </summary>
public abstract class PermissionTests(ITwoParks parks)
{
    private readonly TestPark _park = parks.First;
    private static string TableFile => Path.Combine(Checkout.Root, "tests", "Modules.Tests", "permissions.csv");
    // These change who may ask next, so they come last.
    private static readonly string[] Last = ["POST /api/lanes/{id}/device-key", "DELETE /api/lanes/{id}/device-key", "DELETE /api/session"];

    [Fact]
    public async Task Every_route_answers_everybody_as_the_table_says()
    {
        var (clerk, manager) = (await _park.The("clerk"), await _park.The("manager"));
        var samples = new RouteSamples(_park, await _park.TheDesk(), manager);
        await samples.Prepare();
        var document = (await _park.Admin.Read<JsonObject>("/openapi/v1.json"))["paths"]!.AsObject();
        var described = document.SelectMany(p => p.Value!.AsObject().Select(m => $"{m.Key.ToUpperInvariant()} {p.Key}")).ToArray();
        Assert.True(described.Length > 40, $"Only {described.Length} routes are described.");
        foreach (var route in described) Assert.True(samples.Knows(route), $"{route} has no row: give it a sample in RouteSamples, then a row in permissions.csv.");
        // Simulation is another kind of store; every other sample must still be a route of this one.
        foreach (var route in samples.Routes.Where(r => r.Contains(" /api/") && !r.EndsWith("/nothing-here"))) Assert.Contains(route, described);

        var expired = _park.NewCaller();
        expired.Cookie = (await _park.Hire("administrator")).Cookie;
        (await expired.Send(expired.Request(HttpMethod.Delete, "/api/session"))).MustBeDone();
        var device = _park.NewCaller();
        device.DeviceKey = (await _park.Admin.Post($"/api/lanes/{_park.Lane}/device-key")).As<Admitting.AdmittingTests.DeviceKeyMade>().DeviceKey;
        var first = _park.NewCaller();
        var saved = (await _park.Admin.Put($"/api/staff/{_park.Admin.NewKey()}", new { login = "justhired", name = "刚来", phone = "", roles = new[] { "administrator" }, active = true })).As<StaffSaved>();
        await first.SignIn("justhired", saved.InitialPassword!);
        var stranger = _park.NewCaller();
        stranger.Cookie = new string('0', 64);
        var askers = new (string Name, Caller Caller)[]
        {
            ("anonymous", _park.NewCaller()), ("madeUpCookie", stranger), ("expired", expired), ("firstPassword", first), ("otherParksAdministrator", parks.OtherAdmin), ("device", device),
            ("gateGuard", await _park.The("gateGuard")), ("finance", await _park.The("finance")), ("manager", manager), ("clerk", clerk), ("administrator", _park.Admin),
        };

        List<string> table = ["route," + string.Join(',', askers.Select(a => a.Name))];
        foreach (var route in samples.Routes.Order(StringComparer.Ordinal).OrderBy(r => Array.IndexOf(Last, r)))
        {
            var cells = new List<string>();
            foreach (var (name, caller) in askers)
            {
                var reply = await samples.Send(route, caller);
                cells.Add(Cell(reply));
                if (name == "otherParksAdministrator") foreach (var id in samples.Ids) Assert.False(reply.Text.Contains(id.ToString()), $"{route} shows another park {id}: {reply.Text}");
            }
            table.Add($"{route},{string.Join(',', cells)}");
        }

        // All have signed out by now; the other tests of this class need some of them.
        foreach (var (_, caller) in askers.Where(a => a.Caller.Password.Length > 0)) await caller.SignIn(caller.Login, caller.Password);
        if (Environment.GetEnvironmentVariable("SHANMEN_APPROVE") == "1") await File.WriteAllLinesAsync(TableFile, table);
        Assert.Empty(Differences(await File.ReadAllLinesAsync(TableFile), table));
    }

    private static string Cell(Reply reply) => reply.Done ? reply.Status.ToString() : reply.ContentType == "application/problem+json" ? $"{reply.Status} {reply.MustBeProblem().Code}" : reply.Status.ToString();

    private static List<string> Differences(IReadOnlyList<string> approved, IReadOnlyList<string> actual)
    {
        var header = approved[0].Split(',');
        var (was, now) = (approved.ToDictionary(l => l.Split(',')[0]), actual.ToDictionary(l => l.Split(',')[0]));
        var different = was.Keys.Except(now.Keys).Select(r => $"{r} is in the table but was not asked")
            .Concat(now.Keys.Except(was.Keys).Select(r => $"{r} has no row in permissions.csv")).ToList();
        foreach (var route in was.Keys.Intersect(now.Keys))
        {
            var (should, does) = (was[route].Split(','), now[route].Split(','));
            if (should.Length != does.Length) { different.Add($"{route} has {does.Length} cells, the table {should.Length}"); continue; }
            for (var i = 1; i < should.Length; i++)
                if (should[i] != does[i]) different.Add($"{route} for {header[i]}: {does[i]} instead of {should[i]}");
        }
        return different;
    }

    [Fact]
    public async Task Control_a_changed_cell_and_a_missing_row_are_found()
    {
        var table = await File.ReadAllLinesAsync(TableFile);
        Assert.Empty(Differences(table, table));
        var at = Array.FindIndex(table, l => l.StartsWith("GET /api/staff,", StringComparison.Ordinal));
        var opened = table.ToArray();
        var cells = opened[at].Split(',');
        cells[1] = "200";
        opened[at] = string.Join(',', cells);
        Assert.Equal(["GET /api/staff for anonymous: 200 instead of 401 notSignedIn"], Differences(table, opened));
        Assert.Equal(["POST /api/new has no row in permissions.csv"], Differences(table, [.. table, "POST /api/new,200"]));
        Assert.Single(Differences(table, [.. table.Where((_, i) => i != at)]));
    }

    [Fact]
    public async Task Ids_of_another_park_inside_a_body_reach_nothing_there()
    {
        var (other, desk) = (parks.OtherAdmin, await _park.TheDesk());
        var type = await _park.NewType();
        var order = await desk.Sell(type);
        async Task<Guid> Mine(string path, object body)
        {
            var id = other.NewKey();
            (await other.Put($"{path}/{id}", body)).MustBeDone();
            return id;
        }
        var site = await Mine("/api/sites", new { name = "邻园", nameEn = "", capacity = 100, active = true });
        var gate = await Mine("/api/gates", new { siteId = site, name = "邻门", nameEn = "", active = true });
        var lane = await Mine("/api/lanes", new { gateId = gate, number = 1, name = "邻道", direction = "both", active = true });
        var window = await Mine("/api/windows", new { siteId = site, number = 1, name = "邻窗", f3Action = "none", printer = new { kind = "browser80", autoPrint = false }, active = true });
        var shift = (await other.Post("/api/shifts", new { windowId = window, floatFen = 0 })).As<Shift>().Id;

        async Task Refused(Task<Reply> asked)
        {
            var reply = await asked;
            Assert.True(reply.Status is 400 or 403 or 404 or 409, $"{reply.Asked}: {reply.Status} {reply.Text}");
            reply.MustBeProblem();
        }
        await Refused(other.Put($"/api/gates/{other.NewKey()}", new { siteId = _park.Site, name = "越门", nameEn = "", active = true }));
        await Refused(other.Put($"/api/lanes/{other.NewKey()}", new { gateId = _park.Gate, number = 9, name = "越道", direction = "both", active = true }));
        await Refused(other.Put($"/api/windows/{other.NewKey()}", new { siteId = _park.Site, number = 9, name = "越窗", f3Action = "none", printer = new { kind = "browser80", autoPrint = false }, active = true }));
        await Refused(other.Put($"/api/ticket-types/{other.NewKey()}", TestPark.Type("X1", "越票", 1, null, 1, 1, 1, "00:00", "23:59", [_park.Site], true)));
        await Refused(other.Post("/api/shifts", new { windowId = desk.Window, floatFen = 0 }));
        await Refused(other.Post("/api/orders", new Sale(shift, _park.Today, "", 10_000, [new(type, 1, 1)], [Desk.Cash(10_000)], false, null)));
        await Refused(other.Post("/api/orders", new Sale(desk.Shift, _park.Today, "", 10_000, [new(type, 1, 1)], [Desk.Cash(10_000)], false, null)));
        await Refused(other.Post($"/api/orders/{order.Id}/cancel", new { shiftId = shift }));
        await Refused(other.Post("/api/admissions", new { laneId = _park.Lane, code = order.Tickets[0].Qr, people = 1 }));
        await Refused(other.Post("/api/exits", new { laneId = _park.Lane, people = 1 }));
        // A manager of the first park vouches for nobody in the second.
        var manager = await _park.The("manager");
        await Refused(other.Post("/api/returns", new { shiftId = shift, kind = "return", tickets = new[] { order.Tickets[0].Id }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password }));
        foreach (var code in new[] { order.Tickets[0].Qr, order.Tickets[0].ShortCode })
        {
            var verdict = (await other.Post("/api/admissions", new { laneId = lane, code, people = 1 })).As<Verdict>();
            Assert.True(verdict is { Word: "refused", Reason: "foreignPark" or "unknownCode" or "alteredCode", TypeName: "" }, verdict.ToString());
        }
        foreach (var search in new[] { order.Number, order.Tickets[0].ShortCode }) Assert.Empty((await other.Read<OrderList>($"/api/orders?q={search}")).Rows);
        // An id that another park uses is not given a second time.
        foreach (var (path, body) in new (string, object)[] { ($"/api/sites/{_park.Site}", new { name = "夺", nameEn = "", capacity = 1, active = false }), ($"/api/ticket-types/{type}", TestPark.Type("X2", "夺", 1, null, 1, 1, 1, "00:00", "23:59", [site], true)), ($"/api/staff/{desk.Clerk.StaffId}", new { login = "taken", name = "夺", phone = "", roles = new[] { "administrator" }, active = true }) })
            (await other.Put(path, body)).MustBe(404, "unknown");
        Assert.Equal("admitted", (await _park.Admit(order.Tickets[0].Qr)).Word);
        (await desk.Clerk.Get("/api/shifts/current")).MustBeDone();
        await _park.MustVerify();
    }
}

public sealed class PermissionsOnSqlite(TwoParksOnSqlite parks) : PermissionTests(parks), IClassFixture<TwoParksOnSqlite>;
// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class PermissionsOnPostgres(TwoParksOnPostgres parks) : PermissionTests(parks), IClassFixture<TwoParksOnPostgres>;
