namespace Shanmen.Modules.Tests.Selling;

/// <summary>限流: quotas that several ticket types share, from the office to the last place (M04, A-02, C1, C2; I3).</summary>
public abstract class QuotaTests(TestPark park)
{
    // What an office or a counter reads of them.
    private sealed record Quota(Guid Id, int Edit, string Name, Guid[] TypeIds, int? Limit, bool Active, DateOnly CountsFrom);
    private sealed record QuotaDay(DateOnly Day, int? Limit, bool SetByHand, long Taken, long KeptBack, long? Left, bool Warns);
    private sealed record Warning(Guid Id, DateOnly Day, long Taken, int Limit, bool Stops);

    private static object Keep(string channel, int places, int releaseDays, string releaseAt) => new { channel, places, releaseDays, releaseAt };

    private Task<Reply> Put(Guid id, Guid[] types, int? limit, int edit = 0, bool active = true, bool stops = true, int? warn = null, object[]? keeps = null, string name = "缆车") =>
        park.Admin.Put($"/api/quotas/{id}", new { edit, name, typeIds = types, limit, warnPercent = warn, stops, keeps = keeps ?? [], active });

    private async Task<Quota> NewQuota(Guid[] types, int? limit, bool stops = true, int? warn = null, object[]? keeps = null) =>
        (await Put(park.Admin.NewKey(), types, limit, stops: stops, warn: warn, keeps: keeps)).As<Quota>();

    private async Task<QuotaDay> On(Quota quota, DateOnly? day = null) =>
        (await park.Admin.Read<QuotaDay[]>($"/api/quotas/{quota.Id}/days?from={day ?? park.Today:yyyy-MM-dd}&to={day ?? park.Today:yyyy-MM-dd}")).Single();

    private Task<Reply> SetDays(Quota quota, int? limit, bool unlimited, params DateOnly[] days) => park.Admin.Put($"/api/quotas/{quota.Id}/days", new { days, limit, unlimited });

    private async Task<string[]> Logged(string kind) =>
        [.. (await park.Admin.Read<System.Text.Json.Nodes.JsonObject>($"/api/log?day={park.Today:yyyy-MM-dd}&kind={kind}"))["rows"]!.AsArray().Select(row => row!["text"]!.GetValue<string>())];

    [Fact]
    public async Task Types_share_their_places_and_give_them_back()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (up, round, other) = (await park.NewType(), await park.NewType(quota: 4), await park.NewType());
        var quota = await NewQuota([up, round], 6);
        var sold = await desk.Sell(up, quantity: 2);
        var held = await desk.Sell(round, quantity: 3, payments: []);
        Assert.Equal((6, 5L, 1L), ((await On(quota)).Limit, (await On(quota)).Taken, (await On(quota)).Left));
        Assert.Equal((1, 1, null), ((await desk.Offer(up)).Left, (await desk.Offer(round)).Left, (await desk.Offer(other)).Left));
        var refused = (await desk.Send(await desk.Draft(up, quantity: 2))).MustBe(409, "quotaFull");
        Assert.Contains("缆车", refused.Detail);
        Assert.Contains("1", refused.Detail);
        await desk.Sell(other, quantity: 9);
        // One of two lines does not fit: nothing of the order is sold.
        (await desk.Clerk.Post("/api/orders", (await desk.Draft(up)) with { TotalFen = 20_000, Lines = [new(up, 1, 1), new(round, 1, 1)], Payments = [Desk.Cash(20_000)] })).MustBe(409, "quotaFull");
        Assert.Equal(5, (await On(quota)).Taken);

