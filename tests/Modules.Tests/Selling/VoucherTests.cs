using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>券: issued with a second person, used once, taken off to the fen, given back with the order (M02; S-002-37, S-002-47, S-002-48; ).</summary>
public abstract class VoucherTests(TestPark park)
{
    private sealed record Seen(string Code, string Number, string Name, int Used, int Uses, string Refusal, string Text, Guid? OrderId);
    private sealed record Off(string Number, string Name, long OffFen, bool ComesBack);
    private sealed record Batch(Guid Id, int Number, int Edit, string KindName, int Vouchers, int Uses, string Code, string Receiver, string IssuedBy, string ApprovedBy, bool Voided, long UsedTimes, long VoidedVouchers);
    private sealed record BatchPage(Batch[] Rows, long Total);
    private sealed record Voucher(int Serial, string Number, int Used, bool Voided, Guid? OrderId);
    private sealed record VoucherPage(Voucher[] Rows, long Total);
    private sealed record PrintedOne(string Number, string Qr, string Shown);
    private sealed record Printed(string Name, PrintedOne[] Vouchers);

    private static int _codes;

    private static object Terms(string effect, long amount, Guid[]? types = null, int units = 0, long leastFen = 0) => new { effect, amount, typeIds = types ?? [], units, leastFen };

