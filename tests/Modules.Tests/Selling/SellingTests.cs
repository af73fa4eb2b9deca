using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>What a clerk does all day, and what the window refuses.</summary>
public abstract class SellingTests(TestPark park)
{
    [Fact]
    public async Task A_ticket_that_would_let_nobody_in_any_more_is_neither_sold_nor_paid()
    {
        // It is noon at the park.
        var (desk, early) = (await park.NewDesk(), await park.NewType(from: "06:00", to: "09:00"));
        Assert.Contains("06:00", (await desk.Send(await desk.Draft(early))).MustBe(422, "hoursOver").Detail);
        (await desk.Send(await desk.Draft(early, day: park.Today.AddDays(1)))).MustBeDone();
        // Later today, past midnight, and on another day that is left.
        (await desk.Send(await desk.Draft(await park.NewType(from: "18:00", to: "23:00")))).MustBeDone();
        (await desk.Send(await desk.Draft(await park.NewType(from: "22:00", to: "09:00")))).MustBeDone();
        await park.Change(early, "admission", TestPark.ForDays(2));
        (await desk.Send(await desk.Draft(early))).MustBeDone();
        // That it begins tomorrow is said on the sheet; for tomorrow there is nothing to say.
        Assert.Equal((park.Today.AddDays(1), null), ((await desk.Offer(early)).AdmitsFrom, (await desk.Offer(early, park.Today.AddDays(1))).AdmitsFrom));
        await park.Change(early, "admission", $$"""{"validity":{"kind":"fromVisitDay","days":5},"perDay":null,"inAll":null,"sites":[],"intervalMinutes":null,"notOn":[],"blackout":[{"from":"{{park.Today.AddDays(1):yyyy-MM-dd}}","to":"{{park.Today.AddDays(2):yyyy-MM-dd}}"}]}""");
        Assert.Equal((park.Today.AddDays(3), park.Today.AddDays(3)), ((await desk.Offer(early)).AdmitsFrom, (await desk.Offer(early, park.Today.AddDays(1))).AdmitsFrom));

        var changing = park.Admin.NewKey();
        await park.NewType(id: changing);
        var placed = await desk.Sell(changing, payments: []);
        await park.NewType(id: changing, from: "06:00", to: "09:00");
        (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(placed.TotalFen) } })).MustBe(422, "hoursOver");
    }

    [Fact]
    public async Task Card_and_cash_together_pay_one_order_exactly()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType(fen: 12_345);
        var order = await desk.Sell(type, quantity: 2, payments: [Desk.Card(20_000), Desk.Cash(4_690, 5_000)]);
        Assert.Equal((24_690, 24_690, 310), (order.TotalFen, order.PaidFen, order.ChangeFen));
        Assert.Equal(["card", "cash"], order.Payments.Select(p => p.Method));
        Assert.Equal(2, order.Tickets.Length);
        (await desk.Send(await desk.Draft(type, payments: [Desk.Card(12_344)]))).MustBe(422, "paymentsDiffer");
        (await desk.Send(await desk.Draft(type, payments: [Desk.Cash(12_345, 12_344)]))).MustBe(422, "tenderTooSmall");
    }

    [Fact]
    public async Task Several_people_of_one_type_can_share_one_ticket()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType(fen: 3_000);
        var ticket = Assert.Single((await desk.Sell(type, quantity: 4, onOneTicket: true)).Tickets);
        Assert.Equal((4, 12_000), (ticket.People, ticket.PriceFen));
        Assert.Equal("admitted", (await park.Admit(ticket.Qr, people: 3)).Word);
        Assert.Equal(1, (await park.Admit(ticket.Qr)).PeopleAdmitted);
    }

    [Fact]
    public async Task A_group_below_or_above_its_size_is_not_sold()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType(minPeople: 10, maxPeople: 20);
        (await desk.Send(await desk.Draft(type, people: 9))).MustBe(422, "peopleOutOfRange");
        (await desk.Send(await desk.Draft(type, people: 21))).MustBe(422, "peopleOutOfRange");
        Assert.Equal(20, (await desk.Sell(type, people: 20)).Tickets.Single().People);
    }

    [Fact]
    public async Task An_unpaid_order_holds_its_places_until_it_is_paid_or_given_up()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType(fen: 2_000, quota: 3);
        var held = await desk.Sell(type, quantity: 2, payments: []);
        Assert.Equal("ordered", held.State);
        Assert.Empty(held.Tickets);
        Assert.NotNull(held.HoldUntil);
        Assert.Equal(1, (await desk.Offer(type)).Left);
        (await desk.Send(await desk.Draft(type, quantity: 2))).MustBe(409, "soldOut");
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 0, reason = "" })).MustBe(409, "unpaidOrders");

        var cancelled = (await desk.Clerk.Post($"/api/orders/{held.Id}/cancel", new { shiftId = desk.Shift })).As<Order>();
        Assert.Equal("cancelled", cancelled.State);
        Assert.Equal(3, (await desk.Offer(type)).Left);
        (await desk.Clerk.Post($"/api/orders/{held.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(4_000) } })).MustBe(409, "orderNotUnpaid");

        var second = await desk.Sell(type, quantity: 2, payments: []);
        var paid = (await desk.Clerk.Post($"/api/orders/{second.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(4_000, 5_000) } })).As<Order>();
        Assert.Equal(("paid", 1_000, 2), (paid.State, paid.ChangeFen, paid.Tickets.Length));
        Assert.Equal(1, (await desk.Offer(type)).Left);
        (await desk.Clerk.Post($"/api/orders/{second.Id}/cancel", new { shiftId = desk.Shift })).MustBe(409, "orderNotUnpaid");
        Assert.Equal("admitted", (await park.Admit(paid.Tickets[0].Qr)).Word);
    }

    [Fact]
    public async Task A_price_that_changed_since_the_screen_was_filled_is_not_charged()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType(fen: 6_000);
        var draft = await desk.Draft(type);
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = 6_500, quota = (int?)null, unlimited = false })).MustBeDone();
        (await desk.Send(draft)).MustBe(409, "priceChanged");
        Assert.Equal(6_500, (await desk.Sell(type)).TotalFen);
    }

    [Fact]
    public async Task Each_day_has_its_own_price_and_its_own_places()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType(fen: 1_000, holidayFen: 1_500, quota: 2);
        var days = await park.Admin.Read<TypeDay[]>($"/api/ticket-types/{type}/days?from={park.Today.AddDays(1):yyyy-MM-dd}&to={park.Today.AddDays(90):yyyy-MM-dd}");
        var (weekday, weekend) = (days.First(d => d.DayKind is "weekday"), days.First(d => d.DayKind is "weekend" or "holiday"));
        Assert.Equal((1_000, 1_500), (weekday.PriceFen, weekend.PriceFen));
        Assert.Equal(1_000, (await desk.Sell(type, day: weekday.Day)).TotalFen);
        Assert.Equal(3_000, (await desk.Sell(type, quantity: 2, day: weekend.Day)).TotalFen);
        (await desk.Send(await desk.Draft(type, day: weekend.Day))).MustBe(409, "soldOut");
        Assert.Equal(1, (await desk.Offer(type, weekday.Day)).Left);

        // One day by hand, and back to the rule.
        var path = $"/api/ticket-types/{type}/days/{weekday.Day:yyyy-MM-dd}";
        var named = (await park.Admin.Put(path, new { priceFen = 777, quota = 5, unlimited = false })).As<TypeDay>();
        Assert.Equal((777, 5, 1, true, true), (named.PriceFen, named.Quota, named.Sold, named.PriceOverridden, named.QuotaOverridden));
        Assert.Equal(777, (await desk.Sell(type, day: weekday.Day)).TotalFen);
        (await park.Admin.Put(path, new { priceFen = (long?)null, quota = (int?)null, unlimited = true })).MustBeDone();
        Assert.Null((await desk.Offer(type, weekday.Day)).Left);
        (await park.Admin.Put(path, new { priceFen = (long?)null, quota = (int?)null, unlimited = false })).MustBeDone();
        Assert.Equal((1_000, 0), ((await desk.Offer(type, weekday.Day)).UnitFen, (await desk.Offer(type, weekday.Day)).Left));
        (await desk.Send(await desk.Draft(type, day: weekday.Day))).MustBe(409, "soldOut");
    }

    [Fact]
    public async Task A_limit_lowered_below_what_is_sold_takes_nothing_back_and_sells_no_more()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType(quota: 10);
        var sold = await desk.Sell(type, quantity: 4);
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = (long?)null, quota = 2, unlimited = false })).MustBeDone();
        Assert.Equal(0, (await desk.Offer(type)).Left);
        (await desk.Send(await desk.Draft(type))).MustBe(409, "soldOut");
        Assert.Equal("admitted", (await park.Admit(sold.Tickets[3].Qr)).Word);
        // One goes back: still more sold than the limit, so still nothing to sell.
        (await desk.Return(sold.Tickets[0].Id, await park.The("manager"))).MustBeDone();
        (await desk.Send(await desk.Draft(type))).MustBe(409, "soldOut");
    }

    [Fact]
    public async Task A_window_has_one_clerk_and_a_clerk_one_window()
    {
        var (desk, other) = (await park.TheDesk(), await park.Hire("clerk"));
        (await other.Post("/api/shifts", new { windowId = desk.Window, floatFen = 0 })).MustBe(409, "windowTaken");
        (await desk.Clerk.Post("/api/shifts", new { windowId = await park.NewWindow(), floatFen = 0 })).MustBe(409, "shiftOpen");
        var type = await park.NewType();
        // Somebody else's shift sells nothing for me.
        (await desk.Send(await desk.Draft(type), clerk: other)).MustBe(409, "shiftNotOpen");
        Assert.Equal("null", (await other.Get("/api/shifts/current")).Text);
    }

    [Fact]
    public async Task An_order_is_found_by_number_code_phone_and_identity_number()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType();
        var draft = await desk.Draft(type) with { Buyer = new("欧阳修远", "13912345678", "11010519491231002X") };
        var order = await desk.Order((await desk.Send(draft)).As<Order>().Id);
        Assert.Equal(("139****5678", "1101**********002X"), (order.Buyer!.Phone, order.Buyer.IdNumber));
        Assert.DoesNotContain("修远", order.Buyer.Name);
        foreach (var search in new[] { order.Number, order.Number[^8..], order.Tickets[0].ShortCode, "13912345678", "5678", "11010519491231002X", "欧阳修远", " 欧阳修远 " })
            Assert.Equal(order.Id, Assert.Single((await desk.Clerk.Read<OrderList>($"/api/orders?q={search}")).Rows).OrderId);
        // The end of a number is looked for on one day, and a name is found whole or not at all.
        foreach (var search in new[] { "%25", "欧阳", "56789", $"{order.Number[^8..]}&day={park.Today.AddDays(-1):yyyy-MM-dd}", $"5678&state=ordered", $"5678&windowId={Guid.CreateVersion7()}" })
            Assert.Empty((await desk.Clerk.Read<OrderList>($"/api/orders?q={search}")).Rows);
        var list = await desk.Clerk.Read<OrderList>($"/api/orders?day={park.Today:yyyy-MM-dd}&windowId={desk.Window}&pageSize=1");
        Assert.Single(list.Rows);
        Assert.True(list.Totals.TotalFen >= order.TotalFen && list.PageCount == list.Total);
        Assert.Equal(2, (await desk.Clerk.Post($"/api/orders/{order.Id}/reprints", new { ticketIds = new[] { order.Tickets[0].Id } })).As<Order>().Tickets[0].Printed);
    }

    [Fact]
    public async Task Nothing_is_sold_for_a_past_day_or_of_a_type_taken_off_sale()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType();
        var draft = await desk.Draft(type);
        (await desk.Send(draft with { VisitDay = park.Today.AddDays(-1) })).MustBe(422, "dayPast");
        (await desk.Send(draft with { VisitDay = park.Today.AddDays(400) })).MustBe(422, "dayTooFar");
        (await desk.Send(draft with { Lines = [new(Guid.CreateVersion7(), 1, 1)] })).MustBe(409, "typeNotOnSale");
        (await desk.Send(draft with { TotalFen = draft.TotalFen - 1, Payments = [Desk.Cash(draft.TotalFen - 1)] })).MustBe(409, "priceChanged");
        var terms = (await park.Admin.Read<System.Text.Json.Nodes.JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type);
        terms.Remove("id");
        terms["active"] = false;
        (await park.Admin.Put($"/api/ticket-types/{type}", terms)).MustBeDone();
        (await desk.Send(draft)).MustBe(409, "typeNotOnSale");
        Assert.DoesNotContain((await desk.Sheet()).Types, t => t.Id == type);
    }
}

public sealed class SellingOnSqlite(SqlitePark park) : SellingTests(park), IClassFixture<SqlitePark>;
public sealed class SellingOnPostgres(PostgresPark park) : SellingTests(park), IClassFixture<PostgresPark>;