        (await desk.Clerk.Post($"/api/orders/{held.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(held.TotalFen) } })).MustBeDone();
        (await desk.Return(sold.Tickets[0].Id, manager)).MustBeDone();
        Assert.Equal(4, (await On(quota)).Taken);
        var second = await desk.Sell(up, quantity: 2, payments: []);
        (await desk.Send(await desk.Draft(round))).MustBe(409, "quotaFull");
        (await desk.Clerk.Post($"/api/orders/{second.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        Assert.Equal((4L, 2L), ((await On(quota)).Taken, (await On(quota)).Left));
        await park.MustVerify();
    }

    [Fact]
    public async Task A_quota_begins_with_what_was_sold_before_it()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (one, two, three) = (await park.NewType(), await park.NewType(), await park.NewType());
        var tomorrow = park.Today.AddDays(1);
        var sold = await desk.Sell(one, quantity: 3, day: tomorrow);
        var held = await desk.Sell(two, quantity: 2, day: tomorrow, payments: []);
        var paid = await desk.Sell(two, quantity: 1, day: tomorrow, payments: []);
        await desk.Sell(three, quantity: 4, day: tomorrow);

        var quota = await NewQuota([one, two], 7);
        Assert.Equal((6L, 1L, 0L), ((await On(quota, tomorrow)).Taken, (await On(quota, tomorrow)).Left, (await On(quota)).Taken));
        (await desk.Send(await desk.Draft(one, quantity: 2, day: tomorrow))).MustBe(409, "quotaFull");
        // What was sold, held and paid later comes back as well as what is sold now.
        (await desk.Return(sold.Tickets[0].Id, manager)).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{held.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{paid.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(paid.TotalFen) } })).MustBeDone();
        Assert.Equal(3, (await On(quota, tomorrow)).Taken);
        await park.MustVerify();

        // Other types: counted anew. Out of use: not counted, and again when it is used again.
        quota = (await Put(quota.Id, [two, three], 9, quota.Edit)).As<Quota>();
        Assert.Equal(5, (await On(quota, tomorrow)).Taken);
        quota = (await Put(quota.Id, [two, three], 9, quota.Edit, active: false)).As<Quota>();
        await desk.Sell(three, quantity: 9, day: tomorrow);
        Assert.Equal(5, (await On(quota, tomorrow)).Taken);
        quota = (await Put(quota.Id, [two, three], 9, quota.Edit)).As<Quota>();
        Assert.Equal((14L, 0L), ((await On(quota, tomorrow)).Taken, (await On(quota, tomorrow)).Left));
        (await desk.Send(await desk.Draft(two, day: tomorrow))).MustBe(409, "quotaFull");
        (await Put(quota.Id, [two], 9, quota.Edit, active: false)).MustBeDone();
        await desk.Sell(two, day: tomorrow);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_quota_over_all_types_counts_types_to_come_and_days_differ()
    {
        var desk = await park.NewDesk();
        var (day, later) = (park.Today.AddDays(40), park.Today.AddDays(41));
        var quota = await NewQuota([], null);
        var type = await park.NewType();
        await desk.Sell(type, quantity: 5, day: day);
        Assert.Equal((null, 5L, null), ((await On(quota, day)).Limit, (await On(quota, day)).Taken, (await On(quota, day)).Left));
        (await SetDays(quota, 6, false, day, later)).MustBeDone();
        Assert.Equal((true, 1L), ((await On(quota, day)).SetByHand, (await On(quota, day)).Left));
        (await desk.Send(await desk.Draft(type, quantity: 2, day: day))).MustBe(409, "quotaFull");
        // Lowered below what is taken it takes nothing back and lets nothing more in.
        (await SetDays(quota, 3, false, day)).MustBeDone();
        Assert.Equal((5L, 0L), ((await On(quota, day)).Taken, (await On(quota, day)).Left));
        (await desk.Send(await desk.Draft(type, day: day))).MustBe(409, "quotaFull");
        (await SetDays(quota, null, true, day)).MustBeDone();
        await desk.Sell(type, quantity: 20, day: day);
        (await SetDays(quota, null, false, day, later)).MustBeDone();
        Assert.False((await On(quota, day)).SetByHand);
        (await SetDays(quota, 1, false, park.Today.AddDays(-1))).MustBe(422, "namedDayPast");
        (await Put(quota.Id, [], null, quota.Edit, active: false)).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_many_windows_and_types_at_the_last_places_as_many_sell_as_there_are()
    {
        var desk = await park.NewDesk(0);
        Guid[] types = [await park.NewType(), await park.NewType(), await park.NewType()];
        var (wide, narrow) = (await NewQuota(types, 30), await NewQuota([types[0]], 5));
        var drafts = await Task.WhenAll(types.Select(type => desk.Draft(type)));
        var order = (drafts[1]) with { Payments = [] };
        var replies = await Task.WhenAll(Enumerable.Range(0, 90).Select(n => desk.Send(n % 4 == 3 ? order : drafts[n % 3])));
        Assert.Equal(30, replies.Count(r => r.Done));
        foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "quotaFull");
        Assert.Equal((30L, 0L), ((await On(wide)).Taken, (await On(wide)).Left));
        Assert.InRange((await On(narrow)).Taken, 0, 5);
        await park.MustVerify();
    }

    [Fact]
    public async Task Places_kept_for_another_channel_are_sold_after_their_release()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType();
        var (soon, far) = (park.Today.AddDays(2), park.Today.AddDays(9));
        var quota = await NewQuota([type], 10, keeps: [Keep("web", 4, 5, "00:00"), Keep("window", 3, 0, "23:59")]);
        Assert.Equal((0L, 10L), ((await On(quota, soon)).KeptBack, (await On(quota, soon)).Left));
        Assert.Equal((4L, 6L), ((await On(quota, far)).KeptBack, (await On(quota, far)).Left));
        await desk.Sell(type, quantity: 6, day: far);
        (await desk.Send(await desk.Draft(type, day: far))).MustBe(409, "quotaFull");
        await desk.Sell(type, quantity: 10, day: soon);
    }

