using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Returning;

/// <summary>换票: new paper for a damaged or lost ticket makes the earlier one worthless (M06; S-000-46; I2, I4, D3, C6).</summary>
public abstract class ExchangeTests(TestPark park)
{
    private sealed record Exchanged(Order Order, long FeeFen, long ChangeFen);
    private sealed record Line(Guid OrderId, string[] ShortCodes, string Cause, long FeeFen, long WaivedFen, string Ways, string Remark, string ClerkName, string SupervisorName);
    private sealed record Totals(long Exchanges, long Tickets, long Lost, long FeeFen, long WaivedFen);
    private sealed record Report(Line[] Rows, Totals Totals);
    private sealed record Fees(long SalesFen, long RefundsFen, long NetFen, long FeesFen);

    private Task<Reply> Exchange(Desk desk, Order order, string cause = "damaged", long fee = 0, PaymentPart[]? payments = null, Caller? supervisor = null, bool waived = false, string remark = "", Guid[]? tickets = null, Guid? key = null, string? password = null) =>
        desk.Clerk.Post($"/api/orders/{order.Id}/exchanges", new
        {
            shiftId = desk.Shift, ticketIds = tickets ?? [order.Tickets[0].Id], cause, feeFen = fee, payments = payments ?? [], waived, remark,
            supervisorLogin = supervisor?.Login ?? "", supervisorPassword = supervisor is null ? "" : password ?? supervisor.Password,
        }, key);

    private async Task SetFee(int fen)
    {
        var known = await park.Admin.Read<JsonObject>("/api/parameters");
        var values = known["values"]!.DeepClone();
        values["exchangeFeeFen"] = fen;
        (await park.Admin.Put("/api/parameters", new JsonObject { ["edit"] = (int)known["edit"]!, ["values"] = values })).MustBeDone();
    }

    private async Task<Report> Listed(string query = "") => await (await park.The("finance")).Read<Report>($"/api/reports/exchanges?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}{query}");

    private async Task<Fees> Today() => (await (await park.The("finance")).Read<JsonObject>($"/api/reports/day?day={park.Today:yyyy-MM-dd}"))["totals"]!.Deserialize<Fees>(Caller.Json)!;