    private async Task<Guid> NewKind(object terms, long budgetFen = 0, bool comesBack = true, string name = "测试券")
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/voucher-kinds/{id}", new { edit = 0, name, nameEn = "Test voucher", terms, budgetFen, comesBack, active = true })).MustBeDone();
        return id;
    }

    private object Asked(Guid kind, int vouchers = 1, int uses = 1, string code = "", int from = 0, int to = 0, Caller? approver = null, string receiver = "云岭旅行社") => new
    {
        kindId = kind, vouchers, uses, code, from = park.Today.AddDays(from), to = park.Today.AddDays(to), issuer = "市场部", receiver, target = "老客户", note = "",
        approval = approver is null ? null : new { login = approver.Login, password = approver.Password },
    };

    /// <summary>Issues vouchers, approved by the manager, and prints their codes.</summary>
    private async Task<(Guid Batch, string[] Codes)> Issue(Guid kind, int vouchers = 1, int uses = 1, int from = 0, int to = 0)
    {
        var batch = (await park.Admin.Post("/api/voucher-batches", Asked(kind, vouchers, uses, from: from, to: to, approver: await park.The("manager")))).As<Batch>();
        var paper = (await park.Admin.Post($"/api/voucher-batches/{batch.Id}/print", new { fromSerial = 1, toSerial = vouchers })).As<Printed>();
        return (batch.Id, [.. paper.Vouchers.Select(v => v.Qr)]);
    }

    private async Task<string> One(object terms, bool comesBack = true, int uses = 1) => (await Issue(await NewKind(terms, comesBack: comesBack), uses: uses)).Codes.Single();

    private Task<Seen> Look(Caller caller, string code) => caller.Read<Seen>($"/api/vouchers/look?code={Uri.EscapeDataString(code)}");

    private static async Task<Reply> Sell(Desk desk, long totalFen, SaleLine[] lines, string[] vouchers, bool unpaid = false, Guid? key = null, DateOnly? day = null)
    {
        var body = JsonSerializer.SerializeToNode(await desk.Draft(lines[0].TypeId, 1, 1, day), Caller.Json)!.AsObject();
        body["totalFen"] = totalFen;
        body["lines"] = JsonSerializer.SerializeToNode(lines, Caller.Json);
        body["payments"] = JsonSerializer.SerializeToNode(unpaid ? [] : new[] { Desk.Cash(totalFen) }, Caller.Json);
        body["vouchers"] = JsonSerializer.SerializeToNode(vouchers, Caller.Json);
        return await desk.Clerk.Post("/api/orders", body, key);
    }

    private static async Task<Off[]> OffOf(Desk desk, Guid order) => (await desk.Clerk.Read<JsonObject>($"/api/orders/{order}"))["vouchers"].Deserialize<Off[]>(Caller.Json)!;

    [Fact]
    public async Task A_batch_is_issued_with_a_second_person_and_its_codes_are_shown_once()
    {
        var (manager, finance, type) = (await park.The("manager"), await park.The("finance"), await park.NewType(100_00));
        var kind = await NewKind(Terms("costs", 0, [type], 1));
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, 3))).MustBe(403, "issueNeedsApproval");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, 3, approver: park.Admin))).MustBe(403, "supervisorSelf");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, 3, approver: finance))).MustBe(403, "supervisorNotAllowed");
        (await finance.Post("/api/voucher-batches", Asked(kind, 3, approver: manager))).MustBe(403, "notAllowed");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, 1_001, approver: manager))).MustBe(400, "wrongFields");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, 2, code: "GOLDEN8", approver: manager))).MustBe(400, "wrongFields");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, 1, code: "G8", approver: manager))).MustBe(400, "wrongFields");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, from: -3, to: -1, approver: manager))).MustBe(422, "over");
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, receiver: "13800138000", approver: manager))).MustBe(400, "wrongFields");
        (await park.Admin.Post("/api/voucher-batches", Asked(Guid.CreateVersion7(), approver: manager))).MustBe(409, "kindUnknown");

        var key = park.Admin.NewKey();
        var batch = (await park.Admin.Post("/api/voucher-batches", Asked(kind, 3, approver: manager), key)).As<Batch>();
        Assert.Equal(batch, (await park.Admin.Post("/api/voucher-batches", Asked(kind, 3, approver: manager), key)).As<Batch>());
        Assert.NotEqual("", batch.ApprovedBy);
        var found = (await finance.Read<BatchPage>($"/api/voucher-batches?q={batch.Number}&kind={kind}")).Rows.Single();
        Assert.Equal((batch.Id, 3, 1, 0L, 0L, "云岭旅行社"), (found.Id, found.Vouchers, found.Uses, found.UsedTimes, found.VoidedVouchers, found.Receiver));
        Assert.Equal(batch.Id, (await finance.Read<BatchPage>($"/api/voucher-batches?q=云岭&kind={kind}")).Rows.Single().Id);
        Assert.Empty((await finance.Read<BatchPage>($"/api/voucher-batches?q=%25&kind={kind}")).Rows);
        Assert.Equal(3, (await finance.Read<VoucherPage>($"/api/voucher-batches/{batch.Id}/vouchers")).Total);

        var print = park.Admin.NewKey();
        (await finance.Post($"/api/voucher-batches/{batch.Id}/print", new { fromSerial = 1, toSerial = 3 })).MustBe(403, "notAllowed");
        (await park.Admin.Post($"/api/voucher-batches/{batch.Id}/print", new { fromSerial = 2, toSerial = 4 })).MustBe(400, "wrongFields");
        var paper = (await park.Admin.Post($"/api/voucher-batches/{batch.Id}/print", new { fromSerial = 1, toSerial = 3 }, print)).As<Printed>();
        Assert.Equal((3, $"{batch.Number}-0001"), (paper.Vouchers.DistinctBy(v => v.Qr).Count(), paper.Vouchers[0].Number));
        Assert.Empty((await park.Admin.Post($"/api/voucher-batches/{batch.Id}/print", new { fromSerial = 1, toSerial = 3 }, print)).As<Printed>().Vouchers);
        Assert.Equal(paper.Vouchers, (await park.Admin.Post($"/api/voucher-batches/{batch.Id}/print", new { fromSerial = 1, toSerial = 3 })).As<Printed>().Vouchers);
        Assert.Equal("none", (await Look(finance, paper.Vouchers[2].Shown.ToLowerInvariant())).Refusal);
        Assert.Equal(404, (await finance.Get("/api/vouchers/look?code=NOBODY1")).Status);
        await park.MustVerify();
    }

    [Fact]
    public async Task An_exchange_voucher_works_once_also_at_two_windows_at_the_same_moment()
    {
        var (one, two, type) = (await park.NewDesk(), await park.NewDesk(), await park.NewType(100_00));
        var code = await One(Terms("costs", 0, [type], 1));
        (await Sell(one, 200_00, [new(type, 2, 1)], [code])).MustBe(409, "priceChanged");
        var quote = await one.Clerk.Read<JsonObject>($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={type}:2:1&vouchers={code}");
        Assert.Equal((100_00L, 100_00L), ((long)quote["totalFen"]!, (long)quote["vouchersFen"]![0]!));
        var both = await Task.WhenAll(Sell(one, 100_00, [new(type, 2, 1)], [code]), Sell(two, 100_00, [new(type, 2, 1)], [code]));
        both.Single(r => !r.Done).MustBe(409, "used");
        var order = both.Single(r => r.Done).As<Order>();
        Assert.Equal((100_00L, 2, 50_00L), (order.PaidFen, order.Tickets.Length, order.Tickets[0].PriceFen));
        Assert.Equal(100_00, Assert.Single(await OffOf(one, order.Id)).OffFen);
        var seen = await Look(one.Clerk, code);
        Assert.Equal((1, "used", order.Id), (seen.Used, seen.Refusal, seen.OrderId));
        Assert.NotEqual("", seen.Text);
        (await Sell(two, 0, [new(type, 1, 1)], [code])).MustBe(409, "used");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_repeated_sale_uses_it_once_and_two_vouchers_pay_for_two()
    {
        var (desk, type, dear) = (await park.NewDesk(), await park.NewType(100_00), await park.NewType(250_00));
        var (_, codes) = await Issue(await NewKind(Terms("costs", 10_00, [type, dear], 1)), 3);
        (await Sell(desk, 0, [new(type, 1, 1)], [codes[0], codes[0]])).MustBe(422, "twice");
        (await Sell(desk, 0, [new(type, 1, 1)], [.. Enumerable.Repeat("ABCDEF", 21)])).MustBe(400, "wrongFields");
        (await Sell(desk, 0, [new(type, 1, 1)], ["NOBODY1"])).MustBe(404, "unknown");
        var key = desk.Clerk.NewKey();
        var order = (await Sell(desk, 120_00, [new(type, 2, 1), new(dear, 1, 1)], codes[..2], key: key)).As<Order>();
        Assert.Equal(order.Id, (await Sell(desk, 120_00, [new(type, 2, 1), new(dear, 1, 1)], codes[..2], key: key)).As<Order>().Id);
        // Of the two the first takes the dearest ticket.
        Assert.Equal([240_00L, 90_00L], (await OffOf(desk, order.Id)).Select(v => v.OffFen).OrderDescending());
        Assert.All(codes[..2], code => Assert.Equal(1, Look(desk.Clerk, code).Result.Used));
        (await Sell(desk, 30_00, [new(await park.NewType(30_00), 1, 1)], codes[2..])).MustBe(422, "takesNothing");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_coupon_for_the_public_works_as_often_as_it_may_until_its_budget_is_spent_and_alone()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(100_00));
        var code = $"GOLDEN{Interlocked.Increment(ref _codes)}";
        var kind = await NewKind(Terms("less", 30_00, leastFen: 150_00), budgetFen: 80_00);
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, uses: 3, code: code.ToLowerInvariant(), approver: manager))).MustBeDone();
        (await park.Admin.Post("/api/voucher-batches", Asked(kind, uses: 3, code: code, approver: manager))).MustBe(409, "codeTaken");
        (await Sell(desk, 100_00, [new(type, 1, 1)], [code])).MustBe(422, "takesNothing");
        (await Sell(desk, 170_00, [new(type, 2, 1)], [$" {code.ToLowerInvariant()}"])).MustBeDone();
        (await Sell(desk, 170_00, [new(type, 2, 1)], [code])).MustBeDone();
        Assert.Contains("20.00", (await Sell(desk, 170_00, [new(type, 2, 1)], [code])).MustBe(409, "budgetSpent").Detail);
        var kindNow = (await park.Admin.Read<JsonObject[]>("/api/voucher-kinds")).Single(k => (Guid)k["id"]! == kind);
        Assert.Equal((60_00L, true), ((long)kindNow["takenFen"]!, (bool)kindNow["hasVouchers"]!));
        kindNow["budgetFen"] = 59_99;
        (await park.Admin.Put($"/api/voucher-kinds/{kind}", kindNow)).MustBe(409, "belowTaken");
        kindNow["budgetFen"] = 90_00;
        (await park.Admin.Put($"/api/voucher-kinds/{kind}", kindNow)).MustBeDone();
        (await Sell(desk, 170_00, [new(type, 2, 1)], [code])).MustBeDone();
        (await Sell(desk, 170_00, [new(type, 2, 1)], [code])).MustBe(409, "used");
        kindNow["edit"] = (int)kindNow["edit"]! + 1;
        kindNow["terms"]!["amount"] = 31_00;
        (await park.Admin.Put($"/api/voucher-kinds/{kind}", kindNow)).MustBe(409, "kindIssued");
        var second = await One(Terms("pays", 5_000));
        (await Sell(desk, 0, [new(type, 2, 1)], [code, second])).MustBe(422, "secondCoupon");
        await park.MustVerify();
    }

    [Fact]
    public async Task It_is_good_on_its_days_and_not_when_it_is_void()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType(100_00));
        var kind = await NewKind(Terms("pays", 9_000));
        var (batch, codes) = await Issue(kind, 3, from: 1, to: 2);
        (await Sell(desk, 90_00, [new(type, 1, 1)], [codes[0]])).MustBe(409, "notYet");
        object Changed(int edit) => new { edit, from = park.Today, to = park.Today, issuer = "市场部", receiver = "别人", target = "", note = "" };
        (await park.Admin.Put($"/api/voucher-batches/{batch}", Changed(7))).MustBe(409, "voucherEdited");
        (await park.Admin.Put($"/api/voucher-batches/{batch}", Changed(1))).MustBeDone();
        (await Sell(desk, 90_00, [new(type, 1, 1)], [codes[0]])).MustBeDone();
        (await park.Admin.Post($"/api/voucher-batches/{batch}/void", new { serials = new[] { 2 }, reason = "丢失" })).MustBeDone();
        (await park.Admin.Post($"/api/voucher-batches/{batch}/void", new { serials = new[] { 2 }, reason = "丢失" })).MustBe(409, "alreadyVoid");
        (await park.Admin.Post($"/api/voucher-batches/{batch}/void", new { serials = new[] { 4 }, reason = "丢失" })).MustBe(404, "unknown");
        (await Sell(desk, 90_00, [new(type, 1, 1)], [codes[1]])).MustBe(409, "voided");
        Assert.Equal([(1, 1, false), (2, 0, true), (3, 0, false)], (await park.Admin.Read<VoucherPage>($"/api/voucher-batches/{batch}/vouchers")).Rows.Select(v => (v.Serial, v.Used, v.Voided)));
        Assert.Equal(3, (await park.Admin.Read<VoucherPage>($"/api/voucher-batches/{batch}/vouchers?state=unused")).Rows.Single().Serial);
        (await park.Admin.Post($"/api/voucher-batches/{batch}/void", new { serials = Array.Empty<int>(), reason = "活动结束" })).MustBeDone();
        (await park.Admin.Post($"/api/voucher-batches/{batch}/void", new { serials = Array.Empty<int>(), reason = "活动结束" })).MustBe(409, "alreadyVoid");
        (await Sell(desk, 90_00, [new(type, 1, 1)], [codes[2]])).MustBe(409, "voided");
        (await park.Admin.Post($"/api/voucher-batches/{batch}/print", new { fromSerial = 1, toSerial = 3 })).MustBe(409, "alreadyVoid");
        var over = (await Issue(kind)).Batch;
        (await park.Admin.Put($"/api/voucher-batches/{over}", new { edit = 1, from = park.Today.AddDays(-9), to = park.Today.AddDays(-1), issuer = "市场部", receiver = "别人", target = "", note = "" })).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task An_order_that_waits_for_payment_holds_it_and_gives_it_back_when_it_is_given_up()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType(100_00));
        var code = await One(Terms("costs", 0, [type], 1), comesBack: false);
        var first = (await Sell(desk, 100_00, [new(type, 2, 1)], [code], unpaid: true)).As<Order>();
        (await Sell(desk, 100_00, [new(type, 2, 1)], [code])).MustBe(409, "used");
        await park.MustVerify();
        (await desk.Clerk.Post($"/api/orders/{first.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        Assert.Equal((0, null), ((await Look(desk.Clerk, code)).Used, (await Look(desk.Clerk, code)).OrderId));
        var second = (await Sell(desk, 100_00, [new(type, 2, 1)], [code], unpaid: true)).As<Order>();
        var paid = (await desk.Clerk.Post($"/api/orders/{second.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(100_00) } })).As<Order>();
        Assert.Equal(2, paid.Tickets.Length);
        Assert.Equal(second.Id, (await Look(desk.Clerk, code)).OrderId);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_comes_back_is_reckoned_with_the_voucher_and_the_voucher_comes_back_with_the_last_ticket()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(100_00));
        var (back, spent) = (await One(Terms("costs", 0, [type], 1)), await One(Terms("less", 30_00, leastFen: 200_00), comesBack: false));
        var order = (await Sell(desk, 100_00, [new(type, 2, 1)], [back])).As<Order>();
        Assert.Equal(100_00, (await desk.RefundOf(order.Id, [order.Tickets[1].Id])).RefundFen);
        Assert.Equal(100_00, (await desk.Return(order.Tickets[0].Id, manager, told: 100_00)).As<Returned>().RefundFen);
        Assert.Equal(1, (await Look(desk.Clerk, back)).Used);
        Assert.Equal(0, (await desk.Return(order.Tickets[1].Id, manager)).As<Returned>().RefundFen);
        Assert.Equal("none", (await Look(desk.Clerk, back)).Refusal);
        await park.MustVerify();

        var other = (await Sell(desk, 170_00, [new(type, 2, 1)], [spent])).As<Order>();
        Assert.Equal(70_00, (await desk.Return(other.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        Assert.Equal(100_00, (await desk.Return(other.Tickets[1].Id, manager)).As<Returned>().RefundFen);
        Assert.Equal("used", (await Look(desk.Clerk, spent)).Refusal);
        // What was never meant to be sold gives it back all the same.
        var slip = await One(Terms("pays", 5_000), comesBack: false);
        var wrong = (await Sell(desk, 50_00, [new(type, 1, 1)], [slip])).As<Order>();
        (await desk.Return(wrong.Tickets[0].Id, manager, "void")).MustBeDone();
        Assert.Equal("none", (await Look(desk.Clerk, slip)).Refusal);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_rebooking_takes_it_along_whatever_became_of_it_since()
    {
        var (desk, manager, type, dear) = (await park.NewDesk(), await park.The("manager"), await park.NewType(100_00), await park.NewType(150_00));
        var (batch, codes) = await Issue(await NewKind(Terms("costs", 0, [type, dear], 1), comesBack: false), 1);
        var order = (await Sell(desk, 100_00, [new(type, 2, 1)], codes, day: park.Today.AddDays(1))).As<Order>();
        (await desk.Rebook(order, park.Today.AddDays(2), tickets: [order.Tickets[0].Id])).MustBe(409, "vouchersGoWhole");
        (await park.Admin.Post($"/api/voucher-batches/{batch}/void", new { serials = Array.Empty<int>(), reason = "活动结束" })).MustBeDone();
        var rebooked = (await desk.Rebook(order, park.Today.AddDays(2), [dear], payments: [Desk.Cash(50_00)])).As<Rebooked>();
        Assert.Equal((100_00, 150_00, 50_00), (rebooked.CreditFen, rebooked.TotalFen, rebooked.DueFen));
        Assert.Equal(150_00, Assert.Single(await OffOf(desk, rebooked.Order!.Id)).OffFen);
        var seen = await Look(desk.Clerk, codes[0]);
        Assert.Equal((1, rebooked.Order.Id), (seen.Used, seen.OrderId));
        await park.MustVerify();
        Assert.Equal(150_00, (await desk.Return(rebooked.Order.Tickets[0].Id, manager, with: [rebooked.Order.Tickets[1].Id])).As<Returned>().RefundFen);
        Assert.Equal(1, (await Look(desk.Clerk, codes[0])).Used);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_is_changed_by_hand_is_found()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType(100_00));
        var (batch, codes) = await Issue(await NewKind(Terms("pays", 9_000)), 2);
        (await Sell(desk, 90_00, [new(type, 1, 1)], [codes[0]])).MustBeDone();
        await park.MustFind(
        [
            ("update voucher set used = used - 1 where used = 1", "update voucher set used = used + 1 where used = 0 and order_id is not null", "voucher "),
            ("update voucher set voided = 1 - voided where serial = 2", "update voucher set voided = 1 - voided where serial = 2", "voucher "),
            ("update account set balance = balance - 1 where code like '%/voucher/%' and balance > 0", "update account set balance = balance + 1 where code like '%/voucher/%' and balance > 0", "voucher/"),
            ("update voucher_kind set budget_fen = budget_fen + 1", "update voucher_kind set budget_fen = budget_fen - 1", "voucher_kind "),
            ("update voucher_batch set uses = uses + 1", "update voucher_batch set uses = uses - 1", "voucher_batch "),
            ("update orders set vouchers = replace(vouchers, '测试券', '别的券') where vouchers is not null", "update orders set vouchers = replace(vouchers, '别的券', '测试券') where vouchers is not null", "order "),
        ]);
    }
}

public sealed class VouchersOnSqlite(SqlitePark park) : VoucherTests(park), IClassFixture<SqlitePark>;
public sealed class VouchersOnPostgres(PostgresPark park) : VoucherTests(park), IClassFixture<PostgresPark>;
