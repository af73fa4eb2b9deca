namespace Shanmen.Modules.Tests.Returning;

/// <summary>退票与作废: the right goes back once, the money once and the way it came, and never by one person alone (C5, I7).</summary>
public abstract class ReturningTests(TestPark park)
{
    [Fact]
    public async Task A_return_needs_another_person_who_may_approve_it()
    {
        var desk = await park.TheDesk();
        var order = await desk.Sell(await park.NewType());
        var ticket = order.Tickets[0].Id;
        var manager = await park.The("manager");
        (await desk.Return(ticket, manager, password: "not the password")).MustBe(403, "supervisorWrong");
        (await desk.Return(ticket, await park.Hire("clerk"))).MustBe(403, "supervisorNotAllowed");
        (await desk.Return(ticket, desk.Clerk)).MustBe(403, "supervisorNotAllowed");
        Assert.Equal(["reason"], (await desk.Return(ticket, manager, reason: "nothing")).MustBe(400, "wrongFields").Errors!.Keys);
        // Not even the administrator approves his own.
        var own = await park.OpenDesk(park.Admin);
        var sold = (await own.Sell(await park.NewType())).Tickets[0].Id;
        (await own.Return(sold, park.Admin)).MustBe(403, "supervisorSelf");
        (await own.Return(sold, manager)).MustBeDone();
        // A first password is known to whoever handed it out.
        var saved = (await park.Admin.Put($"/api/staff/{park.Admin.NewKey()}", new { login = "fresh", name = "新人", phone = "", roles = new[] { "manager" }, active = true })).As<StaffSaved>();
        var fresh = park.NewCaller();
        (fresh.Login, fresh.Password) = ("fresh", saved.InitialPassword!);
        (await desk.Return(ticket, fresh)).MustBe(403, "supervisorWrong");
        Assert.Equal("valid", (await desk.Order(order.Id)).Tickets[0].State);
    }