    [Fact]
    public async Task The_new_paper_enters_and_no_earlier_one_does_whether_scanned_or_typed()
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(maxPeople: 4), people: 4);
        var first = order.Tickets[0];
        var second = (await Exchange(desk, order)).As<Exchanged>().Order.Tickets[0];
        Assert.Equal((first.Id, first.ShortCode, "valid", first.Printed + 1), (second.Id, second.ShortCode, second.State, second.Printed));
        Assert.NotEqual(first.Qr, second.Qr);
        Assert.Equal("exchanged", (await park.Admit(first.Qr)).Reason);
        Assert.Equal("exchanged", (await park.Admit(first.ShortCode)).Reason);
        Assert.Equal(("admitted", 1, 3), await park.Admit(second.Qr, people: 1) is var in1 ? (in1.Word, in1.PeopleAdmitted, in1.PeopleLeft) : default);
        // Part of the party is in; the rest may still get other paper, and what the order shows is the paper that counts.
        (await Exchange(desk, order)).MustBeDone();
        var third = (await desk.Order(order.Id)).Tickets[0];
        Assert.Equal("exchanged", (await park.Admit(second.Qr)).Reason);
        Assert.Equal(("admitted", 3, 0), await park.Admit(third.Qr) is var rest ? (rest.Word, rest.PeopleAdmitted, rest.PeopleLeft) : default);
        Assert.Equal("alreadyUsed", (await park.Admit(third.Qr)).Reason);
        Assert.Equal("exchanged", (await park.Admit(first.Qr)).Reason);
        (await Exchange(desk, order)).MustBe(409, "nothingToExchange");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_reprint_after_an_exchange_is_the_same_paper_again_and_a_return_ends_them_all()
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(), 2);
        (await Exchange(desk, order)).MustBeDone();
        var reprinted = (await desk.Clerk.Post($"/api/orders/{order.Id}/reprints", new { ticketIds = new[] { order.Tickets[0].Id } })).As<Order>();
        (await desk.Return(order.Tickets[1].Id, await park.The("manager"))).MustBeDone();
        Assert.Equal("returned", (await park.Admit(order.Tickets[1].ShortCode)).Reason);
        Assert.Equal("admitted", (await park.Admit(reprinted.Tickets.Single(t => t.Id == order.Tickets[0].Id).Qr)).Word);
        var other = await desk.Sell(await park.NewType());
        var paper = (await Exchange(desk, other)).As<Exchanged>().Order.Tickets[0];
        (await desk.Return(other.Tickets[0].Id, await park.The("manager"))).MustBeDone();
        foreach (var code in new[] { other.Tickets[0].Qr, paper.Qr, paper.ShortCode }) Assert.Equal("returned", (await park.Admit(code)).Reason);
        (await Exchange(desk, other)).MustBe(409, "alreadyReturned");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_lost_ticket_and_a_fee_let_go_take_a_supervisor()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var order = await desk.Sell(await park.NewType(), 2);
        (await Exchange(desk, order, "lost")).MustBe(403, "exchangeNeedsSupervisor");
        (await Exchange(desk, order, "lost", supervisor: desk.Clerk)).MustBe(403, "supervisorNotAllowed");
        (await Exchange(desk, order, "lost", supervisor: manager, password: "not the password")).MustBe(403, "supervisorWrong");
        (await Exchange(desk, order, waived: true, remark: "打印机卡纸")).MustBe(403, "exchangeNeedsSupervisor");
        (await Exchange(desk, order, waived: true, supervisor: manager)).MustBe(400, "wrongFields");
        Assert.Equal(order.Tickets[0].Printed, (await desk.Order(order.Id)).Tickets[0].Printed);
        Assert.Equal("admitted", (await park.Admit(order.Tickets[0].Qr)).Word);
        (await Exchange(desk, order, "lost", supervisor: manager, tickets: [order.Tickets[1].Id], remark: "核对过手机号")).MustBeDone();
        var line = (await Listed("&cause=lost")).Rows.Single(r => r.OrderId == order.Id);
        Assert.Equal(("lost", "核对过手机号", order.Tickets[1].ShortCode), (line.Cause, line.Remark, line.ShortCodes.Single()));
        Assert.NotEqual("", line.SupervisorName);
        Assert.DoesNotContain((await Listed("&cause=damaged")).Rows, r => r.OrderId == order.Id);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_cannot_be_exchanged_is_refused_and_nothing_is_changed()
    {
        var desk = await park.NewDesk();
        var (order, other) = (await desk.Sell(await park.NewType()), await desk.Sell(await park.NewType()));
        (await Exchange(desk, order, tickets: [other.Tickets[0].Id])).MustBe(404, "unknown");
        (await Exchange(desk, order, tickets: [])).MustBe(400, "wrongFields");
        (await Exchange(desk, order, tickets: [order.Tickets[0].Id, order.Tickets[0].Id])).MustBe(400, "wrongFields");
        (await Exchange(desk, order, payments: [new("signedBill", 0, 0, "张三")])).MustBe(400, "wrongFields");
        (await Exchange(desk, order, fee: 500, payments: [Desk.Cash(500)])).MustBe(409, "feeChanged");
        (await desk.Clerk.Post($"/api/orders/{order.Id}/exchanges", new { shiftId = Guid.NewGuid(), ticketIds = new[] { order.Tickets[0].Id }, cause = "damaged", feeFen = 0, payments = Array.Empty<object>() })).MustBe(409, "shiftNotOpen");
        Assert.Equal("admitted", (await park.Admit(order.Tickets[0].ShortCode)).Word);
        // The last bits of the code tell 32 papers apart, and not one more.
        for (var n = 1; n < 32; n++) (await Exchange(desk, other)).MustBeDone();
        (await Exchange(desk, other)).MustBe(409, "exchangedTooOften");
        Assert.Equal("exchanged", (await park.Admit(other.Tickets[0].Qr)).Reason);
        Assert.Equal("admitted", (await park.Admit((await desk.Order(other.Id)).Tickets[0].Qr)).Word);
        await park.MustVerify();
    }

    [Fact]
    public async Task Two_windows_at_once_make_one_new_paper_and_the_same_request_twice_makes_one()
    {
        var desks = new[] { await park.NewDesk(), await park.NewDesk() };
        var order = await desks[0].Sell(await park.NewType(), 20);
        foreach (var ticket in order.Tickets.Take(10))
        {
            var replies = await Task.WhenAll(desks.Select(d => Exchange(d, order, tickets: [ticket.Id])));
            foreach (var late in replies.Where(r => !r.Done)) late.MustBe(409, "printedMeanwhile");
            Assert.Contains(replies, r => r.Done);
            var last = replies.Where(r => r.Done).Select(r => r.As<Exchanged>().Order.Tickets.Single(t => t.Id == ticket.Id).Qr).ToArray();
            var verdicts = await Task.WhenAll(last.Select(qr => park.Admit(qr)));
            Assert.Equal(1, verdicts.Count(v => v.Word == "admitted"));
        }
        // While the visitor walks through the gate: the earlier paper enters or is refused, and of both papers one at most.
        foreach (var ticket in order.Tickets.Skip(10))
        {
            var (admitted, exchanged) = (park.Admit(ticket.Qr), Exchange(desks[0], order, tickets: [ticket.Id]));
            await Task.WhenAll(admitted, exchanged);
            var again = (await exchanged).Done ? await park.Admit((await exchanged).As<Exchanged>().Order.Tickets.Single(t => t.Id == ticket.Id).Qr) : null;
            Assert.Equal(1, new[] { await admitted, again }.Count(v => v?.Word == "admitted"));
        }
        var (once, key) = (await desks[0].Sell(await park.NewType()), desks[0].Clerk.NewKey());
        var first = await Exchange(desks[0], once, key: key);
        first.MustBeDone();
        Assert.Equal(first.Text, (await Exchange(desks[0], once, key: key)).Text);
        Assert.Equal("admitted", (await park.Admit(first.As<Exchanged>().Order.Tickets[0].Qr)).Word);
        await park.MustVerify();
    }

    private async Task PayFees(Desk desk, Order order)
    {
        (await Exchange(desk, order, fee: 0)).MustBe(409, "feeChanged");
        (await Exchange(desk, order, fee: 5_00)).MustBe(422, "paymentsDiffer");
        (await Exchange(desk, order, fee: 5_00, payments: [Desk.Cash(4_00)])).MustBe(422, "paymentsDiffer");
        var paid = (await Exchange(desk, order, fee: 10_00, payments: [new("cash", 10_00, 50_00, "")], tickets: [.. order.Tickets.Take(2).Select(t => t.Id)])).As<Exchanged>();
        Assert.Equal((10_00, 40_00), (paid.FeeFen, paid.ChangeFen));
        (await Exchange(desk, order, fee: 5_00, payments: [new("card", 5_00, 5_00, "8812")])).MustBeDone();
        (await Exchange(desk, order, "damaged", supervisor: await park.The("manager"), waived: true, remark: "本园打印机坏")).MustBeDone();
        // What came in for paper is no part of the ticket's price: it does not come back.
        Assert.Equal(100_00, (await desk.Return(order.Tickets[2].Id, await park.The("manager"))).As<Returned>().RefundFen);
    }

    [Fact]
    public async Task The_fee_goes_to_the_drawer_or_the_card_and_stands_on_report_and_list_beside_the_sales()
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(100_00), 3);
        var before = await Today();
        await SetFee(5_00);
        try { await PayFees(desk, order); }
        finally { await SetFee(0); }
        var after = await Today();
        Assert.Equal((0L, 100_00L, 15_00L, 15_00L - 100_00L), (after.SalesFen - before.SalesFen, after.RefundsFen - before.RefundsFen, after.FeesFen - before.FeesFen, after.NetFen - before.NetFen));
        var report = await Listed();
        var mine = report.Rows.Where(r => r.OrderId == order.Id).ToArray();
        Assert.Equal([(0L, 5_00L, ""), (5_00L, 0L, "刷卡"), (10_00L, 0L, "现金")], mine.Select(r => (r.FeeFen, r.WaivedFen, r.Ways)));
        Assert.Equal(report.Rows.Sum(r => r.FeeFen), report.Totals.FeeFen);
        var csv = (await (await park.The("finance")).Get($"/api/reports/exchanges.csv?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&lang=en")).Text;
        Assert.Contains($",2,{order.Tickets[0].ShortCode} {order.Tickets[1].ShortCode},Damaged,10", csv);
        // 500.00 of float, 300.00 sold, 10.00 for paper, 100.00 back.
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 500_00 + 300_00 + 10_00 - 100_00, reason = "" })).MustBeDone();
        await park.MustVerify();
    }
}

