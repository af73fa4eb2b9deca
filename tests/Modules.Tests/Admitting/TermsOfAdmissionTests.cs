using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Admitting;

/// <summary>入园条款: tickets for days, counts and sites, from the office to the gate (M02; I4, I7).</summary>
public abstract class TermsOfAdmissionTests(TestPark park)
{
    private static int _types;

    private static JsonObject Terms(object? validity = null, int? perDay = null, int? inAll = null, object[]? sites = null, int? interval = null, string[]? notOn = null, object[]? blackout = null) =>
        JsonSerializer.SerializeToNode(new
        {
            validity = validity ?? new { kind = "fromVisitDay", days = 365 }, perDay, inAll, sites = sites ?? [], intervalMinutes = interval, notOn = notOn ?? [], blackout = blackout ?? [],
        })!.AsObject();

    private JsonObject Type(JsonObject? terms, Guid[]? sites = null, int maxPeople = 1)
    {
        var code = $"A{Interlocked.Increment(ref _types)}";
        var body = JsonSerializer.SerializeToNode(TestPark.Type(code, $"条款{code}", 10_000, null, 10_000, 1, maxPeople, "00:00", "23:59", sites ?? [park.Site], true))!.AsObject();
        body["admission"] = terms;
        return body;
    }

    private async Task<Guid> NewType(JsonObject terms, Guid[]? sites = null, int maxPeople = 1)
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/ticket-types/{id}", Type(terms, sites, maxPeople))).MustBeDone();
        return id;
    }

    [Fact]
    public async Task Of_eight_lanes_at_once_as_many_open_as_a_count_card_has_entries()
    {
        var desk = await park.NewDesk();
        var lanes = new List<Guid>();
        for (var i = 0; i < 8; i++) lanes.Add(await park.NewLane(park.Gate));
        var order = await desk.Sell(await NewType(Terms(inAll: 3)), quantity: 10);
        var guard = await park.The("gateGuard");
        foreach (var ticket in order.Tickets)
        {
            var verdicts = await Task.WhenAll(lanes.Select(lane => park.Admit(ticket.Qr, lane, guard: guard)));
            Assert.Equal(3, verdicts.Count(v => v.Word == "admitted"));
            Assert.All(verdicts.Where(v => v.Word != "admitted"), v => Assert.Equal("alreadyUsed", v.Reason));
        }
        Assert.All((await desk.Order(order.Id)).Tickets, t => Assert.Equal(("used", 1), (t.State, t.Used)));
        await park.MustVerify();
    }

    [Fact]
    public async Task A_combined_ticket_is_good_once_at_each_of_its_sites_and_goes_back_only_unused()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var cableCar = await park.NewSite("缆车", 0, countsInside: false);
        var lane = await park.NewLane(await park.NewGate(cableCar, "缆车站"));
        var type = await NewType(Terms(new { kind = "fromVisitDay", days = 1 }, sites: [new { siteId = park.Site, perDay = (int?)null, inAll = 1 }, new { siteId = cableCar, perDay = (int?)null, inAll = 1 }]), [park.Site, cableCar]);
        var order = await desk.Sell(type, quantity: 2);
        var (first, second) = (order.Tickets[0], order.Tickets[1]);
        Assert.Equal("admitted", (await park.Admit(first.Qr)).Word);
        Assert.Equal("alreadyUsed", (await park.Admit(first.Qr)).Reason);
        (await desk.Return(first.Id, manager)).MustBe(409, "ticketUsed");
        Assert.Equal("valid", (await desk.Order(order.Id)).Tickets.Single(t => t.Id == first.Id).State);
        Assert.Equal("admitted", (await park.Admit(first.Qr, lane)).Word);
        Assert.Equal("alreadyUsed", (await park.Admit(first.ShortCode, lane)).Reason);
        (await desk.Return(second.Id, manager)).MustBeDone();
        Assert.Equal("returned", (await park.Admit(second.Qr, lane)).Reason);
        Assert.Equal(["used", "returned"], (await desk.Order(order.Id)).Tickets.OrderBy(t => t.Id == second.Id).Select(t => t.State));
        await park.MustVerify();
    }

    [Fact]
    public async Task A_party_comes_round_by_round_and_waits_in_between()
    {
        var desk = await park.NewDesk();
        var ticket = (await desk.Sell(await NewType(Terms(perDay: 2, interval: 30), maxPeople: 4), people: 4)).Tickets.Single();
        Assert.Equal((3, 1), Counts(await park.Admit(ticket.Qr, people: 3)));
        Assert.Equal("tooManyPeople", (await park.Admit(ticket.Qr, people: 2)).Reason);
        Assert.Equal((1, 0), Counts(await park.Admit(ticket.Qr)));
        var again = await park.Admit(ticket.Qr);
        Assert.Equal("tooSoon", again.Reason);
        Assert.Matches(@"\d\d:\d\d", again.Text);
        await park.MustVerify();
    }

    private static (int, int) Counts(Verdict verdict) => (verdict.PeopleAdmitted, verdict.PeopleLeft);

    [Fact]
    public async Task Days_that_are_left_out_admit_nobody_and_a_ticket_for_no_other_day_is_not_sold()
    {
        var desk = await park.NewDesk();
        object[] today = [new { from = park.Today, to = park.Today }];
        var pass = await NewType(Terms(perDay: 1, blackout: today));
        Assert.Equal("blackoutDay", (await park.Admit((await desk.Sell(pass)).Tickets[0].Qr)).Reason);
        var day = await NewType(Terms(new { kind = "fromVisitDay", days = 1 }, blackout: today));
        // The counter does not even show it; whoever asks all the same is refused.
        Assert.DoesNotContain((await desk.Sheet()).Types, t => t.Id == day);
        (await desk.Send(await desk.Draft(pass) with { Lines = [new(day, 1, 1)] })).MustBe(422, "neverAdmits");
        (await desk.Send(await desk.Draft(day, day: park.Today.AddDays(1)))).MustBeDone();
        var season = await NewType(Terms(new { kind = "fixed", from = park.Today.AddDays(2), to = park.Today.AddDays(9) }));
        var early = await park.Admit((await desk.Sell(season)).Tickets[0].Qr);
        Assert.Equal("wrongDay", early.Reason);
        Assert.Contains($"{park.Today.AddDays(2):yyyy-MM-dd}", early.Text, StringComparison.Ordinal);
        (await desk.Send(await desk.Draft(pass, day: park.Today.AddDays(10)) with { Lines = [new(season, 1, 1)] })).MustBe(422, "neverAdmits");
    }

    [Fact]
    public async Task A_ticket_keeps_the_terms_that_it_was_sold_with_and_the_first_use_begins_its_days()
    {
        var desk = await park.NewDesk();
        var terms = Terms(new { kind = "fromFirstUse", days = 3, startWithin = 30 }, perDay: 1);
        var type = await NewType(terms);
        var order = await desk.Sell(type);
        var ticket = order.Tickets[0];
        var strict = Type(Terms(new { kind = "fromVisitDay", days = 2 }, blackout: [new { from = park.Today, to = park.Today }]));
        (await park.Admin.Put($"/api/ticket-types/{type}", strict)).MustBeDone();
        Assert.Equal("admitted", (await park.Admit(ticket.Qr)).Word);
        Assert.Equal("usedToday", (await park.Admit(ticket.Qr)).Reason);
        var printed = (await desk.Clerk.Read<JsonObject>($"/api/orders/{order.Id}"))["tickets"]![0]!["terms"]!;
        Assert.Equal("fromFirstUse", printed["validity"]!["kind"]!.GetValue<string>());
        Assert.Equal("blackoutDay", (await park.Admit((await desk.Sell(type)).Tickets[0].Qr)).Reason);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_was_ordered_under_other_terms_is_not_paid()
    {
        var desk = await park.NewDesk();
        var type = await NewType(Terms(new { kind = "fromVisitDay", days = 2 }, perDay: 1));
        var (kept, held) = (await desk.Sell(type, payments: []), await desk.Sell(type, payments: []));
        Task<Reply> Pay(Order order) => desk.Clerk.Post($"/api/orders/{order.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(order.TotalFen) } });
        (await Pay(kept)).MustBeDone();
        (await park.Admin.Put($"/api/ticket-types/{type}", Type(Terms(perDay: 1)))).MustBeDone();
        (await Pay(held)).MustBe(409, "termsChanged");
        (await desk.Clerk.Post($"/api/orders/{held.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task Terms_that_cannot_be_kept_are_refused_by_the_name_of_the_field()
    {
        var elsewhere = await park.NewSite("别处", 0);
        async Task Refused(string field, JsonObject terms) =>
            Assert.Contains(field, (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type(terms))).MustBe(400, "wrongFields").Errors!.Keys);
        await Refused("admission.validity.days", Terms(new { kind = "fromVisitDay", days = 0 }));
        await Refused("admission.validity.days", Terms(new { kind = "fromVisitDay", days = 1_099 }));
        await Refused("admission.validity.days", Terms(new { kind = "fromVisitDay" }));
        await Refused("admission.validity.startWithin", Terms(new { kind = "fromFirstUse", days = 3 }));
        await Refused("admission.validity.to", Terms(new { kind = "fixed", from = "2026-12-02", to = "2026-12-01" }));
        await Refused("admission.validity.to", Terms(new { kind = "fixed", from = "2026-12-02" }));
        await Refused("admission.validity.kind", Terms(new { kind = "fromVisitDay", days = 3, from = "2026-12-02" }));
        await Refused("admission.validity.to", Terms(new { kind = "fixed", from = "9999-12-31", to = "9999-12-31" }));
        await Refused("admission.perDay", Terms(perDay: 0));
        await Refused("admission.inAll", Terms(inAll: 10_001));
        await Refused("admission.intervalMinutes", Terms(interval: 1_441));
        await Refused("admission.sites", Terms(sites: [new { siteId = elsewhere, perDay = 1, inAll = (int?)null }]));
        await Refused("admission.sites", Terms(sites: [new { siteId = park.Site, perDay = 1, inAll = (int?)null }, new { siteId = park.Site, perDay = 2, inAll = (int?)null }]));
        await Refused("admission.sites", Terms(sites: [null!]));
        await Refused("admission.blackout", Terms(blackout: [new { from = "2026-12-02", to = "2026-12-01" }]));
        await Refused("admission.blackout", Terms(blackout: [.. Enumerable.Repeat<object>(new { from = "2026-12-02", to = "2026-12-03" }, 31)]));
    }

    [Fact]
    public async Task Uses_and_terms_that_are_changed_by_hand_are_found()
    {
        var ticket = (await (await park.NewDesk()).Sell(await NewType(Terms(inAll: 3)))).Tickets[0];
        await park.Admit(ticket.Qr);
        (string, string, string) Changed(string column, string from, string to) =>
            ($"update ticket set {column} = replace({column}, '{from}', '{to}') where short_code = '{ticket.ShortCode}' and {column} like '%{from}%'",
            $"update ticket set {column} = replace({column}, '{to}', '{from}') where short_code = '{ticket.ShortCode}'", ticket.ShortCode);
        await park.MustFind([Changed("uses", "\"inAll\":1", "\"inAll\":0"), Changed("terms", "\"inAll\":3", "\"inAll\":9")]);
    }
}

public sealed class TermsOfAdmissionOnSqlite(SqlitePark park) : TermsOfAdmissionTests(park), IClassFixture<SqlitePark>;
public sealed class TermsOfAdmissionOnPostgres(PostgresPark park) : TermsOfAdmissionTests(park), IClassFixture<PostgresPark>;