    [Fact]
    public async Task A_ticket_returned_twice_at_once_goes_back_once()
    {
        var (desk, manager) = (await park.TheDesk(), await park.The("manager"));
        var type = await park.NewType(fen: 3_300, quota: 1);
        var order = await desk.Sell(type);
        var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.Return(order.Tickets[0].Id, manager)));
        Assert.Equal(3_300, Assert.Single(replies, r => r.Done).As<Returned>().RefundFen);
        foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "alreadyReturned");
        Assert.Equal((3_300, "returned"), ((await desk.Order(order.Id)).RefundedFen, (await desk.Order(order.Id)).Tickets[0].State));
        Assert.Equal("returned", (await park.Admit(order.Tickets[0].Qr)).Reason);
        // The place is free again, once.
        Assert.Equal(1, (await desk.Offer(type)).Left);
        (await desk.Sell(type)).Tickets.Single();
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_a_scan_and_a_return_at_the_same_moment_one_wins()
    {
        var (desk, manager) = (await park.TheDesk(), await park.The("manager"));
        var order = await desk.Sell(await park.NewType(fen: 500), quantity: 12);
        foreach (var ticket in order.Tickets)
        {
            var (returning, scanning) = (desk.Return(ticket.Id, manager), park.Admit(ticket.Qr));
            // The return has to check a password first, so scans are sent until it is decided.
            var admitted = (await scanning).Word == "admitted";
            Assert.NotEqual(admitted, (await returning).Done);
        }
        var late = await desk.Sell(await park.NewType(fen: 500), quantity: 12);
        var wins = 0;
        foreach (var ticket in late.Tickets)
        {
            var returning = desk.Return(ticket.Id, manager);
            await Task.Delay(90 + Random.Shared.Next(60));
            var verdict = await park.Admit(ticket.Qr);
            var reply = await returning;
            Assert.NotEqual(verdict.Word == "admitted", reply.Done);
            if (reply.Done) wins++; else reply.MustBe(409, "ticketUsed");
        }
        var after = await desk.Order(late.Id);
        Assert.Equal((wins, wins * 500), (after.Tickets.Count(t => t.State == "returned"), after.RefundedFen));
        await park.MustVerify();
    }

    [Fact]
    public async Task Money_goes_back_the_way_it_came_and_never_more_than_was_paid()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var order = await desk.Sell(await park.NewType(fen: 1_001), quantity: 3, payments: [Desk.Card(1_500), Desk.Cash(1_503)]);
        var back = new List<Returned>();
        foreach (var ticket in order.Tickets) back.Add((await desk.Return(ticket.Id, manager)).As<Returned>());
        Assert.Equal([1_001L, 1_001, 1_001], back.Select(r => r.RefundFen));
        Assert.Equal(["card", "card+cash", "cash"], back.Select(r => r.RefundMethod));
        Assert.Equal((3_003, 3_003), (back[2].Order.PaidFen, back[2].Order.RefundedFen));
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000, reason = "" })).As<Shift>();
        Assert.Equal((0, 0, 50_000), (closed.CashFen, closed.CardFen, closed.ExpectedFen));
    }

    [Fact]
    public async Task A_used_ticket_and_a_party_half_inside_are_not_taken_back()
    {
        var (desk, manager) = (await park.TheDesk(), await park.The("manager"));
        var ticket = (await desk.Sell(await park.NewType(minPeople: 2, maxPeople: 9), people: 5)).Tickets[0];
        await park.Admit(ticket.Qr, people: 1);
        (await desk.Return(ticket.Id, manager)).MustBe(409, "ticketUsed");
        (await desk.Return(ticket.Id, manager, "void")).MustBe(409, "ticketUsed");
    }

    [Fact]
    public async Task A_void_belongs_to_the_shift_that_sold_it()
    {
        var (seller, other, manager) = (await park.NewDesk(), await park.TheDesk(), await park.The("manager"));
        var order = await seller.Sell(await park.NewType(fen: 900), quantity: 2);
        (await other.Return(order.Tickets[0].Id, manager, "void")).MustBe(409, "voidOnlySameShift");
        Assert.Equal("voided", (await seller.Return(order.Tickets[0].Id, manager, "void")).As<Returned>().Order.Tickets.Single(t => t.Id == order.Tickets[0].Id).State);
        Assert.Equal("voided", (await park.Admit(order.Tickets[0].Qr)).Reason);
        (await seller.Return(order.Tickets[0].Id, manager)).MustBe(409, "alreadyVoided");
        Assert.Equal("returned", (await other.Return(order.Tickets[1].Id, manager)).As<Returned>().Order.Tickets.Single(t => t.Id == order.Tickets[1].Id).State);
    }

    [Fact]
    public async Task A_drawer_with_too_little_cash_pays_nothing_out()
    {
        var (rich, poor, manager) = (await park.TheDesk(), await park.NewDesk(floatFen: 100), await park.The("manager"));
        var ticket = (await rich.Sell(await park.NewType(fen: 5_000))).Tickets[0];
        (await poor.Return(ticket.Id, manager)).MustBe(409, "drawerShort");
        Assert.Equal("admitted", (await park.Admit(ticket.Qr)).Word);
    }

    [Fact]
    public async Task A_random_day_of_sales_scans_and_returns_adds_up()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var (desk, manager) = (await park.NewDesk(1_000_000), await park.The("manager"));
        var types = new[] { await park.NewType(fen: 333), await park.NewType(fen: 0), await park.NewType(fen: 100_001) };
        var open = new List<(Ticket Ticket, Guid Order)>();
        long cash = 1_000_000, card = 0;
        for (var step = 0; step < 120; step++)
        {
            var choice = random.Next(10);
            if (choice < 5 || open.Count == 0)
            {
                var type = types[random.Next(types.Length)];
                var quantity = random.Next(1, 4);
                var total = (await desk.Offer(type)).UnitFen * quantity;
                var byCard = random.NextInt64(0, total + 1);
                var order = await desk.Sell(type, quantity, payments: [Desk.Card(byCard), Desk.Cash(total - byCard)]);
                (cash, card) = (cash + total - byCard, card + byCard);
                open.AddRange(order.Tickets.Select(t => (t, order.Id)));
                continue;
            }
            var at = random.Next(open.Count);
            var (ticket, _) = open[at];
            open.RemoveAt(at);
            if (choice < 8) { Assert.Equal("admitted", (await park.Admit(ticket.Qr)).Word); continue; }
            var back = (await desk.Return(ticket.Id, manager)).As<Returned>();
            Assert.True(back.RefundFen == ticket.PriceFen && back.Order.RefundedFen <= back.Order.PaidFen, $"seed {seed}: {back}");
            var before = card;
            card -= back.RefundMethod.Contains("card") ? CardPart(back) : 0;
            cash -= back.RefundFen - (before - card);
        }
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = cash, reason = "" })).As<Shift>();
        Assert.True(closed.OverShortFen == 0 && closed.CardFen == card, $"seed {seed}: expected cash {cash} and card {card}, got {closed}");
        await park.MustVerify();
    }

    // Card money goes back first: what the order's card payments have given back so far, less what earlier tickets took.
    private readonly Dictionary<Guid, long> _cardBack = [];
    private long CardPart(Returned back)
    {
        var paidByCard = back.Order.Payments.Where(p => p.Method == "card").Sum(p => p.AmountFen);
        var already = _cardBack.GetValueOrDefault(back.Order.Id);
        var part = Math.Min(back.RefundFen, paidByCard - already);
        _cardBack[back.Order.Id] = already + part;
        return part;
    }
}

public sealed class ReturningOnSqlite(SqlitePark park) : ReturningTests(park), IClassFixture<SqlitePark>;
public sealed class ReturningOnPostgres(PostgresPark park) : ReturningTests(park), IClassFixture<PostgresPark>;
