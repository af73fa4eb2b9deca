using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>票纸: every numbered sheet is in one place, and a seller sells on his own only .</summary>
public abstract class StockTests(TestPark park)
{
    private sealed record Paper(Guid Id, int Edit, long Came, long Store, long Sellers, long Lost, long Used, long Void);
    private sealed record Found(string Number, string Place, string SellerName, string Order, string ShortCode);
    private sealed record Sheet(Guid TicketId, string Number);

    private static int _prefixes;

    private async Task<(Guid Paper, Guid Type)> NewPaper(string? prefix = null)
    {
        var (paper, type) = (park.Admin.NewKey(), await park.NewType(50_00));
        (await Save(paper, 0, prefix ?? $"P{Interlocked.Increment(ref _prefixes)}", [type])).MustBeDone();
        return (paper, type);
    }

    private Task<Reply> Save(Guid id, int edit, string prefix, Guid[] types, int digits = 5, bool active = true, string name = "热敏票") =>
        park.Admin.Put($"/api/papers/{id}", new { edit, name, nameEn = "", prefix, digits, typeIds = types, active });

    private async Task<Reply> Move(Guid paper, string move, int from, int to, Caller? seller = null, string reason = "说明", Caller? by = null) =>
        await (by ?? await park.The("manager")).Post($"/api/papers/{paper}/moves", new { move, from = $"{from}", to = $"{to}", sellerId = seller?.StaffId, reason });

    private async Task<Paper> Read(Guid paper) => (await (await park.The("manager")).Read<Paper[]>("/api/papers")).Single(p => p.Id == paper);
    private async Task<Found> Look(Guid paper, int number) => await (await park.The("manager")).Read<Found>($"/api/papers/{paper}/numbers/{number}");
    private async Task<string[]> Sheets(Desk desk, Guid order) => (await desk.Clerk.Read<JsonObject>($"/api/orders/{order}"))["papers"] is { } papers ? [.. papers.AsArray().Select(p => (string)p!["number"]!)] : [];

