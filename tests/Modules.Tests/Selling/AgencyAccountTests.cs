using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>预存和签单: what an agency paid ahead or signs for pays its orders, and every fen of it is in the books (M05; S-000-82, S-000-99, S-003-06, S-003-28; I2).</summary>
public abstract class AgencyAccountTests(TestPark park)
{
    private sealed record Account(string Agency, bool Active, int Edit, long CreditLineFen, string Note, long PrepaidFen, long SignedFen, long LeftFen);
    private sealed record Statement(string Name, Line[] Rows, Totals Totals, long Total, int PageCount);
    private sealed record Line(string Kind, long Fen, long BalanceFen, Guid? OrderId, string Number, string Reference, string Note, string StaffName);
    private sealed record Totals(long OpeningFen, long UpFen, long DownFen, long ClosingFen, long Count);

    private static int _agencies;
    private static readonly BuyerAsked Guide = new("杨导游", "", "");
    private DateOnly In(int days) => park.Today.AddDays(days);

    private static PaymentPart Prepaid(long fen) => new("prepayment", fen, fen, "");
    private static PaymentPart Signed(long fen, string by = "杨导游") => new("signedBill", fen, fen, by);

    /// <summary>An agency that may sign for so much; null = it has no account.</summary>
    private async Task<string> NewAgency(long? creditLineFen)
    {
        var code = $"unit{Interlocked.Increment(ref _agencies)}";
        await park.NewAgency(code, creditLineFen);
        return code;
    }

    private Task<Reply> Open(string agency, long creditLineFen, int edit = 0, bool active = true, Caller? by = null) =>
        (by ?? park.Admin).Put("/api/agency-accounts", new { agency, edit, active, creditLineFen, note = "合同 2026-18" });

    private static Task<Reply> Book(Caller finance, string agency, string kind, long fen, string reference, Guid? key = null) =>
        finance.Post("/api/agency-accounts/money", new { agency, kind, fen, reference, note = "对公转账" }, key);

    private static Task<Reply> Reverse(Caller finance, string agency, string reference) => finance.Post("/api/agency-accounts/reversals", new { agency, reference, reason = "记错了单位" });

    private async Task<Reply> Send(Desk desk, Guid type, string? agency, int quantity, PaymentPart[] payments, DateOnly? day = null) =>
        await desk.Send(await desk.Draft(type, quantity, day: day) with { Agency = agency, Buyer = Guide, Payments = payments });

    private async Task<(long Prepaid, long Signed)> Has(Desk desk, string agency) => await desk.Clerk.Read<Account>($"/api/agency-account?agency={agency}") is var a ? (a.PrepaidFen, a.SignedFen) : default;

    private Task<Statement> Entries(Caller who, string agency, string side, string more = "") => who.Read<Statement>($"/api/reports/agency-account?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&agency={agency}&side={side}{more}");

