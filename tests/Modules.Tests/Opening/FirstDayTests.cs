namespace Shanmen.Modules.Tests.Opening;

/// <summary>The first day of a park that starts with nothing: from the empty store to the sealed closing sheet.</summary>
public abstract class FirstDayTests(TestPark park)
{
    [Fact]
    public async Task An_empty_park_opens_sells_admits_counts_and_closes_its_day()
    {
        var anonymous = park.NewCaller();
        (await anonymous.Send(anonymous.Request(HttpMethod.Post, "/api/setup", """{"parkName":"乙","login":"other","name":"乙","password":"another administrator"}"""))).MustBe(409, "alreadySetUp");

        var desk = await park.NewDesk(floatFen: 20_000);
        var adult = await park.NewType(fen: 8_000, name: "成人票");
        var group = await park.NewType(fen: 5_000, minPeople: 10, maxPeople: 50, name: "团队票");

        // Half of what groups pay is the cable car's.
        (await park.Admin.Put("/api/dictionaries", new { kind = "partner", edit = 0, entries = new[] { new { code = "car", name = "索道公司", nameEn = "", active = true } } })).MustBeDone();
        await park.Change(group, "sharing", """{"ownWeight":1,"partners":[{"partner":"car","fixedFen":0,"weight":1}]}""");

        // Ten thousand in notes for an eighty-yuan ticket: twenty back.
        var first = await desk.Sell(adult, payments: [Desk.Cash(8_000, 10_000)]);
        Assert.Equal(("paid", 8_000, 8_000, 2_000), (first.State, first.TotalFen, first.PaidFen, first.ChangeFen));
        Assert.Equal(17, first.Number.Length);
        var party = await desk.Sell(group, people: 20, payments: [Desk.Card(100_000)]);
        Assert.Equal(20, Assert.Single(party.Tickets).People);
        var unused = await desk.Sell(adult);

        var entered = await park.Admit(first.Tickets[0].Qr);
        Assert.Equal(("admitted", 1, 0, 1), (entered.Word, entered.PeopleAdmitted, entered.PeopleLeft, entered.Inside));
        var again = await park.Admit(first.Tickets[0].ShortCode);
        Assert.Equal(("refused", "alreadyUsed"), (again.Word, again.Reason));
        // The guard must be able to say when and where.
        Assert.Contains("东门", again.Text);
        Assert.Matches(@"\b\d\d:\d\d\b", again.Text);
        Assert.Equal(("admitted", 15, 5), await Counted(park.Admit(party.Tickets[0].Qr, people: 15)));
        var guard = await park.The("gateGuard");
        Assert.Equal(12, (await guard.Post("/api/exits", new { laneId = park.Lane, people = 4 })).As<Inside>().People);

        var manager = await park.The("manager");
        var back = (await desk.Return(unused.Tickets[0].Id, manager)).As<Returned>();
        Assert.Equal((8_000, "cash"), (back.RefundFen, back.RefundMethod));

        var board = await park.Admin.Read<Board>("/api/board");
        Assert.Equal((12, 16, 4, 1), (board.Inside, board.Entered, board.Exited, board.Refused));
        Assert.Equal((16_000 + 100_000, 8_000), (board.MoneyFen, board.RefundsFen));
        Assert.Equal((3, 22), (board.Tickets, board.People));

        var report = await park.Admin.Read<DayReport>($"/api/reports/day?day={park.Today:yyyy-MM-dd}");
        Assert.Equal(new DayTotals(3, 3, 22, 116_000, 8_000, 108_000, 16, 1, 4), report.Totals);
        Assert.Equal(8_000, report.ByPayment.Single(p => p.Method == "cash").NetFen);
        Assert.Equal(1, report.RefusedByReason.Single(r => r.Reason == "alreadyUsed").Count);

        await ClosesTheDay(desk, adult, first);
    }

    private async Task ClosesTheDay(Desk desk, Guid adult, Order first)
    {
        var finance = await park.The("finance");
        var close = $"/api/days/{park.Today:yyyy-MM-dd}/close";
        var early = (await finance.Post(close, new { })).MustBe(409, "shiftsOpen");
        Assert.Contains("窗口1", early.Detail);

        var open = await desk.Clerk.Read<Shift>("/api/shifts/current");
        Assert.Null(open.ExpectedFen);
        // 200 float + 80 + 80 − 80; five yuan are missing.
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 27_000, reason = "" })).MustBe(422, "reasonNeeded");
        var closed = (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 27_500, reason = "找错钱" })).As<Shift>();
        Assert.Equal((28_000, 27_500, -500), (closed.ExpectedFen, closed.CountedFen, closed.OverShortFen));
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 27_500, reason = "" })).MustBe(409, "shiftNotOpen");

        var key = finance.NewKey();
        var sheet = (await finance.Post(close, new { }, key)).As<ClosingSheet>();
        Assert.Equal(0, sheet.DifferenceFen);
        Assert.Equal((3, 22, 116_000, 8_000, 108_000), (sheet.Totals.Orders, sheet.Totals.People, sheet.Totals.SalesFen, sheet.Totals.RefundsFen, sheet.Totals.NetFen));
        // The count that stands, and beside it the first one, which nobody can take back.
        Assert.Equal((27_500, -500, 1, 27_000), (Assert.Single(sheet.ByShift).CountedFen, sheet.ByShift[0].OverShortFen, sheet.ByShift[0].RefusedCounts, sheet.ByShift[0].FirstCountedFen));
        Assert.Equal([-50_000L, 50_000], sheet.Ledger.Where(l => l.Account.StartsWith("share", StringComparison.Ordinal)).OrderBy(l => l.Balance).Select(l => l.Balance));
        Assert.Matches("^[0-9a-fA-F]{64}$", sheet.LogHead);
        Assert.Equal(sheet.Seal, (await finance.Read<ClosingSheet>($"/api/days/{park.Today:yyyy-MM-dd}/closing-sheet")).Seal);
        (await finance.Post(close, new { })).MustBe(409, "alreadyClosed");
        Assert.Equal("closed", (await finance.Read<DayRow[]>("/api/days")).Single(d => d.Day == park.Today).State);

        // After the close nothing is sold and nobody admitted on this day.
        (await desk.Clerk.Post("/api/shifts", new { windowId = desk.Window, floatFen = 0 })).MustBe(409, "dayClosed");
        var refused = await park.Admit(first.Tickets[0].Qr);
        Assert.Equal("refused", refused.Word);
        Assert.Equal(0, refused.Inside);
        (await (await park.The("gateGuard")).Post("/api/exits", new { laneId = park.Lane, people = 1 })).MustBe(409, "dayClosed");
        Assert.False((await desk.Sheet()).OnSale);
        Assert.Contains(Assert.Single((await desk.Sheet(park.Today.AddDays(1))).Types, t => t.Id == adult).Code, "T1");
        await park.MustVerify();
    }

    private static async Task<(string, int, int)> Counted(Task<Verdict> asked)
    {
        var verdict = await asked;
        return (verdict.Word, verdict.PeopleAdmitted, verdict.PeopleLeft);
    }
}

public sealed class FirstDayOnSqlite(SqlitePark park) : FirstDayTests(park), IClassFixture<SqlitePark>;
public sealed class FirstDayOnPostgres(PostgresPark park) : FirstDayTests(park), IClassFixture<PostgresPark>;
