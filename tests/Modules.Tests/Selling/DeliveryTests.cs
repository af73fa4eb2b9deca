using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>送票: printed tickets go to their buyer, step by step, and nobody's address is told to who does not write the envelope (M05, S-004-97; I1, I10).</summary>
public abstract class DeliveryTests(TestPark park)
{
    private sealed record Delivery(string State, string Way, string Name, string Phone, string Address, string Note, string Carrier, string Tracking, string Word, string StaffName, DateTimeOffset At, DateTimeOffset? SentAt, DateTimeOffset? EndedAt);
    private sealed record Label(string Way, string Name, string Phone, string Address, string Note);
    private sealed record Line(Guid OrderId, string Number, int Tickets, Delivery Delivery);
    private sealed record Deliveries(Line[] Rows, JsonObject Counts, long Total);

    private static Task<Reply> Ask(Caller clerk, Guid order, string way = "express", string name = "李春花", string phone = "13911112222", string address = "云岭县府前路 18 号 3 单元", string note = "下午在家") =>
        clerk.Post($"/api/orders/{order}/delivery", new { way, name, phone, address, note });

    private static Task<Reply> Step(Caller clerk, Guid order, string step, string word = "", string carrier = "", string tracking = "") =>
        clerk.Post($"/api/orders/{order}/delivery/steps", new { step, carrier, tracking, word });

    private static Task<Reply> Sent(Caller clerk, Guid order) => Step(clerk, order, "sent", carrier: "顺丰", tracking: "SF1234567890");

    private static async Task<JsonNode?> Of(Desk desk, Guid order) => (await desk.Clerk.Read<JsonObject>($"/api/orders/{order}"))["delivery"];