    [Fact]
    public async Task What_was_paid_ahead_buys_until_it_is_used_up_and_comes_back_to_where_it_was()
    {
        var (desk, manager, finance, type) = (await park.NewDesk(), await park.The("manager"), await park.Hire("finance"), await park.NewType(100_00));
        var agency = await NewAgency(0);
        (await Book(desk.Clerk, agency, "prepay", 500_00, "B1")).MustBe(403, "notAllowed");
        (await Book(finance, "nobody", "prepay", 500_00, "B1")).MustBe(400, "wrongFields");
        (await Book(finance, agency, "prepay", 0, "B1")).MustBe(400, "wrongFields");
        (await Book(finance, agency, "prepay", 500_00, "")).MustBe(400, "wrongFields");
        var key = finance.NewKey();
        Assert.Equal(500_00, (await Book(finance, agency, "prepay", 500_00, "B1", key)).As<Account>().PrepaidFen);
        (await Book(finance, agency, "prepay", 500_00, "B1", key)).MustBeDone();
        (await Book(finance, agency, "prepay", 500_00, "B1")).MustBe(409, "referenceUsed");
        Assert.Equal((500_00, 0), await Has(desk, agency));

        var order = (await Send(desk, type, agency, 3, [Prepaid(300_00)])).As<Order>();
        Assert.Equal(("paid", agency), (order.State, order.Agency));
        (await Send(desk, type, agency, 3, [Prepaid(300_00)])).MustBe(409, "prepaidShort");
        // The rest in cash, and by card: three ways for one order.
        var mixed = (await Send(desk, type, agency, 3, [Prepaid(200_00), Desk.Cash(60_00), Desk.Card(40_00)])).As<Order>();
        Assert.Equal((0, 0), await Has(desk, agency));
        (await Send(desk, type, null, 1, [Prepaid(100_00)])).MustBe(409, "noAccount");

        // It comes back by itself, before card and cash, and without a drawer.
        var drawer = await park.NewDesk(0);
        var back = (await drawer.Return(mixed.Tickets[0].Id, manager, with: [mixed.Tickets[1].Id, mixed.Tickets[2].Id])).MustBe(409, "drawerShort");
        Assert.Equal(("prepayment", 200_00L), (await drawer.Return(mixed.Tickets[0].Id, manager, with: [mixed.Tickets[1].Id])).As<Returned>() is var one ? (one.RefundMethod, one.RefundFen) : default);
        Assert.Equal(("card+cash", 100_00L), (await desk.Return(mixed.Tickets[2].Id, manager)).As<Returned>() is var rest ? (rest.RefundMethod, rest.RefundFen) : default);
        Assert.Equal((200_00, 0), await Has(desk, agency));
        // Nothing is left to be owed of what went back by itself.
        var later = (await desk.Clerk.Post("/api/returns", new { shiftId = desk.Shift, kind = "return", tickets = new[] { order.Tickets[0].Id }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password, later = true })).As<Returned>();
        Assert.Equal(("prepayment", 100_00L), (later.RefundMethod, later.RefundFen));
        Assert.Null((await desk.Clerk.Read<JsonObject>($"/api/orders/{order.Id}"))["owed"]);

        (await Book(finance, agency, "payOut", 300_01, "B2")).MustBe(409, "prepaidShort");
        (await Book(finance, agency, "payOut", 250_00, "B2")).MustBeDone();
        (await Reverse(finance, agency, "B1")).MustBe(409, "prepaidShort");
        (await Reverse(finance, agency, "B2")).MustBeDone();
        (await Reverse(finance, agency, "B2")).MustBe(409, "moneyReversed");
        (await Reverse(finance, agency, "B9")).MustBe(404, "unknown");
        (await Book(finance, agency, "payOut", 200_00, "B2")).MustBeDone();
        Assert.Equal((100_00, 0), await Has(desk, agency));

        var said = await Entries(finance, agency, "prepayment");
        Assert.Equal(["prepay", "order", "order", "refund", "refund", "refund", "payOut", "reversal", "payOut"], said.Rows.Select(r => r.Kind));
        Assert.Equal(new Totals(0, 500_00 + 300_00 + 250_00, 500_00 + 250_00 + 200_00, 100_00, 9), said.Totals);
        Assert.Equal((order.Number, "B1", "记错了单位"), (said.Rows[1].Number, said.Rows[0].Reference, said.Rows[7].Note));
        Assert.Equal(3, (await Entries(finance, agency, "prepayment", "&pageSize=4")).PageCount);
        Assert.Contains("退还预存", (await finance.Get($"/api/reports/agency-account.csv?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&agency={agency}&side=prepayment&lang=zh")).Text);
        (await finance.Get($"/api/reports/agency-account?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&agency={agency}&side=both")).MustBe(404, "unknown");
        await park.MustVerify();
    }

