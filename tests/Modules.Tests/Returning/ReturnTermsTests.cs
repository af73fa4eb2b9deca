using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Returning;

/// <summary>退票规则: what a return costs by the terms of the sale or the rate of its reason, and that it comes to the same however it is clicked (M06; S-002-49 to -52, A-44, X-09, I7).</summary>
public abstract class ReturnTermsTests(TestPark park)
{
    private static int _reasons;

    /// <summary>It is about noon at the park, and a type that admits all day begins with the business day, at 03:00.</summary>
    private const string Steps = """{"isReturnable":true,"steps":[{"hoursBefore":-12,"keepRate":5000},{"hoursBefore":24,"keepRate":0},{"hoursBefore":12,"keepRate":1000}],"flatFen":0}""";

    private async Task<Guid> NewType(long fen, string? returns)
    {
        var type = await park.NewType(fen);
        if (returns is not null) await park.Change(type, "returns", returns);
        return type;
    }

    private async Task<string> NewReason(int? backRate, string? code = null)
    {
        code ??= $"reason{Interlocked.Increment(ref _reasons)}";
        for (Reply? reply = null; reply is not { Done: true };)
        {
            var known = (await park.Admin.Read<JsonObject[]>("/api/dictionaries")).Single(d => (string)d["kind"]! == "returnReason");
            var entries = known["entries"]!.DeepClone().AsArray();
            entries.Add(new JsonObject { ["code"] = code, ["name"] = $"原因{code}", ["nameEn"] = "", ["active"] = true, ["backRate"] = backRate });
            reply = await park.Admin.Put("/api/dictionaries", new JsonObject { ["kind"] = "returnReason", ["edit"] = (int)known["edit"]!, ["entries"] = entries });
            if (reply.Status == 400) Assert.Fail(reply.Text);
        }
        return code;
    }