    [Fact]
    public async Task A_limit_that_only_warns_stops_nobody_and_is_seen()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType();
        var quota = await NewQuota([type], 5, stops: false, warn: 80);
        await desk.Sell(type, quantity: 3);
        Assert.DoesNotContain(await park.Admin.Read<Warning[]>("/api/quota-warnings"), w => w.Id == quota.Id);
        await desk.Sell(type, quantity: 4);
        await desk.Sell(type, quantity: 2);
        var warning = Assert.Single(await park.Admin.Read<Warning[]>("/api/quota-warnings"), w => w.Id == quota.Id);
        Assert.Equal((park.Today, 9L, 5, false), (warning.Day, warning.Taken, warning.Limit, warning.Stops));
        // The log says it once: of the sale that reached it.
        Assert.Single((await Logged("QuotaReached")), text => text.Contains(quota.Id.ToString(), StringComparison.Ordinal) && text.Contains("\"taken\":7", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Beyond_a_limit_is_sold_with_the_approval_of_another_person_who_may()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var type = await park.NewType(quota: 3);
        var quota = await NewQuota([type], 2);
        await desk.Sell(type, quantity: 2);
        var draft = await desk.Draft(type, quantity: 3);
        async Task<Reply> Overbook(string login, string password) => await desk.Clerk.Post("/api/orders", new
        {
            draft.ShiftId, draft.VisitDay, draft.PriceVersion, draft.TotalFen, draft.Lines, draft.Payments, draft.OnOneTicket, draft.Buyer, overbook = new { login, password },
        });
        (await Overbook(manager.Login, "not the password")).MustBe(403, "supervisorWrong");
        (await Overbook(desk.Clerk.Login, desk.Clerk.Password)).MustBe(403, "supervisorNotAllowed");
        (await Overbook("", "")).MustBe(400, "wrongFields");
        Assert.Equal(2, (await On(quota)).Taken);
        (await Overbook(manager.Login, manager.Password)).MustBeDone();
        Assert.Equal((5L, 0L), ((await On(quota)).Taken, (await On(quota)).Left));
        (await desk.Send(await desk.Draft(type))).MustBe(409, "soldOut");
        var overbooked = Assert.Single(await Logged("PlacesOverbooked"));
        Assert.Contains(manager.StaffId.ToString(), overbooked, StringComparison.Ordinal);
        Assert.Contains("缆车", overbooked, StringComparison.Ordinal);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_type_is_sold_from_its_opening_on_and_in_numbers_that_it_says()
    {
        var desk = await park.NewDesk();
        Task<Reply> Put(Guid id, string code, object? sale) => park.Admin.Put($"/api/ticket-types/{id}", new
        {
            code, name = "预售票", nameEn = "Advance", tab = "single", visitorType = "adult", keySlot = (int?)null, proof = "none", heightLimitCm = (int?)null, minPeople = 1, maxPeople = 1,
            siteIds = new[] { park.Site }, fromTime = "00:00", toTime = "23:59", weekdayFen = 500, holidayFen = 500, dailyQuota = (int?)null, attention = "", active = true, sale,
        });
        var (type, code) = (park.Admin.NewKey(), $"A{Guid.NewGuid():N}"[..6].ToUpperInvariant());
        var saved = (await Put(type, code, new { opensDays = 3, opensAt = "00:00", minInOrder = 2, maxInOrder = 4 })).As<System.Text.Json.Nodes.JsonObject>();
        Assert.Equal(3, (int)saved["sale"]!["opensDays"]!);
        var early = (await desk.Send(await desk.Draft(type, quantity: 2, day: park.Today.AddDays(5)))).MustBe(409, "notYetOpen");
        Assert.Contains($"{park.Today.AddDays(2):yyyy-MM-dd} 00:00", early.Detail);
        (await desk.Send(await desk.Draft(type, quantity: 1))).MustBe(422, "tooFewInOrder");
        (await desk.Send(await desk.Draft(type, quantity: 5))).MustBe(422, "tooManyInOrder");
        // All lines of the type count together.
        (await desk.Clerk.Post("/api/orders", (await desk.Draft(type)) with { TotalFen = 2_500, Lines = [new(type, 3, 1), new(type, 2, 1)], Payments = [Desk.Cash(2_500)] })).MustBe(422, "tooManyInOrder");
        await desk.Sell(type, quantity: 4, day: park.Today.AddDays(3));
        foreach (var wrong in new object[]
        {
            new { opensDays = 400, opensAt = "00:00", minInOrder = (int?)null, maxInOrder = (int?)null }, new { opensDays = 1, opensAt = (string?)null, minInOrder = (int?)null, maxInOrder = (int?)null },
            new { opensDays = (int?)null, opensAt = (string?)null, minInOrder = 5, maxInOrder = 4 }, new { opensDays = (int?)null, opensAt = (string?)null, minInOrder = 0, maxInOrder = 0 },
        }) (await Put(type, code, wrong)).MustBe(400, "wrongFields");
        (await Put(type, code, null)).MustBeDone();
        await desk.Sell(type, quantity: 9, day: park.Today.AddDays(5));
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_two_managers_who_edit_one_quota_the_second_is_told_and_bad_fields_are_named()
    {
        var type = await park.NewType();
        var quota = await NewQuota([type], 10);
        Assert.Equal((1, park.Today), (quota.Edit, quota.CountsFrom));
        (await Put(quota.Id, [type], 20, quota.Edit)).MustBeDone();
        (await Put(quota.Id, [type], 30, quota.Edit)).MustBe(409, "quotaEdited");
        Assert.Equal(20, (await On(quota)).Limit);
        (await Put(quota.Id, [type], -1, 2)).MustBe(400, "wrongFields");
        (await Put(quota.Id, [Guid.CreateVersion7()], 1, 2)).MustBe(400, "wrongFields");
        (await Put(quota.Id, [type], 1, 2, warn: 101)).MustBe(400, "wrongFields");
        (await Put(quota.Id, [type], 1, 2, keeps: [Keep("web", 1, 0, "08:00"), Keep("web", 2, 0, "08:00")])).MustBe(400, "wrongFields");
        (await Put(quota.Id, [type], 1, 2, keeps: [Keep("web", 0, 400, "08:00")])).MustBe(400, "wrongFields");
        (await Put(quota.Id, [type], 1, 2, keeps: [Keep("Web", 1, 0, "08:00")])).MustBe(400, "wrongFields");
        (await Put(quota.Id, [type], 1, 2, keeps: [null!])).MustBe(400, "wrongFields");
        (await Put(quota.Id, [type], 1, 2, keeps: [new { channel = "web", places = 1 }])).MustBe(400, "malformed");
        (await Put(quota.Id, [type], 1, 2, name: "")).MustBe(400, "wrongFields");
        (await SetDays(quota, 5, true, park.Today)).MustBe(400, "wrongFields");
        (await SetDays(quota, 5, false)).MustBe(400, "wrongFields");
        (await park.Admin.Put($"/api/quotas/{park.Admin.NewKey()}/days", new { days = new[] { park.Today }, limit = 1, unlimited = false })).MustBe(404, "unknown");
        (await (await park.The("clerk")).Put($"/api/quotas/{quota.Id}", new { })).MustBe(403, "notAllowed");
    }
}

public sealed class QuotaOnSqlite(SqlitePark park) : QuotaTests(park), IClassFixture<SqlitePark>;

public sealed class QuotaOnPostgres(PostgresPark park) : QuotaTests(park), IClassFixture<PostgresPark>;