    [Fact]
    public async Task An_agency_signs_up_to_its_limit_and_a_bill_that_is_paid_frees_it()
    {
        var (desk, other, manager, finance, type) = (await park.NewDesk(), await park.NewDesk(), await park.The("manager"), await park.Hire("finance"), await park.NewType(100_00));
        var agency = await NewAgency(300_00);
        Assert.Equal(["payments.reference"], (await Send(desk, type, agency, 1, [Signed(100_00, "")])).MustBe(400, "wrongFields").Errors!.Keys);
        var first = (await Send(desk, type, agency, 2, [Signed(200_00)])).As<Order>();
        // Two windows, and room for one of them.
        var twice = await Task.WhenAll(Send(desk, type, agency, 1, [Signed(100_00)]), Send(other, type, agency, 1, [Signed(100_00)]));
        Assert.Single(twice, r => r.Done);
        twice.Single(r => !r.Done).MustBe(409, "creditShort");
        Assert.Equal((0, 300_00), await Has(desk, agency));
        // The last fen is used, and the group still goes on another day: what comes back counts.
        var moved = (await desk.Rebook(first, In(3))).As<Rebooked>();
        Assert.Equal((0L, "", "signedBill"), (moved.DueFen, moved.BackMethod, moved.Order!.Payments.Single().Method));
        Assert.Equal("杨导游", moved.Order.Payments.Single().Reference);
        Assert.Equal((0, 300_00), await Has(desk, agency));
        // A lower limit takes nothing back.
        (await Open(agency, 50_00)).MustBe(409, "accountEdited");
        (await Open(agency, 50_00, edit: 1, by: manager)).MustBeDone();
        (await Send(desk, type, agency, 1, [Signed(100_00)])).MustBe(409, "creditShort");
        (await desk.Rebook(moved.Order, In(4))).MustBeDone();

        (await Book(finance, agency, "billPaid", 320_00, "B7")).MustBeDone();
        Assert.Equal((0, -20_00), await Has(desk, agency));
        // What was paid too much is the agency's, beside its limit.
        (await Send(desk, type, agency, 1, [Signed(70_00), Desk.Cash(30_00)])).MustBeDone();
        (await Open(agency, 50_00, edit: 2, active: false)).MustBeDone();
        (await Send(desk, type, agency, 1, [Signed(100_00)])).MustBe(409, "noAccount");
        Assert.Equal((long)50_00, (await manager.Read<Account[]>("/api/agency-accounts")).Single(a => a.Agency == agency).SignedFen);
        (await desk.Clerk.Get("/api/agency-accounts")).MustBe(403, "notAllowed");
        (await desk.Clerk.Get("/api/agency-account?agency=nobody")).MustBe(404, "unknown");
        var unopened = await NewAgency(null);
        (await Send(desk, type, unopened, 1, [Signed(100_00)])).MustBe(409, "noAccount");

        var said = await Entries(manager, agency, "signedBill");
        Assert.Equal((50_00L, "杨导游"), (said.Totals.ClosingFen, said.Rows[0].Reference));
        await park.MustVerify();
    }

    [Fact]
    public async Task A_booked_order_is_signed_for_later_and_a_day_that_goes_back_owes_nobody_for_it()
    {
        var (desk, manager, finance, type) = (await park.NewDesk(), await park.The("manager"), await park.Hire("finance"), await park.NewType(80_00));
        var agency = await NewAgency(1_000_00);
        (await Book(finance, agency, "prepay", 80_00, "B1")).MustBeDone();
        var placed = (await Send(desk, type, agency, 2, [], In(8))).As<Order>();
        Task<Reply> Pay(params PaymentPart[] payments) => desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments });
        (await Pay(Prepaid(160_00))).MustBe(409, "prepaidShort");
        (await Pay(Prepaid(80_00), Signed(80_00, ""))).MustBe(400, "wrongFields");
        (await Pay(Prepaid(80_00), Signed(80_00))).MustBeDone();
        var cash = (await Send(desk, type, agency, 1, [Desk.Cash(80_00)], In(8))).As<Order>();
        Assert.Equal((0, 80_00), await Has(desk, agency));

        var admin = park.Admin;
        var work = (await manager.Post("/api/day-returns", new { visitDay = In(8), types = new[] { type }, reason = "forceMajeure", remark = "", supervisorLogin = admin.Login, supervisorPassword = admin.Password })).As<JsonObject>();
        for (var tries = 0; tries < 600 && (string)(await admin.Read<JsonObject>($"/api/day-returns/{work["id"]}"))["state"]! != "ended"; tries++) await Task.Delay(50);
        Assert.Equal(240_00, (long)(await admin.Read<JsonObject>($"/api/day-returns/{work["id"]}"))["fen"]!);
        Assert.Equal((80_00, 0), await Has(desk, agency));
        var owed = await finance.Read<JsonObject>($"/api/reports/owed?dayReturn={work["id"]}");
        Assert.Equal((1L, 80_00L), ((long)owed["totals"]!["debts"]!, (long)owed["totals"]!["fen"]!));
        Assert.NotNull((await desk.Clerk.Read<JsonObject>($"/api/orders/{cash.Id}"))["owed"]);

        // The report of the day has these ways beside cash and card, and all of them come to the sales.
        var day = await manager.Read<JsonObject>($"/api/reports/day?day={park.Today:yyyy-MM-dd}");
        var ways = day["byPayment"]!.AsArray().ToDictionary(p => (string)p!["method"]!, p => (long)p!["fen"]!);
        Assert.True(ways["prepayment"] >= 80_00 && ways["signedBill"] >= 80_00);
        Assert.Equal((long)day["totals"]!["salesFen"]!, ways.Values.Sum());
        await park.MustVerify();
    }
}

public sealed class AgencyAccountOnSqlite(SqlitePark park) : AgencyAccountTests(park), IClassFixture<SqlitePark>;

public sealed class AgencyAccountOnPostgres(PostgresPark park) : AgencyAccountTests(park), IClassFixture<PostgresPark>;
