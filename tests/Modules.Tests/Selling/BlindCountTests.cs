using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>The clerk counts the drawer without being told what should be in it, and cannot ask the program for it (docs/algorithms/day-close.md).</summary>
public abstract class BlindCountTests(TestPark park)
{
    private static Task<Reply> Count(Desk desk, long fen, string reason = "", Guid? key = null) => desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = fen, reason }, key);

    [Fact]
    public async Task While_the_shift_is_open_its_clerk_is_told_no_figure_of_the_drawer_and_finance_all()
    {
        var desk = await park.NewDesk(41_700);
        await desk.Sell(await park.NewType(fen: 8_300));
        var mine = await desk.Clerk.Read<Shift>("/api/shifts/current");
        Assert.Equal((null, null, null, null, null), (mine.FloatFen, mine.SalesFen, mine.CashFen, mine.CardFen, mine.ExpectedFen));
        Assert.Equal(1, mine.Tickets);
        var finance = await park.The("finance");
        var seen = (await finance.Read<Shift[]>($"/api/shifts?day={park.Today:yyyy-MM-dd}")).Single(s => s.Id == desk.Shift);
        Assert.Equal((41_700, 8_300, 8_300, 0), (seen.FloatFen, seen.SalesFen, seen.CashFen, seen.CardFen));

        // Opening the shift tells nothing either, but to somebody who reads reports.
        var second = await park.Hire("clerk", "finance");
        var opened = (await second.Post("/api/shifts", new { windowId = await park.NewWindow(), floatFen = 600 })).As<Shift>();
        Assert.Equal((600, 600), (opened.FloatFen, (await second.Read<Shift>("/api/shifts/current")).FloatFen));
        var third = await park.Hire("clerk");
        Assert.Null((await third.Post("/api/shifts", new { windowId = await park.NewWindow(), floatFen = 600 })).As<Shift>().FloatFen);
    }

    [Fact]
    public async Task A_count_that_differs_is_recorded_and_needs_a_reason_without_a_word_about_amount_or_direction()
    {
        var (less, more) = (await park.NewDesk(50_000), await park.NewDesk(50_000));
        await less.Sell(await park.NewType(fen: 8_000));
        var (low, high) = ((await Count(less, 57_900)).MustBe(422, "reasonNeeded"), (await Count(more, 999_999)).MustBe(422, "reasonNeeded"));
        Assert.Equal((low.Title, low.Detail, low.Action), (high.Title, high.Detail, high.Action));
        Assert.DoesNotMatch(@"\d", low.Detail + low.Action);
        less.Clerk.Language = "en";
        (await Count(less, 57_900)).MustBe(422, "reasonNeeded");

        // From the first refusal on, a count without a reason is refused whether it is right or wrong: guessing tells nothing.
        (await Count(less, 58_000)).MustBe(422, "reasonNeeded");
        (await Count(less, 58_100)).MustBe(422, "reasonNeeded");
        less.Clerk.Language = "zh-CN";
        Assert.Equal("open", (await less.Clerk.Read<Shift>("/api/shifts/current")).State);

        var closed = (await Count(less, 58_000, "第一次少数了一张")).As<Shift>();
        Assert.Equal((58_000, 58_000, 0, 4, 57_900), (closed.ExpectedFen, closed.CountedFen, closed.OverShortFen, closed.RefusedCounts, closed.FirstCountedFen));
        Assert.Equal(-50_000 + 1, (await Count(more, 1, "被盗")).As<Shift>().OverShortFen);

        var counts = (await (await park.The("manager")).Get($"/api/log?kind=DrawerCounted&day={park.Today:yyyy-MM-dd}")).As<JsonObject>()["rows"]!.AsArray()
            .Select(r => JsonNode.Parse((string)r!["text"]!)!).Where(f => (Guid)f["shiftId"]! == less.Shift).Select(f => ((long)f["expectedFen"]!, (long)f["countedFen"]!));
        Assert.Equal([(58_000, 58_100), (58_000, 58_000), (58_000, 57_900), (58_000, 57_900)], counts);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_right_first_count_needs_no_reason_and_the_same_request_is_counted_once()
    {
        var (right, repeated) = (await park.NewDesk(20_000), await park.NewDesk(20_000));
        var closed = (await Count(right, 20_000)).As<Shift>();
        Assert.Equal((0, 0, null, ""), (closed.OverShortFen, closed.RefusedCounts, closed.FirstCountedFen, closed.Reason));

        var key = repeated.Clerk.NewKey();
        var replies = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Count(repeated, 19_000, key: key)));
        foreach (var reply in replies) reply.MustBe(422, "reasonNeeded");
        Assert.Single(replies, r => !r.Replayed);
        (await Count(repeated, 19_000, "少了", key)).MustBe(409, "keyReused");
        closed = (await Count(repeated, 19_000, "少了")).As<Shift>();
        Assert.Equal((-1_000, 1, 19_000), (closed.OverShortFen, closed.RefusedCounts, closed.FirstCountedFen));
    }
}

public sealed class BlindCountOnSqlite(SqlitePark park) : BlindCountTests(park), IClassFixture<SqlitePark>;
public sealed class BlindCountOnPostgres(PostgresPark park) : BlindCountTests(park), IClassFixture<PostgresPark>;
