using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>汇款: money that the bank brought for an order pays it, waits for it or goes back, and no fen of it is lost between (M05, S-004-96; I2, I10).</summary>
public abstract class BankTransferTests(TestPark park)
{
    private sealed record Of(Guid OrderId, string Number, string State, long TotalFen, DateTimeOffset? HoldUntil, bool Kept, long LeftFen);
    private sealed record Waiting(Of[] Rows, long LeftFen, long Total);
    private sealed record Booking(string Reference, string Number, string Kind, long Fen, string Note, string StaffName, DateTimeOffset? ReversedAt, string ReversedBy, string ReversedWhy);
    private sealed record Sums(long Bookings, long ReceivedFen, long SentBackFen);
    private sealed record Journal(Booking[] Rows, Sums Totals, long Total, int PageCount);

    private static int _references;
    private static string Reference => $"2026{Interlocked.Increment(ref _references):D6}";
    private string Days => $"from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}";

    private static PaymentPart Bank(long fen) => new("bankTransfer", fen, fen, "");

    private async Task<Order> Place(Desk desk, Guid type, int quantity = 2, DateOnly? day = null) =>
        (await desk.Send((await desk.Draft(type, quantity, day: day)) with { Payments = [], Buyer = new("李老师", "13911112222", "") })).As<Order>();

    private static Task<Reply> Book(Caller finance, string number, long fen, string? reference = null, string kind = "received", Guid? key = null) =>
        finance.Post("/api/bank-transfers", new { number, kind, fen, reference = reference ?? Reference, note = "实验小学" }, key);

    private static Task<Reply> Reverse(Caller finance, string reference) => finance.Post("/api/bank-transfers/reversals", new { reference, reason = "记错了订单" });
    private static Task<Reply> Pay(Desk desk, Order order, params PaymentPart[] payments) => desk.Clerk.Post($"/api/orders/{order.Id}/pay", new { shiftId = desk.Shift, payments });
    private static async Task<long> Left(Desk desk, Order order) => (await desk.Clerk.Read<Of>($"/api/orders/{order.Id}/bank-transfer")).LeftFen;

