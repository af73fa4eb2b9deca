using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>外部票: codes that somebody else issued are tickets from the moment they are taken in (M02; S-000-116; I4, D3).</summary>
public abstract class ExternalTicketTests(TestPark park)
{
    private static int _names;

    private sealed record Taken(int TakenIn, int KnownBefore);
    private sealed record Withdrawn([property: System.Text.Json.Serialization.JsonPropertyName("withdrawn")] int Codes, int Kept, bool MoreLeft);
    private sealed record Listed(Guid Id, int Edit, string Name, long Codes, long People, long UsedPeople, long WithdrawnPeople, long OwedFen);

    private async Task<Guid> NewType(string way = "external", int maxPeople = 9, JsonObject? admission = null)
    {
        var (id, code) = (park.Admin.NewKey(), $"X{Interlocked.Increment(ref _names)}");
        var body = JsonSerializer.SerializeToNode(TestPark.Type(code, $"外部{code}", 0, 5, 0, 1, maxPeople, "00:00", "23:59", [park.Site], true))!.AsObject();
        body["sale"] = JsonSerializer.SerializeToNode(new { opensDays = (int?)null, opensAt = (string?)null, minInOrder = (int?)null, maxInOrder = (int?)null, way, channels = way == "external" ? new[] { "ota" } : null });
        body["admission"] = admission;
        (await park.Admin.Put($"/api/ticket-types/{id}", body)).MustBeDone();
        return id;
    }

    private object Asked(Guid type, int edit = 0, int from = 0, int to = 0, string name = "携程十月") =>
        new { edit, name, issuer = "携程", typeId = type, from = park.Today.AddDays(from), to = park.Today.AddDays(to), priceFen = 4_500, note = "合同 2026-18" };

    private async Task<Guid> NewList(Guid type, int from = 0, int to = 0)
    {
        var id = park.Admin.NewKey();
        (await park.Admin.Put($"/api/external-lists/{id}", Asked(type, from: from, to: to))).MustBeDone();
        return id;
    }

    private static object Piece(IEnumerable<string> codes, int people = 1, int firstLine = 1) => new { lines = codes.Select((code, n) => new { number = firstLine + n, code, people }) };

    private Task<Reply> Take(Guid list, params string[] codes) => park.Admin.Post($"/api/external-lists/{list}/codes", Piece(codes));

    private static string[] Codes(int count) => [.. Enumerable.Range(0, count).Select(n => $"CT-{Guid.NewGuid():N}-{n}")];

    private async Task<Listed> Read(Guid list) => (await park.Admin.Read<JsonObject>("/api/external-lists"))["rows"]!.AsArray().Select(r => r.Deserialize<Listed>(Caller.Json)!).Single(l => l.Id == list);

    private async Task<JsonObject[]> Shown(Guid list, string query = "") => [.. (await park.Admin.Read<JsonObject>($"/api/external-lists/{list}/codes?{query}"))["rows"]!.AsArray().Select(r => r!.AsObject())];

    [Fact]
    public async Task A_code_that_was_taken_in_enters_once_however_it_is_written()
    {
        var type = await NewType();
        var list = await NewList(type);
        var codes = Codes(3);
        Assert.Equal("unknownCode", (await park.Admit(codes[0])).Reason);
        Assert.Equal(new Taken(3, 0), (await Take(list, codes)).As<Taken>());
        var first = await park.Admit($" {codes[0].ToLowerInvariant()} ");
        Assert.Equal(("admitted", 1), (first.Word, first.PeopleAdmitted));
        Assert.Equal("alreadyUsed", (await park.Admit(codes[0])).Reason);
        var wide = string.Concat(codes[1].Select(c => (char)(c - '!' + '！')));
        Assert.Equal("admitted", (await park.Admit(wide)).Word);
        Assert.Equal(new Listed(list, 1, "携程十月", 3, 3, 2, 0, 9_000), await Read(list));
        Assert.Equal([codes[1].ToUpperInvariant(), codes[0].ToUpperInvariant()], (await Shown(list, "state=used")).Select(r => (string)r["code"]!));
        Assert.Equal(["东门", "东门"], (await Shown(list, "state=used")).Select(r => (string)r["gateName"]!));
        Assert.Equal(codes[2].ToUpperInvariant(), (string)(await Shown(list, $"q={codes[2].ToLowerInvariant()}")).Single()["code"]!);
        Assert.Empty(await Shown(list, "q=short"));
        var csv = (await park.Admin.Get($"/api/reports/external/{list}.csv?lang=en")).Text;
        Assert.Contains($",{codes[0].ToUpperInvariant()},1,1,", csv);
        Assert.DoesNotContain(codes[2].ToUpperInvariant(), csv);
        await park.MustVerify();
    }

