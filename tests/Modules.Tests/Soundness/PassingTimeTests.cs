namespace Shanmen.Modules.Tests.Soundness;

/// <summary>What time does by itself. A simulation's clock stands until it is moved, so hours pass at once.</summary>
public abstract class PassingTimeTests(TestPark park)
{
    private async Task Pass(TimeSpan time)
    {
        var at = park.Clock() + time;
        var reply = await park.Admin.Send(park.Admin.Request(HttpMethod.Post, "/api/simulation/clock", $"{{\"at\":\"{at:yyyy-MM-ddTHH:mm:ss.fffZ}\"}}"));
        reply.MustBeDone();
        park.Clock = () => at;
    }

    [Fact]
    public async Task Hours_and_days_pass_and_what_hangs_on_them_ends()
    {
        Assert.True((await park.Admin.Read<Session>("/api/session")).Simulation);
        var desk = await park.NewDesk();
        var type = await park.NewType(quota: 2);
        await AnUnpaidOrderGivesItsPlacesBack(desk, type);

        var sold = await desk.Sell(type);
        var tomorrow = await desk.Sell(type, day: park.Today.AddDays(1));
        Assert.Equal("wrongDay", (await park.Admit(tomorrow.Tickets[0].Qr)).Reason);
        var twoDays = (await desk.Sell(await TwoDays())).Tickets[0].Qr;
        Assert.Equal("admitted", (await park.Admit(twoDays)).Word);
        Assert.Equal("usedToday", (await park.Admit(twoDays)).Reason);
        var (slotted, quota) = (await park.NewType(), park.Admin.NewKey());
        Task<Reply> Slots(int edit, DateOnly from) => park.Admin.Put($"/api/quotas/{quota}", new
        {
            edit, name = "玻璃栈道", typeIds = new[] { slotted }, limit = 9, warnPercent = (int?)null, stops = true, keeps = Array.Empty<object>(), active = true,
            slots = new { from, until = (DateOnly?)null, first = "03:00", minutes = 240, count = 5, earlyMinutes = 0, lateMinutes = 0, own = Array.Empty<object>() },
        });
        (await Slots(0, park.Today)).MustBeDone();
        var slot = await desk.Draft(slotted);
        (await desk.Send(slot with { Lines = [new(slotted, 1, 1, "19:00")] })).MustBeDone();
        (await Slots(1, park.Today.AddDays(1))).MustBe(409, "slotsSold");
        (await park.Admin.Send(park.Admin.Request(HttpMethod.Post, "/api/simulation/clock", $"{{\"at\":\"{park.Clock().AddMinutes(-1):yyyy-MM-ddTHH:mm:ss.fffZ}\"}}"))).MustBe(409, "clockBackwards");

        // What is kept for a buyer outlives the minutes, and ends at its own moment.
        var room = await park.NewType(quota: 3);
        var kept = (await desk.Send((await desk.Draft(room, 3)) with { Payments = [], Buyer = new("李导", "13911112222", "") })).As<Order>();
        (await desk.Clerk.Post($"/api/orders/{kept.Id}/keep", new { shiftId = desk.Shift, day = park.Today, time = "23:59" })).MustBeDone();

        // Eleven hours on everybody is still signed in; after twelve nobody is.
        await Pass(TimeSpan.FromHours(11));
        Assert.Equal(0, (await desk.Offer(room)).Left);
        (await desk.Clerk.Get("/api/board")).MustBeDone();
        await park.Admin.SignIn(park.Admin.Login, park.Admin.Password);
        await Pass(TimeSpan.FromHours(2));
        (await desk.Clerk.Get("/api/board")).MustBe(401, "notSignedIn");
        await desk.Clerk.SignIn(desk.Clerk.Login, desk.Clerk.Password);

        for (var waited = 0; waited < 60 && (await desk.Order(kept.Id)).State != "expired"; waited++) await Task.Delay(500);
        Assert.Equal(("expired", 3), ((await desk.Order(kept.Id)).State, (await desk.Offer(room)).Left));

        // The next noon: yesterday's ticket is late, today's good, and yesterday's shift sells nothing.
        await Pass(TimeSpan.FromHours(11));
        foreach (var caller in new[] { park.Admin, desk.Clerk, await park.The("gateGuard") }) await caller.SignIn(caller.Login, caller.Password);
        var today = (await park.Admin.Read<Session>("/api/session")).BusinessDay!.Value;
        Assert.Equal(park.Today.AddDays(1), today);
        Assert.Equal("wrongDay", (await park.Admit(sold.Tickets[0].Qr)).Reason);
        Assert.Equal("admitted", (await park.Admit(tomorrow.Tickets[0].Qr)).Word);
        Assert.Equal("admitted", (await park.Admit(twoDays)).Word);
        (await desk.Send(await desk.Draft(type, day: today))).MustBe(409, "shiftOfEarlierDay");
        (await desk.Send(await desk.Draft(type, day: today) with { VisitDay = park.Today })).MustBeProblem();
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = 1, quota = (int?)null, unlimited = false })).MustBe(422, "namedDayPast");
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 90_000, reason = "" })).MustBeDone();
        Assert.Equal(0, (await park.Admin.Post($"/api/days/{park.Today:yyyy-MM-dd}/close", new { })).As<ClosingSheet>().DifferenceFen);
        // The days on which slots were sold are over, so the slots may begin anew.
        (await Slots(1, today.AddDays(100))).MustBeDone();
        // Closing yesterday empties nothing of today.
        Assert.Equal(3, (await park.Admin.Read<Board>("/api/board")).Inside);
        await park.MustVerify();
    }

    /// <summary>A type that admits once on each of two days.</summary>
    private async Task<Guid> TwoDays()
    {
        var type = park.Admin.NewKey();
        var body = System.Text.Json.JsonSerializer.SerializeToNode(TestPark.Type("TWO", "两日票", 10_000, null, 10_000, 1, 1, "00:00", "23:59", [park.Site], true))!;
        body["admission"] = System.Text.Json.JsonSerializer.SerializeToNode(new
        {
            validity = new { kind = "fromVisitDay", days = 2 }, perDay = 1, inAll = (int?)null, sites = Array.Empty<object>(), intervalMinutes = (int?)null,
            notOn = Array.Empty<string>(), blackout = Array.Empty<object>(),
        });
        (await park.Admin.Put($"/api/ticket-types/{type}", body)).MustBeDone();
        return type;
    }

    private async Task AnUnpaidOrderGivesItsPlacesBack(Desk desk, Guid type)
    {
        var held = await desk.Sell(type, quantity: 2, payments: []);
        await Pass(TimeSpan.FromMinutes(14));
        Assert.Equal(0, (await desk.Offer(type)).Left);
        await Pass(TimeSpan.FromMinutes(2));
        (await desk.Clerk.Post($"/api/orders/{held.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(held.TotalFen) } })).MustBeProblem();
        // The job looks every twenty seconds of the machine's own time.
        for (var waited = 0; waited < 60 && (await desk.Order(held.Id)).State != "expired"; waited++) await Task.Delay(500);
        Assert.Equal("expired", (await desk.Order(held.Id)).State);
        Assert.Equal(2, (await desk.Offer(type)).Left);
    }
}

public sealed class SimulatedSqlite : SqlitePark
{
    public SimulatedSqlite() => Clock = () => DateTimeOffset.UnixEpoch.AddYears(40);
    // What kind a store is, is decided when it is made.
    protected override bool IsFurnished => false;
    protected override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SHANMEN__SIMULATION"] = "1" };
}

public sealed class SimulatedPostgres : PostgresPark
{
    public SimulatedPostgres() => Clock = () => DateTimeOffset.UnixEpoch.AddYears(40);
    // What kind a store is, is decided when it is made.
    protected override bool IsFurnished => false;
    protected override IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SHANMEN__SIMULATION"] = "1" };
}

public sealed class PassingTimeOnSqlite(SimulatedSqlite park) : PassingTimeTests(park), IClassFixture<SimulatedSqlite>;
// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class PassingTimeOnPostgres(SimulatedPostgres park) : PassingTimeTests(park), IClassFixture<SimulatedPostgres>;
