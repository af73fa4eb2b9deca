using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>留票: an order is kept unpaid for a buyer who says a password when he comes (M05: booking without payment, pick-up by code, ID or phone with password).</summary>
public abstract class KeptOrderTests(TestPark park)
{
    private async Task<Order> Place(Desk desk, Guid type, DateOnly? day = null, bool buyer = true) =>
        (await desk.Send((await desk.Draft(type, 2, day: day)) with { Payments = [], Buyer = buyer ? new("李导", "13911112222", "") : null })).As<Order>();

    private Task<Reply> Keep(Desk desk, Guid order, DateOnly? day = null, string time = "23:00", string pickUp = "", Guid? key = null) =>
        desk.Clerk.Post($"/api/orders/{order}/keep", new { shiftId = desk.Shift, day = day ?? park.Today.AddDays(1), time, pickUp }, key);

    private static Task<Reply> Claim(Desk desk, Guid order, string pickUp = "", Caller? supervisor = null) =>
        desk.Clerk.Post($"/api/orders/{order}/claim", new { shiftId = desk.Shift, pickUp, supervisorLogin = supervisor?.Login ?? "", supervisorPassword = supervisor?.Password ?? "" });

    private static Task<Reply> Pay(Desk desk, Order order) => desk.Clerk.Post($"/api/orders/{order.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(order.TotalFen) } });

    [Fact]
    public async Task Its_window_hands_over_and_another_is_paid_when_the_buyer_comes_with_the_password()
    {
        var (desk, other, type) = (await park.NewDesk(), await park.NewDesk(), await park.NewType(50_00, quota: 10));
        var tomorrow = park.Today.AddDays(1);
        var order = await Place(desk, type, tomorrow);
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000, reason = "" })).MustBe(409, "unpaidOrders");
        (await Keep(desk, (await Place(desk, type, tomorrow, buyer: false)).Id)).MustBe(422, "keepNeedsBuyer");
        (await desk.Clerk.Post($"/api/orders/{(await desk.Clerk.Read<OrderList>("/api/orders?state=ordered")).Rows.First(r => r.OrderId != order.Id).OrderId}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        (await Keep(desk, order.Id, park.Today.AddDays(2))).MustBe(400, "wrongFields");
        (await Keep(desk, order.Id, park.Today.AddDays(-1))).MustBe(400, "wrongFields");
        var key = desk.Clerk.NewKey();
        var kept = (await Keep(desk, order.Id, key: key)).As<JsonObject>();
        var password = (string)kept["pickUp"]!;
        Assert.Matches(@"^\d{6}$", password);
        Assert.True((bool)kept["order"]!["kept"]!);
        // It is told once.
        Assert.Equal("", (string)(await Keep(desk, order.Id, key: key)).As<JsonObject>()["pickUp"]!);
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000, reason = "" })).MustBeDone();

        Assert.Contains((await other.Clerk.Read<JsonObject>("/api/orders?q=2222"))["rows"]!.AsArray(), r => (Guid)r!["orderId"]! == order.Id && (bool)r["kept"]!);
        (await Pay(other, order)).MustBe(409, "orderIsKept");
        (await Claim(other, order.Id, "12")).MustBe(400, "wrongFields");
        (await Claim(other, order.Id, password == "000000" ? "000001" : "000000")).MustBe(403, "pickUpWrong");
        (await Claim(other, order.Id, password)).MustBeDone();
        (await Claim(other, order.Id, password)).MustBe(409, "notKept");
        (await other.Clerk.Post($"/api/shifts/{other.Shift}/close", new { countedFen = 50_000, reason = "" })).MustBe(409, "unpaidOrders");
        var paid = (await Pay(other, order)).As<Order>();
        Assert.Equal(("paid", 2, 8), (paid.State, paid.Tickets.Length, (await other.Offer(type, tomorrow)).Left));
        var closed = (await other.Clerk.Post($"/api/shifts/{other.Shift}/close", new { countedFen = 50_000 + 100_00, reason = "" })).As<Shift>();
        Assert.Equal((100_00, 0), (closed.SalesFen, closed.OverShortFen));
        await park.MustVerify();
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_it_and_a_supervisor_opens_it()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(50_00));
        var order = await Place(desk, type, park.Today.AddDays(1));
        var password = (string)(await Keep(desk, order.Id)).As<JsonObject>()["pickUp"]!;
        var wrong = password == "111111" ? "222222" : "111111";
        for (var n = 0; n < 5; n++) (await Claim(desk, order.Id, wrong)).MustBe(403, "pickUpWrong");
        (await Claim(desk, order.Id, password)).MustBe(403, "pickUpLocked");
        (await Keep(desk, order.Id, pickUp: password)).MustBe(403, "pickUpLocked");
        (await Claim(desk, order.Id, supervisor: await park.The("clerk"))).MustBe(403, "supervisorNotAllowed");
        (await Claim(desk, order.Id, supervisor: manager)).MustBeDone();
        // Kept anew with another password, the old one is void; a kept order opens to nobody who does not know it.
        var second = (string)(await Keep(desk, order.Id)).As<JsonObject>()["pickUp"]!;
        (await Keep(desk, order.Id)).MustBe(400, "wrongFields");
        var third = (string)(await Keep(desk, order.Id, time: "22:00", pickUp: second)).As<JsonObject>()["pickUp"]!;
        if (third != second) (await Claim(desk, order.Id, second)).MustBe(403, "pickUpWrong");
        // Two windows claim it at once: one has it.
        var (one, two) = (await park.NewDesk(), await park.NewDesk());
        var both = await Task.WhenAll(Claim(one, order.Id, third), Claim(two, order.Id, third));
        Assert.Single(both, r => r.Done);
        Assert.Contains(both.Single(r => !r.Done).MustBeProblem().Code, (string[])["notKept", "orderMoved"]);
        var now = $"update orders set kept = {{0}} where id = {(park.Store.IsPostgres ? $"'{order.Id}'" : $"x'{Convert.ToHexString(order.Id.ToByteArray(bigEndian: true))}'")}";
        var holder = both[0].Done ? one : two;
        await park.MustVerify();
        (await Keep(holder, order.Id)).MustBeDone();
        await park.MustFind([(string.Format(System.Globalization.CultureInfo.InvariantCulture, now, """replace(kept, '"tries":0', '"tries":1')"""), string.Format(System.Globalization.CultureInfo.InvariantCulture, now, """replace(kept, '"tries":1', '"tries":0')"""), "column kept")]);
        (await holder.Clerk.Post($"/api/orders/{order.Id}/cancel", new { shiftId = holder.Shift })).MustBeDone();
        (await holder.Clerk.Post($"/api/shifts/{holder.Shift}/close", new { countedFen = 50_000, reason = "" })).MustBeDone();
        await park.MustVerify();
    }
}

public sealed class KeptOrderOnSqlite(SqlitePark park) : KeptOrderTests(park), IClassFixture<SqlitePark>;

public sealed class KeptOrderOnPostgres(PostgresPark park) : KeptOrderTests(park), IClassFixture<PostgresPark>;