    [Fact]
    public async Task What_somebody_else_issues_is_not_sold_here()
    {
        var (desk, type) = (await park.NewDesk(), await NewType());
        Assert.DoesNotContain((await desk.Clerk.Read<PriceSheet>($"/api/price-sheet?day={park.Today:yyyy-MM-dd}&windowId={desk.Window}")).Types, t => t.Id == type);
        var draft = await desk.Draft(await park.NewType(minPeople: 1, maxPeople: 1));
        (await desk.Send(draft with { TotalFen = 0, Lines = [new(type, 1, 1)], Payments = [Desk.Cash(0)] })).MustBe(409, "issuedElsewhere");
        // Nobody sells it, so nothing is said of where.
        Assert.Null((await park.Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type)["sale"]!["channels"]);
    }

    [Fact]
    public async Task A_piece_with_a_wrong_line_is_refused_whole_and_names_its_lines()
    {
        var list = await NewList(await NewType(maxPeople: 3));
        var other = await NewList(await NewType());
        var (codes, theirs) = (Codes(4), Codes(1));
        Assert.Equal(1, (await Take(other, theirs)).As<Taken>().TakenIn);
        async Task Wrong(object piece, params string[] lines)
        {
            Assert.Equal(lines.Order(), (await park.Admin.Post($"/api/external-lists/{list}/codes", piece)).MustBe(400, "codesWrong").Errors!.Keys.Order());
            Assert.Equal(0, (await Read(list)).Codes);
        }
        await Wrong(Piece([codes[0], "1234567", codes[1], "票号一二三四五六七八"], firstLine: 2001), "2002", "2004");
        await Wrong(Piece([codes[0], "11010519491231002X", "138 0013 8000"]), "2", "3");
        await Wrong(Piece([codes[0], theirs[0], codes[1]]), "2");
        await Wrong(Piece([codes[0]], people: 4), "1");
        (await park.Admin.Post($"/api/external-lists/{list}/codes", Piece(Codes(1001)))).MustBe(400, "wrongFields");
        (await park.Admin.Post($"/api/external-lists/{list}/codes", Piece([]))).MustBe(400, "wrongFields");
        (await park.Admin.Post($"/api/external-lists/{park.Admin.NewKey()}/codes", Piece(codes))).MustBe(404, "unknown");
        // A file that broke off is sent again from the beginning, and a code that stands twice is one ticket.
        Assert.Equal(new Taken(2, 0), (await Take(list, codes[..2])).As<Taken>());
        Assert.Equal(new Taken(2, 3), (await Take(list, [.. codes, codes[3].ToLowerInvariant()])).As<Taken>());
        Assert.Equal(["1"], (await park.Admin.Post($"/api/external-lists/{list}/codes", Piece(codes[..1], people: 2))).MustBe(400, "codesWrong").Errors!.Keys);
        Assert.Equal(4, (await Read(list)).Codes);
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_many_who_take_in_or_enter_at_once_each_code_is_one_ticket_and_enters_once()
    {
        Guid[] lists = [await NewList(await NewType()), await NewList(await NewType())];
        var codes = Codes(40);
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => park.Admin.Post($"/api/external-lists/{lists[n % 2]}/codes", Piece(codes))));
        Assert.Equal(40, replies.Where(r => r.Done).Sum(r => r.As<Taken>().TakenIn));
        foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(400, "codesWrong");
        Assert.Equal(40, (await Read(lists[0])).Codes + (await Read(lists[1])).Codes);
        var guard = await park.The("gateGuard");
        foreach (var code in codes.Take(5))
            Assert.Single(await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => park.Admit(code, guard: guard))), v => v.Word == "admitted");
        await park.MustVerify();
    }

    [Fact]
    public async Task What_is_withdrawn_enters_no_more_and_is_not_taken_in_again()
    {
        var list = await NewList(await NewType());
        var codes = Codes(6);
        (await Take(list, codes)).MustBeDone();
        Assert.Equal("admitted", (await park.Admit(codes[0])).Word);
        async Task<Reply> Withdraw(string[]? some, string reason = "合作终止") => await park.Admin.Post($"/api/external-lists/{list}/withdraw", new { reason, codes = some });
        (await Withdraw(["NOT-THERE-1"])).MustBe(400, "wrongFields");
        (await Withdraw([codes[1]], reason: "")).MustBe(400, "wrongFields");
        Assert.Equal(new Withdrawn(1, 1, false), (await Withdraw([codes[0], codes[1]])).As<Withdrawn>());
        Assert.Equal("voided", (await park.Admit(codes[1])).Reason);
        Assert.Equal("admitted", (await park.Admit(codes[2])).Word);
        Assert.Equal(new Withdrawn(3, 0, false), (await Withdraw(null)).As<Withdrawn>());
        Assert.Equal(new Withdrawn(0, 0, false), (await Withdraw(null)).As<Withdrawn>());
        Assert.Equal("voided", (await park.Admit(codes[5])).Reason);
        Assert.Equal(new Taken(0, 6), (await Take(list, codes)).As<Taken>());
        Assert.Equal("voided", (await park.Admit(codes[5])).Reason);
        Assert.Equal((6, 2, 4), ((await Read(list)).Codes, (await Read(list)).UsedPeople, (await Read(list)).WithdrawnPeople));
        Assert.Equal(4, (await Shown(list, "state=withdrawn")).Length);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_list_is_saved_as_it_was_seen_and_keeps_its_type_and_days_once_it_has_codes()
    {
        var (type, other) = (await NewType(), await NewType());
        var list = await NewList(type);
        async Task<Reply> Save(object body) => await park.Admin.Put($"/api/external-lists/{list}", body);
        (await Save(Asked(type))).MustBe(409, "listEdited");
        (await Save(Asked(await NewType(way: "sold"), edit: 1))).MustBe(409, "typeNotExternal");
        (await Save(Asked(type, edit: 1, from: 1))).MustBe(400, "wrongFields");
        (await Save(Asked(type, edit: 1, to: 1_098))).MustBe(400, "wrongFields");
        (await Save(Asked(other, edit: 1, to: 3))).MustBeDone();
        (await Take(list, Codes(1))).MustBeDone();
        (await Save(Asked(type, edit: 2, to: 3))).MustBe(409, "listHasCodes");
        (await Save(Asked(other, edit: 2, to: 4))).MustBe(409, "listHasCodes");
        (await Save(Asked(other, edit: 2, to: 3, name: "携程秋季"))).MustBeDone();
        Assert.Equal(("携程秋季", 1L), ((await Read(list)).Name, (await Read(list)).Codes));
        (await park.Admin.Put($"/api/external-lists/{park.Admin.NewKey()}", Asked(type, from: -3, to: -1))).MustBe(409, "listOver");
        (await (await park.The("clerk")).Put($"/api/external-lists/{list}", Asked(other, edit: 3, to: 3))).MustBe(403, "notAllowed");
        await park.MustVerify();
    }

    [Fact]
    public async Task Codes_admit_on_the_days_of_their_list_by_the_terms_of_their_type()
    {
        // Two entries in all, on two days from the first.
        var terms = JsonSerializer.SerializeToNode(new
        {
            validity = new { kind = "fromFirstUse", days = 2, startWithin = 1 }, perDay = (int?)null, inAll = 2, sites = Array.Empty<object>(), intervalMinutes = (int?)null, notOn = Array.Empty<string>(), blackout = Array.Empty<object>(),
        })!.AsObject();
        var (twice, once) = (await NewList(await NewType(admission: terms), from: -5, to: 5), await NewList(await NewType(), from: -1, to: 1));
        var (coming, both) = (await NewList(await NewType(), from: 1, to: 2), Codes(2));
        (await Take(twice, both[0])).MustBeDone();
        (await park.Admin.Post($"/api/external-lists/{once}/codes", Piece([both[1]], people: 3))).MustBeDone();
        foreach (var _ in new[] { 1, 2 }) Assert.Equal("admitted", (await park.Admit(both[0])).Word);
        Assert.Equal("alreadyUsed", (await park.Admit(both[0])).Reason);
        Assert.Equal((2, 1), ((await park.Admit(both[1], people: 2)).PeopleAdmitted, (await park.Admit(both[1])).PeopleAdmitted));
        Assert.Equal("alreadyUsed", (await park.Admit(both[1])).Reason);
        var tomorrow = Codes(1);
        (await Take(coming, tomorrow)).MustBeDone();
        Assert.Equal("wrongDay", (await park.Admit(tomorrow[0])).Reason);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_list_with_the_id_of_an_order_is_not_that_order()
    {
        var desk = await park.NewDesk();
        var order = await desk.Sell(await park.NewType(minPeople: 1, maxPeople: 1), quantity: 2);
        (await park.Admin.Put($"/api/external-lists/{order.Id}", Asked(await NewType()))).MustBeDone();
        Assert.Equal(new Withdrawn(0, 0, false), (await park.Admin.Post($"/api/external-lists/{order.Id}/withdraw", new { reason = "试一试", codes = (string[]?)null })).As<Withdrawn>());
        (await Take(order.Id, Codes(2))).MustBeDone();
        Assert.Equal(2, (await Read(order.Id)).Codes);
        Assert.Equal(2, (await desk.Order(order.Id)).Tickets.Length);
        Assert.Equal("admitted", (await park.Admit(order.Tickets[0].Qr)).Word);
        (await desk.Return(order.Tickets[1].Id, await park.The("manager"))).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task Who_reads_no_reports_sees_no_codes()
    {
        var list = await NewList(await NewType());
        foreach (var who in new[] { "clerk", "gateGuard" })
        {
            (await (await park.The(who)).Get("/api/external-lists")).MustBe(403, "notAllowed");
            (await (await park.The(who)).Get($"/api/external-lists/{list}/codes")).MustBe(403, "notAllowed");
        }
        (await (await park.The("finance")).Get($"/api/external-lists/{list}/codes")).MustBeDone();
    }

    [Fact]
    public async Task What_is_changed_by_hand_is_found()
    {
        var list = await NewList(await NewType());
        (await Take(list, "CT-CHANGED-BY-HAND")).MustBeDone();
        await park.MustFind(
        [
            ("update ticket set external_code = 'CT-ANOTHER-ONE' where external_code = 'CT-CHANGED-BY-HAND'", "update ticket set external_code = 'CT-CHANGED-BY-HAND' where external_code = 'CT-ANOTHER-ONE'", "ticket "),
            ("update external_list set price_fen = price_fen - 1", "update external_list set price_fen = price_fen + 1", "external_list "),
        ]);
    }
}

public sealed class ExternalTicketsOnSqlite(SqlitePark park) : ExternalTicketTests(park), IClassFixture<SqlitePark>;
public sealed class ExternalTicketsOnPostgres(PostgresPark park) : ExternalTicketTests(park), IClassFixture<PostgresPark>;
