using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Shanmen.Modules.Tests.Requests;

/// <summary>The same key means the same thing, once (C3).</summary>
public abstract class RepeatedRequestTests(TestPark park)
{
    [Fact]
    public async Task The_same_key_and_body_get_the_same_answer_and_one_effect()
    {
        var desk = await park.TheDesk();
        var draft = await desk.Draft(await park.NewType(quota: 5));
        var key = desk.Clerk.NewKey();
        var (first, second) = (await desk.Send(draft, key), await desk.Send(draft, key));
        Assert.Equal((200, first.Text), (second.Status, second.Text));
        Assert.Equal((false, true), (first.Replayed, second.Replayed));
        Assert.Equal(key, first.As<Order>().Id);
        Assert.Equal(4, (await desk.Offer(draft.Lines[0].TypeId)).Left);
    }

    [Fact]
    public async Task The_same_key_with_another_body_or_address_is_refused()
    {
        var desk = await park.TheDesk();
        var type = await park.NewType();
        var draft = await desk.Draft(type);
        var key = desk.Clerk.NewKey();
        (await desk.Send(draft, key)).MustBeDone();
        (await desk.Send(await desk.Draft(type, quantity: 2), key)).MustBe(409, "keyReused");
        (await desk.Clerk.Post($"/api/windows/{desk.Window}/drawer", new { shiftId = desk.Shift }, key)).MustBe(409, "keyReused");
    }

    [Fact]
    public async Task A_request_is_kept_by_a_keyed_hash_and_one_kept_by_an_earlier_program_is_repeated_too()
    {
        var desk = await park.TheDesk();
        var (draft, key) = (await desk.Draft(await park.NewType()), desk.Clerk.NewKey());
        var order = (await desk.Send(draft, key)).As<Order>();
        var plain = SHA256.HashData(Encoding.UTF8.GetBytes("POST /api/orders\n" + JsonSerializer.Serialize(draft, Caller.Json)));
        await using var connection = await park.Store.Open();
        var keyed = (byte[])(await Store.Rows(connection, $"select request_hash from answer where body like '%{order.Id}%'")).Single()[0]!;
        Assert.Equal(plain.Length, keyed.Length);
        Assert.NotEqual(plain, keyed);
        // As the program before this one kept it.
        Assert.Equal(1, await Store.Change(connection, $"update answer set request_hash = @p0 where body like '%{order.Id}%'", plain));
        Assert.Equal(order.Number, (await desk.Send(draft, key)).As<Order>().Number);
        (await desk.Send(draft with { OnOneTicket = true }, key)).MustBe(409, "keyReused");
        Assert.Equal(1, await Store.Change(connection, $"update answer set request_hash = @p0 where body like '%{order.Id}%'", keyed));
        await park.MustVerify();
    }

