using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>旅行社: orders in the name of an agency, and the statement that settles them with it (M03, M10; S-000-64, S-000-81).</summary>
public abstract class AgencyTests(TestPark park)
{
    private sealed record Report(Total[] Agencies, Total Sum);
    private sealed record Total(string Agency, string Name, long Orders, long People, long PaidFen, long RefundedFen, long NetFen);
    private sealed record Statement(Total Agency, Row[] Rows, long Total, int Page, int PageCount);
    private sealed record Row(Guid OrderId, string Number, DateOnly VisitDay, string ClerkName, string Guide, string Sold, long People, long PaidFen, long RefundedFen);

    private static int _agencies;

    private async Task<string> NewAgency(string name)
    {
        var code = $"agency{Interlocked.Increment(ref _agencies)}";
        await park.ChangeAgencies(entries => entries.Add(new JsonObject { ["code"] = code, ["name"] = name, ["nameEn"] = $"Travel {code}", ["active"] = true }));
        return code;
    }

    private string Days => $"from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}";
    private static readonly BuyerAsked Guide = new("杨导游", "", "");

    [Fact]
    public async Task An_agency_is_chosen_from_those_in_use_and_has_a_guide_to_it()
    {
        var (desk, type, name) = (await park.NewDesk(), await park.NewType(), $"停用旅行社{park.Today.DayNumber}");
        var agency = await NewAgency(name);
        var draft = await desk.Draft(type) with { Agency = agency, Buyer = Guide };
        Assert.Equal(agency, (await desk.Send(draft)).As<Order>().Agency);
        var placed = (await desk.Send(draft with { Payments = [] })).As<Order>();
        foreach (var unknown in new[] { "", "nobody", agency.ToUpperInvariant(), "adult" })
            Assert.Equal(["agency"], (await desk.Send(draft with { Agency = unknown })).MustBe(400, "wrongFields").Errors!.Keys);
        foreach (var nobody in new[] { null, Guide with { Name = "" }, Guide with { Name = "  " } })
            Assert.Equal(["buyer.name"], (await desk.Send(draft with { Buyer = nobody })).MustBe(400, "wrongFields").Errors!.Keys);

        await park.ChangeAgencies(entries => entries.Single(e => (string)e!["code"]! == agency)!["active"] = false);
        Assert.Equal(["agency"], (await desk.Send(draft)).MustBe(400, "wrongFields").Errors!.Keys);
        // What was placed in its name is paid all the same, and stays its.
        (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(placed.TotalFen) } })).MustBeDone();
        Assert.Equal(agency, (await desk.Order(placed.Id)).Agency);
        Assert.Equal(2, (await park.Admin.Read<Statement>($"/api/reports/agency?{Days}&agency={agency}")).Agency.Orders);
        await park.MustVerify();
    }

    [Fact]
    public async Task Its_statement_has_every_paid_order_and_what_went_back()
    {
        var (desk, manager, group) = (await park.NewDesk(), await park.The("manager"), await park.NewType(minPeople: 1, maxPeople: 50, name: "团队票"));
        var (agency, other) = (await NewAgency("=云岭旅行社"), await NewAgency("葫芦旅行社"));
        async Task<Order> Sold(string? by, int people, DateOnly? day = null) => (await desk.Send(await desk.Draft(group, people: people, day: day) with { Agency = by, Buyer = Guide })).As<Order>();
        var first = await Sold(agency, 20);
        await Sold(agency, 3, park.Today.AddDays(2));
        await Sold(other, 5);
        await Sold(null, 7);
        // Unpaid it is nobody's yet.
        (await desk.Send(await desk.Draft(group, people: 9) with { Agency = agency, Buyer = Guide, Payments = [] })).MustBeDone();
        var unit = first.TotalFen / 20;
        (await desk.Return(first.Tickets[0].Id, manager)).MustBeDone();

        var all = await manager.Read<Report>($"/api/reports/agencies?{Days}");
        Assert.Equal(new Total(agency, "=云岭旅行社", 2, 23, 23 * unit, 20 * unit, 3 * unit), all.Agencies.Single(a => a.Agency == agency));
        Assert.Equal((1, 5 * unit), (all.Agencies.Single(a => a.Agency == other).Orders, all.Agencies.Single(a => a.Agency == other).NetFen));
        Assert.Equal((all.Agencies.Sum(a => a.Orders), all.Agencies.Sum(a => a.NetFen)), (all.Sum.Orders, all.Sum.NetFen));
        var statement = await manager.Read<Statement>($"/api/reports/agency?{Days}&agency={agency}");
        Assert.Equal([(20L, 20 * unit, 20 * unit), (3L, 3 * unit, 0L)], statement.Rows.Select(r => (r.People, r.PaidFen, r.RefundedFen)));
        Assert.Equal(("杨**", "团队票 × 1 × 20", park.Today.AddDays(2)), (statement.Rows[0].Guide, statement.Rows[0].Sold, statement.Rows[1].VisitDay));
        var second = await manager.Read<Statement>($"/api/reports/agency?{Days}&agency={agency}&page=2&pageSize=1");
        Assert.Equal((statement.Rows[1].Number, 2, 2, 2L), (Assert.Single(second.Rows).Number, second.Page, second.PageCount, second.Total));

        var csv = await manager.Get($"/api/reports/agency.csv?{Days}&agency={agency}&lang=zh");
        Assert.Equal("text/csv", csv.ContentType);
        Assert.Contains($"旅行社对账单,'=云岭旅行社,{park.Today:yyyy-MM-dd},{park.Today:yyyy-MM-dd}", csv.Text);
        Assert.Contains($"合计,,,,,,,23,{23 * unit / 100m:0.00},{20 * unit / 100m:0.00},{3 * unit / 100m:0.00}", csv.Text);
        Assert.DoesNotContain("杨导游", csv.Text);

        (await manager.Get($"/api/reports/agency?{Days}&agency=nobody")).MustBe(404, "unknown");
        (await manager.Get($"/api/reports/agency.csv?from=2026-02-30&to=2026-03-01&agency={agency}")).MustBe(400, "wrongFields");
        (await desk.Clerk.Get($"/api/reports/agencies?{Days}")).MustBe(403, "notAllowed");
        await park.MustVerify();
    }
}

public sealed class AgencyOnSqlite(SqlitePark park) : AgencyTests(park), IClassFixture<SqlitePark>;

public sealed class AgencyOnPostgres(PostgresPark park) : AgencyTests(park), IClassFixture<PostgresPark>;
