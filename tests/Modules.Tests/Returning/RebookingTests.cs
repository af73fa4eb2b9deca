using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Returning;

/// <summary>改签: other tickets for those that go back, in one step and for the difference (M06; S-000-46, S-004-09, X-09, I7).</summary>
public abstract class RebookingTests(TestPark park)
{
    private DateOnly In(int days) => park.Today.AddDays(days);

    private async Task<Guid> NewType(long fen, string? returns = null, string? rebooking = null, int? quota = null)
    {
        var type = await park.NewType(fen, quota);
        if (returns is not null) await park.Change(type, "returns", returns);
        if (rebooking is not null) await park.Change(type, "rebooking", rebooking);
        return type;
    }

    private static string Flat(long fen) => $$"""{"isReturnable":true,"steps":[],"flatFen":{{fen}}}""";
    private const string Never = """{"isReturnable":false,"steps":[],"flatFen":0}""";

    private async Task Set(int returnAloneFen, int rebookTimes) => (await park.Admin.Put("/api/parameters", new
    {
        edit = (int)(await park.Admin.Read<JsonObject>("/api/parameters"))["edit"]!, values = new { holdMinutes = 15, daysAhead = 366, ticketsMax = 500, countToleranceFen = 0, returnAloneFen, rebookTimes },
    })).MustBeDone();

