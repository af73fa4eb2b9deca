using Shanmen.Modules.Tests.Harness;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>Finding an order by what somebody holds or says (M05; S-003-56, S-004-92).</summary>
public abstract class OrderSearchTests(TestPark park)
{
    private static async Task<Guid[]> Found(Caller who, string query) => [.. (await who.Read<OrderList>($"/api/orders?{query}")).Rows.Select(r => r.OrderId)];

    [Fact]
    public async Task Four_digits_find_phones_of_all_days_and_numbers_of_one()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType());
        var draft = await desk.Draft(type);
        var named = (await desk.Send(draft with { Buyer = new("Ａnna Müller", "13700137246", "") })).As<Order>();
        var other = (await desk.Send(draft with { Buyer = new("李白", "13700137247", "") })).As<Order>();
        var guest = (await desk.Send(draft)).As<Order>();
        foreach (var text in new[] { "7246", "13700137246", "anna müller", "ANNA MÜLLER" }) Assert.Equal([named.Id], await Found(desk.Clerk, $"q={text}"));
        Assert.Equal([other.Id], await Found(desk.Clerk, "q=李白"));
        foreach (var text in new[] { "724", "37246", "anna", "李", new string('9', 201) }) Assert.Empty(await Found(desk.Clerk, $"q={text}"));
        // A whole number is of any day, its end of the chosen day or today.
        var yesterday = $"day={park.Today.AddDays(-1):yyyy-MM-dd}";
        Assert.Equal([guest.Id], await Found(desk.Clerk, $"q={guest.Number}&{yesterday}"));
        Assert.Equal([guest.Id], await Found(desk.Clerk, $"q={guest.Number[^12..]}"));
        Assert.Empty(await Found(desk.Clerk, $"q={guest.Number[^12..]}&{yesterday}"));
        Assert.Equal([named.Id], await Found(desk.Clerk, $"q=7246&{yesterday}"));
        Assert.Empty(await Found(desk.Clerk, yesterday));
        // Without a text the list is of today.
        Assert.Equal(new HashSet<Guid> { named.Id, other.Id, guest.Id }, (await Found(desk.Clerk, $"windowId={desk.Window}")).ToHashSet());
    }

    [Fact]
    public async Task Orders_of_before_are_made_findable_after_the_start()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType());
        var draft = await desk.Draft(type);
        var (order, nobody) = ((await desk.Send(draft with { Buyer = new("苏轼", "13700138642", "") })).As<Order>(), (await desk.Send(draft with { Buyer = new("", "", "11010519491231002X") })).As<Order>());
        await park.Centre.Close();
        await using (var connection = await park.Store.Open()) await Store.Change(connection, "update order_buyer set phone_tail = null, name_hash = null");
        park.Centre = await Centre.Start(park.Store);
        var until = DateTime.UtcNow.AddSeconds(30);
        while ((await Found(desk.Clerk, "q=8642")).Length == 0 && DateTime.UtcNow < until) await Task.Delay(100);
        foreach (var text in new[] { "8642", "苏轼", "13700138642" }) Assert.Equal([order.Id], await Found(desk.Clerk, $"q={text}"));
        Assert.Contains(nobody.Id, await Found(desk.Clerk, "q=11010519491231002X"));
        await using (var connection = await park.Store.Open()) Assert.Empty(await Store.Rows(connection, "select id from order_buyer where name_hash is null"));
        await park.MustVerify();
    }
}

public sealed class OrderSearchOnSqlite(SqlitePark park) : OrderSearchTests(park), IClassFixture<SqlitePark>;

public sealed class OrderSearchOnPostgres(PostgresPark park) : OrderSearchTests(park), IClassFixture<PostgresPark>;