    [Fact]
    public async Task Sheets_go_from_the_press_to_a_seller_and_a_sale_uses_the_next_of_his_own()
    {
        var (paper, type) = await NewPaper("A");
        var (desk, other, plain) = (await park.NewDesk(), await park.NewDesk(), await park.NewType(10_00));
        (await desk.Send(await desk.Draft(type))).MustBe(409, "paperShort");
        (await Move(paper, "receive", 1, 1000)).MustBeDone();
        (await Move(paper, "receive", 1000, 1001)).MustBe(409, "cameBefore");
        (await Move(paper, "issue", 1, 20, desk.Clerk)).MustBeDone();
        (await Move(paper, "issue", 20, 30, other.Clerk)).MustBe(409, "notThere");
        (await Move(paper, "issue", 21, 22, other.Clerk)).MustBeDone();
        var sold = (await desk.Send(await desk.Draft(type, 3))).As<JsonObject>();
        Assert.Equal(["A00001", "A00002", "A00003"], sold["papers"]!.AsArray().Select(p => (string)p!["number"]!));
        Assert.Equal(["A00001", "A00002", "A00003"], await Sheets(desk, (Guid)sold["id"]!));
        Assert.Empty(await Sheets(desk, (await desk.Sell(plain)).Id));
        // Whoever has too little sells nothing of it, and nothing is left of the attempt.
        (await other.Send(await other.Draft(type, 3))).MustBe(409, "paperShort");
        Assert.Equal(new Paper(paper, 1, 1000, 978, 19, 0, 3, 0), await Read(paper));
        // Another pile, said once.
        (await desk.Clerk.Post($"/api/papers/{paper}/next", new { next = "A00022" })).MustBe(409, "notThere");
        (await desk.Clerk.Post($"/api/papers/{paper}/next", new { next = "A00018" })).MustBeDone();
        Assert.Equal(["A00018", "A00019", "A00020", "A00004"], (await desk.Send(await desk.Draft(type, 4))).As<JsonObject>()["papers"]!.AsArray().Select(p => (string)p!["number"]!));
        // A reprint is on another sheet, and the first is void; a return leaves its sheet used.
        var order = await desk.Sell(type);
        (await desk.Clerk.Post($"/api/orders/{order.Id}/reprints", new { ticketIds = new[] { order.Tickets[0].Id } })).MustBeDone();
        Assert.Equal(["A00006"], await Sheets(desk, order.Id));
        (await desk.Return(order.Tickets[0].Id, await park.The("manager"))).MustBeDone();
        Assert.Equal(("void", "used", "A00006", order.Number), ((await Look(paper, 5)).Place, (await Look(paper, 6)).Place, (await Look(paper, 6)).Number, (await Look(paper, 6)).Order));
        Assert.Equal(("seller", "store", "press"), ((await Look(paper, 9)).Place, (await Look(paper, 500)).Place, (await Look(paper, 1001)).Place));
        // So is an exchange: the sheet that lets nobody in any more is void.
        var damaged = await desk.Sell(type);
        (await desk.Clerk.Post($"/api/orders/{damaged.Id}/exchanges", new { shiftId = desk.Shift, ticketIds = new[] { damaged.Tickets[0].Id }, cause = "damaged", feeFen = 0, payments = Array.Empty<object>() })).MustBeDone();
        Assert.Equal(["A00008"], await Sheets(desk, damaged.Id));
        Assert.Equal(("void", "used"), ((await Look(paper, 7)).Place, (await Look(paper, 8)).Place));
        // An order that is paid later takes its sheets when it is paid, and a rebooking takes others.
        var placed = (await desk.Send((await desk.Draft(type)) with { Payments = [] })).As<Order>();
        Assert.Empty(await Sheets(desk, placed.Id));
        (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(50_00) } })).MustBeDone();
        var paid = await desk.Order(placed.Id);
        Assert.Equal(["A00009"], await Sheets(desk, paid.Id));
        (await desk.Rebook(paid, park.Today.AddDays(1), trial: true)).MustBeDone();
        Assert.Equal(["A00010"], await Sheets(desk, (await desk.Rebook(paid, park.Today.AddDays(1))).As<Rebooked>().Order!.Id));
        Assert.Equal(new Paper(paper, 1, 1000, 978, 9, 0, 11, 2), await Read(paper));
        await park.MustVerify();
    }

    [Fact]
    public async Task What_is_spoiled_lost_found_and_counted_is_on_record_and_nobody_books_his_own()
    {
        var (paper, type) = await NewPaper();
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        (await Move(paper, "receive", 1, 100)).MustBeDone();
        (await Move(paper, "issue", 1, 50, desk.Clerk)).MustBeDone();
        (await desk.Clerk.Post($"/api/papers/{paper}/spoiled", new { from = "3", to = "4", reason = "卡纸" })).MustBeDone();
        (await desk.Clerk.Post($"/api/papers/{paper}/spoiled", new { from = "60", to = "60", reason = "卡纸" })).MustBe(409, "notThere");
        (await Move(paper, "spoil", 99, 100, reason: "受潮")).MustBeDone();
        (await Move(paper, "spoil", 98, 98, reason: "")).MustBe(400, "wrongFields");
        (await Move(paper, "handBack", 41, 50, desk.Clerk, reason: "")).MustBeDone();
        (await Move(paper, "lose", 40, 40, desk.Clerk)).MustBeDone();
        Assert.Equal("lost", (await Look(paper, 40)).Place);
        (await Move(paper, "find", 40, 40)).MustBeDone();
        (await Move(paper, "find", 40, 40)).MustBe(409, "notThere");
        Assert.Equal("seller", (await Look(paper, 1)).Place);
        // An administrator sells too, and books none of his own paper.
        (await Move(paper, "issue", 51, 52, park.Admin, by: park.Admin)).MustBe(403, "ownStock");
        (await park.Admin.Post($"/api/papers/{paper}/counts", new { sellerId = park.Admin.StaffId, numbers = "" })).MustBe(403, "ownStock");
        (await Move(paper, "issue", 51, 52, await park.The("gateGuard"))).MustBe(400, "wrongFields");
        (await Move(paper, "issue", 51, 52, desk.Clerk, by: desk.Clerk)).MustBe(403, "notAllowed");

        // The seller has 1-2 and 5-39: 37 and 38 are not there, and 60 is.
        var told = (await manager.Post($"/api/papers/{paper}/counts", new { sellerId = desk.Clerk.StaffId, numbers = "1-2, 5-36、39 60" })).As<JsonObject>();
        Assert.Equal((36L, 2L, 1L, false), ((long)told["counted"]!, (long)told["missing"]![0]!["sheets"]!, (long)told["surplus"]![0]!["sheets"]!, (bool)told["done"]!));
        (await manager.Post($"/api/papers/{paper}/counts", new { sellerId = desk.Clerk.StaffId, numbers = "1-2, 5-36, 39, 60", missing = 3 })).MustBe(409, "countChanged");
        (await manager.Post($"/api/papers/{paper}/counts", new { sellerId = desk.Clerk.StaffId, numbers = "1-2, 5-36, 39, 60", missing = 2 })).MustBeDone();
        Assert.Equal(("lost", "lost", "store"), ((await Look(paper, 37)).Place, (await Look(paper, 38)).Place, (await Look(paper, 60)).Place));
        foreach (var wrong in new[] { "1-2, 2-3", "5-4", "一号", "1-2-3", "99999999" })
            Assert.Equal(["numbers"], (await manager.Post($"/api/papers/{paper}/counts", new { sellerId = (Guid?)null, numbers = wrong })).MustBe(400, "wrongFields").Errors!.Keys);
        var journal = await manager.Read<JsonObject>($"/api/papers/{paper}/journal");
        Assert.Equal(["count", "lose", "find", "lose", "handBack", "spoil", "spoil", "issue", "receive"], journal["rows"]!.AsArray().Select(r => (string)r!["what"]!));
        Assert.Contains("Handed back", (await manager.Get($"/api/papers/{paper}/journal.csv?lang=en")).Text);
        var own = (await desk.Clerk.Read<JsonObject>("/api/papers/own"))["rows"]!.AsArray().Single(r => (Guid)r!["id"]! == paper)!;
        Assert.Equal(35, (long)own["sheets"]!);
        var (held, spent) = (string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{paper:N}/store"), string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{paper:N}/000000000099"));
        await park.MustFind([
            ($"update paper_holding set next = 7 where id = '{held}'", $"update paper_holding set next = null where id = '{held}'", "column next"),
            ($"update paper_holding set place = 'stove' where id = '{held}'", $"update paper_holding set place = 'store' where id = '{held}'", "column place"),
            ($"update spent_paper set last_number = 101 where id = '{spent}'", $"update spent_paper set last_number = 100 where id = '{spent}'", "column last_number"),
            ($"update spent_paper set reason = '' where id = '{spent}'", $"update spent_paper set reason = '受潮' where id = '{spent}'", "column reason"),
            ($"update account set balance = balance + 1 where code like '%/paper/{paper:N}/lost%'", $"update account set balance = balance - 1 where code like '%/paper/{paper:N}/lost%'", "lost"),
        ]);
    }

    [Fact]
    public async Task Two_windows_of_one_clerk_and_two_reprints_never_use_a_sheet_twice()
    {
        var (paper, type) = await NewPaper();
        var desk = await park.NewDesk();
        (await Move(paper, "receive", 1, 200)).MustBeDone();
        (await Move(paper, "issue", 1, 60, desk.Clerk)).MustBeDone();
        var orders = await Task.WhenAll(Enumerable.Range(0, 25).Select(_ => desk.Sell(type, 2)));
        var numbers = new List<string>();
        foreach (var order in orders) numbers.AddRange(await Sheets(desk, order.Id));
        Assert.Equal((50, 50), (numbers.Count, numbers.Distinct().Count()));
        // Ten are left; of twenty who want one each ten get it.
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await desk.Send(await desk.Draft(type))));
        Assert.Equal(10, replies.Count(r => r.Done));
        foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "paperShort");
        (await Move(paper, "issue", 61, 80, desk.Clerk)).MustBeDone();
        var again = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => desk.Clerk.Post($"/api/orders/{orders[0].Id}/reprints", new { ticketIds = new[] { orders[0].Tickets[0].Id } })));
        Assert.Contains(again, r => r.Done);
        foreach (var refused in again.Where(r => !r.Done)) refused.MustBe(409, "printedMeanwhile");
        Assert.Equal(2, (await Sheets(desk, orders[0].Id)).Length);
        Assert.Equal((60, again.Count(r => r.Done)), await Read(paper) is var now ? ((int)now.Used, (int)now.Void) : default);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_paper_is_set_up_with_sound_numbers_and_keeps_them_once_some_came()
    {
        var (paper, type) = await NewPaper("S");
        (await Save(paper, 0, "S", [type])).MustBe(409, "paperEdited");
        (await Save(paper, 1, "s", [type])).MustBe(400, "wrongFields");
        (await Save(paper, 1, "S", [type], digits: 13)).MustBe(400, "wrongFields");
        (await Save(paper, 1, "S", [Guid.CreateVersion7()])).MustBe(400, "wrongFields");
        (await Save(park.Admin.NewKey(), 0, "T", [type])).MustBe(409, "typeOnAnotherPaper");
        (await Save(paper, 1, "SX", [type])).MustBeDone();
        (await Move(paper, "receive", 5, 4)).MustBe(400, "wrongFields");
        (await Move(paper, "receive", 0, 100_000)).MustBe(400, "wrongFields");
        (await Move(paper, "receive", 0, 99_999)).MustBeDone();
        (await Save(paper, 2, "S", [type])).MustBe(409, "paperCame");
        (await Save(paper, 2, "SX", [type], active: false, name: "停用")).MustBeDone();
        // Out of use, its types go on blank paper.
        var desk = await park.NewDesk();
        Assert.Empty(await Sheets(desk, (await desk.Sell(type)).Id));
        (await Move(Guid.CreateVersion7(), "receive", 1, 2)).MustBe(404, "unknown");
        await park.MustVerify();
    }
}

public sealed class StockOnSqlite(SqlitePark park) : StockTests(park), IClassFixture<SqlitePark>;

public sealed class StockOnPostgres(PostgresPark park) : StockTests(park), IClassFixture<PostgresPark>;
