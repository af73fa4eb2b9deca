using System.Text.Json.Nodes;
using Shanmen.Modules.Tests.Harness;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>订单统计: what became of orders, counted and marked in the list (M05; S-004-92).</summary>
public abstract class OrderCountsTests(TestPark park)
{
    private string Days => $"from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}";

    [Fact]
    public async Task Orders_are_counted_by_what_became_of_them()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(fen: 50_00));
        var draft = await desk.Draft(type, 2);
        var (whole, part, rebooked) = ((await desk.Send(draft)).As<Order>(), (await desk.Send(draft)).As<Order>(), (await desk.Send(draft)).As<Order>());
        var (open, given) = ((await desk.Send(draft with { Payments = [] })).As<Order>(), (await desk.Send(draft with { Payments = [] })).As<Order>());
        (await desk.Clerk.Post($"/api/orders/{given.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        (await desk.Return(whole.Tickets[0].Id, manager, with: [whole.Tickets[1].Id])).MustBeDone();
        (await desk.Return(part.Tickets[0].Id, manager)).MustBeDone();
        var later = (await desk.Rebook(rebooked, park.Today.AddDays(1))).As<Rebooked>().Order!;

        var report = await park.Admin.Read<JsonObject>($"/api/reports/orders?{Days}&by=window");
        var line = report["lines"]!.AsArray().Single(l => (Guid)l!["count"]!["key"]! == desk.Window)!;
        // Six orders: three that were paid and one more by rebooking, one that waits, one that was given up.
        var count = line["count"]!;
        Assert.Equal((6, 1, 4, 1, 0, 1, 8), ((int)count["orders"]!, (int)count["open"]!, (int)count["paid"]!, (int)count["cancelled"]!, (int)count["expired"]!, (int)count["rebooked"]!, (int)count["people"]!));
        Assert.Equal((400_00, 250_00), ((int)count["paidFen"]!, (int)count["refundedFen"]!));
        foreach (var by in new[] { "day", "clerk", "agency", "window" })
        {
            var other = await park.Admin.Read<JsonObject>($"/api/reports/orders?{Days}&by={by}");
            Assert.Equal(report["totals"]!.ToJsonString(), other["totals"]!.ToJsonString());
            foreach (var what in new[] { "orders", "paid", "paidFen", "refundedFen" }) Assert.Equal((long)other["totals"]![what]!, other["lines"]!.AsArray().Sum(l => (long)l!["count"]![what]!));
        }
        var file = (await park.Admin.Get($"/api/reports/orders.csv?{Days}&by=day&lang=zh")).Text;
        Assert.Contains("营业日,订单数,待付款,已付款,已取消,已过期,其中改签而来,人数,销售额（元）,退款（元）", file);
        Assert.Contains($"{park.Today:yyyy-MM-dd},6,1,4,1,0,1,8,400.00,250.00", file);
        (await park.Admin.Get($"/api/reports/orders?from={park.Today:yyyy-MM-dd}&to={park.Today.AddDays(-1):yyyy-MM-dd}")).MustBe(400, "wrongFields");

        var rows = (await desk.Clerk.Read<JsonObject>($"/api/orders?windowId={desk.Window}&pageSize=50"))["rows"]!.AsArray().ToDictionary(r => (Guid)r!["orderId"]!, r => (string)r!["returned"]!);
        Assert.Equal(("all", "part", "all", "none", "none"), (rows[whole.Id], rows[part.Id], rows[rebooked.Id], rows[later.Id], rows[open.Id]));
    }
}

public sealed class OrderCountsOnSqlite(SqlitePark park) : OrderCountsTests(park), IClassFixture<SqlitePark>;

public sealed class OrderCountsOnPostgres(PostgresPark park) : OrderCountsTests(park), IClassFixture<PostgresPark>;