public sealed class ExchangeOnSqlite(SqlitePark park) : ExchangeTests(park), IClassFixture<SqlitePark>
{
    [Fact]
    public Task A_paper_or_a_fee_that_no_exchange_made_is_found() => Tampered(park);

    private static async Task Tampered(TestPark park)
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(), 2);
        (await desk.Clerk.Post($"/api/orders/{order.Id}/exchanges", new { shiftId = desk.Shift, ticketIds = new[] { order.Tickets[0].Id }, cause = "damaged", feeFen = 0, payments = Array.Empty<object>() })).MustBeDone();
        string Set(int ticket, int exchanges) => $"update ticket set exchanges = {exchanges} where short_code = '{order.Tickets[ticket].ShortCode}'";
        await park.MustFind([(Set(0, 0), Set(0, 1), "I4"), (Set(0, 2), Set(0, 1), "exchanges is not what its facts say"), (Set(1, 1), Set(1, 0), order.Tickets[1].ShortCode)]);
    }
}

/// <summary>A day on which paper was paid for is closed (M17; I2).</summary>
public abstract class ExchangeClosedTests(TestPark park)
{
    private sealed record Totals(long SalesFen, long RefundsFen, long NetFen, long FeesFen);

    [Fact]
    public async Task Fees_stand_on_the_closing_sheet_beside_the_sales_and_both_come_to_what_was_paid()
    {
        (await park.Admin.Put("/api/parameters", new { edit = 0, values = new { holdMinutes = 15, daysAhead = 366, ticketsMax = 500, countToleranceFen = 0, exchangeFeeFen = 5_00 } })).MustBeDone();
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(100_00));
        (await desk.Clerk.Post($"/api/orders/{order.Id}/exchanges", new { shiftId = desk.Shift, ticketIds = new[] { order.Tickets[0].Id }, cause = "damaged", feeFen = 5_00, payments = new[] { Desk.Cash(5_00) } })).MustBeDone();
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 605_00, reason = "" })).MustBeDone();
        var closed = await (await park.The("finance")).Post($"/api/days/{park.Today:yyyy-MM-dd}/close", new { });
        var sheet = closed.As<ClosingSheet>();
        Assert.Equal(new Totals(100_00, 0, 105_00, 5_00), closed.As<JsonObject>()["totals"]!.Deserialize<Totals>(Caller.Json));
        Assert.Equal(105_00, sheet.ByPayment.Sum(p => p.NetFen));
        Assert.Equal(("工本费", -5_00L), sheet.Ledger.Single(l => l.Account.StartsWith("fees/", StringComparison.Ordinal)) is var line ? (line.Name, line.Balance) : default);
        await park.MustVerify();
    }
}

public sealed class ExchangeClosedOnSqlite(SqlitePark park) : ExchangeClosedTests(park), IClassFixture<SqlitePark>;

public sealed class ExchangeClosedOnPostgres(PostgresPark park) : ExchangeClosedTests(park), IClassFixture<PostgresPark>;

public sealed class ExchangeOnPostgres(PostgresPark park) : ExchangeTests(park), IClassFixture<PostgresPark>;
