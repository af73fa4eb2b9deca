using Xunit.Abstractions;

namespace Shanmen.Modules.Tests.Operating;

/// <summary>Two programs on one PostgreSQL database, and the same people at both.</summary>
public sealed class TwoPrograms : IAsyncLifetime
{
    private readonly List<Caller> _callers = [];
    private Store _otherStore = null!;
    private Centre _other = null!;
    public PostgresPark Park { get; } = new();

    public async Task InitializeAsync()
    {
        await Park.InitializeAsync();
        _otherStore = Park.Store.Beside();
        try { _other = await Centre.Start(_otherStore); }
        catch
        {
            // Whoever fails here is not asked to clean up.
            await _otherStore.DisposeAsync();
            await Park.DisposeAsync();
            throw;
        }
    }

    /// <summary>The same person at the other program: a session holds for both.</summary>
    public Caller There(Caller here)
    {
        var there = new Caller(() => _other.Address) { Cookie = here.Cookie, Login = here.Login, Password = here.Password };
        _callers.Add(there);
        return there;
    }

    public async Task MustHaveUsedSeveralLanes()
    {
        await using var connection = await Park.Store.Open();
        var lanes = (long)(await Store.Rows(connection, "select count(distinct lane) from log"))[0][0]!;
        Assert.True(lanes >= 2, $"Only {lanes} lanes wrote anything.");
    }

    public async Task DisposeAsync()
    {
        foreach (var caller in _callers) caller.Dispose();
        await _other.DisposeAsync();
        await _otherStore.DisposeAsync();
        await Park.DisposeAsync();
    }
}

/// <summary>What exists once exists once for all programs on a database (docs/operations/cluster.md; C1, C2, C3, C12; I1, I3, I4).</summary>
public sealed class ManyProgramsTests(TwoPrograms both, ITestOutputHelper output) : IClassFixture<TwoPrograms>
{
    private const int Clients = 64, Places = 100;
    private readonly PostgresPark _park = both.Park;

    private Caller There(Caller here) => both.There(here);

    [Fact]
    public Task Of_the_last_hundred_places_a_hundred_are_sold() => SellLastPlaces(5);

    [Fact, Trait("Category", "Proof")]
    public Task Of_the_last_hundred_places_a_hundred_are_sold_a_thousand_times() => SellLastPlaces(1_000);

