using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Admitting;

/// <summary>Who may enter, once (O1; invariants I4 and I9).</summary>
public abstract class AdmittingTests(TestPark park)
{
    private const int Tickets = 200, Lanes = 8;

    [Fact]
    public async Task The_same_ticket_at_eight_lanes_at_once_opens_one_of_them()
    {
        var desk = await park.NewDesk();
        var lanes = new List<Guid>();
        for (var i = 0; i < Lanes; i++) lanes.Add(await park.NewLane(park.Gate));
        var order = await desk.Sell(await park.NewType(fen: 100), quantity: Tickets);
        var guard = await park.The("gateGuard");
        var won = new List<int>();
        foreach (var ticket in order.Tickets)
        {
            var verdicts = await Task.WhenAll(lanes.Select((lane, i) => park.Admit(i % 2 == 0 ? ticket.Qr : ticket.ShortCode, lane, guard: guard)));
            won.Add(verdicts.Count(v => v.Word == "admitted"));
            Assert.All(verdicts.Where(v => v.Word != "admitted"), v => Assert.Equal("alreadyUsed", v.Reason));
        }
        Assert.All(won, n => Assert.Equal(1, n));
        Assert.All((await desk.Order(order.Id)).Tickets, t => Assert.Equal(("used", 1), (t.State, t.Used)));
        await park.MustVerify();
    }

    [Fact]
    public async Task A_group_comes_in_batches_until_everybody_is_in_and_never_one_more()
    {
        var desk = await park.TheDesk();
        var ticket = (await desk.Sell(await park.NewType(minPeople: 10, maxPeople: 100), people: 40)).Tickets[0];
        Assert.Equal((15, 25), Counts(await park.Admit(ticket.Qr, people: 15)));
        var tooMany = await park.Admit(ticket.Qr, people: 26);
        Assert.Equal(("refused", "tooManyPeople", 25), (tooMany.Word, tooMany.Reason, tooMany.PeopleLeft));
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => park.Admit(ticket.ShortCode, people: 1)));
        Assert.Equal(25, verdicts.Sum(v => v.PeopleAdmitted));
        Assert.Equal("alreadyUsed", (await park.Admit(ticket.Qr)).Reason);
    }

    private static (int, int) Counts(Verdict verdict) => (verdict.PeopleAdmitted, verdict.PeopleLeft);

    [Fact]
    public async Task Another_day_another_site_and_another_hour_are_refused_by_their_names()
    {
        var desk = await park.TheDesk();
        var otherSite = await park.NewSite("后山", 100);
        var otherLane = await park.NewLane(await park.NewGate(otherSite, "后门"));
        async Task<string?> Scanned(Guid type, DateOnly? day = null, Guid? lane = null) => (await park.Admit((await desk.Sell(type, day: day)).Tickets[0].Qr, lane)).Reason;
        Assert.Equal("wrongDay", await Scanned(await park.NewType(), day: park.Today.AddDays(1)));
        Assert.Equal("wrongSite", await Scanned(await park.NewType(), lane: otherLane));
        Assert.Null(await Scanned(await park.NewType(sites: [otherSite, park.Site]), lane: otherLane));
        // It is about noon in this park.
        Assert.Equal("tooEarly", await Scanned(await park.NewType(from: "15:00", to: "18:00")));
        // What lets nobody in any more is not sold, so tomorrow is left to it.
        var early = await park.NewType(from: "06:00", to: "09:00");
        await park.Change(early, "admission", TestPark.ForDays(2));
        Assert.Equal("tooLate", await Scanned(early));
        Assert.Equal("laneExitOnly", await Scanned(await park.NewType(), lane: await park.NewLane(park.Gate, "out")));
    }

    [Fact]
    public async Task A_full_site_admits_nobody_until_somebody_leaves()
    {
        var (desk, guard) = (await park.TheDesk(), await park.The("gateGuard"));
        var site = await park.NewSite("小岛", 2);
        var lane = await park.NewLane(await park.NewGate(site, "码头"));
        var order = await desk.Sell(await park.NewType(sites: [site]), quantity: 12);
        var verdicts = await Task.WhenAll(order.Tickets.Select(t => park.Admit(t.Qr, lane)));
        Assert.Equal(2, verdicts.Count(v => v.Word == "admitted"));
        Assert.All(verdicts.Where(v => v.Word == "refused"), v => Assert.Equal("parkFull", v.Reason));
        var waiting = order.Tickets[Array.FindIndex(verdicts, v => v.Word == "refused")];
        (await guard.Post("/api/exits", new { laneId = lane, people = 3 })).MustBe(409, "nobodyInside");
        (await guard.Post("/api/exits", new { laneId = lane, people = 1 })).MustBeDone();
        Assert.Equal("admitted", (await park.Admit(waiting.Qr, lane)).Word);
        (await guard.Post("/api/exits", new { laneId = await park.NewLane(park.Gate, "in"), people = 1 })).MustBe(409, "laneEntryOnly");
    }

    [Fact]
    public async Task What_to_look_at_stands_once_in_a_verdict()
    {
        var type = park.Admin.NewKey();
        var body = JsonNode.Parse(JsonSerializer.Serialize(TestPark.Type("LOOK", "查验票", 1_000, null, 1_000, 1, 1, "00:00", "23:59", [park.Site], true)))!;
        body["attention"] = "请核对照片";
        (await park.Admin.Put($"/api/ticket-types/{type}", body)).MustBeDone();
        var verdict = await park.Admit((await (await park.TheDesk()).Sell(type)).Tickets[0].Qr);
        Assert.Equal(("admitted", "", "请核对照片"), (verdict.Word, verdict.Action, verdict.Attention));
    }

    [Fact]
    public async Task A_lane_remembers_its_last_scans()
    {
        var guard = await park.The("gateGuard");
        var lane = await park.NewLane(park.Gate);
        var ticket = (await (await park.TheDesk()).Sell(await park.NewType())).Tickets[0];
        await park.Admit(ticket.Qr, lane);
        await park.Admit(ticket.Qr, lane);
        var recent = await guard.Read<Verdict[]>($"/api/admission/recent?laneId={lane}");
        Assert.Equal(["alreadyUsed", null], recent.Select(v => v.Reason));
    }

    [Fact]
    public async Task A_lanes_device_sees_and_serves_its_own_lane_only()
    {
        var (mine, other) = (await park.NewLane(park.Gate), await park.NewLane(park.Gate));
        var device = park.NewCaller();
        device.DeviceKey = (await park.Admin.Post($"/api/lanes/{mine}/device-key")).As<DeviceKeyMade>().DeviceKey;
        var order = await (await park.TheDesk()).Sell(await park.NewType(), quantity: 2);
        Assert.Equal("admitted", (await park.Admit(order.Tickets[0].Qr, mine, guard: device)).Word);
        (await device.Post("/api/admissions", new { laneId = other, code = order.Tickets[1].Qr, people = 1 })).MustBe(404, "unknown");
        (await device.Get($"/api/admission/recent?laneId={other}")).MustBe(404, "unknown");
        Assert.Single(await device.Read<JsonObject[]>("/api/admission/lanes"));
    }

    public sealed record DeviceKeyMade(string DeviceKey);
}

public sealed class AdmittingOnSqlite(SqlitePark park) : AdmittingTests(park), IClassFixture<SqlitePark>;
public sealed class AdmittingOnPostgres(PostgresPark park) : AdmittingTests(park), IClassFixture<PostgresPark>;
