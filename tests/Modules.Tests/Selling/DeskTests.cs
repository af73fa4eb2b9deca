namespace Shanmen.Modules.Tests.Selling;

/// <summary>转台、分流: an unpaid order goes to another desk, by its clerk or by a manager who sees them all (M05; S-004-95; I1, C5).</summary>
public abstract class DeskTests(TestPark park)
{
    private sealed record Transferred(Guid OrderId, string WindowName, string ClerkName, DateTimeOffset HoldUntil);
    private sealed record At(Guid ShiftId, string WindowName, string ClerkName, int Waiting);
    private sealed record Waits(Guid OrderId, Guid ShiftId, string WindowName, int People, long TotalFen, bool Kept);
    private sealed record Waiting(Waits[] Rows, long TotalFen, long Total);

    private static async Task<Order> Place(Desk desk, Guid type) => (await desk.Send((await desk.Draft(type)) with { Payments = [] })).As<Order>();

    private static Task<Reply> Give(Desk desk, Order order, Guid to, string reason = "", Guid? key = null) => desk.Clerk.Post($"/api/orders/{order.Id}/transfer", new { shiftId = desk.Shift, toShift = to, reason }, key);

    private static Task<Reply> Route(Caller by, Order order, Guid to, string reason = "") => by.Post($"/api/orders/{order.Id}/route", new { toShift = to, reason });

    private static async Task<int> Of(Desk desk) => (await desk.Clerk.Read<At[]>("/api/desks")).Single(d => d.ShiftId == desk.Shift).Waiting;