    private async Task SellLastPlaces(int rounds)
    {
        Desk[] desks = [await _park.NewDesk(0), await _park.NewDesk(0), await _park.NewDesk(0), await _park.NewDesk(0)];
        Caller[] there = [.. desks.Select(d => There(d.Clerk))];
        var type = await _park.NewType(fen: 100, quota: Places);
        for (var round = 0; round < rounds; round++)
        {
            if (round % 300 == 299) type = await _park.NewType(fen: 100, quota: Places);
            var day = _park.Today.AddDays(1 + (round % 300));
            Sale[] drafts = await Task.WhenAll(desks.Select(d => d.Draft(type, day: day)));
            var sold = 0;
            await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
            {
                var (desk, at) = (desks[client % 4], client % 8 < 4 ? null : there[client % 4]);
                // Each goes on as long as there is anything to have.
                while (true)
                {
                    var reply = await desk.Send(drafts[client % 4], clerk: at);
                    if (!reply.Done) { reply.MustBe(409, "soldOut"); return; }
                    Interlocked.Increment(ref sold);
                }
            }));
            Assert.True(sold == Places, $"Round {round}: {sold} sold of {Places} places.");
        }
        output.WriteLine($"{rounds} rounds, {Clients} clients at two programs: {Places} of {Places} sold in each");
        await _park.MustVerify();
        await both.MustHaveUsedSeveralLanes();
    }

    /// <summary>限流: whoever sold before the quota was there is counted in it, whoever sells after it stops at its limit, at either program.</summary>
    [Fact]
    public async Task A_quota_that_is_made_while_both_programs_sell_counts_every_sale()
    {
        Desk[] desks = [await _park.NewDesk(0), await _park.NewDesk(0)];
        Caller[] there = [.. desks.Select(d => There(d.Clerk))];
        var admin = There(_park.Admin);
        object Quota(Guid[] types, int? limit) => new { edit = 0, name = "限流", typeIds = types, limit, warnPercent = (int?)null, stops = true, keeps = Array.Empty<object>(), active = true };
        async Task<int> Taken(Guid quota) => (await _park.Admin.Read<System.Text.Json.Nodes.JsonObject[]>($"/api/quotas/{quota}/days?from={_park.Today:yyyy-MM-dd}&to={_park.Today:yyyy-MM-dd}"))
            .Single()["taken"]!.GetValue<int>();
        for (var round = 0; round < 3; round++)
        {
            Guid[] types = [await _park.NewType(fen: 100), await _park.NewType(fen: 100)];
            Sale[] drafts = [await desks[0].Draft(types[0]), await desks[1].Draft(types[1], payments: [])];
            var (quota, beside, sold, ofFirst, coming) = (_park.Admin.NewKey(), _park.Admin.NewKey(), 0, 0, 0);
            var selling = Enumerable.Range(0, 16).Select(async client =>
            {
                while (true)
                {
                    var reply = await desks[client % 2].Send(drafts[client % 2], clerk: client % 4 < 2 ? null : there[client % 2]);
                    if (reply.Done)
                    {
                        Interlocked.Increment(ref sold);
                        if (client % 2 == 0) Interlocked.Increment(ref ofFirst);
                    }
                    else if (reply.Status == 503) { reply.MustBe(503, "quotasComing"); Interlocked.Increment(ref coming); }
                    else { reply.MustBe(409, "quotaFull"); return; }
                }
            }).ToArray();
            await Task.Delay(100);
            // The second program saves one of its own before it has heard of the first.
            (await _park.Admin.Put($"/api/quotas/{quota}", Quota(types, Places))).MustBeDone();
            (await admin.Put($"/api/quotas/{beside}", Quota([types[0]], null))).MustBeDone();
            await Task.WhenAll(selling);
            var taken = await Taken(quota);
            Assert.Equal((sold, ofFirst), (taken, await Taken(beside)));
            Assert.True(taken >= Places, $"{taken} sold of {Places} places, and more were asked for.");
            output.WriteLine($"round {round}: {sold} sold, {coming} told to wait a moment");
        }
        await _park.MustVerify();
    }

    [Fact]
    public async Task The_same_key_at_both_programs_is_one_order()
    {
        var desk = await _park.NewDesk();
        var there = There(desk.Clerk);
        var type = await _park.NewType();
        for (var round = 0; round < 8; round++)
        {
            var (draft, key) = (await desk.Draft(type), desk.Clerk.NewKey());
            var replies = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => desk.Send(draft, key, n % 2 == 0 ? null : there)));
            var orders = replies.Select(r => r.As<Order>()).ToArray();
            Assert.Single(orders.Select(o => o.Tickets.Single().ShortCode).Distinct());
            Assert.Single(replies, r => !r.Replayed);
        }
    }

    [Fact]
    public async Task A_ticket_shown_at_both_programs_lets_one_in()
    {
        var desk = await _park.NewDesk();
        var (here, type) = (await _park.The("gateGuard"), await _park.NewType());
        var there = There(here);
        for (var round = 0; round < 8; round++)
        {
            var code = (await desk.Sell(type)).Tickets.Single().ShortCode;
            var verdicts = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => _park.Admit(code, guard: n % 2 == 0 ? here : there)));
            Assert.Single(verdicts, v => v.Word == "admitted");
            Assert.All(verdicts.Where(v => v.Word != "admitted"), v => Assert.Equal("alreadyUsed", v.Reason));
        }
        await _park.MustVerify();
    }

    [Fact]
    public async Task What_one_program_changes_or_sells_the_other_shows_within_seconds()
    {
        var desk = await _park.NewDesk();
        var there = There(desk.Clerk);
        var type = await _park.NewType(fen: 4_200);
        await Soon(async () => (await there.Read<PriceSheet>($"/api/price-sheet?day={_park.Today:yyyy-MM-dd}")).Types.Any(t => t.Id == type && t.UnitFen == 4_200));
        await desk.Sell(type, quantity: 3);
        var manager = There(await _park.The("manager"));
        await Soon(async () => (await manager.Read<Board>("/api/board")).MoneyFen >= 3 * 4_200);
        // And the other way round: a lane saved there is known here at once for the decision, and soon for the lists.
        var admin = There(_park.Admin);
        var lane = admin.NewKey();
        (await admin.Put($"/api/lanes/{lane}", new { gateId = _park.Gate, number = 77, name = "那边的通道", direction = "both", active = true })).MustBeDone();
        var guard = await _park.The("gateGuard");
        await Soon(async () => (await guard.Read<GateLane[]>("/api/admission/lanes")).Any(l => l.LaneId == lane));
    }

    /// <summary>字典、参数: a word that the one adds is known to the other at once, and what it sets soon; neither overwrites the other's.</summary>
    [Fact]
    public async Task Words_and_parameters_of_the_one_program_hold_at_the_other()
    {
        var (admin, desk) = (There(_park.Admin), await _park.NewDesk());
        var there = There(desk.Clerk);
        for (var round = 0; round < 4; round++)
        {
            var list = (await admin.Read<System.Text.Json.Nodes.JsonObject[]>("/api/dictionaries")).Single(l => (string)l["kind"]! == "origin");
            var entries = list["entries"]!.AsArray();
            entries.Add(new System.Text.Json.Nodes.JsonObject { ["code"] = $"town{round}", ["name"] = $"镇{round}", ["nameEn"] = "", ["active"] = true });
            object body = new { kind = "origin", edit = (int)list["edit"]!, entries };
            var replies = await Task.WhenAll(admin.Put("/api/dictionaries", body), _park.Admin.Put("/api/dictionaries", body));
            Assert.Single(replies, r => r.Done);
            Assert.Single(replies, r => !r.Done).MustBe(409, "dictionaryEdited");
            // Sold with it at either program at once: a word that is not known is looked for before it is refused.
            var draft = await desk.Draft(await _park.NewType()) with { Origin = $"town{round}" };
            Assert.Equal(draft.Origin, (await desk.Send(draft)).As<Order>().Origin);
            Assert.Equal(draft.Origin, (await desk.Send(draft, clerk: there)).As<Order>().Origin);
            await Soon(async () => (await Edits(_park.Admin), await Edits(admin)) is var (here, beside) && here == beside && here == round + 1);
        }
        var type = await _park.NewType(fen: 100);
        async Task Set(Caller by, int holdMinutes) => (await by.Put("/api/parameters", new
        {
            edit = (int)(await by.Read<System.Text.Json.Nodes.JsonObject>("/api/parameters"))["edit"]!, values = new { holdMinutes, daysAhead = 366, ticketsMax = 500, countToleranceFen = 0 },
        })).MustBeDone();
        foreach (var (by, minutes) in new[] { (_park.Admin, 30), (admin, 60), (_park.Admin, 15) })
        {
            await Set(by, minutes);
            foreach (var clerk in new[] { desk.Clerk, there })
                await Soon(async () => (await desk.Send(await desk.Draft(type, payments: []), clerk: clerk)).As<Order>() is var order && (order.HoldUntil!.Value - order.At).TotalMinutes == minutes);
            await Soon(async () => (await _park.Admin.Get("/api/parameters")).Text == (await admin.Get("/api/parameters")).Text);
        }
        await _park.MustVerify();

        static async Task<int> Edits(Caller caller) => (int)(await caller.Read<System.Text.Json.Nodes.JsonObject[]>("/api/dictionaries")).Single(l => (string)l["kind"]! == "origin")["edit"]!;
    }

    [Fact]
    public async Task Conflicts_that_the_database_reports_are_tried_again_and_change_no_effect()
    {
        await using (var connection = await _park.Store.Open())
        {
            // One commit in ten fails as a serialization failure or a deadlock would, at its very end.
            await Store.Change(connection, """
                create function quarrel() returns trigger language plpgsql as $$ begin
                  if random() < 0.1 then raise exception 'quarrel' using errcode = case when random() < 0.5 then '40001' else '40P01' end; end if;
                  return null; end $$
                """);
            await Store.Change(connection, "create constraint trigger quarrel after insert on orders deferrable initially deferred for each row execute function quarrel()");
        }
        try { await SellAmongConflicts(); }
        finally
        {
            await using var connection = await _park.Store.Open();
            await Store.Change(connection, "drop trigger quarrel on orders");
        }
        await _park.MustVerify();
    }

    private async Task SellAmongConflicts()
    {
        var desk = await _park.NewDesk(0);
        var there = There(desk.Clerk);
        var type = await _park.NewType(fen: 100, quota: 150);
        var draft = await desk.Draft(type);
        var keys = Enumerable.Range(0, 200).Select(_ => desk.Clerk.NewKey()).ToArray();
        var replies = await Task.WhenAll(keys.Select((key, n) => desk.Send(draft, key, n % 2 == 0 ? null : there)));
        Assert.Equal(150, replies.Count(r => r.Done));
        Assert.All(replies.Where(r => !r.Done), r => r.MustBe(409, "soldOut"));
        var metrics = (await _park.NewCaller().Get("/metrics")).Text + (await There(desk.Clerk).Get("/metrics")).Text;
        Assert.True(metrics.Split('\n').Where(l => l.StartsWith("shanmen_write_conflicts_total", StringComparison.Ordinal)).Sum(l => double.Parse(l.Split(' ')[1])) > 0, "Nothing conflicted, so nothing was tested.");
    }

    [Fact]
    public async Task A_ninth_lane_is_refused_with_a_sentence()
    {
        await using var store = _park.Store.Beside();
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Centre.Start(store, new Dictionary<string, string> { ["SHANMEN__LANES"] = "8" }));
        Assert.Contains("SHANMEN__LANES", refused.Message);
    }

    [Fact]
    public async Task A_store_of_several_lanes_is_restored_to_the_embedded_one_and_goes_on()
    {
        var desk = await _park.NewDesk(0);
        var there = There(desk.Clerk);
        var (type, another) = (await _park.NewType(fen: 100), await _park.NewType(fen: 100));
        for (var n = 0; n < 6; n++)
        {
            await desk.Sell(n % 2 == 0 ? type : another);
            (await desk.Send(await desk.Draft(another), clerk: there)).As<Order>();
        }
        await both.MustHaveUsedSeveralLanes();
        var file = Path.Combine(_park.Store.Folder, "moved.shanmen");
        var phrase = Path.Combine(_park.Store.Folder, "phrase.txt");
        await File.WriteAllTextAsync(phrase, "correct horse battery staple");
        (await _park.Store.Verb("backup", file, "--passphrase-file", phrase)).MustSucceed();
        await using var embedded = Store.Sqlite();
        (await embedded.Verb("restore", file, "--passphrase-file", phrase)).MustSucceed();
        (await embedded.Verb("verify")).MustSucceed();
        await using var centre = await Centre.Start(embedded);
        using var clerk = new Caller(() => centre.Address) { Cookie = desk.Clerk.Cookie };
        (await desk.Send(await desk.Draft(type), clerk: clerk)).As<Order>();
        (await embedded.Verb("verify")).MustSucceed();
    }

    private static async Task Soon(Func<Task<bool>> happened)
    {
        var ends = TimeProvider.System.GetUtcNow().AddSeconds(10);
        while (!await happened())
        {
            Assert.True(TimeProvider.System.GetUtcNow() < ends, "It did not show within ten seconds.");
            await Task.Delay(50);
        }
    }
}

