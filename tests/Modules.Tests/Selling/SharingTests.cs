using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>分账: what partners get of combined tickets, sale by sale and return by return (M02, X-09; S-004-45, S-003-20).</summary>
public abstract class SharingTests(TestPark park)
{
    private static int _types, _partners;

    private sealed record Report(Row[] Rows, Total[] Partners, long OwedFen);
    private sealed record Row(string Partner, string PartnerName, Guid TypeId, long SoldFen, long BackFen, long OwedFen);
    private sealed record Total(string Partner, string PartnerName, long SoldFen, long BackFen, long OwedFen);

    /// <summary>A partner of its own, so that tests in one park do not count each other's sales.</summary>
    private async Task<string> NewPartner(string name = "索道公司")
    {
        var code = $"p{Interlocked.Increment(ref _partners)}";
        for (; ; )
        {
            var known = (await park.Admin.Read<JsonObject[]>("/api/dictionaries")).Single(d => (string)d["kind"]! == "partner");
            var entries = new JsonArray([.. known["entries"]!.AsArray().Select(e => e!.DeepClone()), new JsonObject { ["code"] = code, ["name"] = name + code, ["nameEn"] = "Partner " + code, ["active"] = true }]);
            var reply = await park.Admin.Put("/api/dictionaries", new JsonObject { ["kind"] = "partner", ["edit"] = (int)known["edit"]!, ["entries"] = entries });
            if (reply.Done) return code;
        }
    }

    private static JsonObject Terms(long own, params (string Partner, long FixedFen, long Weight)[] partners) => new()
    {
        ["ownWeight"] = own,
        ["partners"] = new JsonArray([.. partners.Select(p => new JsonObject { ["partner"] = p.Partner, ["fixedFen"] = p.FixedFen, ["weight"] = p.Weight })]),
    };