    private static Task<Reply> Close(Desk desk) => desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000, reason = "" });

    [Fact]
    public async Task A_clerk_gives_an_order_to_another_desk_and_goes_home_and_the_other_takes_the_money()
    {
        var (desk, other, type) = (await park.NewDesk(), await park.NewDesk(), await park.NewType());
        var order = await Place(desk, type);
        (await Close(desk)).MustBe(409, "unpaidOrders");
        Assert.Equal((1, 0), (await Of(desk), await Of(other)));
        var key = desk.Clerk.NewKey();
        var given = (await Give(desk, order, other.Shift, "下班", key)).As<Transferred>();
        Assert.NotEqual("", given.WindowName);
        Assert.Equal(given, (await Give(desk, order, other.Shift, "下班", key)).As<Transferred>());
        Assert.Equal((0, 1), (await Of(desk), await Of(other)));
        (await Close(desk)).MustBeDone();
        (await Close(other)).MustBe(409, "unpaidOrders");
        (await other.Clerk.Post($"/api/orders/{order.Id}/pay", new { shiftId = other.Shift, payments = new[] { Desk.Cash(100_00) } })).MustBeDone();
        Assert.Equal(0, await Of(other));
        Assert.Equal(given.WindowName, (await other.Clerk.Read<System.Text.Json.Nodes.JsonObject>($"/api/orders/{order.Id}"))["windowName"]!.ToString());
        (await Give(other, order, other.Shift)).MustBe(409, "orderNotUnpaid");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_manager_sees_what_waits_and_where_and_routes_it_and_a_clerk_does_not_route()
    {
        var (desk, other, type, manager) = (await park.NewDesk(), await park.NewDesk(), await park.NewType(), await park.The("manager"));
        var (first, second) = (await Place(desk, type), await Place(desk, type));
        var waiting = await manager.Read<Waiting>($"/api/orders/waiting?shift={desk.Shift}");
        Assert.Equal([first.Id, second.Id], waiting.Rows.Select(r => r.OrderId));
        Assert.Equal((2, 200_00), (waiting.Total, waiting.TotalFen));
        (await Route(desk.Clerk, first, other.Shift)).MustBe(403, "notAllowed");
        (await Route(await park.The("finance"), first, other.Shift)).MustBe(403, "notAllowed");
        (await Route(manager, first, other.Shift, "3 号窗口空")).MustBeDone();
        Assert.Equal([second.Id], (await manager.Read<Waiting>($"/api/orders/waiting?shift={desk.Shift}")).Rows.Select(r => r.OrderId));
        Assert.Equal((other.Shift, false), (await manager.Read<Waiting>($"/api/orders/waiting")).Rows.Single(r => r.OrderId == first.Id) is var row ? (row.ShiftId, row.Kept) : default);
        (await other.Clerk.Post($"/api/orders/{first.Id}/cancel", new { shiftId = other.Shift })).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{second.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        Assert.DoesNotContain((await manager.Read<Waiting>("/api/orders/waiting")).Rows, r => r.OrderId == first.Id || r.OrderId == second.Id);
        Assert.Equal((0, 0), (await Of(desk), await Of(other)));
        await park.MustVerify();
    }

    [Fact]
    public async Task What_cannot_move_stays_where_it_is()
    {
        var (desk, other, type) = (await park.NewDesk(), await park.NewDesk(), await park.NewType());
        var order = await Place(desk, type);
        (await Give(desk, order, desk.Shift)).MustBe(409, "sameDesk");
        (await Give(desk, order, Guid.NewGuid())).MustBe(409, "deskClosed");
        (await Give(desk, order, other.Shift, new string('长', 101))).MustBe(400, "wrongFields");
        (await Give(desk with { Shift = other.Shift }, order, other.Shift)).MustBe(409, "shiftNotOpen");
        (await desk.Clerk.Post($"/api/orders/{Guid.NewGuid()}/transfer", new { shiftId = desk.Shift, toShift = other.Shift })).MustBe(404, "unknown");
        (await Close(other)).MustBeDone();
        (await Give(desk, order, other.Shift)).MustBe(409, "deskClosed");
        var kept = (await desk.Send((await desk.Draft(type)) with { Payments = [], Buyer = new("林则徐", "13800138000", "") })).As<Order>();
        (await desk.Clerk.Post($"/api/orders/{kept.Id}/keep", new { shiftId = desk.Shift, day = park.Today, time = "23:59" })).MustBeDone();
        var third = await park.NewDesk();
        (await Give(desk, kept, third.Shift)).MustBe(409, "orderIsKept");
        Assert.Equal((1, 0), (await Of(desk), await Of(third)));
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_two_transfers_at_once_one_holds_and_an_order_that_is_paid_meanwhile_is_counted_once()
    {
        var (desk, type, manager) = (await park.NewDesk(), await park.NewType(), await park.The("manager"));
        var others = new[] { await park.NewDesk(), await park.NewDesk() };
        for (var n = 0; n < 6; n++)
        {
            var order = await Place(desk, type);
            var replies = await Task.WhenAll(Give(desk, order, others[0].Shift), Route(manager, order, others[1].Shift));
            // One after the other both may be done, and the order went twice; at once, the second is told.
            foreach (var late in replies.Where(r => !r.Done)) late.MustBe(409, "orderMoved");
            Assert.Contains(replies, r => r.Done);
            Assert.Equal(1, await Of(others[0]) + await Of(others[1]));
            var at = await Of(others[0]) == 1 ? others[0] : others[1];
            var both = await Task.WhenAll(at.Clerk.Post($"/api/orders/{order.Id}/pay", new { shiftId = at.Shift, payments = new[] { Desk.Cash(100_00) } }), Route(manager, order, desk.Shift));
            if (!both[0].Done) (await desk.Clerk.Post($"/api/orders/{order.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
            Assert.Equal((0, 0, 0), (await Of(desk), await Of(others[0]), await Of(others[1])));
        }
        await park.MustVerify();
    }
}

public sealed class DeskOnSqlite(SqlitePark park) : DeskTests(park), IClassFixture<SqlitePark>;

public sealed class DeskOnPostgres(PostgresPark park) : DeskTests(park), IClassFixture<PostgresPark>;
