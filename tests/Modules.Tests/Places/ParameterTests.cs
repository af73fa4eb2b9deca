using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Places;

/// <summary>参数: how the park works, within limits (M01; S-002-25). Each takes effect with the next request, and verification holds by the value of its time.</summary>
public abstract class ParameterTests(TestPark park)
{
    private sealed record Values(int HoldMinutes, int DaysAhead, int TicketsMax, int CountToleranceFen);
    private sealed record Parameters(int Edit, Values Values, Limit[] Limits);
    private sealed record Limit(string Name, string Unit, int Ordinary, int Min, int Max);

    private static readonly Values Ordinary = new(15, 366, 500, 0);

    private Task<Parameters> Read() => park.Admin.Read<Parameters>("/api/parameters");
    private Task<Reply> Put(int edit, Values values) => park.Admin.Put("/api/parameters", new { edit, values });
    private async Task Set(Values values) => (await Put((await Read()).Edit, values)).MustBeDone();

    [Fact]
    public async Task An_unpaid_order_holds_its_places_as_long_as_the_park_says_when_it_is_placed()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType());
        double Minutes(Order order) => (order.HoldUntil!.Value - order.At).TotalMinutes;
        var before = await desk.Sell(type, payments: []);
        await Set(Ordinary with { HoldMinutes = 45 });
        var after = await desk.Sell(type, payments: []);
        Assert.Equal((15.0, 45.0), (Minutes(before), Minutes(after)));
        // The earlier one keeps what it was told; either is paid or given up as ever, and facts and rows agree.
        Assert.Equal(15.0, Minutes(await desk.Order(before.Id)));
        await park.MustVerify();
        (await desk.Clerk.Post($"/api/orders/{before.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{after.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(after.TotalFen) } })).MustBeDone();
        await Set(Ordinary);
        await park.MustVerify();
    }

    [Fact]
    public async Task Tickets_are_sold_as_far_ahead_as_the_park_says_and_as_many_in_one_order()
    {
        var (desk, type) = (await park.NewDesk(), await park.NewType());
        var (near, far) = (await desk.Draft(type, day: park.Today.AddDays(3)), await desk.Draft(type, day: park.Today.AddDays(4)));
        var (few, many) = (await desk.Draft(type, quantity: 2), await desk.Draft(type, quantity: 3));
        await Set(Ordinary with { DaysAhead = 3, TicketsMax = 2 });
        (await desk.Send(near)).MustBeDone();
        Assert.Contains("3", (await desk.Send(far)).MustBe(422, "dayTooFar").Detail);
        Assert.Equal((true, false), ((await desk.Sheet(park.Today.AddDays(3))).OnSale, (await desk.Sheet(park.Today.AddDays(4))).OnSale));
        (await desk.Send(few)).MustBeDone();
        Assert.Contains("2", (await desk.Send(many)).MustBe(422, "tooManyTickets").Detail);
        await Set(Ordinary with { DaysAhead = 0 });
        (await desk.Send(await desk.Draft(type))).MustBeDone();
        (await desk.Send(near)).MustBe(422, "dayTooFar");
        await Set(Ordinary);
        (await desk.Send(far)).MustBeDone();
        (await desk.Send(many)).MustBeDone();
    }

    [Fact]
    public async Task A_small_difference_passes_without_a_reason_and_is_booked_all_the_same()
    {
        await Set(Ordinary with { CountToleranceFen = 500 });
        foreach (var (counted, over) in new[] { (49_500L, -500L), (50_500L, 500L) })
        {
            var desk = await park.NewDesk(50_000);
            Assert.Equal(over, (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = counted, reason = "" })).As<Shift>().OverShortFen);
        }
        foreach (var counted in new[] { 49_499, 50_501 })
        {
            var desk = await park.NewDesk(50_000);
            (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = counted, reason = "" })).MustBe(422, "reasonNeeded");
            // Once asked, every count needs one, also a right one.
            (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000, reason = "" })).MustBe(422, "reasonNeeded");
        }
        await Set(Ordinary);
        var strict = await park.NewDesk(50_000);
        (await strict.Clerk.Post($"/api/shifts/{strict.Shift}/close", new { countedFen = 49_999, reason = "" })).MustBe(422, "reasonNeeded");
        await park.MustVerify();
    }

    [Fact]
    public async Task No_parameter_leaves_its_limits_two_managers_do_not_overwrite_each_other_and_the_log_says_who()
    {
        var now = await Read();
        Assert.Equal(Ordinary, new Values(now.Limits[0].Ordinary, now.Limits[1].Ordinary, now.Limits[2].Ordinary, now.Limits[3].Ordinary));
        foreach (var wrong in new[]
        {
            Ordinary with { HoldMinutes = 4 }, Ordinary with { HoldMinutes = 121 }, Ordinary with { DaysAhead = -1 }, Ordinary with { DaysAhead = 367 }, Ordinary with { TicketsMax = 0 },
            Ordinary with { TicketsMax = 501 }, Ordinary with { CountToleranceFen = -1 }, Ordinary with { CountToleranceFen = 5_001 },
        })
            Assert.StartsWith("values.", Assert.Single((await Put(now.Edit, wrong)).MustBe(400, "wrongFields").Errors!.Keys));
        (await park.Admin.Put("/api/parameters", new { edit = now.Edit, values = new { holdMinutes = 15 } })).MustBe(400, "malformed");
        (await park.Admin.Put("/api/parameters", new { edit = now.Edit, values = new { holdMinutes = 15.5, daysAhead = 1, ticketsMax = 1, countToleranceFen = 0 } })).MustBe(400, "malformed");
        (await (await park.The("clerk")).Put("/api/parameters", new { edit = now.Edit, values = Ordinary })).MustBe(403, "notAllowed");
        var both = await Task.WhenAll(Put(now.Edit, Ordinary with { HoldMinutes = 20 }), Put(now.Edit, Ordinary with { HoldMinutes = 25 }));
        Assert.Single(both, r => r.Done);
        Assert.Single(both, r => !r.Done).MustBe(409, "parametersEdited");
        var kept = (await Read()).Values.HoldMinutes;
        var said = (await park.Admin.Read<JsonObject[]>("/api/setting-changes"))[0];
        Assert.Equal(("管理员", kept, 15), ((string)said["who"]!, (int)said["parameters"]!["now"]!["holdMinutes"]!, (int)said["parameters"]!["before"]!["holdMinutes"]!));
        await Set(Ordinary);
        await park.MustVerify();
    }
}

public sealed class ParametersOnSqlite(SqlitePark park) : ParameterTests(park), IClassFixture<SqlitePark>;

public sealed class ParametersOnPostgres(PostgresPark park) : ParameterTests(park), IClassFixture<PostgresPark>;