    [Fact]
    public async Task Another_day_costs_nothing_and_the_old_paper_is_dead()
    {
        var (desk, type) = (await park.NewDesk(), await NewType(100_00));
        var draft = (await desk.Draft(type, 2, day: In(1))) with { Buyer = new("林则徐", "13800138123", "") };
        var old = (await desk.Send(draft)).As<Order>();
        var tried = (await desk.Rebook(old, In(0), trial: true)).As<Rebooked>();
        Assert.Equal((null, 200_00, 0, 200_00, 200_00, 0, ""), (tried.Order, tried.PriceFen, tried.FeeFen, tried.CreditFen, tried.TotalFen, tried.DueFen, tried.BackMethod));
        Assert.All((await desk.Order(old.Id)).Tickets, t => Assert.Equal("valid", t.State));

        var key = desk.Clerk.NewKey();
        var done = (await desk.Rebook(old, In(0), credit: 200_00, total: 200_00, key: key)).As<Rebooked>();
        Assert.Equal(done.Order!.Id, (await desk.Rebook(old, In(0), credit: 200_00, total: 200_00, key: key)).As<Rebooked>().Order!.Id);
        var (now, before) = (await desk.Order(done.Order.Id), await desk.Order(old.Id));
        Assert.Equal((old.Number, In(0), 2, "paid", 0), (now.RebookedFrom!.Number, now.VisitDay, now.Tickets.Length, now.State, done.DueFen));
        Assert.Equal((now.Number, 200_00), (Assert.Single(before.RebookedTo!).Number, before.RefundedFen));
        Assert.All(before.Tickets, t => Assert.Equal("returned", t.State));
        Assert.Equal(("refused", "returned"), await park.Admit(old.Tickets[0].Qr) is var dead ? (dead.Word, dead.Reason) : default);
        Assert.Equal("admitted", (await park.Admit(now.Tickets[0].Qr)).Word);
        // The buyer goes along, and is found by the phone on both.
        var found = (await desk.Clerk.Read<OrderList>("/api/orders?q=13800138123")).Rows.Select(r => r.OrderId).ToHashSet();
        Assert.Superset(new HashSet<Guid> { old.Id, now.Id }, found);
        Assert.Equal(before.Buyer, now.Buyer);
        (await desk.Rebook(old, In(2), tickets: [old.Tickets[0].Id])).MustBe(409, "alreadyReturned");
        (await desk.Rebook(now, In(2), tickets: [now.Tickets[0].Id])).MustBe(409, "ticketUsed");
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000 + 200_00, reason = "" })).As<Shift>();
        Assert.Equal((200_00, 400_00, 0), (closed.CashFen, closed.SalesFen, closed.OverShortFen));
        await park.MustVerify();
    }

    [Fact]
    public async Task Only_the_difference_changes_hands_and_money_keeps_the_way_it_came()
    {
        var (desk, manager, plain, dear, cheap) = (await park.NewDesk(), await park.The("manager"), await NewType(100_00), await NewType(160_00), await NewType(30_00));
        var old = await desk.Sell(plain, 2, day: In(1), payments: [Desk.Card(120_00), Desk.Cash(80_00)]);
        // 60.00 more are due for each.
        (await desk.Rebook(old, In(1), [dear], payments: [Desk.Cash(60_00)], tickets: [old.Tickets[0].Id, old.Tickets[1].Id])).MustBe(422, "paymentsDiffer");
        var more = (await desk.Rebook(old, In(1), [dear], payments: [Desk.Cash(120_00, 150_00)])).As<Rebooked>();
        Assert.Equal((200_00, 320_00, 120_00, 30_00), (more.CreditFen, more.TotalFen, more.DueFen, more.Order!.ChangeFen));
        Assert.Equal([("card", 120_00L), ("cash", 80_00L), ("cash", 120_00L)], more.Order.Payments.Select(p => (p.Method, p.AmountFen)));
        // Down to 60.00: 260.00 come back, all that was paid by card first.
        (await desk.Rebook(more.Order, In(2), [cheap])).MustBe(403, "returnNeedsSupervisor");
        (await desk.Rebook(more.Order, In(2), [cheap], supervisor: manager, payments: [Desk.Cash(1)])).MustBe(422, "paymentsDiffer");
        var less = (await desk.Rebook(more.Order, In(2), [cheap], supervisor: manager)).As<Rebooked>();
        Assert.Equal((-260_00, "card+cash"), (less.DueFen, less.BackMethod));
        Assert.Equal([("cash", 60_00L)], less.Order!.Payments.Select(p => (p.Method, p.AmountFen)));
        Assert.Equal(30_00, (await desk.Return(less.Order.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000 + 30_00, reason = "" })).As<Shift>();
        Assert.Equal((30_00, 0, 0), (closed.CashFen, closed.CardFen, closed.OverShortFen));
        await park.MustVerify();
    }

    [Fact]
    public async Task Where_the_day_is_full_the_old_tickets_stay_and_two_windows_share_the_last_place_between_them()
    {
        var (one, two, type) = (await park.NewDesk(), await park.NewDesk(), await NewType(50_00, quota: 3));
        var (first, second) = (await one.Sell(type, 3, day: In(1)), await two.Sell(type, 1, day: In(3)));
        (await one.Rebook(first, In(3))).MustBe(409, "soldOut");
        Assert.All((await one.Order(first.Id)).Tickets, t => Assert.Equal("valid", t.State));
        Assert.Equal(0, (await one.Offer(type, In(1))).Left);
        // Two places are left of the third day, and two tickets want to go there at each window.
        var others = await two.Sell(type, 2, day: In(2));
        var replies = await Task.WhenAll(one.Rebook(first, In(3), tickets: [first.Tickets[0].Id, first.Tickets[1].Id]), two.Rebook(others, In(3)));
        Assert.Single(replies, r => r.Done);
        replies.Single(r => !r.Done).MustBe(409, "soldOut");
        Assert.Equal(0, (await one.Offer(type, In(3))).Left);
        // One ticket at two windows becomes one other.
        var both = await Task.WhenAll(one.Rebook(second, In(4)), two.Rebook(second, In(5)));
        Assert.Single(both, r => r.Done);
        both.Single(r => !r.Done).MustBe(409, "alreadyReturned");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_place_of_ones_own_that_is_given_back_is_free_for_the_new_ticket()
    {
        var (desk, type) = (await park.NewDesk(), await NewType(50_00, quota: 2));
        var other = await NewType(50_00);
        var order = (await desk.Send((await desk.Draft(type)) with { TotalFen = 150_00, Lines = [new(type, 2, 1), new(other, 1, 1)], Payments = [Desk.Cash(150_00)] })).As<Order>();
        Assert.Equal(0, (await desk.Offer(type)).Left);
        // The other one becomes one of the full type, as one of that goes away in the same step.
        var rebooked = (await desk.Rebook(order, In(0), [other, type], [order.Tickets[0].Id, order.Tickets[2].Id])).As<Rebooked>();
        Assert.Equal((0, 0), ((int)rebooked.DueFen, (await desk.Offer(type)).Left));
        await park.MustVerify();
    }

    [Fact]
    public async Task Terms_of_rebooking_and_reasons_with_a_rate_say_what_it_costs()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (flat, never, late) = (await NewType(100_00, rebooking: Flat(5_00)), await NewType(100_00, rebooking: Never), await NewType(100_00, rebooking: """{"isReturnable":true,"steps":[{"hoursBefore":48,"keepRate":0}],"flatFen":0}"""));
        var order = await desk.Sell(flat, 2, day: In(1));
        (await desk.Rebook(order, In(3), credit: 200_00, total: 200_00)).MustBe(409, "refundChanged");
        (await desk.Rebook(order, In(3), credit: 190_00, total: 190_00)).MustBe(409, "priceChanged");
        var done = (await desk.Rebook(order, In(3), payments: [Desk.Card(10_00)])).As<Rebooked>();
        Assert.Equal((10_00, 190_00, 10_00), (done.FeeFen, done.CreditFen, done.DueFen));
        foreach (var (type, why) in new[] { (never, "notRebookable"), (late, "tooLateToRebook") })
        {
            var refused = await desk.Sell(type, day: In(1));
            (await desk.Rebook(refused, In(3))).MustBe(409, why);
            Assert.Equal(0, (await desk.Rebook(refused, In(3), reason: "forceMajeure", trial: true)).As<Rebooked>().DueFen);
            (await desk.Rebook(refused, In(3), reason: "forceMajeure")).MustBe(403, "rateNeedsSupervisor");
            Assert.Equal(0, (await desk.Rebook(refused, In(3), reason: "forceMajeure", supervisor: manager)).As<Rebooked>().FeeFen);
        }
        var report = await park.Admin.Read<JsonObject>($"/api/reports/returns?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}");
        var rows = report["rows"]!.AsArray().Where(r => (string)r!["number"]! == order.Number).ToArray();
        Assert.Equal(("rebook", 2, 5_00, 95_00), ((string)rows[0]!["kind"]!, rows.Length, (int)rows[0]!["feeFen"]!, (int)rows[0]!["refundFen"]!));
        await park.MustVerify();
    }

    [Fact]
    public async Task Nothing_is_gained_by_rebooking_first_and_returning_then()
    {
        // From a week before on 40 % are kept; a rebooking costs nothing.
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await NewType(100_00, """{"isReturnable":true,"steps":[{"hoursBefore":168,"keepRate":0},{"hoursBefore":0,"keepRate":4000}],"flatFen":0}"""));
        var dear = await NewType(150_00, Flat(0));
        var order = await desk.Sell(type, 3, day: In(2));
        var far = (await desk.Rebook(order, In(30))).As<Rebooked>().Order!;
        Assert.Equal(new RefundQuote(100_00, 40_00, 0, 60_00, "cash"), await desk.RefundOf(far.Id, [far.Tickets[0].Id]));
        Assert.Equal(60_00, (await desk.Return(far.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        // Once more, and of a type that keeps nothing of its own: what was lost then goes along.
        var again = (await desk.Rebook(await desk.Order(far.Id), In(40), [dear], payments: [Desk.Cash(100_00)])).As<Rebooked>().Order!;
        Assert.Equal(110_00, (await desk.Return(again.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        // The park's own fault costs nothing either way.
        Assert.Equal(150_00, (await desk.Return(again.Tickets[1].Id, manager, reason: "ourMistake")).As<Returned>().RefundFen);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_stays_of_a_group_is_priced_as_when_a_ticket_goes_back()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(10_00, maxPeople: 20));
        var party = await desk.Sell(type, 1, 20, day: In(1));
        var one = (await desk.Rebook(party, In(2))).As<Rebooked>().Order!;
        Assert.Equal((20, 200_00, 1), (one.Tickets[0].People, one.Tickets[0].PriceFen, one.Tickets.Length));
        var paper = await desk.Sell(await NewType(10_00), 7, day: In(1), onOneTicket: true);
        var moved = (await desk.Rebook(paper, In(2))).As<Rebooked>().Order!;
        Assert.Equal((7, 70_00, 1), (moved.Tickets[0].People, moved.Tickets[0].PriceFen, moved.Tickets.Length));
        Assert.Equal(70_00, (await desk.Return(moved.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        await park.MustVerify();
    }

    [Fact]
    public async Task Visitors_go_along_and_their_numbers_buy_no_more_than_before()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType());
        await park.Change(type, "person", """{"asks":"nameAndNumber","scope":"everyPerson","ways":[],"limit":{"perOrder":null,"perDay":1,"perPeriod":null,"periodDays":0}}""");
        var body = System.Text.Json.JsonSerializer.SerializeToNode(await desk.Draft(type, day: In(1)), Caller.Json)!.AsObject();
        body["lines"]![0]!["visitors"] = new JsonArray(new JsonObject { ["name"] = "欧阳修", ["idNumber"] = "11010519491231002X" });
        async Task<Reply> Sell(DateOnly day)
        {
            body["visitDay"] = $"{day:yyyy-MM-dd}";
            return await desk.Clerk.Post("/api/orders", body);
        }
        var order = (await Sell(In(1))).As<Order>();
        var there = (await Sell(In(3))).As<Order>();
        (await desk.Rebook(order, In(3))).MustBe(409, "tooManyForDay");
        var moved = (await desk.Rebook(order, In(2))).As<JsonObject>()["order"]!;
        Assert.Equal("欧**", (string)moved["tickets"]![0]!["visitors"]![0]!["name"]!);
        (await Sell(In(2))).MustBe(409, "tooManyForDay");
        (await Sell(In(1))).MustBeDone();
        Assert.Equal("valid", (await desk.Order(there.Id)).Tickets[0].State);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_an_order_was_sold_with_goes_along_also_where_nobody_offers_it_any_more()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await NewType(100_00));
        async Task Agencies(int edit, bool active) => (await park.Admin.Put("/api/dictionaries", new { kind = "agency", edit, entries = new[] { new { code = "far", name = "远方旅行社", nameEn = "", active } } })).MustBeDone();
        await Agencies(0, true);
        var group = (await desk.Send((await desk.Draft(type, 2)) with { Buyer = new("导游", "", ""), Agency = "far" })).As<Order>();
        await Agencies(1, false);
        Assert.Equal("far", (await desk.Rebook(group, In(1))).As<Rebooked>().Order!.Agency);

        // A gift that somebody approved needs nobody a second time, and its budget counts it once.
        var (gift, budget) = (await NewType(0), park.Admin.NewKey());
        await park.Change(gift, "sale", """{"opensDays":null,"opensAt":null,"minInOrder":null,"maxInOrder":null,"way":"complimentary"}""");
        (await park.Admin.Put($"/api/complimentary-budgets/{budget}", new { edit = 0, name = "办公室", nameEn = "", from = park.Today, to = park.Today, people = 2, leftToClerk = 0, active = true })).MustBeDone();
        var body = System.Text.Json.JsonSerializer.SerializeToNode(await desk.Draft(gift, 2), Caller.Json)!.AsObject();
        body["complimentary"] = new JsonObject { ["budgetId"] = budget, ["reason"] = "press", ["note"] = "电视台", ["approval"] = new JsonObject { ["login"] = manager.Login, ["password"] = manager.Password } };
        var given = (await desk.Clerk.Post("/api/orders", body)).As<Order>();
        var moved = (await desk.Rebook(given, In(1))).As<JsonObject>()["order"]!;
        Assert.Equal(("press", "电视台", 0), ((string)moved["complimentary"]!["reason"]!, (string)moved["complimentary"]!["note"]!, (int)moved["totalFen"]!));
        Assert.Equal(2, (int)(await park.Admin.Read<JsonObject[]>("/api/complimentary-budgets")).Single(b => (Guid)b["id"]! == budget)["given"]!);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_makes_no_sense_is_refused_and_says_why()
    {
        var (desk, type) = (await park.NewDesk(), await NewType(10_00));
        var gift = await park.NewType(0);
        await park.Change(gift, "sale", """{"opensDays":null,"opensAt":null,"minInOrder":null,"maxInOrder":null,"way":"complimentary"}""");
        var order = await desk.Sell(type, 2, day: In(1));
        (await desk.Rebook(order, In(1))).MustBe(422, "sameAgain");
        (await desk.Rebook(order, In(-1))).MustBe(422, "dayPast");
        (await desk.Rebook(order, In(500))).MustBe(422, "dayTooFar");
        (await desk.Rebook(order, In(1), [gift])).MustBe(422, "giftFromPaid");
        (await desk.Rebook(order, In(2), [Guid.CreateVersion7()])).MustBe(409, "typeNotOnSale");
        (await desk.Clerk.Post("/api/returns", new { shiftId = desk.Shift, kind = "rebook", tickets = new[] { order.Tickets[0].Id }, reason = "plans", supervisorLogin = "", supervisorPassword = "" })).MustBe(400, "wrongFields");
        foreach (var targets in new object[] { Array.Empty<object>(), new[] { new { line = 1, typeId = type } }, new[] { new { line = 0, typeId = type }, new { line = 0, typeId = type } } })
            Assert.Equal(["targets"], (await desk.Clerk.Post("/api/rebookings", new { shiftId = desk.Shift, tickets = new[] { order.Tickets[0].Id }, reason = "plans", visitDay = In(2), targets, priceVersion = "", payments = Array.Empty<object>() }))
                .MustBe(400, "wrongFields").Errors!.Keys);
        await Set(0, 1);
        var once = (await desk.Rebook(order, In(2))).As<Rebooked>().Order!;
        (await desk.Rebook(once, In(3))).MustBe(409, "rebookedTooOften");
        await Set(0, 0);
        var twice = (await desk.Rebook(once, In(3))).As<Rebooked>().Order!;
        var now = $"update orders set rebooked_times = {{0}} where number = {twice.Number}";
        await park.MustFind([(string.Format(System.Globalization.CultureInfo.InvariantCulture, now, 1), string.Format(System.Globalization.CultureInfo.InvariantCulture, now, 2), "column rebooked_times")]);
    }
}

public sealed class RebookingOnSqlite(SqlitePark park) : RebookingTests(park), IClassFixture<SqlitePark>;

public sealed class RebookingOnPostgres(PostgresPark park) : RebookingTests(park), IClassFixture<PostgresPark>;
