using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>人员条件: visitors named on tickets, who may have them and how many one number buys (A-53, S-000-106, S-000-118; M02, M04).</summary>
public abstract class VisitorTests(TestPark park)
{
    private static int _types, _numbers;
    private static readonly object SixtyOrOlder = new { ageMin = 60 };

    private static JsonObject Person(string asks = "number", string scope = "everyPerson", object[]? ways = null, object? limit = null) =>
        JsonSerializer.SerializeToNode(new { asks, scope, ways = ways ?? [], limit })!.AsObject();

    private static object Limit(int? perOrder = null, int? perDay = null, int? perPeriod = null, int periodDays = 0) => new { perOrder, perDay, perPeriod, periodDays };

    private JsonObject Type(JsonObject? person, int maxPeople = 1)
    {
        var code = $"V{Interlocked.Increment(ref _types)}";
        var body = JsonSerializer.SerializeToNode(TestPark.Type(code, $"实名{code}", 10_000, null, 10_000, 1, maxPeople, "00:00", "23:59", [park.Site], true))!.AsObject();
        body["person"] = person?.DeepClone();
        return body;
    }

    private async Task<Guid> NewType(JsonObject? person, int maxPeople = 1)
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/ticket-types/{id}", Type(person, maxPeople))).MustBeDone();
        return id;
    }

    /// <summary>A number that no other test uses, of somebody born on a day (GB 11643).</summary>
    private static string NewNumber(DateOnly? birth = null, string place = "370102")
    {
        var seventeen = $"{place}{birth ?? new(1990, 3, 7):yyyyMMdd}{Interlocked.Increment(ref _numbers) % 1000:D3}";
        var sum = seventeen.Select((digit, at) => (digit - '0') * (1 << (17 - at))).Sum();
        return seventeen + "10X98765432"[sum % 11];
    }

    private static object Named(string idNumber = "", string name = "", int? heightCm = null, params string[] proofs) => new { name, idNumber, heightCm, proofs };

    private static async Task<JsonObject> Draft(Desk desk, Guid type, object[] visitors, int people = 1, int? quantity = null, DateOnly? day = null, bool unpaid = false, bool onOneTicket = false)
    {
        var draft = await desk.Draft(type, quantity ?? visitors.Length, people, day, unpaid ? [] : null, onOneTicket);
        var body = JsonSerializer.SerializeToNode(draft, Caller.Json)!.AsObject();
        body["lines"]![0]!["visitors"] = JsonSerializer.SerializeToNode(visitors);
        return body;
    }

    private static async Task<Reply> Sell(Desk desk, Guid type, params object[] visitors) => await desk.Clerk.Post("/api/orders", await Draft(desk, type, visitors));

    private static JsonArray VisitorsOn(JsonNode ticket) => ticket["visitors"]!.AsArray();

    [Fact]
    public async Task Who_is_named_stands_masked_on_the_ticket_and_is_found_by_number()
    {
        var desk = await park.NewDesk();
        var type = await NewType(Person("nameAndNumber"));
        var (first, second) = (NewNumber(), NewNumber());
        var sold = (await Sell(desk, type, Named(first, "欧阳修"), Named(second, "范仲淹"))).As<JsonObject>();
        string[] masked = [$"欧** {first[..4]}**********{first[14..]}", $"范** {second[..4]}**********{second[14..]}"];
        foreach (var order in new[] { sold, await desk.Clerk.Read<JsonObject>($"/api/orders/{sold["id"]}") })
            Assert.Equal(masked.Order(StringComparer.Ordinal), order["tickets"]!.AsArray().Select(t => $"{VisitorsOn(t!).Single()!["name"]} {VisitorsOn(t!).Single()!["idNumber"]}").Order(StringComparer.Ordinal));
        Assert.Equal((Guid)sold["id"]!, (await desk.Clerk.Read<OrderList>($"/api/orders?q={second}")).Rows.Single().OrderId);
        var kept = await park.Store.Dump();
        foreach (var word in new[] { first, second, "欧阳修", "欧**", first[..4] + "**" }) Assert.DoesNotContain(word, kept, StringComparison.Ordinal);
        await park.MustVerify();
    }

    [Fact]
    public async Task Refusals_name_the_visitor_and_the_field()
    {
        var desk = await park.NewDesk();
        var senior = await NewType(Person(ways: [SixtyOrOlder]));
        var (old, young) = (NewNumber(park.Today.AddYears(-60)), NewNumber(new(1990, 3, 7), "110101"));
        async Task<string> Refused(int status, string code, string field, params object[] visitors)
        {
            var problem = (await Sell(desk, senior, visitors)).MustBe(status, code);
            Assert.Equal([field], problem.Errors!.Keys);
            return problem.Detail;
        }
        Assert.Contains("2", await Refused(422, "tooYoung", "lines[0].visitors[1].idNumber", Named(old), Named(young)));
        Assert.Contains($"{young[..4]}**********{young[14..]}", await Refused(422, "tooYoung", "lines[0].visitors[0].idNumber", Named(young), Named(old)));
        await Refused(422, "numberMissing", "lines[0].visitors[1].idNumber", Named(old), Named());
        // A number with another check character is nobody's.
        await Refused(400, "wrongFields", "lines[0].visitors[2].idNumber", Named(old), Named(young), Named(young[..17] + (young[17] == '1' ? '2' : '1')));
        await Refused(400, "wrongFields", "lines[0].visitors[0].proofs", Named(old, "", null, "lightSabre"));
        (await Sell(desk, senior, Named(old))).MustBeDone();
        // Sixty on the day of visit and not before, whatever the day of sale.
        (await desk.Clerk.Post("/api/orders", await Draft(desk, senior, [Named(NewNumber(park.Today.AddYears(-60).AddDays(1)))]))).MustBe(422, "tooYoung");
        (await desk.Clerk.Post("/api/orders", await Draft(desk, senior, [Named(NewNumber(park.Today.AddYears(-60).AddDays(1)))], day: park.Today.AddDays(1)))).MustBeDone();
        // Nobody, too few, and nobody where nobody is asked for.
        (await desk.Send(await desk.Draft(senior))).MustBe(422, "countDiffers");
        Assert.Equal(["lines[0].visitors"], (await desk.Clerk.Post("/api/orders", await Draft(desk, senior, [Named(old)], quantity: 2))).MustBe(422, "countDiffers").Errors!.Keys);
        (await Sell(desk, await NewType(null), Named(old))).MustBe(409, "notAsked");
        (await Sell(desk, await NewType(Person("nameAndNumber")), Named(old))).MustBe(422, "nameMissing");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_child_by_height_needs_no_document_and_a_student_shows_a_card()
    {
        var desk = await park.NewDesk();
        var child = await NewType(Person("nothing", ways: [new { heightCmMax = 120 }]));
        (await Sell(desk, child, Named(heightCm: 118))).MustBeDone();
        Assert.Equal(["lines[0].visitors[0].heightCm"], (await Sell(desk, child, Named(heightCm: 121))).MustBe(422, "tooTall").Errors!.Keys);
        (await Sell(desk, child, Named())).MustBe(422, "tooTall");
        var student = await NewType(Person("number", ways: [new { ageMin = 6, ageMax = 40, proof = "studentCard" }]));
        var number = NewNumber(park.Today.AddYears(-20));
        Assert.Equal(["lines[0].visitors[0].proofs"], (await Sell(desk, student, Named(number))).MustBe(422, "proofMissing").Errors!.Keys);
        (await Sell(desk, student, Named(number, "", null, "studentCard"))).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task A_family_names_one_for_each_ticket_and_everybody_on_one_paper_is_named()
    {
        var desk = await park.NewDesk();
        var family = await NewType(Person(scope: "onePerTicket", limit: Limit(perOrder: 1)), maxPeople: 5);
        var (first, second) = (NewNumber(), NewNumber());
        (await desk.Clerk.Post("/api/orders", await Draft(desk, family, [Named(first), Named(first)], people: 4))).MustBe(409, "tooManyInOrder");
        var order = (await desk.Clerk.Post("/api/orders", await Draft(desk, family, [Named(first), Named(second)], people: 4))).As<JsonObject>();
        Assert.Equal([1, 1], order["tickets"]!.AsArray().Select(t => VisitorsOn(t!).Count));
        var whole = await NewType(Person(), maxPeople: 5);
        var four = (await desk.Clerk.Post("/api/orders", await Draft(desk, whole, [.. Enumerable.Range(0, 8).Select(_ => Named(NewNumber()))], people: 4, quantity: 2))).As<JsonObject>();
        Assert.Equal([4, 4], four["tickets"]!.AsArray().Select(t => VisitorsOn(t!).Count));
        var one = (await desk.Clerk.Post("/api/orders", await Draft(desk, await NewType(Person()), [Named(first), Named(second), Named(NewNumber())], onOneTicket: true))).As<JsonObject>();
        Assert.Equal([3], one["tickets"]!.AsArray().Select(t => VisitorsOn(t!).Count));
        await park.MustVerify();
    }

    [Fact]
    public async Task A_number_buys_no_more_than_its_limit_and_gets_back_what_goes_back()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var type = await NewType(Person(limit: Limit(perDay: 2, perPeriod: 3, periodDays: 30)));
        var number = NewNumber();
        async Task<Reply> On(int days, bool unpaid = false, int tickets = 1) =>
            await desk.Clerk.Post("/api/orders", await Draft(desk, type, [.. Enumerable.Repeat(Named(number), tickets)], day: park.Today.AddDays(days), unpaid: unpaid));
        (await On(0, tickets: 3)).MustBe(409, "tooManyForDay");
        var sold = (await On(0)).As<Order>();
        var held = (await On(0, unpaid: true)).As<Order>();
        var full = (await On(0)).MustBe(409, "tooManyForDay");
        Assert.Contains($"{number[..4]}**********{number[14..]}", full.Detail);
        Assert.DoesNotContain(number, full.Detail, StringComparison.Ordinal);
        var later = (await On(1)).As<Order>();
        (await On(2)).MustBe(409, "tooManyInPeriod");
        // Given up, returned: free again. Paid: not counted twice.
        (await desk.Clerk.Post($"/api/orders/{held.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        var again = (await On(2, unpaid: true)).As<Order>();
        var paid = (await desk.Clerk.Post($"/api/orders/{again.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(again.TotalFen) } })).As<JsonObject>();
        Assert.Single(VisitorsOn(paid["tickets"]![0]!));
        (await On(2)).MustBe(409, "tooManyInPeriod");
        (await desk.Return(sold.Tickets[0].Id, manager)).MustBeDone();
        (await desk.Return(later.Tickets[0].Id, manager, "void")).MustBeDone();
        (await On(0, tickets: 2)).MustBeDone();
        (await On(3)).MustBe(409, "tooManyInPeriod");
        // Who gave up is nobody's business any more.
        Assert.DoesNotContain((await desk.Clerk.Read<OrderList>($"/api/orders?q={number}")).Rows, r => r.OrderId == held.Id);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_limit_that_comes_later_looks_back()
    {
        var desk = await park.NewDesk();
        var (id, number) = (park.Admin.NewKey(), NewNumber());
        var body = Type(Person());
        (await park.Admin.Put($"/api/ticket-types/{id}", body)).MustBeDone();
        (await Sell(desk, id, Named(number), Named(number))).MustBeDone();
        body["person"] = Person(limit: Limit(perDay: 2));
        (await park.Admin.Put($"/api/ticket-types/{id}", body)).MustBeDone();
        (await Sell(desk, id, Named(number))).MustBe(409, "tooManyForDay");
    }

    [Fact]
    public async Task Of_many_at_once_a_number_never_buys_more_than_its_limit()
    {
        Desk[] desks = [await park.NewDesk(0), await park.NewDesk(0)];
        for (var round = 0; round < 4; round++)
        {
            var type = await NewType(Person(limit: Limit(perDay: 3)));
            var number = NewNumber();
            var (paid, unpaid) = (await Draft(desks[0], type, [Named(number)]), await Draft(desks[1], type, [Named(number)], unpaid: true));
            var replies = await Task.WhenAll(Enumerable.Range(0, 64).Select(n => desks[n % 2].Clerk.Post("/api/orders", n % 2 == 0 ? paid : unpaid)));
            Assert.Equal(3, replies.Count(r => r.Done));
            foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "tooManyForDay");
            // Many who ask for several days at once share a number's period just so.
            var other = await NewType(Person(limit: Limit(perPeriod: 5, periodDays: 7)));
            var drafts = await Task.WhenAll(Enumerable.Range(0, 8).Select(day => Draft(desks[0], other, [Named(number)], day: park.Today.AddDays(day))));
            Assert.Equal(5, (await Task.WhenAll(Enumerable.Range(0, 64).Select(n => desks[0].Clerk.Post("/api/orders", drafts[n % 8])))).Count(r => r.Done));
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task A_repeat_of_the_same_key_counts_once()
    {
        var desk = await park.NewDesk();
        var type = await NewType(Person(limit: Limit(perDay: 2)));
        var (number, key) = (NewNumber(), desk.Clerk.NewKey());
        var draft = await Draft(desk, type, [Named(number)]);
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => desk.Clerk.Post("/api/orders", draft, key)));
        Assert.All(replies, r => Assert.Equal((200, replies[0].Text), (r.Status, r.Text)));
        (await Sell(desk, type, Named(number))).MustBeDone();
        (await Sell(desk, type, Named(number))).MustBe(409, "tooManyForDay");
        await park.MustVerify();
    }

    [Fact]
    public async Task What_is_changed_by_hand_is_found()
    {
        var desk = await park.NewDesk();
        var type = await NewType(Person());
        var number = NewNumber();
        (await Sell(desk, type, Named(number))).MustBeDone();
        (await desk.Clerk.Post("/api/orders", await Draft(desk, type, [Named(NewNumber())], unpaid: true))).MustBeDone();
        await park.MustVerify();
        await using var connection = await park.Store.Open();
        async Task<object?> First(string sql) => (await Store.Rows(connection, $"{sql} order by id limit 1")).Single()[0];
        var ids = new Dictionary<string, object?>
        {
            ["bought"] = await First("select id from bought where cells like '%\"tickets\":1}%' and cells not like '%\"tickets\":2}%'"),
            ["visitor"] = await First("select id from visitor where ticket is not null and proofs = ''"),
        };
        (string Table, string Set, string Back)[] changes =
        [
            ("bought", "cells = replace(cells, '\"tickets\":1', '\"tickets\":2')", "cells = replace(cells, '\"tickets\":2', '\"tickets\":1')"),
            ("bought", "cells = replace(cells, '[', '[ ')", "cells = replace(cells, '[ ', '[')"),
            ("visitor", "place = place + 1", "place = place - 1"),
            ("visitor", "sold_day = sold_day + 1", "sold_day = sold_day - 1"),
            ("visitor", "proofs = 'soldierCard'", "proofs = ''"),
        ];
        foreach (var (table, set, back) in changes[..(park.Store.IsPostgres ? 1 : changes.Length)])
        {
            Assert.Equal(1, await Store.Change(connection, $"update {table} set {set} where id = @p0", ids[table]));
            var found = await park.Store.Verb("verify", "--json");
            Assert.True(found.ExitCode != 0 && found.Output.Contains($"{table} ", StringComparison.Ordinal), $"{table} {set}: {found.Output}");
            Assert.Equal(1, await Store.Change(connection, $"update {table} set {back} where id = @p0", ids[table]));
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task Terms_that_cannot_be_kept_are_refused_by_the_name_of_the_field()
    {
        async Task Refused(string field, JsonObject terms) =>
            Assert.Contains(field, (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type(terms))).MustBe(400, "wrongFields").Errors!.Keys);
        await Refused("person.ways", Person(ways: [.. Enumerable.Repeat(SixtyOrOlder, 11)]));
        await Refused("person.ways", Person(ways: [null!]));
        await Refused("person.ways[1]", Person(ways: [SixtyOrOlder, new { }]));
        await Refused("person.ways[0].ageMax", Person(ways: [new { ageMin = 60, ageMax = 59 }]));
        await Refused("person.ways[0].ageMin", Person(ways: [new { ageMin = -1 }]));
        await Refused("person.ways[0].residence", Person(ways: [new { residence = "371" }]));
        await Refused("person.ways[0].heightCmMax", Person(ways: [new { heightCmMax = 49 }]));
        await Refused("person.ways[0].proof", Person(ways: [new { proof = "lightSabre" }]));
        await Refused("person.limit.perOrder", Person(limit: Limit(perOrder: 0)));
        await Refused("person.limit.perDay", Person(limit: Limit(perDay: 501)));
        await Refused("person.limit.periodDays", Person(limit: Limit(perPeriod: 1, periodDays: 367)));
        await Refused("person.asks", Person("nothing", limit: Limit(perDay: 1)));
        // What asks nothing is kept as nothing, and the sheet says what is asked.
        var id = park.Admin.NewKey();
        Assert.Null((await park.Admin.Put($"/api/ticket-types/{id}", Type(Person("nothing")))).As<JsonObject>()["person"]);
        var asks = await NewType(Person("number", ways: [SixtyOrOlder]));
        var sheet = await (await park.TheDesk()).Clerk.Read<JsonObject>($"/api/price-sheet?day={park.Today:yyyy-MM-dd}");
        Assert.Equal(60, (int)sheet["types"]!.AsArray().Single(t => (Guid)t!["id"]! == asks)!["person"]!["ways"]![0]!["ageMin"]!);
        var file = await park.Admin.Read<JsonObject>("/api/catalogue");
        Assert.Contains(file["ticketTypes"]!.AsArray(), t => (string?)t!["person"]?["asks"] == "number");
    }
}

public sealed class VisitorsOnSqlite(SqlitePark park) : VisitorTests(park), IClassFixture<SqlitePark>;
public sealed class VisitorsOnPostgres(PostgresPark park) : VisitorTests(park), IClassFixture<PostgresPark>;