    [Fact]
    public async Task The_terms_of_the_sale_say_what_is_kept_and_when_it_is_too_late()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await NewType(100_01, Steps));
        foreach (var (days, fee) in new[] { (0, 50_01L), (1, 10_00), (2, 0) })
        {
            var order = await desk.Sell(type, day: park.Today.AddDays(days));
            Assert.Equal(new RefundQuote(100_01, fee, 0, 100_01 - fee, "cash"), await desk.RefundOf(order.Id, [order.Tickets[0].Id]));
            var back = (await desk.Return(order.Tickets[0].Id, manager, told: 100_01 - fee)).As<Returned>();
            Assert.Equal((100_01 - fee, fee), (back.RefundFen, back.FeeFen));
        }
        var (late, never) = (await NewType(50_00, """{"isReturnable":true,"steps":[{"hoursBefore":0,"keepRate":0}],"flatFen":0}"""), await NewType(50_00, """{"isReturnable":false,"steps":[],"flatFen":0}"""));
        foreach (var (of, why) in new[] { (late, "tooLateToReturn"), (never, "notReturnable") })
        {
            var order = await desk.Sell(of, 2);
            (await desk.Return(order.Tickets[0].Id, manager)).MustBe(409, why);
            (await desk.Clerk.Get(desk.RefundPath(order.Id, [order.Tickets[0].Id]))).MustBe(409, why);
            // A reason with a rate goes before the terms, and a slip of the clerk costs nobody anything.
            Assert.Equal(50_00, (await desk.Return(order.Tickets[0].Id, manager, reason: "forceMajeure")).As<Returned>().RefundFen);
            Assert.Equal(50_00, (await desk.Return(order.Tickets[1].Id, manager, "void")).As<Returned>().RefundFen);
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task What_was_sold_keeps_its_terms_also_when_it_is_paid_later()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await NewType(100_00, """{"isReturnable":true,"steps":[],"flatFen":3000}"""));
        var draft = await desk.Draft(type);
        var (paid, placed) = ((await desk.Send(draft)).As<Order>(), (await desk.Send(draft with { Payments = [] })).As<Order>());
        await park.Change(type, "returns", """{"isReturnable":false,"steps":[],"flatFen":0}""");
        var later = (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(100_00) } })).As<Order>();
        foreach (var order in new[] { paid, later }) Assert.Equal(70_00, (await desk.Return(order.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        (await desk.Return((await desk.Sell(type)).Tickets[0].Id, manager)).MustBe(409, "notReturnable");
        await park.MustVerify();
    }

    [Fact]
    public async Task At_eighty_percent_a_fifth_is_kept_and_both_figures_are_said()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await NewType(100_00, Steps));
        var reason = await NewReason(8_000);
        var order = await desk.Sell(type, 3, payments: [Desk.Card(150_00), Desk.Cash(150_00)]);
        Assert.Equal(new RefundQuote(200_00, 40_00, 0, 160_00, "card+cash"), await desk.RefundOf(order.Id, [order.Tickets[0].Id, order.Tickets[1].Id], reason));
        var back = (await desk.Return(order.Tickets[0].Id, manager, reason: reason, with: [order.Tickets[1].Id], told: 160_00)).As<Returned>();
        Assert.Equal((160_00, 40_00, "card+cash"), (back.RefundFen, back.FeeFen, back.RefundMethod));
        Assert.Equal(["returned", "returned", "valid"], order.Tickets.Select(t => back.Order.Tickets.Single(b => b.Id == t.Id).State));
        Assert.Equal(0, (await desk.Return(order.Tickets[2].Id, manager, reason: await NewReason(0))).As<Returned>().RefundFen);
        var days = $"from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&reason={reason}";
        var report = await park.Admin.Read<JsonObject>($"/api/reports/returns?{days}&pageSize=1&page=2");
        Assert.Equal((2, 40_00, 160_00, 2), ((int)report["totals"]!["tickets"]!, (int)report["totals"]!["feeFen"]!, (int)report["totals"]!["refundFen"]!, (int)report["pageCount"]!));
        var row = Assert.Single(report["rows"]!.AsArray())!;
        Assert.Equal((order.Number, 100_00, 20_00, 80_00, $"原因{reason}", "游客改了行程"), ((string)row["number"]!, (int)row["priceFen"]!, (int)row["feeFen"]!, (int)row["refundFen"]!, (string)row["reason"]!, (string)row["remark"]!));
        Assert.Contains("合计,,,,,2,,40.00,160.00", (await park.Admin.Get($"/api/reports/returns.csv?{days}&lang=zh")).Text);
        (await desk.Clerk.Get($"/api/reports/returns?{days}")).MustBe(403, "notAllowed");
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000 + 140_00, reason = "" })).As<Shift>();
        Assert.Equal((140_00, 0, 0), (closed.CashFen, closed.CardFen, closed.OverShortFen));
        await park.MustVerify();

        var list = (await park.Admin.Read<JsonObject[]>("/api/dictionaries")).Single(d => (string)d["kind"]! == "returnReason");
        foreach (var wrong in new[] { 10_001, -1 })
        {
            var entries = list["entries"]!.DeepClone().AsArray();
            entries[0]!["backRate"] = wrong;
            Assert.Equal(["entries[0].backRate"], (await park.Admin.Put("/api/dictionaries", new JsonObject { ["kind"] = "returnReason", ["edit"] = (int)list["edit"]!, ["entries"] = entries })).MustBe(400, "wrongFields").Errors!.Keys);
        }
        (await park.Admin.Put("/api/dictionaries", new { kind = "countReason", edit = 0, entries = new[] { new { code = "x", name = "x", nameEn = "", active = true, backRate = 5_000 } } })).MustBe(400, "wrongFields");
    }

    [Fact]
    public async Task Two_windows_that_take_back_the_same_tickets_pay_each_of_them_once()
    {
        var (one, two, manager, type) = (await park.NewDesk(), await park.NewDesk(), await park.The("manager"), await NewType(50_00, Steps));
        for (var round = 0; round < 5; round++)
        {
            var order = await one.Sell(type, 4, day: park.Today.AddDays(2));
            Guid[] ids = [.. order.Tickets.Select(t => t.Id)];
            var replies = await Task.WhenAll(one.Return(ids[0], manager, with: [ids[1], ids[2]]), two.Return(ids[2], manager, with: [ids[3]]));
            var done = replies.Where(r => r.Done).Select(r => r.As<Returned>().RefundFen).ToArray();
            foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "alreadyReturned");
            Assert.Single(done);
            var after = await one.Order(order.Id);
            Assert.Equal((done.Sum(), after.Tickets.Count(t => t.State == "returned") * 50_00L), (after.RefundedFen, after.RefundedFen));
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task Tickets_that_are_not_of_one_order_or_too_many_or_twice_are_refused()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType());
        var (one, two) = (await desk.Sell(type, 2), await desk.Sell(type));
        (await desk.Return(one.Tickets[0].Id, manager, with: [two.Tickets[0].Id])).MustBe(409, "notOfOneOrder");
        (await desk.Clerk.Get(desk.RefundPath(one.Id, [one.Tickets[0].Id, two.Tickets[0].Id]))).MustBe(409, "notOfOneOrder");
        foreach (var wrong in new Guid[][] { [one.Tickets[0].Id], [.. Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7())] })
            Assert.Equal(["tickets"], (await desk.Return(one.Tickets[0].Id, manager, with: wrong)).MustBe(400, "wrongFields").Errors!.Keys);
        foreach (var remark in new[] { "手机 138 0013 8000", new string('字', 101) })
            Assert.Equal(["remark"], (await desk.Clerk.Post("/api/returns", new { shiftId = desk.Shift, kind = "return", tickets = new[] { one.Tickets[0].Id }, reason = "plans", remark, supervisorLogin = manager.Login, supervisorPassword = manager.Password })).MustBe(400, "wrongFields").Errors!.Keys);
        (await desk.Return(Guid.CreateVersion7(), manager)).MustBe(404, "unknown");
        foreach (var query in new[] { "tickets=x&kind=return&reason=plans", $"tickets={one.Tickets[0].Id}&kind=7&reason=plans", $"tickets={one.Tickets[0].Id}&kind=return&reason=none" })
            (await desk.Clerk.Get($"/api/orders/{one.Id}/refund?{query}&shiftId={desk.Shift}")).MustBe(400, "wrongFields");
        (await desk.Clerk.Get(desk.RefundPath(Guid.CreateVersion7(), [one.Tickets[0].Id]))).MustBe(404, "unknown");
        (await park.Admin.Get(desk.RefundPath(one.Id, [one.Tickets[0].Id]))).MustBeDone();
        Assert.All((await desk.Order(one.Id)).Tickets, t => Assert.Equal("valid", t.State));
    }

    [Fact]
    public async Task A_shift_refunds_alone_as_much_as_the_park_says_in_all_and_never_a_void()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType(fen: 30_00));
        async Task Set(int returnAloneFen) => (await park.Admin.Put("/api/parameters", new
        {
            edit = (int)(await park.Admin.Read<JsonObject>("/api/parameters"))["edit"]!, values = new { holdMinutes = 15, daysAhead = 366, ticketsMax = 500, countToleranceFen = 0, returnAloneFen },
        })).MustBeDone();
        Task<Reply> Alone(Guid ticket, string kind = "return", string login = "") => desk.Clerk.Post("/api/returns", new { shiftId = desk.Shift, kind, tickets = new[] { ticket }, reason = "plans", supervisorLogin = login, supervisorPassword = "" });
        var order = await desk.Sell(type, 6);
        Guid[] ids = [.. order.Tickets.Select(t => t.Id)];
        (await Alone(ids[0])).MustBe(403, "returnNeedsSupervisor");
        await Set(70_00);
        (await Alone(ids[0], "void")).MustBe(403, "returnNeedsSupervisor");
        (await Alone(ids[0], login: "manager")).MustBe(400, "wrongFields");
        // Three at once would be 90.00: two of them go back, whichever come first.
        var replies = await Task.WhenAll(ids[..3].Select(id => Alone(id)));
        Assert.Equal(2, replies.Count(r => r.Done));
        replies.Single(r => !r.Done).MustBe(403, "returnNeedsSupervisor");
        (await desk.Return(ids[3], await park.The("manager"))).MustBeDone();
        // Another shift has its own.
        var other = await park.NewDesk();
        (await other.Clerk.Post("/api/returns", new { shiftId = other.Shift, kind = "return", tickets = new[] { ids[4] }, reason = "plans", supervisorLogin = "", supervisorPassword = "" })).MustBeDone();
        await Set(0);
        (await Alone(ids[5])).MustBe(403, "returnNeedsSupervisor");
        var rows = (await park.Admin.Read<JsonObject>($"/api/reports/returns?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}"))["rows"]!.AsArray().Where(r => (string)r!["number"]! == order.Number).ToArray();
        Assert.Equal((4, 3), (rows.Length, rows.Count(r => (string)r!["supervisorName"]! == "")));
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_a_fee_partners_have_no_part()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await NewType(100_00, """{"isReturnable":true,"steps":[],"flatFen":1000}"""));
        (await park.Admin.Put("/api/dictionaries", new { kind = "partner", edit = 0, entries = new[] { new { code = "car", name = "索道公司", nameEn = "", active = true } } })).MustBeDone();
        await park.Change(type, "sharing", """{"ownWeight":1,"partners":[{"partner":"car","fixedFen":0,"weight":1}]}""");
        async Task<long> Owed() => (long)(await park.Admin.Read<JsonObject>($"/api/reports/shares?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&partner=car"))["owedFen"]!;
        var order = await desk.Sell(type, 2);
        Assert.Equal(100_00, await Owed());
        (await desk.Return(order.Tickets[0].Id, manager)).MustBeDone();
        Assert.Equal(50_00, await Owed());
        (await desk.Return(order.Tickets[1].Id, manager)).MustBeDone();
        Assert.Equal((0, 180_00), (await Owed(), (await desk.Order(order.Id)).RefundedFen));
        await park.MustVerify();
    }

    [Theory]
    [InlineData("""{"isReturnable":true,"steps":[{"hoursBefore":24,"keepRate":10001}],"flatFen":0}""", "returns.steps[0].keepRate")]
    [InlineData("""{"isReturnable":true,"steps":[{"hoursBefore":8785,"keepRate":0}],"flatFen":0}""", "returns.steps[0].hoursBefore")]
    [InlineData("""{"isReturnable":true,"steps":[{"hoursBefore":24,"keepRate":0},{"hoursBefore":24,"keepRate":1}],"flatFen":0}""", "returns.steps")]
    [InlineData("""{"isReturnable":true,"steps":[],"flatFen":-1}""", "returns.flatFen")]
    public async Task Terms_that_cannot_be_are_refused_by_their_field(string terms, string field)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(TestPark.Type("RT1", "退票规则", 1_00, null, 1_00, 1, 1, "00:00", "23:59", [park.Site], true))!.AsObject();
        body["returns"] = JsonNode.Parse(terms);
        Assert.Equal([field], (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", body)).MustBe(400, "wrongFields").Errors!.Keys);
    }
}

public sealed class ReturnTermsOnSqlite(SqlitePark park) : ReturnTermsTests(park), IClassFixture<SqlitePark>;

public sealed class ReturnTermsOnPostgres(PostgresPark park) : ReturnTermsTests(park), IClassFixture<PostgresPark>;
