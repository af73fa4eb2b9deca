using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Returning;

/// <summary>整日退票和待退款: a whole day goes back, interrupted or not, and its money is paid later (M06 force majeure; I2, I7; S-002-49).</summary>
public abstract class DayReturnTests(TestPark park)
{
    private sealed record Owed(Guid Id, string Reason, long CashFen, long CardFen, long CashOpenFen, long CardOpenFen);
    private sealed record Work(Guid Id, DateOnly VisitDay, string State, int Orders, int Tickets, int People, long Fen, JsonObject[] Skips);
    private sealed record Scope(int Orders, int Tickets, int People, long PriceFen, int Used);
    private sealed record Totals(long RefundsFen, long OwedFen);

    private DateOnly In(int days) => park.Today.AddDays(days);

    private async Task<Reply> Start(DateOnly day, Caller? by = null, Caller? second = null, string reason = "forceMajeure", Guid[]? types = null, Guid? key = null)
    {
        var other = second ?? park.Admin;
        return await (by ?? await park.The("manager")).Post("/api/day-returns", new { visitDay = day, types, reason, remark = "大风停运", supervisorLogin = other.Login, supervisorPassword = other.Password }, key);
    }

    private async Task<Work> Ended(Guid id)
    {
        for (var tries = 0; tries < 600; tries++)
        {
            if (await park.Admin.Read<Work>($"/api/day-returns/{id}") is { State: "ended" } work) return work;
            await Task.Delay(50);
        }
        throw new Xunit.Sdk.XunitException("The return of the day did not end.");
    }

    private async Task<Owed[]> OwedOf(Desk desk, Guid order) => (await desk.Clerk.Read<JsonObject>($"/api/orders/{order}"))["owed"] is { } owed ? System.Text.Json.JsonSerializer.Deserialize<Owed[]>(owed, Caller.Json)! : [];

    private static Task<Reply> Pay(Desk desk, Guid debt, long fen, bool allInCash = false, Caller? supervisor = null) => desk.Clerk.Post($"/api/owed/{debt}/payments",
        new { shiftId = desk.Shift, fen, allInCash, supervisorLogin = supervisor?.Login ?? "", supervisorPassword = supervisor?.Password ?? "" });

    private async Task<Totals> Today() => System.Text.Json.JsonSerializer.Deserialize<Totals>((await park.Admin.Read<JsonObject>($"/api/reports/day?day={park.Today:yyyy-MM-dd}"))["totals"], Caller.Json)!;

