using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>赠票: given from a budget, for a reason, approved, and counted (M02; S-002-31, S-003-04).</summary>
public abstract class ComplimentaryTests(TestPark park)
{
    private static int _types;

    private sealed record Budget(Guid Id, int Edit, string Name, DateOnly From, DateOnly To, int People, int LeftToClerk, bool Active, long Given);

    private JsonObject Type(long fen = 0)
    {
        var code = $"Z{Interlocked.Increment(ref _types)}";
        var body = JsonSerializer.SerializeToNode(TestPark.Type(code, $"赠票{code}", fen, null, fen, 1, 5, "00:00", "23:59", [park.Site], true))!.AsObject();
        body["sale"] = new JsonObject { ["opensDays"] = null, ["opensAt"] = null, ["minInOrder"] = null, ["maxInOrder"] = null, ["way"] = "complimentary" };
        return body;
    }

    private async Task<Guid> NewType(long fen = 0)
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/ticket-types/{id}", Type(fen))).MustBeDone();
        return id;
    }

    private object Asked(int people, int leftToClerk, int edit = 0, bool active = true, int from = 0, int to = 0) =>
        new { edit, name = "办公室", nameEn = "Office", from = park.Today.AddDays(from), to = park.Today.AddDays(to), people, leftToClerk, active };

    private async Task<Guid> NewBudget(int people, int leftToClerk = 100, bool active = true, int from = 0, int to = 0)
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/complimentary-budgets/{id}", Asked(people, leftToClerk, active: active, from: from, to: to))).MustBeDone();
        return id;
    }

    private async Task<Budget> Read(Guid id) => (await park.Admin.Read<Budget[]>("/api/complimentary-budgets")).Single(b => b.Id == id);

    private static object Gift(Guid budget, Caller? approver = null, string? password = null, string reason = "reception", string note = "市文旅局来函 12 号") => new
    {
        budgetId = budget, reason, note, approval = approver is null ? null : new { login = approver.Login, password = password ?? approver.Password },
    };

    private static async Task<JsonObject> Draft(Desk desk, Guid type, object? gift, int quantity = 1, int people = 1, bool unpaid = false, bool onOneTicket = false)
    {
        var body = JsonSerializer.SerializeToNode(await desk.Draft(type, quantity, people, payments: unpaid ? [] : null, onOneTicket: onOneTicket), Caller.Json)!.AsObject();
        body["complimentary"] = JsonSerializer.SerializeToNode(gift, Caller.Json);
        return body;
    }

    private static async Task<Reply> Give(Desk desk, Guid type, object? gift, int quantity = 1, int people = 1, bool unpaid = false, bool onOneTicket = false) =>
        await desk.Clerk.Post("/api/orders", await Draft(desk, type, gift, quantity, people, unpaid, onOneTicket));

    private async Task<JsonObject> Report(string more = "") => await park.Admin.Read<JsonObject>($"/api/reports/complimentary?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}{more}");

    [Fact]
    public async Task What_is_given_comes_from_its_budget_and_says_why_and_who_approved()
    {
        var (desk, manager, type, budget) = (await park.NewDesk(), await park.The("manager"), await NewType(), await NewBudget(10, 2));
        Assert.True((bool)(await desk.Clerk.Read<JsonObject>($"/api/price-sheet?day={park.Today:yyyy-MM-dd}"))["types"]!.AsArray().Single(t => (Guid)t!["id"]! == type)!["complimentary"]!);
        var alone = (await Give(desk, type, Gift(budget), 2)).As<JsonObject>();
        Assert.Equal(("办公室", "reception", "市文旅局来函 12 号", 2, ""), Said(alone));
        Assert.True((bool)alone["lines"]![0]!["complimentary"]!);
        (await Give(desk, type, Gift(budget))).MustBe(409, "approvalNeeded");
        (await Give(desk, type, Gift(budget), 3)).MustBe(409, "approvalNeeded");
        (await Give(desk, type, Gift(budget, manager, "not the password"), 3)).MustBe(403, "supervisorWrong");
        (await Give(desk, type, Gift(budget, desk.Clerk), 3)).MustBe(403, "supervisorNotAllowed");
        Assert.Equal(2, (await Read(budget)).Given);
        var approved = (await Give(desk, type, Gift(budget, manager), 1, people: 3)).As<JsonObject>();
        var name = (string)(await park.Admin.Read<JsonObject[]>("/api/staff")).Single(s => (Guid)s["id"]! == manager.StaffId)["name"]!;
        Assert.Equal(("办公室", "reception", "市文旅局来函 12 号", 3, name), Said(await desk.Clerk.Read<JsonObject>($"/api/orders/{approved["id"]}")));
        Assert.Equal(5, (await Read(budget)).Given);
        Assert.Contains("5", (await Give(desk, type, Gift(budget, manager), 6)).MustBe(409, "usedUp").Detail);
        (await Give(desk, type, Gift(budget, manager), 5, onOneTicket: true)).MustBeDone();
        (await Give(desk, type, Gift(budget, manager))).MustBe(409, "usedUp");
        await park.MustVerify();

        var report = await Report($"&budgetId={budget}&pageSize=2");
        Assert.Equal((3L, 10L, 0L, 2), ((long)report["totals"]!["orders"]!, (long)report["totals"]!["people"]!, (long)report["totals"]!["wentBack"]!, (int)report["pageCount"]!));
        Assert.Equal([(name, 5), (name, 3)], report["rows"]!.AsArray().Select(r => ((string)r!["approvedBy"]!, (int)r["people"]!)));
        Assert.Equal("公务接待", (string)report["rows"]![0]!["reason"]!);
        var csv = (await park.Admin.Get($"/api/reports/complimentary.csv?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&budgetId={budget}&lang=en")).Text;
        Assert.Contains("Official reception,市文旅局来函 12 号", csv);
        Assert.Contains("Totals,,,,,,,,,,10,0", csv);
    }

    private static (string, string, string, int, string) Said(JsonObject order) => order["complimentary"] is { } gift
        ? ((string)gift["budgetName"]!, (string)gift["reason"]!, (string)gift["note"]!, (int)gift["people"]!, (string)gift["approvedBy"]!) : default;

    [Fact]
    public async Task Nothing_is_given_without_a_budget_a_reason_and_a_price_of_nothing()
    {
        var (desk, type, budget) = (await park.NewDesk(), await NewType(), await NewBudget(10));
        (await Give(desk, type, null)).MustBe(422, "giftMissing");
        (await Give(desk, await park.NewType(minPeople: 1, maxPeople: 1), Gift(budget))).MustBe(422, "giftNotAsked");
        (await Give(desk, await NewType(fen: 100), Gift(budget))).MustBe(409, "notFree");
        (await Give(desk, type, Gift(park.Admin.NewKey()))).MustBe(409, "budgetUnknown");
        (await Give(desk, type, Gift(await NewBudget(10, active: false)))).MustBe(409, "budgetUnknown");
        (await Give(desk, type, Gift(await NewBudget(10, from: 1, to: 5)))).MustBe(409, "budgetNotNow");
        (await Give(desk, type, Gift(await NewBudget(10, from: -5, to: -1)))).MustBe(409, "budgetNotNow");
        async Task Wrong(string field, object gift) => Assert.Equal([field], (await Give(desk, type, gift)).MustBe(400, "wrongFields").Errors!.Keys);
        await Wrong("complimentary.reason", Gift(budget, reason: "friendship"));
        await Wrong("complimentary.note", Gift(budget, note: " "));
        await Wrong("complimentary.note", Gift(budget, note: new string('函', 101)));
        await Wrong("complimentary.note", Gift(budget, note: "王女士 138 0013 8000"));
        await Wrong("complimentary.note", Gift(budget, note: "11010519491231002X"));
        await Wrong("complimentary.note", Gift(budget, note: "王女士 138.0013.8000"));
        await Wrong("complimentary.note", Gift(budget, note: "王女士１３８００１３８０００"));
        await Wrong("complimentary.login", new { budgetId = budget, reason = "press", note = "采访", approval = new { login = "", password = "x" } });
        Assert.Equal(0, (await Read(budget)).Given);
        (await Give(desk, type, Gift(budget, note: "文旅函 20261008-001，2026-10-01 2026-10-03"))).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task Who_may_approve_does_not_approve_their_own()
    {
        var (type, budget) = (await NewType(), await NewBudget(10, 0));
        var desk = await park.NewDesk();
        using var both = await park.Hire("clerk", "manager");
        var window = await park.NewWindow();
        var shift = (await both.Post("/api/shifts", new { windowId = window, floatFen = 0 })).As<JsonObject>();
        var own = desk with { Clerk = both, Shift = (Guid)shift["id"]!, Window = window };
        (await Give(own, type, Gift(budget, both))).MustBe(403, "supervisorSelf");
        (await Give(own, type, Gift(budget, await park.The("manager")))).MustBeDone();
    }

    [Fact]
    public async Task Who_gave_it_is_said_also_where_somebody_else_takes_the_payment()
    {
        Desk[] desks = [await park.NewDesk(), await park.NewDesk()];
        var (type, budget) = (await NewType(), await NewBudget(10, 5));
        string[] names = [.. await Task.WhenAll(desks.Select(async d => (string)(await park.Admin.Read<JsonObject[]>("/api/staff")).Single(s => (Guid)s["id"]! == d.Clerk.StaffId)["name"]!))];
        var placed = (await Give(desks[0], type, Gift(budget), unpaid: true)).As<Order>();
        var paid = (await desks[1].Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desks[1].Shift, payments = new[] { Desk.Cash(0) } })).As<JsonObject>();
        Assert.Equal((names[1], names[0]), ((string)paid["clerkName"]!, (string)paid["complimentary"]!["givenBy"]!));
        var row = (await Report($"&budgetId={budget}"))["rows"]!.AsArray().Single()!;
        Assert.Equal((names[1], names[0]), ((string)row["clerkName"]!, (string)row["givenBy"]!));
        Assert.Contains($",{names[1]},{names[0]},", (await park.Admin.Get($"/api/reports/complimentary.csv?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&budgetId={budget}")).Text);
        await park.MustVerify();
        (await park.Admin.Get($"/api/reports/complimentary?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&budgetId=all")).MustBe(400, "wrongFields");
    }

    [Fact]
    public async Task A_repeat_of_what_was_given_is_told_so_whatever_became_of_who_approved()
    {
        var (desk, type, budget) = (await park.NewDesk(), await NewType(), await NewBudget(10, 0));
        using var approver = await park.Hire("manager");
        var (draft, key) = (await Draft(desk, type, Gift(budget, approver)), desk.Clerk.NewKey());
        var first = await desk.Clerk.Post("/api/orders", draft, key);
        first.MustBeDone();
        var staff = (await park.Admin.Read<JsonObject[]>("/api/staff")).Single(s => (Guid)s["id"]! == approver.StaffId);
        staff["active"] = false;
        (await park.Admin.Put($"/api/staff/{approver.StaffId}", staff)).MustBeDone();
        var again = await desk.Clerk.Post("/api/orders", draft, key);
        again.MustBeDone();
        Assert.True(again.Replayed);
        Assert.Equal(first.Text, again.Text);
        (await desk.Clerk.Post("/api/orders", draft)).MustBe(403, "supervisorWrong");
        // Another request under its key is no repeat.
        draft["totalFen"] = 1;
        (await desk.Clerk.Post("/api/orders", draft, key)).MustBe(409, "keyReused");
        Assert.Equal(1, (await Read(budget)).Given);
    }

    [Fact]
    public async Task What_a_clerk_gives_alone_is_counted_by_the_day_and_returning_makes_no_room()
    {
        Desk[] desks = [await park.NewDesk(), await park.NewDesk()];
        var (type, budget, manager) = (await NewType(), await NewBudget(20, 3), await park.The("manager"));
        var first = (await Give(desks[0], type, Gift(budget), 2)).As<Order>();
        (await Give(desks[0], type, Gift(budget, manager), 4)).MustBeDone();
        (await Give(desks[0], type, Gift(budget), 2)).MustBe(409, "approvalNeeded");
        (await desks[0].Return(first.Tickets[0].Id, manager)).MustBeDone();
        (await Give(desks[0], type, Gift(budget), 2)).MustBe(409, "approvalNeeded");
        (await Give(desks[0], type, Gift(budget), 1)).MustBeDone();
        (await Give(desks[1], type, Gift(budget), 3)).MustBeDone();
        // Of another budget it may give its own.
        (await Give(desks[0], type, Gift(await NewBudget(20, 3)), 3)).MustBeDone();
        Assert.Equal(9, (await Read(budget)).Given);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_goes_back_goes_back_to_the_budget()
    {
        var (desk, manager, type, budget) = (await park.NewDesk(), await park.The("manager"), await NewType(), await NewBudget(9));
        var paid = await park.NewType(minPeople: 1, maxPeople: 1);
        var sold = (await Give(desk, type, Gift(budget), 2)).As<Order>();
        var placed = (await Give(desk, type, Gift(budget), 1, people: 3, unpaid: true)).As<Order>();
        Assert.Equal(5, (await Read(budget)).Given);
        await park.MustVerify();
        (await desk.Return(sold.Tickets[0].Id, manager)).MustBeDone();
        Assert.Equal(4, (await Read(budget)).Given);
        (await desk.Clerk.Post($"/api/orders/{placed.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        Assert.Equal(1, (await Read(budget)).Given);
        var again = (await Give(desk, type, Gift(budget), 1, people: 2, unpaid: true)).As<Order>();
        (await desk.Clerk.Post($"/api/orders/{again.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(0) } })).MustBeDone();
        Assert.Equal(3, (await Read(budget)).Given);
        // Taken out of use, it still gets back what it gave.
        (await park.Admin.Put($"/api/complimentary-budgets/{budget}", Asked(9, 100, edit: 1, active: false))).MustBeDone();
        (await desk.Return(sold.Tickets[1].Id, manager)).MustBeDone();
        Assert.Equal(2, (await Read(budget)).Given);
        // Of a mixed order only what was given counts.
        (await park.Admin.Put($"/api/complimentary-budgets/{budget}", Asked(9, 100, edit: 2))).MustBeDone();
        var draft = await Draft(desk, paid, Gift(budget));
        draft["lines"]!.AsArray().Add(JsonSerializer.SerializeToNode(new { typeId = type, quantity = 1, people = 4 }));
        var mixed = (await desk.Clerk.Post("/api/orders", draft)).As<Order>();
        Assert.Equal(6, (await Read(budget)).Given);
        (await desk.Return(mixed.Tickets.Single(t => t.TypeId == paid).Id, manager)).MustBeDone();
        Assert.Equal(6, (await Read(budget)).Given);
        await park.MustVerify();
        Assert.Equal((3L, 8L, 2L), (await Report($"&budgetId={budget}"))["totals"] is { } t ? ((long)t["orders"]!, (long)t["people"]!, (long)t["wentBack"]!) : default);
    }

    [Fact]
    public async Task Of_many_at_once_no_more_is_given_than_the_budget_holds()
    {
        Desk[] desks = [await park.NewDesk(0), await park.NewDesk(0)];
        var (type, budget) = (await NewType(), await NewBudget(7));
        JsonObject[] drafts = [await Draft(desks[0], type, Gift(budget)), await Draft(desks[1], type, Gift(budget), unpaid: true)];
        var replies = await Task.WhenAll(Enumerable.Range(0, 48).Select(n => desks[n % 2].Clerk.Post("/api/orders", drafts[n % 2])));
        Assert.Equal(7, replies.Count(r => r.Done));
        foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "usedUp");
        // A budget that is saved meanwhile never has given more than it may.
        var other = await NewBudget(20);
        var gives = Enumerable.Range(0, 30).Select(n => Give(desks[n % 2], type, Gift(other))).ToArray();
        var lowered = await park.Admin.Put($"/api/complimentary-budgets/{other}", Asked(5, 100, edit: 1));
        var given = (await Task.WhenAll(gives)).Count(r => r.Done);
        Assert.Equal(given, (await Read(other)).Given);
        Assert.True(given <= (await Read(other)).People);
        if (!lowered.Done) lowered.MustBe(409, "belowGiven");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_budget_is_saved_as_it_was_seen_and_not_below_what_was_given()
    {
        var (desk, type, budget) = (await park.NewDesk(), await NewType(), await NewBudget(10));
        (await Give(desk, type, Gift(budget), 4)).MustBeDone();
        async Task<Reply> Save(object body) => await park.Admin.Put($"/api/complimentary-budgets/{budget}", body);
        (await Save(Asked(5, 0))).MustBe(409, "budgetEdited");
        Assert.Contains("4", (await Save(Asked(3, 0, edit: 1))).MustBe(409, "belowGiven").Detail);
        (await Save(Asked(4, 0, edit: 1))).MustBeDone();
        (await Give(desk, type, Gift(budget, await park.The("manager")))).MustBe(409, "usedUp");
        foreach (var wrong in new[] { Asked(-1, 0, 2), Asked(1_000_001, 0, 2), Asked(10, -1, 2), Asked(10, 1_001, 2), Asked(10, 0, 2, from: 1), Asked(10, 0, 2, to: 366) })
            (await Save(wrong)).MustBe(400, "wrongFields");
        (await (await park.The("clerk")).Put($"/api/complimentary-budgets/{budget}", Asked(10, 0, 2))).MustBe(403, "notAllowed");
        (await (await park.The("clerk")).Get("/api/reports/complimentary?from=2026-01-01&to=2026-01-02")).MustBe(403, "notAllowed");
        Assert.Equal((4, 2), ((await Read(budget)).People, (await Read(budget)).Edit));
    }

    [Fact]
    public async Task What_is_changed_by_hand_is_found()
    {
        var (desk, type, budget) = (await park.NewDesk(), await NewType(), await NewBudget(10));
        (await Give(desk, type, Gift(budget), 2)).MustBeDone();
        var id = $"{budget:N}";
        await park.MustFind(
        [
            ("update orders set complimentary = replace(complimentary, '12 号', '13 号') where complimentary like '%12 号%'", "update orders set complimentary = replace(complimentary, '13 号', '12 号') where complimentary like '%13 号%'", "order "),
            ($"update account set balance = balance - 1 where code like '%complimentary/{id}'", $"update account set balance = balance + 1 where code like '%complimentary/{id}'", $"complimentary/{id}"),
            ("update complimentary_budget set people = people + 1", "update complimentary_budget set people = people - 1", "complimentary_budget "),
        ]);
    }
}

public sealed class ComplimentaryOnSqlite(SqlitePark park) : ComplimentaryTests(park), IClassFixture<SqlitePark>;
public sealed class ComplimentaryOnPostgres(PostgresPark park) : ComplimentaryTests(park), IClassFixture<PostgresPark>;