/// <summary>What ends a day or a program, with two programs of its own.</summary>
public sealed class ManyProgramsEndTests : IAsyncLifetime
{
    private readonly TwoPrograms _both = new();
    private PostgresPark Park => _both.Park;

    public Task InitializeAsync() => _both.InitializeAsync();
    public Task DisposeAsync() => _both.DisposeAsync();

    [Fact]
    public async Task While_one_program_closes_the_day_the_other_sells_nothing_into_it()
    {
        var type = await Park.NewType(fen: 300);
        var (desk, finance) = (await Park.NewDesk(0), await Park.The("finance"));
        var there = _both.There(desk.Clerk);
        await desk.Sell(type, quantity: 2);
        await desk.Send(await desk.Draft(type), clerk: there);
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 900, reason = "" })).MustBeDone();
        var late = await Park.NewDesk(0);
        var (draft, lateThere) = (await late.Draft(type), _both.There(late.Clerk));
        (await late.Clerk.Post($"/api/shifts/{late.Shift}/close", new { countedFen = 0, reason = "" })).MustBeDone();
        var sheet = (await finance.Post($"/api/days/{Park.Today:yyyy-MM-dd}/close", new { })).As<ClosingSheet>();
        Assert.Equal((0, 900), (sheet.DifferenceFen, sheet.Totals.SalesFen));
        Assert.False((await late.Send(draft, clerk: lateThere)).Done);
        await Park.MustVerify();
    }

    [Fact]
    public async Task When_one_program_is_killed_the_other_goes_on_and_the_first_comes_back()
    {
        var desk = await Park.NewDesk(0);
        var there = _both.There(desk.Clerk);
        var type = await Park.NewType(fen: 500);
        var draft = await desk.Draft(type);
        for (var round = 0; round < 2; round++)
        {
            var selling = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
            {
                try { while (true) (await desk.Send(draft)).As<Order>(); }
                catch (HttpRequestException) { /* Its program is gone. */ }
            })).ToArray();
            await Task.Delay(150);
            await Park.Centre.Kill();
            await Task.WhenAll(selling);
            for (var n = 0; n < 5; n++) (await desk.Send(draft, clerk: there)).As<Order>();
            Park.Centre = await Centre.Start(Park.Store);
        }
        await desk.Sell(type);
        await Park.MustVerify();
    }
}