    [Fact]
    public async Task Fifty_duplicates_at_once_sell_once()
    {
        var desk = await park.TheDesk();
        var draft = await desk.Draft(await park.NewType(quota: 60));
        var key = desk.Clerk.NewKey();
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => desk.Send(draft, key)));
        Assert.Single(replies.Select(r => r.Text).Distinct());
        Assert.All(replies, r => r.MustBeDone());
        Assert.Single(replies, r => !r.Replayed);
        Assert.Equal(59, (await desk.Offer(draft.Lines[0].TypeId)).Left);
    }

    [Fact]
    public async Task Every_kind_of_change_is_made_once_under_fifty_duplicates()
    {
        var (desk, guard, manager) = (await park.NewDesk(), await park.The("gateGuard"), await park.The("manager"));
        var order = await desk.Sell(await park.NewType(), quantity: 3);
        var held = await desk.Sell(await park.NewType(), payments: []);
        await Once(guard, "/api/admissions", new { laneId = park.Lane, code = order.Tickets[0].Qr, people = (int?)null });
        await Once(guard, "/api/admissions", new { laneId = park.Lane, code = "no such ticket", people = (int?)null });
        await Once(guard, "/api/exits", new { laneId = park.Lane, people = 1 });
        await Once(desk.Clerk, $"/api/orders/{order.Id}/reprints", new { ticketIds = new[] { order.Tickets[1].Id } });
        await Once(desk.Clerk, $"/api/windows/{desk.Window}/drawer", new { shiftId = desk.Shift });
        await Once(desk.Clerk, $"/api/orders/{held.Id}/cancel", new { shiftId = desk.Shift });
        await Once(desk.Clerk, "/api/returns",
            new { shiftId = desk.Shift, kind = "return", tickets = new[] { order.Tickets[2].Id }, reason = "plans", supervisorLogin = manager.Login, supervisorPassword = manager.Password }, times: 5);
        await Once(desk.Clerk, $"/api/shifts/{desk.Shift}/close", new { countedFen = 0, reason = "钱箱里没有钱" });
        var after = await desk.Order(order.Id);
        Assert.Equal([("used", 1), ("valid", 2), ("returned", 1)], after.Tickets.OrderBy(t => Array.FindIndex(order.Tickets, o => o.Id == t.Id)).Select(t => (t.State, t.Printed)));
        await park.MustVerify();
    }

    private static async Task Once(Caller caller, string path, object body, int times = 50)
    {
        var key = caller.NewKey();
        var replies = await Task.WhenAll(Enumerable.Range(0, times).Select(_ => caller.Post(path, body, key)));
        Assert.All(replies, r => r.MustBeDone());
        Assert.Single(replies.Select(r => r.Text).Distinct());
        Assert.Single(replies, r => !r.Replayed);
    }

    [Fact]
    public async Task Another_persons_key_is_neither_seen_nor_taken()
    {
        var (mine, other) = (await park.TheDesk(), await park.NewDesk());
        var type = await park.NewType();
        var key = mine.Clerk.NewKey();
        var first = (await other.Clerk.Post($"/api/windows/{other.Window}/drawer", new { shiftId = other.Shift }, key)).Text;
        var second = await mine.Clerk.Post($"/api/windows/{mine.Window}/drawer", new { shiftId = mine.Shift }, key);
        second.MustBeDone();
        Assert.False(second.Replayed);
        Assert.NotEqual(first, second.Text);
        // An order's id is its key: somebody else's id is not given a second time, and the answer shows nothing of it.
        var order = await mine.Sell(type);
        var taken = await other.Send(await other.Draft(type), order.Id);
        Assert.False(taken.Done, taken.Text);
        Assert.DoesNotContain(order.Tickets[0].ShortCode, taken.Text);
        taken.MustBe(409, "keyReused");
        var third = await park.Hire("clerk");
        (await third.Post("/api/shifts", new { windowId = await park.NewWindow(), floatFen = 0 }, mine.Shift)).MustBe(409, "keyReused");
        Assert.Equal(order.Tickets[0].ShortCode, (await mine.Order(order.Id)).Tickets.Single().ShortCode);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_key_that_is_missing_of_another_kind_or_of_another_hour_is_refused()
    {
        var desk = await park.TheDesk();
        var (clerk, now, sale) = (desk.Clerk, TimeProvider.System.GetUtcNow(), await desk.Draft(await park.NewType()));
        (await clerk.Post("/api/orders", new { }, Guid.NewGuid())).MustBe(400, "keyMissing");
        (await clerk.Send(clerk.Request(HttpMethod.Post, "/api/orders", "{}"))).MustBe(400, "keyMissing");
        (await clerk.Post("/api/orders", sale, Guid.CreateVersion7(now.AddMinutes(-61)))).MustBe(422, "keyFarFromServerTime");
        (await clerk.Post("/api/orders", sale, Guid.CreateVersion7(now.AddMinutes(61)))).MustBe(422, "keyFarFromServerTime");
    }
}

public sealed class RepeatedRequestsOnSqlite(SqlitePark park) : RepeatedRequestTests(park), IClassFixture<SqlitePark>;
public sealed class RepeatedRequestsOnPostgres(PostgresPark park) : RepeatedRequestTests(park), IClassFixture<PostgresPark>;