    [Fact]
    public async Task What_the_bank_brought_pays_the_order_and_comes_back_to_who_sent_it()
    {
        var (desk, manager, finance, type) = (await park.NewDesk(), await park.The("manager"), await park.Hire("finance"), await park.NewType(100_00));
        var order = await Place(desk, type, 4);
        (await Book(desk.Clerk, order.Number, 300_00)).MustBe(403, "notAllowed");
        Assert.Equal(["number"], (await Book(finance, "20260101000000000", 300_00)).MustBe(400, "wrongFields").Errors!.Keys);
        Assert.Equal(["number"], (await Book(finance, "no number", 300_00)).MustBe(400, "wrongFields").Errors!.Keys);
        (await Book(finance, order.Number, 0)).MustBe(400, "wrongFields");
        (await Book(finance, order.Number, 300_00, "")).MustBe(400, "wrongFields");
        (await Pay(desk, order, Bank(400_00))).MustBe(409, "transferShort");
        var (key, first) = (finance.NewKey(), Reference);
        Assert.Equal(("ordered", 400_00L, 300_00L), (await Book(finance, order.Number, 300_00, first, key: key)).As<Of>() is var came ? (came.State, came.TotalFen, came.LeftFen) : default);
        (await Book(finance, order.Number, 300_00, first, key: key)).MustBeDone();
        (await Book(finance, order.Number, 300_00, first)).MustBe(409, "referenceUsed");
        // In a park, not for an order: one line of the bank's statement pays once.
        (await Book(finance, (await Place(desk, type)).Number, 300_00, first)).MustBe(409, "referenceUsed");
        Assert.Equal(300_00, await Left(desk, order));

        (await Pay(desk, order, Bank(300_01), Desk.Cash(99_99))).MustBe(409, "transferShort");
        var paid = (await Pay(desk, order, Bank(300_00), Desk.Cash(60_00), Desk.Card(40_00))).As<Order>();
        Assert.Equal(("paid", order.Number), (paid.State, paid.Payments[0].Reference));
        Assert.Equal(0, await Left(desk, order));
        // Nobody else's order is paid with it, and no sale at the window.
        Assert.Equal(["payments"], (await desk.Send((await desk.Draft(type, 1)) with { Payments = [Bank(100_00)] })).MustBe(400, "wrongFields").Errors!.Keys);

        // It goes back first, without a drawer, and is the sender's.
        var back = (await desk.Return(paid.Tickets[0].Id, manager)).As<Returned>();
        Assert.Equal(("bankTransfer", 100_00L), (back.RefundMethod, back.RefundFen));
        Assert.Equal("bankTransfer", (await desk.Return(paid.Tickets[1].Id, manager, with: [paid.Tickets[2].Id])).As<Returned>().RefundMethod);
        Assert.Equal("card+cash", (await desk.Return(paid.Tickets[3].Id, manager)).As<Returned>().RefundMethod);
        Assert.Equal(300_00, await Left(desk, order));
        Assert.Equal((300_00L, order.Number), (await finance.Read<Waiting>("/api/bank-transfers/waiting")).Rows.Single(r => r.OrderId == order.Id) is var waits ? (waits.LeftFen, waits.Number) : default);

        (await Book(finance, order.Number, 300_01, kind: "sentBack")).MustBe(409, "transferShort");
        var sent = Reference;
        (await Book(finance, order.Number, 200_00, sent, "sentBack")).MustBeDone();
        (await Reverse(finance, first)).MustBe(409, "transferShort");
        (await Reverse(desk.Clerk, sent)).MustBe(403, "notAllowed");
        (await Reverse(finance, sent)).MustBeDone();
        (await Reverse(finance, sent)).MustBe(409, "moneyReversed");
        (await Reverse(finance, "never")).MustBe(404, "unknown");
        Assert.Equal(0, (await Book(finance, order.Number, 300_00, sent, "sentBack")).As<Of>().LeftFen);
        Assert.DoesNotContain((await finance.Read<Waiting>("/api/bank-transfers/waiting")).Rows, r => r.OrderId == order.Id);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_kept_order_whose_money_is_there_waits_for_its_visit_and_a_correction_takes_no_place_away()
    {
        var (desk, other, finance, type) = (await park.NewDesk(), await park.NewDesk(), await park.Hire("finance"), await park.NewType(50_00, quota: 10));
        var day = park.Today.AddDays(2);
        var order = await Place(desk, type, day: day);
        var password = (string)(await desk.Clerk.Post($"/api/orders/{order.Id}/keep", new { shiftId = desk.Shift, day = park.Today.AddDays(1), time = "12:00", pickUp = "" })).As<JsonObject>()["pickUp"]!;
        var kept = (await desk.Clerk.Read<Order>($"/api/orders/{order.Id}")).HoldUntil!.Value;
        var (half, rest) = (Reference, Reference);
        // Half of it keeps nothing longer.
        Assert.Equal(kept, (await Book(finance, order.Number, 50_00, half)).As<Of>().HoldUntil);
        var whole = (await Book(finance, order.Number, 50_00, rest)).As<Of>();
        Assert.True(whole.Kept && whole.HoldUntil > kept.AddHours(24));
        Assert.Equal(whole.HoldUntil, (await Reverse(finance, rest)).As<Of>().HoldUntil);
        (await desk.Clerk.Post($"/api/orders/{order.Id}/claim", new { shiftId = desk.Shift, pickUp = password == "000000" ? "000001" : "000000" })).MustBe(403, "pickUpWrong");
        (await Book(finance, order.Number, 60_00, rest)).MustBeDone();

        (await other.Clerk.Post($"/api/orders/{order.Id}/claim", new { shiftId = other.Shift, pickUp = password })).MustBeDone();
        Assert.Equal("paid", (await Pay(other, order, Bank(100_00))).As<Order>().State);
        // What was sent too much waits until finance sends it back.
        Assert.Equal(10_00, await Left(other, order));
        (await Book(finance, order.Number, 10_00, kind: "sentBack")).MustBeDone();
        // No drawer has any of it.
        var closed = (await other.Clerk.Post($"/api/shifts/{other.Shift}/close", new { countedFen = 50_000, reason = "" })).As<Shift>();
        Assert.Equal((100_00, 0), (closed.SalesFen, closed.OverShortFen));
        await park.MustVerify();
    }

    [Fact]
    public async Task Money_for_an_order_that_is_no_more_is_booked_and_waits_to_be_sent_back()
    {
        var (desk, finance, type) = (await park.NewDesk(), await park.Hire("finance"), await park.NewType(50_00));
        var order = await Place(desk, type);
        (await desk.Clerk.Post($"/api/orders/{order.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        var reference = Reference;
        Assert.Equal(("cancelled", 100_00L), (await Book(finance, order.Number, 100_00, reference)).As<Of>() is var of ? (of.State, of.LeftFen) : default);
        Assert.Equal(100_00, (await finance.Read<Of>($"/api/bank-transfers/order?number={order.Number}")).LeftFen);
        (await Pay(desk, order, Bank(100_00))).MustBe(409, "orderNotUnpaid");
        // It was for the order that the buyer placed anew: reversed, and booked for that one.
        var anew = await Place(desk, type);
        (await Reverse(finance, reference)).MustBeDone();
        (await Book(finance, anew.Number, 100_00, reference)).MustBeDone();
        (await Pay(desk, anew, Bank(100_00))).MustBeDone();

        var journal = await finance.Read<Journal>($"/api/reports/bank-transfers?{Days}&number={anew.Number}");
        Assert.Equal((reference, "received", 100_00L), journal.Rows.Single() is var row ? (row.Reference, row.Kind, row.Fen) : default);
        Assert.Contains(reference, (await finance.Get($"/api/reports/bank-transfers.csv?{Days}&lang=zh")).Text);
        Assert.Contains("Received", (await finance.Get($"/api/reports/bank-transfers.csv?{Days}&lang=en")).Text);
        (await finance.Get("/api/bank-transfers/order?number=1")).MustBe(404, "unknown");
        (await desk.Clerk.Get("/api/bank-transfers/waiting")).MustBe(403, "notAllowed");
        await park.MustVerify();
    }

    [Fact]
    public async Task Tickets_of_a_rebooked_order_are_paid_by_what_the_old_ones_bring_and_come_back_to_where_it_came_from()
    {
        var (desk, manager, finance) = (await park.NewDesk(), await park.The("manager"), await park.Hire("finance"));
        var (type, dearer) = (await park.NewType(50_00), await park.NewType(80_00));
        var order = await Place(desk, type);
        (await Book(finance, order.Number, 130_00)).MustBeDone();
        (await Pay(desk, order, Bank(100_00))).MustBeDone();
        // 60 more: 30 of it are there, the rest is paid in cash.
        var paid = await desk.Clerk.Read<Order>($"/api/orders/{order.Id}");
        (await desk.Rebook(paid, park.Today.AddDays(1), types: [dearer], payments: [Bank(60_00)])).MustBe(409, "transferShort");
        var moved = (await desk.Rebook(paid, park.Today.AddDays(1), types: [dearer], payments: [Bank(30_00), Desk.Cash(30_00)])).As<Rebooked>().Order!;
        Assert.All(moved.Payments.Where(p => p.Method == "bankTransfer"), p => Assert.Equal(order.Number, p.Reference));
        Assert.Equal((130_00, 0), (moved.Payments.Where(p => p.Method == "bankTransfer").Sum(p => p.AmountFen), await Left(desk, moved)));
        // To a cheaper one again: what is too much goes to the account of the number that it came for.
        var cheaper = (await desk.Rebook(moved, park.Today.AddDays(1), types: [type], supervisor: manager)).As<Rebooked>();
        Assert.Equal("bankTransfer", cheaper.BackMethod);
        Assert.Equal((60_00, 60_00), (await Left(desk, cheaper.Order!), await Left(desk, order)));
        (await desk.Return(cheaper.Order!.Tickets[0].Id, manager, with: [cheaper.Order.Tickets[1].Id])).MustBeDone();
        Assert.Equal(130_00, await Left(desk, order));
        await park.MustVerify();
    }

    [Fact]
    public async Task Money_is_used_once_however_many_reach_for_it()
    {
        var (desk, other, finance, type) = (await park.NewDesk(), await park.NewDesk(), await park.Hire("finance"), await park.NewType(50_00));
        for (var round = 0; round < 5; round++)
        {
            var (order, reference) = (await Place(desk, type), Reference);
            var twice = await Task.WhenAll(Book(finance, order.Number, 100_00, reference), Book(finance, order.Number, 100_00, reference));
            Assert.Single(twice, r => r.Done);
            // The window takes it while finance finds that it was booked wrongly, and another sends it back.
            var replies = await Task.WhenAll(Pay(other, order, Bank(100_00)), Reverse(finance, reference), Book(finance, order.Number, 100_00, kind: "sentBack"));
            Assert.Single(replies, r => r.Done);
            Assert.Equal(0, await Left(desk, order));
            if (!replies[0].Done) (await desk.Clerk.Post($"/api/orders/{order.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        }
        await park.MustVerify();
    }
}

public sealed class BankTransferOnSqlite(SqlitePark park) : BankTransferTests(park), IClassFixture<SqlitePark>;

public sealed class BankTransferOnPostgres(PostgresPark park) : BankTransferTests(park), IClassFixture<PostgresPark>;