    [Fact]
    public async Task A_whole_day_goes_back_and_each_buyer_is_paid_the_way_he_paid()
    {
        var (desk, other, manager, finance) = (await park.NewDesk(), await park.NewDesk(), await park.The("manager"), await park.Hire("finance"));
        var (type, kept) = (await park.NewType(100_00, quota: 50), await park.NewType(70_00));
        await park.Change(type, "returns", """{"isReturnable":false,"steps":[],"flatFen":0}""");
        var before = await Today();
        var cash = await desk.Sell(type, 2, day: In(5));
        var card = await desk.Sell(type, day: In(5), payments: [Desk.Card(100_00)]);
        var mixed = await desk.Sell(type, 2, day: In(5), payments: [Desk.Card(120_00), Desk.Cash(80_00)]);
        var (stays, next) = (await desk.Sell(kept, day: In(5)), await desk.Sell(type, day: In(6)));

        Assert.Equal(new Scope(3, 5, 5, 500_00, 0), await manager.Read<Scope>($"/api/day-returns/scope?day={In(5):yyyy-MM-dd}&types={type}"));
        (await Start(In(5), second: manager)).MustBe(403, "supervisorSelf");
        (await Start(In(5), second: await park.The("clerk"))).MustBe(403, "supervisorNotAllowed");
        (await Start(In(5), by: desk.Clerk)).MustBe(403, "notAllowed");
        (await Start(In(5), reason: "plans")).MustBe(422, "rateNeeded");
        (await Start(In(9), types: [type])).MustBe(409, "nothingToReturn");
        (await Start(In(5), types: [Guid.CreateVersion7()])).MustBe(400, "wrongFields");
        var key = manager.NewKey();
        var begun = (await Start(In(5), types: [type], key: key)).As<Work>();
        Assert.Equal(begun.Id, (await Start(In(5), types: [type], key: key)).As<Work>().Id);
        var done = await Ended(begun.Id);
        Assert.Equal((3, 5, 5, 500_00L, 0), (done.Orders, done.Tickets, done.People, done.Fen, done.Skips.Length));
        foreach (var order in new[] { cash, card, mixed }) Assert.All((await desk.Order(order.Id)).Tickets, t => Assert.Equal("returned", t.State));
        foreach (var order in new[] { stays, next }) Assert.All((await desk.Order(order.Id)).Tickets, t => Assert.Equal("valid", t.State));
        Assert.Equal((50, 49), ((await desk.Offer(type, In(5))).Left, (await desk.Offer(type, In(6))).Left));
        (await desk.Clerk.Post($"/api/day-returns/{begun.Id}/resume")).MustBe(403, "notAllowed");
        (await manager.Post($"/api/day-returns/{begun.Id}/stop")).MustBe(409, "dayReturnNotRunning");

        // Nothing left a drawer, and the day says so: it all is owed.
        var now = await Today();
        Assert.Equal((before.RefundsFen + 500_00, before.OwedFen + 500_00), (now.RefundsFen, now.OwedFen));
        var debt = Assert.Single(await OwedOf(desk, mixed.Id));
        Assert.Equal((80_00, 120_00, 80_00, 120_00), (debt.CashFen, debt.CardFen, debt.CashOpenFen, debt.CardOpenFen));

        (await Pay(desk, debt.Id, 200_00)).MustBe(403, "returnNeedsSupervisor");
        (await Pay(desk, debt.Id, 199_99, supervisor: manager)).MustBe(409, "owedChanged");
        (await Pay(desk, Guid.CreateVersion7(), 1, supervisor: manager)).MustBe(404, "unknown");
        // Finance pays the cards back; what is left of the mixed one is cash, and two windows pay it once.
        var cards = new[] { debt.Id, Assert.Single(await OwedOf(desk, card.Id)).Id };
        (await desk.Clerk.Post("/api/owed/cards", new { ids = cards, fen = 220_00, reference = "批次 7" })).MustBe(403, "notAllowed");
        (await finance.Post("/api/owed/cards", new { ids = cards, fen = 220_01, reference = "批次 7" })).MustBe(409, "owedChanged");
        (await finance.Post("/api/owed/cards", new { ids = cards, fen = 220_00, reference = "" })).MustBe(400, "wrongFields");
        (await finance.Post("/api/owed/cards", new { ids = cards, fen = 220_00, reference = "批次 7" })).MustBeDone();
        (await finance.Post("/api/owed/cards", new { ids = cards, fen = 0, reference = "批次 7" })).MustBe(409, "owedChanged");
        var twice = await Task.WhenAll(Pay(desk, debt.Id, 80_00, supervisor: manager), Pay(other, debt.Id, 80_00, supervisor: manager));
        Assert.Single(twice, r => r.Done);
        twice.Single(r => !r.Done).MustBe(409, "owedChanged");
        (await Pay(desk, Assert.Single(await OwedOf(desk, card.Id)).Id, 0, supervisor: manager)).MustBe(409, "owedChanged");
        Assert.Equal((now.RefundsFen, now.OwedFen - 300_00), await Today() is var later ? (later.RefundsFen, later.OwedFen) : default);

        var list = await finance.Read<JsonObject>($"/api/reports/owed?dayReturn={begun.Id}");
        Assert.Equal((1L, 200_00L, 200_00L, 0L), ((long)list["totals"]!["debts"]!, (long)list["totals"]!["fen"]!, (long)list["totals"]!["cashOpenFen"]!, (long)list["totals"]!["cardOpenFen"]!));
        Assert.Equal(2, (int)(await finance.Read<JsonObject>($"/api/reports/owed?choice=paid&dayReturn={begun.Id}"))["total"]!);
        Assert.Equal(1, (int)(await finance.Read<JsonObject>($"/api/reports/owed?choice=all&number={cash.Number}"))["total"]!);
        Assert.Contains(cash.Number, (await finance.Get($"/api/reports/owed.csv?dayReturn={begun.Id}&lang=en")).Text);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_others_sold_stays_and_is_no_reason_to_go_on_for_ever()
    {
        var (desk, type, external, list) = (await park.NewDesk(), await park.NewType(20_00), park.Admin.NewKey(), park.Admin.NewKey());
        var elsewhere = System.Text.Json.JsonSerializer.SerializeToNode(TestPark.Type("EXT9", "外部票", 0, null, 0, 1, 1, "00:00", "23:59", [park.Site], true))!.AsObject();
        elsewhere["sale"] = new JsonObject { ["opensDays"] = null, ["opensAt"] = null, ["minInOrder"] = null, ["maxInOrder"] = null, ["way"] = "external" };
        (await park.Admin.Put($"/api/ticket-types/{external}", elsewhere)).MustBeDone();
        (await park.Admin.Put($"/api/external-lists/{list}", new { edit = 0, name = "名单", issuer = "发码方", typeId = external, from = In(7), to = In(7), priceFen = 100, note = "" })).MustBeDone();
        (await park.Admin.Post($"/api/external-lists/{list}/codes", new { lines = new[] { new { number = 1, code = "OTA-00000009", people = 1 } } })).MustBeDone();
        var order = await desk.Sell(type, day: In(7));
        Assert.Equal((1, 20_00L, 0), await Ended((await Start(In(7))).As<Work>().Id) is var done ? (done.Tickets, done.Fen, done.Skips.Length) : default);
        Assert.Equal("returned", (await desk.Order(order.Id)).Tickets[0].State);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_card_that_is_gone_is_paid_in_cash_with_a_supervisor_and_a_short_drawer_owes()
    {
        var (desk, poor, manager, type) = (await park.NewDesk(), await park.NewDesk(0), await park.The("manager"), await park.NewType(60_00));
        var order = await desk.Sell(type, payments: [Desk.Card(60_00)]);
        var paid = await desk.Sell(type, 2);
        (await poor.Return(paid.Tickets[0].Id, manager)).MustBe(409, "drawerShort");
        var later = (await poor.Clerk.Post("/api/returns", new { shiftId = poor.Shift, kind = "return", tickets = paid.Tickets.Select(t => t.Id), reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password, later = true })).As<Returned>();
        Assert.Equal(120_00, later.RefundFen);
        var debt = Assert.Single(await OwedOf(desk, paid.Id));
        (await Pay(poor, debt.Id, 120_00, supervisor: manager)).MustBe(409, "drawerShort");
        (await Pay(desk, debt.Id, 120_00, supervisor: manager)).MustBeDone();
        (await desk.Clerk.Post("/api/returns", new { shiftId = desk.Shift, kind = "return", tickets = new[] { order.Tickets[0].Id }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password, later = true })).MustBeDone();
        var card = Assert.Single(await OwedOf(desk, order.Id));
        (await Pay(desk, card.Id, 60_00, allInCash: true)).MustBe(403, "cardPartInCash");
        (await Pay(desk, card.Id, 60_00, allInCash: true, supervisor: manager)).MustBeDone();
        Assert.Equal((0, 0), Assert.Single(await OwedOf(desk, order.Id)) is var left ? (left.CashOpenFen, left.CardOpenFen) : default);
        // 120.00 came in and went out again, and 60.00 more for the card.
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000 - 60_00, reason = "" })).As<Shift>();
        Assert.Equal((-60_00, 60_00, 0), (closed.CashFen, closed.CardFen, closed.OverShortFen));
        Assert.Equal(0, (await poor.Clerk.Post($"/api/shifts/{poor.Shift}/close", new { countedFen = 0, reason = "" })).As<Shift>().OverShortFen);
        await park.MustVerify();
    }

    [Fact]
    public async Task Killed_stopped_and_taken_up_again_every_order_goes_back_once_and_who_went_in_stays()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(10_00));
        const int orders = 240;
        var sold = new List<Order>();
        foreach (var _ in Enumerable.Range(0, orders / 8)) sold.AddRange(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Sell(type, 2))));
        var begun = (await Start(park.Today, types: [type])).As<Work>();
        // One at a time; were it quick, there is nothing left to return.
        Assert.Contains((await Start(park.Today, types: [type])).MustBeProblem().Code, (string[])["dayReturnRuns", "nothingToReturn"]);
        // Visitors walk through the gate while their tickets go back: each ticket does one or the other.
        var entering = Task.WhenAll(sold.Take(40).Select(o => park.Admit(o.Tickets[0].Qr)));
        await entering;
        await park.Centre.Kill();
        park.Centre = await Centre.Start(park.Store);
        await manager.Post($"/api/day-returns/{begun.Id}/stop");
        await park.Centre.Kill();
        park.Centre = await Centre.Start(park.Store);
        await manager.Post($"/api/day-returns/{begun.Id}/resume");
        var done = await Ended(begun.Id);
        var (back, used) = (0, 0);
        foreach (var order in sold)
        {
            var now = await desk.Order(order.Id);
            Assert.Equal(now.Tickets.Count(t => t.State == "returned") * 10_00L, now.RefundedFen);
            Assert.Equal(now.RefundedFen, (await OwedOf(desk, order.Id)).Sum(o => o.CashOpenFen));
            back += now.Tickets.Count(t => t.State == "returned");
            used += now.Tickets.Count(t => t.State == "used");
        }
        var admitted = (await entering).Count(v => v.Word == "admitted");
        Assert.Equal((2 * orders, admitted), (back + used, used));
        Assert.Equal((back, back * 10_00L), (done.Tickets, done.Fen));
        await park.MustVerify();
    }
}

public sealed class DayReturnOnSqlite(SqlitePark park) : DayReturnTests(park), IClassFixture<SqlitePark>;

public sealed class DayReturnOnPostgres(PostgresPark park) : DayReturnTests(park), IClassFixture<PostgresPark>;
