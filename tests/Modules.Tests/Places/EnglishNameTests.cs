using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Places;

/// <summary>Who asks in English is told the English names of sites, gates, lanes and windows; where none was given, the Chinese one.</summary>
public abstract class EnglishNameTests(TestPark park)
{
    [Fact]
    public async Task Answers_and_verdicts_name_places_in_the_language_asked_for()
    {
        var site = await park.NewSite("北岭", 100, nameEn: "North Ridge");
        var gate = await park.NewGate(site, "北门", "North Gate");
        var (named, bare) = (park.Admin.NewKey(), park.Admin.NewKey());
        (await park.Admin.Put($"/api/lanes/{named}", new { gateId = gate, number = 71, name = "一道", nameEn = "Lane One", direction = "both", active = true })).MustBeDone();
        (await park.Admin.Put($"/api/lanes/{bare}", new { gateId = gate, number = 72, name = "二道", direction = "both", active = true })).MustBeDone();
        var (english, chinese) = (await park.Hire("gateGuard"), await park.The("gateGuard"));
        english.Language = "en";
        GateLane Of(GateLane[] lanes, Guid id) => lanes.Single(l => l.LaneId == id);
        var seen = await english.Read<GateLane[]>("/api/admission/lanes");
        Assert.Equal(("Lane One", "North Gate", "North Ridge"), (Of(seen, named).LaneName, Of(seen, named).GateName, Of(seen, named).SiteName));
        Assert.Equal("二道", Of(seen, bare).LaneName);
        Assert.Equal("一道", Of(await chinese.Read<GateLane[]>("/api/admission/lanes"), named).LaneName);

        var window = park.Admin.NewKey();
        (await park.Admin.Put($"/api/windows/{window}", new { siteId = site, number = 88, name = "北窗", nameEn = "North Window", f3Action = "none", printer = new { kind = "browser80", autoPrint = false }, active = true })).MustBeDone();
        Assert.Equal("North Window", (string)(await park.Admin.Read<JsonObject[]>("/api/windows")).Single(w => (Guid)w["id"]! == window)["nameEn"]!);
        var clerk = await park.Hire("clerk");
        clerk.Language = "en";
        var shift = (await clerk.Post("/api/shifts", new { windowId = window, floatFen = 0 })).As<Shift>();
        var desk = new Desk(park, clerk, shift.Id, window);
        var order = await desk.Sell(await park.NewType(sites: [site]));
        Assert.Equal(("North Window", "North Window", "North Ridge"), (shift.WindowName, order.WindowName, Assert.Single(order.Tickets[0].SiteNames)));
        clerk.Language = "zh-CN";
        var read = await desk.Order(order.Id);
        Assert.Equal(("北窗", "北岭"), (read.WindowName, Assert.Single(read.Tickets[0].SiteNames)));

        Assert.Equal("admitted", (await park.Admit(order.Tickets[0].Qr, named, guard: english)).Word);
        Assert.Contains("North Gate", (await park.Admit(order.Tickets[0].Qr, bare, guard: english)).Text);
        Assert.Contains("北门", (await park.Admit(order.Tickets[0].Qr, bare)).Text);
        // The gate's name is that of the entry, whatever it is called later.
        (await park.Admin.Put($"/api/gates/{gate}", new { siteId = site, name = "新北门", nameEn = "", active = true })).MustBeDone();
        Assert.Contains("North Gate", (await park.Admit(order.Tickets[0].Qr, named, guard: english)).Text);
        Assert.Equal("新北门", Of(await english.Read<GateLane[]>("/api/admission/lanes"), named).GateName);

        var manager = await park.Hire("manager");
        manager.Language = "en";
        Assert.Equal("North Window", (await manager.Read<Board>("/api/board")).Windows.Single(w => w.Id == window).Name);
        Assert.Contains("\"North Window\"", (await manager.Get($"/api/reports/day?day={park.Today:yyyy-MM-dd}")).Text);
        await park.MustVerify();
    }
}

public sealed class EnglishNameOnSqlite(SqlitePark park) : EnglishNameTests(park), IClassFixture<SqlitePark>;
public sealed class EnglishNameOnPostgres(PostgresPark park) : EnglishNameTests(park), IClassFixture<PostgresPark>;
