using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>备注: what the staff write down of an order stays with it (M05).</summary>
public abstract class OrderNoteTests(TestPark park)
{
    [Fact]
    public async Task A_note_says_who_wrote_it_and_stays_with_the_order_whatever_becomes_of_it()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var order = await desk.Sell(await park.NewType(50_00));
        Task<Reply> Note(string text, Guid? key = null, Caller? by = null) => (by ?? desk.Clerk).Post($"/api/orders/{order.Id}/notes", new { text }, key);
        var key = desk.Clerk.NewKey();
        var first = (await Note("坐轮椅，请开侧门", key)).As<JsonObject>();
        Assert.Equal(first.ToJsonString(), (await Note("坐轮椅，请开侧门", key)).As<JsonObject>().ToJsonString());
        (await Note("")).MustBe(400, "wrongFields");
        (await Note(new string('长', 201))).MustBe(400, "wrongFields");
        (await Note("回电 13800138000")).MustBe(400, "wrongFields");
        (await Note("另一位", by: manager)).MustBe(403, "notAllowed");
        (await desk.Clerk.Post($"/api/orders/{Guid.CreateVersion7()}/notes", new { text = "没有这一单" })).MustBe(404, "unknown");
        (await desk.Return(order.Tickets[0].Id, manager)).MustBeDone();
        (await Note("退票时说明年再来")).MustBeDone();
        var notes = (await desk.Clerk.Read<JsonObject>($"/api/orders/{order.Id}"))["notes"]!.AsArray();
        Assert.Equal(["坐轮椅，请开侧门", "退票时说明年再来"], notes.Select(n => (string)n!["text"]!));
        var name = (string)(await park.Admin.Read<JsonObject[]>("/api/staff")).Single(s => (Guid)s["id"]! == desk.Clerk.StaffId)["name"]!;
        Assert.All(notes, n => Assert.Equal(name, (string)n!["by"]!));
        await park.MustFind([("update order_note set body = 'x' where body like '坐轮椅%'", "update order_note set body = '坐轮椅，请开侧门' where body = 'x'", "order_note ")]);
    }

    [Fact]
    public async Task An_order_has_fifty_at_most()
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(50_00));
        for (var n = 0; n < 50; n++) (await desk.Clerk.Post($"/api/orders/{order.Id}/notes", new { text = $"第 {n} 条" })).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{order.Id}/notes", new { text = "再一条" })).MustBe(409, "tooManyNotes");
    }
}

public sealed class OrderNotesOnSqlite(SqlitePark park) : OrderNoteTests(park), IClassFixture<SqlitePark>;
public sealed class OrderNotesOnPostgres(PostgresPark park) : OrderNoteTests(park), IClassFixture<PostgresPark>;