    [Fact]
    public async Task Tickets_are_sent_and_arrive_and_screens_show_a_part_of_who_gets_them()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(50_00));
        var unpaid = (await desk.Send((await desk.Draft(type, 1)) with { Payments = [] })).As<Order>();
        (await Ask(desk.Clerk, unpaid.Id)).MustBe(409, "nothingToDeliver");
        var order = await desk.Sell(type, day: park.Today.AddDays(1));
        (await Ask(desk.Clerk, Guid.CreateVersion7())).MustBe(404, "unknown");
        Assert.Equal(["address", "name", "phone"], (await Ask(desk.Clerk, order.Id, "post", "", "12", "x")).MustBe(400, "wrongFields").Errors!.Keys.Order());
        (await Sent(desk.Clerk, order.Id)).MustBe(404, "unknown");
        var asked = (await Ask(desk.Clerk, order.Id)).As<Delivery>();
        Assert.Equal(("waiting", "李**", "云岭县府前路…"), (asked.State, asked.Name, asked.Address));
        Assert.DoesNotContain("1111", asked.Phone);
        Assert.Equal("waiting", (string)(await Of(desk, order.Id))!["state"]!);
        // As long as it waits, person and address may be put right.
        Assert.Equal("王*", (await Ask(desk.Clerk, order.Id, name: "王芳")).As<Delivery>().Name);

        // Who writes the envelope sees all of it, and it stays on record that he did. A lost answer tells nothing twice.
        var key = desk.Clerk.NewKey();
        var label = (await desk.Clerk.Post($"/api/orders/{order.Id}/delivery/label", new { }, key)).As<Label>();
        Assert.Equal(("王芳", "13911112222", "云岭县府前路 18 号 3 单元"), (label.Name, label.Phone, label.Address));
        Assert.Equal(("", "", ""), (await desk.Clerk.Post($"/api/orders/{order.Id}/delivery/label", new { }, key)).As<Label>() is var again ? (again.Name, again.Phone, again.Address) : default);
        Assert.Contains((await park.Admin.Read<JsonObject>($"/api/log?kind=DeliveryLabelShown"))["rows"]!.AsArray(), r => ((string)r!["text"]!).Contains(order.Id.ToString(), StringComparison.Ordinal));

        Assert.Equal(["carrier"], (await Step(desk.Clerk, order.Id, "sent")).MustBe(400, "wrongFields").Errors!.Keys);
        (await Step(desk.Clerk, order.Id, "delivered", "本人")).MustBe(409, "deliveryStepWrong");
        Assert.Equal(("onItsWay", "顺丰", "SF1234567890"), (await Sent(desk.Clerk, order.Id)).As<Delivery>() is var sent ? (sent.State, sent.Carrier, sent.Tracking) : default);
        (await Ask(desk.Clerk, order.Id)).MustBe(409, "deliveryUnderWay");
        (await Step(desk.Clerk, order.Id, "cancelled", "不要了")).MustBe(409, "deliveryStepWrong");
        Assert.Contains((await manager.Read<Deliveries>("/api/deliveries?state=onItsWay")).Rows, r => r.OrderId == order.Id && r.Tickets == 1);
        Assert.Equal(["word"], (await Step(desk.Clerk, order.Id, "delivered")).MustBe(400, "wrongFields").Errors!.Keys);
        Assert.Equal(("delivered", "门卫代收"), (await Step(desk.Clerk, order.Id, "delivered", "门卫代收")).As<Delivery>() is var there ? (there.State, there.Word) : default);
        (await Step(desk.Clerk, order.Id, "cameBack", "拒收")).MustBe(409, "deliveryStepWrong");
        (await desk.Clerk.Get("/api/deliveries")).MustBe(403, "notAllowed");
        await park.MustVerify();
    }

    [Fact]
    public async Task What_comes_back_is_sent_again_or_cancelled_and_then_nobodys_address_is_kept()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(50_00));
        var order = await desk.Sell(type, day: park.Today.AddDays(1));
        (await Ask(desk.Clerk, order.Id, "home")).MustBeDone();
        (await Sent(desk.Clerk, order.Id)).MustBeDone();
        Assert.Equal("查无此人", (await Step(desk.Clerk, order.Id, "cameBack", "查无此人")).As<Delivery>().Word);
        var anew = (await Ask(desk.Clerk, order.Id, "post", address: "云岭县新街 2 号")).As<Delivery>();
        Assert.Equal(("waiting", "", null), (anew.State, anew.Carrier, anew.SentAt));
        // The list of the window finds what waits, of whichever day.
        Assert.Contains((await desk.Clerk.Read<OrderList>("/api/orders?delivery=waiting")).Rows, r => r.OrderId == order.Id);
        // All of it goes back meanwhile: nothing is sent, and the delivery is cancelled.
        (await desk.Return(order.Tickets[0].Id, manager)).MustBeDone();
        (await Sent(desk.Clerk, order.Id)).MustBe(409, "nothingToDeliver");
        Assert.Equal(0, (await manager.Read<Deliveries>("/api/deliveries")).Rows.Single(r => r.OrderId == order.Id).Tickets);
        Assert.Equal(("cancelled", "", "", ""), (await Step(desk.Clerk, order.Id, "cancelled", "票退了")).As<Delivery>() is var over ? (over.State, over.Name, over.Phone, over.Address) : default);
        Assert.DoesNotContain((await desk.Clerk.Read<OrderList>("/api/orders?delivery=waiting")).Rows, r => r.OrderId == order.Id);
        await park.MustVerify();
    }

    [Fact]
    public async Task Two_windows_do_a_step_once()
    {
        var (desk, other, type) = (await park.NewDesk(), await park.NewDesk(), await park.NewType(50_00));
        for (var round = 0; round < 5; round++)
        {
            var order = await desk.Sell(type, day: park.Today.AddDays(1));
            (await Ask(desk.Clerk, order.Id)).MustBeDone();
            var replies = await Task.WhenAll(Sent(desk.Clerk, order.Id), Sent(other.Clerk, order.Id), Step(other.Clerk, order.Id, "cancelled", "不送了"));
            Assert.Single(replies, r => r.Done);
        }
        await park.MustVerify();
    }
}

public sealed class DeliveryOnSqlite(SqlitePark park) : DeliveryTests(park), IClassFixture<SqlitePark>;

public sealed class DeliveryOnPostgres(PostgresPark park) : DeliveryTests(park), IClassFixture<PostgresPark>;
