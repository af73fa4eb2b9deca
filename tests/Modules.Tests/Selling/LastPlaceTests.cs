namespace Shanmen.Modules.Tests.Selling;

/// <summary>Many at once at what exists once (C1, C7; invariants I3 and I7).</summary>
public abstract class LastPlaceTests(TestPark park)
{
    private const int Rounds = 50;

    [Fact]
    public async Task Of_two_windows_at_the_last_place_exactly_one_sells_it()
    {
        Desk[] desks = [await park.NewDesk(), await park.NewDesk()];
        var type = await park.NewType(quota: 1);
        for (var round = 0; round < Rounds; round++)
        {
            // A fresh day each round: one place, two windows, the same moment.
            var day = park.Today.AddDays(1 + round);
            var drafts = await Task.WhenAll(desks.Select(d => d.Draft(type, day: day)));
            var replies = await Task.WhenAll(desks.Zip(drafts, (d, draft) => d.Send(draft)));
            Assert.Single(replies, r => r.Done);
            replies.Single(r => !r.Done).MustBe(409, "soldOut");
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_many_windows_at_few_places_as_many_sell_as_there_are_places()
    {
        var desk = await park.NewDesk(0);
        for (var round = 0; round < 5; round++)
        {
            var type = await park.NewType(quota: 7);
            var draft = await desk.Draft(type);
            var replies = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => desk.Send(draft)));
            Assert.Equal(7, replies.Count(r => r.Done));
            foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "soldOut");
            Assert.Equal(7, replies.Where(r => r.Done).Select(r => r.As<Order>().Number).Distinct().Count());
            Assert.Equal(0, (await desk.Offer(type)).Left);
        }
    }

    [Fact]
    public async Task The_last_places_are_held_or_sold_once_and_an_unpaid_order_ends_once()
    {
        var desk = await park.NewDesk(0);
        var type = await park.NewType(quota: 7);
        var (sale, order) = (await desk.Draft(type), await desk.Draft(type, payments: []));
        var replies = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => desk.Send(n % 2 == 0 ? order : sale)));
        Assert.Equal(7, replies.Count(r => r.Done));
        foreach (var refused in replies.Where(r => !r.Done)) Assert.Contains("0", refused.MustBe(409, "soldOut").Detail);
        Assert.Equal(0, (await desk.Offer(type)).Left);
        Assert.Equal(7, (await park.Admin.Read<TypeDay[]>($"/api/ticket-types/{type}/days?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}")).Single().Sold);

        // Paid at one window and given up at another in the same moment: one of the two, and the places with it.
        var unpaid = replies.Where(r => r.Done).Select(r => r.As<Order>()).Where(o => o.State == "ordered").ToArray();
        Assert.NotEmpty(unpaid);
        var ends = await Task.WhenAll(unpaid.SelectMany(o => new[]
        {
            desk.Clerk.Post($"/api/orders/{o.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(o.TotalFen) } }),
            desk.Clerk.Post($"/api/orders/{o.Id}/cancel", new { shiftId = desk.Shift }),
        }));
        Assert.All(ends.Chunk(2), two => Assert.Single(two, r => r.Done));
        var cancelled = ends.Count(r => r.Done && r.As<Order>().State == "cancelled");
        Assert.Equal(cancelled, (await desk.Offer(type)).Left);

        // A quota below what is held and sold: who holds a place pays, nobody new gets one.
        var held = cancelled > 0 ? await desk.Sell(type, payments: []) : null;
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = (long?)null, quota = 1, unlimited = false })).MustBeDone();
        (await desk.Send(sale)).MustBe(409, "soldOut");
        if (held is not null) (await desk.Clerk.Post($"/api/orders/{held.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(held.TotalFen) } })).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task A_sale_in_flight_when_the_shift_closes_is_in_the_shift_or_was_refused()
    {
        var type = await park.NewType(fen: 700);
        var clerk = await park.Hire("clerk");
        for (var round = 0; round < 8; round++)
        {
            var desk = await park.OpenDesk(clerk, 1_000);
            var draft = await desk.Draft(type);
            var sales = Enumerable.Range(0, 12).Select(_ => desk.Send(draft)).ToArray();
            await Task.Delay(round);
            var closes = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 1_000, reason = "试" })));
            var done = (await Task.WhenAll(sales)).Count(r => r.Done || r.MustBe(409, "shiftNotOpen") is null);
            var closed = Assert.Single(closes, c => c.Done).As<Shift>();
            closes.Single(c => !c.Done).MustBe(409, "shiftNotOpen");
            Assert.Equal((done, done * 700, 1_000 + done * 700), (closed.Tickets, closed.SalesFen, closed.ExpectedFen));
            Assert.Equal(-done * 700, closed.OverShortFen);
        }
    }

    [Fact]
    public async Task While_the_price_flips_a_sale_is_charged_at_one_price_or_refused()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType(fen: 1_000);
        var (sold, refused) = (0, 0);
        var (ends, last) = (TimeProvider.System.GetUtcNow().AddSeconds(2), TimeProvider.System.GetUtcNow().AddSeconds(20));
        // A busy machine gets longer to sell enough.
        bool GoesOn() => TimeProvider.System.GetUtcNow() is var now && (now < ends || (sold <= 10 && now < last));
        var flipping = Task.Run(async () =>
        {
            for (var n = 0; GoesOn(); n++)
                (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = n % 2 == 0 ? 1_100 : 900, quota = (int?)null, unlimited = false })).MustBeDone();
        });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
        {
            while (GoesOn())
            {
                var draft = await desk.Draft(type, quantity: 3);
                var reply = await desk.Send(draft);
                if (!reply.Done) { reply.MustBe(409, "priceChanged"); Interlocked.Increment(ref refused); continue; }
                var order = reply.As<Order>();
                Assert.Equal((draft.TotalFen, draft.TotalFen, draft.TotalFen / 3), (order.TotalFen, order.Tickets.Sum(t => t.PriceFen), order.Lines[0].UnitFen));
                Interlocked.Increment(ref sold);
            }
        }));
        await flipping;
        Assert.True(sold > 10, $"{sold} sold, {refused} refused: too few to have met a flip.");
        await park.MustVerify();
    }
}

public sealed class LastPlaceOnSqlite(SqlitePark park) : LastPlaceTests(park), IClassFixture<SqlitePark>;
public sealed class LastPlaceOnPostgres(PostgresPark park) : LastPlaceTests(park), IClassFixture<PostgresPark>;
