namespace Shanmen.Modules.Tests.Selling;

/// <summary>客源地: where the visitors of an order come from, by the dictionary's code (M01; S-000-63).</summary>
public abstract class OriginTests(TestPark park)
{
    private sealed record Report(DateOnly From, DateOnly To, long Orders, long People, Line[] Lines);
    private sealed record Line(string? Code, string Name, long Orders, long People);

    private Task<Report> Read(Caller caller) => caller.Read<Report>($"/api/reports/origins?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}");

    [Fact]
    public async Task What_the_counter_chose_goes_first_then_the_identity_number_and_the_statistic_adds_up()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(minPeople: 1, maxPeople: 9));
        var draft = await desk.Draft(type);
        var tomorrow = await desk.Draft(type, people: 4, day: park.Today.AddDays(1));
        var known = new BuyerAsked("王", "", "11010519491231002X");
        async Task<string?> Sold(Sale sale) => (await desk.Send(sale)).As<Order>().Origin;

        Assert.Null(await Sold(draft));
        Assert.Null(await Sold(draft with { Buyer = known with { IdNumber = "" } }));
        Assert.Equal("11", await Sold(draft with { Buyer = known }));
        Assert.Equal("44", await Sold(draft with { Buyer = known, Origin = "44" }));
        Assert.Equal("44", await Sold(tomorrow with { Origin = "44" }));
        Assert.Equal("abroad", await Sold(draft with { Origin = "abroad" }));
        foreach (var unknown in new[] { "", "99", "Guangdong", "adult" })
            Assert.Equal(["origin"], (await desk.Send(draft with { Origin = unknown })).MustBe(400, "wrongFields").Errors!.Keys);
        // Unpaid it is kept and not counted; paid it is.
        var placed = (await desk.Send(draft with { Origin = "71", Payments = [] })).As<Order>();
        Assert.Equal("71", (await desk.Order(placed.Id)).Origin);
        Assert.DoesNotContain((await Read(manager)).Lines, l => l.Code == "71");
        (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(placed.TotalFen) } })).MustBeDone();

        var report = await Read(manager);
        Assert.Equal([("44", "广东", 2L, 5L), ("11", "北京", 1, 1), ("71", "台湾", 1, 1), ("abroad", "境外", 1, 1), (null, "未登记", 2, 2)],
            report.Lines.Select(l => (l.Code, l.Name, l.Orders, l.People)));
        var day = (await manager.Read<DayReport>($"/api/reports/day?day={park.Today:yyyy-MM-dd}")).Totals;
        Assert.Equal((day.Orders, day.People), (report.Orders, report.People));
        await park.MustVerify();
    }

    [Fact]
    public async Task The_file_says_the_same_and_wrong_days_are_refused()
    {
        var manager = await park.The("manager");
        var csv = await manager.Get($"/api/reports/origins.csv?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&lang=en");
        Assert.Equal((200, "text/csv"), (csv.Status, csv.ContentType));
        var report = await Read(manager);
        Assert.Contains($"Totals,,{report.Orders},{report.People}", csv.Text);
        foreach (var days in new[] { "", "?from=2026-01-01", "?from=2026-02-30&to=2026-03-01", "?from=2026-03-02&to=2026-03-01", "?from=2025-01-01&to=2026-12-31" })
            (await manager.Get("/api/reports/origins" + days)).MustBe(400, "wrongFields");
        (await (await park.The("clerk")).Get("/api/reports/origins?from=2026-01-01&to=2026-01-01")).MustBe(403, "notAllowed");
    }
}

public sealed class OriginOnSqlite(SqlitePark park) : OriginTests(park), IClassFixture<SqlitePark>;

public sealed class OriginOnPostgres(PostgresPark park) : OriginTests(park), IClassFixture<PostgresPark>;