    private JsonObject Type(string code, long fen, JsonObject? sharing)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(TestPark.Type(code, $"联票{code}", fen, null, fen, 1, 5, "00:00", "23:59", [park.Site], true))!.AsObject();
        body["sharing"] = sharing;
        return body;
    }

    private async Task<(Guid Id, string Code)> NewType(long fen, JsonObject? sharing)
    {
        var (id, code) = (park.Admin.NewKey(), $"L{Interlocked.Increment(ref _types)}");
        (await park.Admin.Put($"/api/ticket-types/{id}", Type(code, fen, sharing))).MustBeDone();
        return (id, code);
    }

    private async Task<Row[]> Of(string partner) =>
        (await park.Admin.Read<Report>($"/api/reports/shares?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&partner={partner}")).Rows;

    private async Task<long> Owed(string partner) => (await Of(partner)).Sum(r => r.OwedFen);

    [Fact]
    public async Task Each_sale_is_divided_by_the_terms_of_its_moment_and_a_return_takes_back_from_everybody()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (car, show) = (await NewPartner(), await NewPartner("剧场"));
        var (type, code) = await NewType(260_00, Terms(160_00, (car, 0, 80_00), (show, 0, 60_00)));
        var order = await desk.Sell(type, 2);
        Assert.Equal((138_67, 104_00), (await Owed(car), await Owed(show)));
        // What was sold keeps its terms.
        (await park.Admin.Put($"/api/ticket-types/{type}", Type(code, 260_00, Terms(1, (car, 50_00, 0))))).MustBeDone();
        Assert.Equal(260_00, (await desk.Return(order.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        var row = Assert.Single(await Of(car));
        Assert.Equal((138_67, 69_34, 69_33, type), (row.SoldFen, row.BackFen, row.OwedFen, row.TypeId));
        Assert.Equal(52_00, await Owed(show));
        await desk.Sell(type, 1, people: 3);
        Assert.Equal((69_33 + 150_00, 52_00), (await Owed(car), await Owed(show)));
        (await desk.Return(order.Tickets[1].Id, manager)).MustBeDone();
        Assert.Equal((150_00, 0), (await Owed(car), await Owed(show)));
        await park.MustVerify();

        var days = $"from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}";
        var csv = (await park.Admin.Get($"/api/reports/shares.csv?{days}&partner={car}&lang=en")).Text;
        Assert.Contains($"Partner {car},{park.Today:yyyy-MM-dd},Ticket,288.67,138.67,150.00", csv);
        Assert.Contains($"Partner {car},Totals,,288.67,138.67,150.00", csv);
        (await desk.Clerk.Get($"/api/reports/shares?{days}")).MustBe(403, "notAllowed");
        (await park.Admin.Get($"/api/reports/shares?from={park.Today:yyyy-MM-dd}&to={park.Today.AddDays(-1):yyyy-MM-dd}")).MustBe(400, "wrongFields");
    }

    [Fact]
    public async Task An_order_that_is_paid_later_keeps_the_terms_under_which_it_was_placed()
    {
        var (desk, car, other) = (await park.NewDesk(), await NewPartner(), await NewPartner());
        var (type, code) = await NewType(100_00, Terms(1, (car, 0, 1)));
        var placed = await desk.Sell(type, payments: []);
        Assert.Equal(0, await Owed(car));
        (await park.Admin.Put($"/api/ticket-types/{type}", Type(code, 100_00, Terms(1, (other, 0, 1))))).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(100_00) } })).MustBeDone();
        Assert.Equal((50_00, 0), (await Owed(car), await Owed(other)));
        await park.MustVerify();
    }

    [Fact]
    public async Task Terms_that_cannot_be_divided_by_are_refused()
    {
        var car = await NewPartner();
        async Task Wrong(string field, JsonObject sharing, JsonObject? sale = null)
        {
            var body = Type($"L{Interlocked.Increment(ref _types)}", 100_00, sharing);
            if (sale is not null) body["sale"] = sale;
            Assert.Contains(field, (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", body)).MustBe(400, "wrongFields").Errors!.Keys);
        }
        await Wrong("sharing.partners[0]", Terms(1, ("nobody", 0, 1)));
        await Wrong("sharing.partners[0]", Terms(1, (car, 0, 0)));
        await Wrong("sharing.partners[0].fixedFen", Terms(1, (car, -1, 1)));
        await Wrong("sharing.partners[0].weight", Terms(1, (car, 0, long.MaxValue)));
        await Wrong("sharing.partners", Terms(1, (car, 0, 1), (car, 1, 0)));
        await Wrong("sharing.ownWeight", Terms(0, (car, 50_00, 0)));
        await Wrong("sharing.ownWeight", Terms(-1, (car, 50_00, 1)));
        await Wrong("sharing.partners", Terms(1, [.. Enumerable.Range(0, 21).Select(n => ($"x{n}", 0L, 1L))]));
        await Wrong("sharing.partners", Terms(1, (car, 0, 1)), new() { ["opensDays"] = null, ["opensAt"] = null, ["minInOrder"] = null, ["maxInOrder"] = null, ["way"] = "complimentary" });
        var broken = Type("L0", 100_00, new() { ["ownWeight"] = 1, ["partners"] = new JsonArray(null, new JsonObject { ["partner"] = car, ["fixedFen"] = 0, ["weight"] = 1 }) });
        (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", broken)).MustBe(400, "wrongFields");
        // Nobody with a part is the park's alone.
        var (type, _) = await NewType(100_00, Terms(5));
        Assert.Null((await park.Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type)["sharing"]);
    }

    [Fact]
    public async Task The_file_of_the_catalogue_carries_the_shares()
    {
        var car = await NewPartner();
        var (_, code) = await NewType(100_00, Terms(3_00, (car, 10_00, 2_00)));
        var file = JsonNode.Parse((await park.Admin.Get("/api/catalogue")).Text)!.AsObject();
        var shared = file["ticketTypes"]!.AsArray().Single(t => (string)t!["code"]! == code)!["sharing"]!;
        Assert.Equal((3_00, car), ((long)shared["ownWeight"]!, (string)shared["partners"]![0]!["partner"]!));
        Assert.Equal(0, (int)(await Import())["ticketTypes"]!["changed"]!);
        shared["partners"]![0]!["weight"] = 5_00;
        Assert.Equal("sharing.partners", (string)Assert.Single((await Import())["changes"]!.AsArray())!["fields"]![0]!["field"]!);
        shared["partners"]![0]!["partner"] = "nobody";
        Assert.NotEmpty((await park.Admin.Post("/api/catalogue?dryRun=true", file)).MustBe(400, "fileRefused").Errors!);

        async Task<JsonObject> Import() => (await park.Admin.Post("/api/catalogue?dryRun=true", file)).As<JsonObject>();
    }

    [Fact]
    public async Task Many_windows_at_once_divide_every_fen()
    {
        var (car, show, manager) = (await NewPartner(), await NewPartner(), await park.The("manager"));
        var (type, _) = await NewType(99_99, Terms(3, (car, 10_01, 2), (show, 0, 2)));
        var desks = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => park.NewDesk()));
        await Task.WhenAll(desks.Select(async desk =>
        {
            for (var n = 0; n < 5; n++)
            {
                var order = await desk.Sell(type, 2);
                if (n % 2 == 0) (await desk.Return(order.Tickets[n == 2 ? 1 : 0].Id, manager)).MustBeDone();
            }
        }));
        // 8 orders stay whole and 12 keep one of two tickets: 199.98 and 99.99, less what is fixed, divided by 3 : 2 : 2.
        Assert.Equal((8 * 71_44) + (12 * 35_72), await Owed(car));
        Assert.Equal((8 * 51_42) + (12 * 25_71), await Owed(show));
        await park.MustVerify();
    }

    [Fact]
    public async Task What_is_changed_by_hand_is_found()
    {
        var (desk, car, manager) = (await park.NewDesk(), await NewPartner("馆"), await park.The("manager"));
        var (type, _) = await NewType(100_00, Terms(1, (car, 10_00, 1)));
        var order = await desk.Sell(type, 2);
        (await desk.Return(order.Tickets[0].Id, manager)).MustBeDone();
        await park.MustFind(
        [
            ($"update account set balance = balance - 1 where code like '%/share/%/{car}%'", $"update account set balance = balance + 1 where code like '%/share/%/{car}%'", $"/{car}"),
            ($"update account set balance = balance - 1 where code like '%/shareback/%/{car}%'", $"update account set balance = balance + 1 where code like '%/shareback/%/{car}%'", $"/{car}"),
            ($"update orders set lines = replace(lines, '\"partner\":\"{car}\"', '\"partner\":\"none\"') where lines like '%\"partner\":\"{car}\"%'", $"update orders set lines = replace(lines, '\"partner\":\"none\"', '\"partner\":\"{car}\"') where lines like '%\"partner\":\"none\"%'", "order "),
            ($"update ticket_type set sharing_terms = replace(sharing_terms, '1000,', '1001,') where id is not null and sharing_terms like '%\"{car}\"%'", $"update ticket_type set sharing_terms = replace(sharing_terms, '1001,', '1000,') where sharing_terms like '%\"{car}\"%'", "ticket_type"),
        ]);
    }
}

public sealed class SharingOnSqlite(SqlitePark park) : SharingTests(park), IClassFixture<SqlitePark>;
public sealed class SharingOnPostgres(PostgresPark park) : SharingTests(park), IClassFixture<PostgresPark>;
