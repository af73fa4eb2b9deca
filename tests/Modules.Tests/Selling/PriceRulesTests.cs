using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>价格规则: versions of the price rules over the whole way, from the office to the refund (M03, A-01, A-53, C6).</summary>
public abstract class PriceRulesTests(TestPark park)
{
    private sealed record Quoted(DateTimeOffset PricedAt, int? Version, long TotalFen, long TaxFen, int People, QuotedLine[] Lines);
    private sealed record QuotedLine(Guid TypeId, int Quantity, int People, long UnitFen, int Units, long OffFen, long TotalFen, long TaxFen, QuotedStep[] Steps);
    private sealed record QuotedStep(string Rule, string? Stage, bool OfUnit, long BeforeFen, long AfterFen, int Units);
    private sealed record VersionLine(Guid Id, int Number, DateTimeOffset From, bool Withdrawn, bool Holds);

    private static readonly object Always = new { days = (string[]?)null, first = (string?)null, last = (string?)null, kinds = (string[]?)null, weekdays = (int[]?)null, fromTime = (string?)null, toTime = (string?)null };
    private static readonly object Everybody = new { channel = (string?)null, agency = (string?)null, level = (string?)null };

    private static object Rule(string name, string stage, string effect, long amount, Guid[] types, int paid = 0, int from = 0, object? when = null, int priority = 0, object? who = null) =>
        new { id = Guid.CreateVersion7(), name, stage, effect, amount, paid, types, when = when ?? Always, who = who ?? Everybody, from, priority };

    private static object Set(string name, long fen, params (Guid Type, int Units)[] parts) => new
    {
        id = Guid.CreateVersion7(), name, parts = parts.Select(p => new { types = new[] { p.Type }, units = p.Units }), effect = "costs", amount = fen,
        when = Always, who = Everybody, priority = 1, timesMax = (int?)null,
    };

    private static object Version(int number, DateTimeOffset from, Guid[] types, object[] rules, params object[] sets) => new
    {
        number, from,
        rules = new { products = types.Select(typeId => new { typeId, per = "person", taxRate = 600 }), rules, sets, roundToFen = 1, roundingMode = "halfUp", taxPer = "line" },
    };

    private async Task<int> Next() => (await park.Admin.Read<VersionLine[]>("/api/price-versions")).Select(v => v.Number).DefaultIfEmpty(0).Max() + 1;

    private Task<Reply> Put(object version, Guid? id = null) => park.Admin.Put($"/api/price-versions/{id ?? park.Admin.NewKey()}", version);

    /// <summary>Saves a version and waits until it holds.</summary>
    private async Task<int> Begin(Guid[] types, object[] rules, params object[] sets)
    {
        var number = await Next();
        var from = park.Clock();
        // A busy machine needs longer until the version is saved than it was given to begin.
        for (var leadMs = 400; ; leadMs *= 2)
        {
            from = park.Clock().AddMilliseconds(leadMs);
            var reply = await Put(Version(number, from, types, rules, sets));
            if (reply.Done) break;
            reply.MustBe(422, "beginsInThePast");
        }
        while (park.Clock() <= from.AddMilliseconds(20)) await Task.Delay(20);
        return number;
    }

    private Task<Quoted> Quote(Desk desk, params (Guid Type, int Quantity, int People)[] lines) =>
        desk.Clerk.Read<Quoted>($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={string.Join(',', lines.Select(l => $"{l.Type}:{l.Quantity}:{l.People}"))}");

    private async Task<Reply> Sell(Desk desk, long totalFen, DateTimeOffset? pricedAt, params (Guid Type, int Quantity, int People)[] lines) => await desk.Clerk.Post("/api/orders", new
    {
        shiftId = desk.Shift, visitDay = park.Today, priceVersion = "", totalFen, lines = lines.Select(l => new { typeId = l.Type, quantity = l.Quantity, people = l.People }),
        payments = new[] { Desk.Cash(totalFen) }, onOneTicket = false, buyer = (object?)null, pricedAt,
    });

    [Fact]
    public async Task A_voucher_is_taken_off_what_the_rules_make_of_it_and_stays_with_what_stays()
    {
        var (desk, manager, adult, child) = (await park.NewDesk(), await park.The("manager"), await park.NewType(0), await park.NewType(0));
        await Begin([adult, child], [Rule("成人", "day", "costs", 100_00, [adult]), Rule("儿童", "day", "costs", 60_00, [child]), Rule("十张八折", "quantity", "pays", 8_000, [adult], from: 10)], Set("一家", 220_00, (adult, 2), (child, 1)));
        var kind = park.Admin.NewKey();
        (await park.Admin.Put($"/api/voucher-kinds/{kind}", new { edit = 0, name = "立减", nameEn = "", terms = new { effect = "less", amount = 30_00, typeIds = new[] { adult, child }, units = 0, leastFen = 220_00 }, budgetFen = 0, comesBack = true, active = true })).MustBeDone();
        (await park.Admin.Post("/api/voucher-batches", new { kindId = kind, vouchers = 1, uses = 9, code = "RULES30", from = park.Today, to = park.Today, issuer = "市场部", receiver = "游客", target = "", note = "", approval = new { login = manager.Login, password = manager.Password } })).MustBeDone();
        var quote = await desk.Clerk.Read<Quoted>($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={adult}:2:1,{child}:1:1&vouchers=rules30");
        Assert.Equal((190_00L, "一家, 立减 RULES30"), (quote.TotalFen, string.Join(", ", quote.Lines[0].Steps.Where(step => !step.OfUnit).Select(step => step.Rule))));
        Assert.Equal(quote.TotalFen, quote.Lines.Sum(line => line.TotalFen));
        var sale = System.Text.Json.JsonSerializer.SerializeToNode(await desk.Draft(adult), Caller.Json)!.AsObject();
        (sale["totalFen"], sale["vouchers"]) = (190_00, new JsonArray("RULES30"));
        sale["lines"] = System.Text.Json.JsonSerializer.SerializeToNode(new SaleLine[] { new(adult, 2, 1), new(child, 1, 1) }, Caller.Json);
        sale["payments"] = System.Text.Json.JsonSerializer.SerializeToNode(new[] { Desk.Card(190_00) }, Caller.Json);
        var order = (await desk.Clerk.Post("/api/orders", sale)).As<Order>();
        // Two adults come to 200.00 by themselves, for which the coupon is not good; with the child they were 190.00, which is less.
        var gone = order.Tickets.Single(t => t.TypeId == child);
        Assert.Equal(0, (await desk.Return(gone.Id, manager)).As<Returned>().RefundFen);
        Assert.Equal(190_00, (await desk.Return(order.Tickets[0].Id, manager, with: [order.Tickets[1].Id])).As<Returned>().RefundFen);
        Assert.Equal(0, (int)(await desk.Clerk.Read<JsonObject>("/api/vouchers/look?code=RULES30"))["used"]!);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_line_for_a_slot_has_the_price_of_the_slots_hour_whenever_it_is_bought()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (type, plain) = (await park.NewType(0), await park.NewType(0));
        await Begin([type, plain], [Rule("平日", "day", "costs", 8_000, [type, plain]),
            Rule("夜场", "day", "costs", 4_000, [type, plain], when: new { days = (string[]?)null, first = (string?)null, last = (string?)null, kinds = (string[]?)null, weekdays = (int[]?)null, fromTime = "17:00", toTime = "22:00" })]);
        (await park.Admin.Put($"/api/quotas/{park.Admin.NewKey()}", new
        {
            edit = 0, name = "观光车", typeIds = new[] { type }, limit = 9, warnPercent = (int?)null, stops = true, keeps = Array.Empty<object>(), active = true,
            slots = new { from = park.Today, until = (DateOnly?)null, first = "03:00", minutes = 240, count = 5, earlyMinutes = 0, lateMinutes = 0, own = Array.Empty<object>() },
        })).MustBeDone();
        // It is noon at the park: without a slot no evening price, and with one that of its slot.
        Assert.Equal([("11:00", 8_000L), ("15:00", 8_000L), ("19:00", 4_000L)], (await desk.Offer(type)).Slots!.Select(s => (s.At, s.UnitFen)));
        var tomorrow = park.Today.AddDays(1);
        foreach (var day in new[] { park.Today, tomorrow })
        {
            var quote = await desk.Clerk.Read<Quoted>($"/api/quote?day={day:yyyy-MM-dd}&lines={type}:2:1:1900,{type}:1:1:1500,{plain}:1:1");
            Assert.Equal([8_000L, 8_000L, 8_000L], quote.Lines.Select(l => l.TotalFen));
            Assert.Equal("夜场", quote.Lines[0].Steps.Single().Rule);
        }
        var order = (await desk.Send(new(desk.Shift, tomorrow, "", 24_000, [new(type, 2, 1, "19:00"), new(type, 1, 1, "15:00"), new(plain, 1, 1)], [Desk.Cash(24_000)], false, null))).As<Order>();
        (await desk.Send(new(desk.Shift, tomorrow, "", 16_000, [new(type, 2, 1, "19:00")], [Desk.Cash(16_000)], false, null))).MustBe(409, "priceChanged");
        Assert.Equal(4_000, (await desk.Return(order.Tickets[0].Id, manager)).As<Returned>().RefundFen);
        Assert.Equal(8_000, (await desk.Return(order.Tickets[2].Id, manager)).As<Returned>().RefundFen);
        await park.MustVerify();
    }

    [Fact]
    public async Task A_family_pays_what_its_set_says_and_gets_it_all_back_in_any_order()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (adult, child) = (await park.NewType(0), await park.NewType(0));
        await Begin([adult, child], [Rule("成人价", "day", "costs", 80_00, [adult]), Rule("儿童价", "day", "costs", 40_00, [child])], Set("一家三口", 180_00, (adult, 2), (child, 1)));
        var sheet = await desk.Sheet();
        Assert.Equal([80_00L, 40_00], sheet.Types.Where(t => t.Id == adult || t.Id == child).OrderByDescending(t => t.UnitFen).Select(t => t.UnitFen));

        var quote = await Quote(desk, (adult, 2, 1), (child, 2, 1));
        Assert.Equal((220_00, 4), (quote.TotalFen, quote.People));
        Assert.Equal(quote.TotalFen, quote.Lines.Sum(l => l.TotalFen));
        Assert.Equal(["成人价", "一家三口"], quote.Lines[0].Steps.Select(s => s.Rule));
        Assert.Equal((160_00, 144_00), (quote.Lines[0].Steps[1].BeforeFen, quote.Lines[0].Steps[1].AfterFen));
        Assert.Equal(8_15, quote.Lines[0].TaxFen);

        (await Sell(desk, 240_00, null, (adult, 2, 1), (child, 2, 1))).MustBe(409, "priceChanged");
        foreach (var childFirst in new[] { true, false })
        {
            var order = (await Sell(desk, 220_00, null, (adult, 2, 1), (child, 2, 1))).As<Order>();
            Assert.Equal(220_00, order.Tickets.Sum(t => t.PriceFen));
            Assert.Equal([72_00, 72_00, 38_00, 38_00], order.Tickets.Select(t => t.PriceFen));
            // Two adults and a child keep the set's price, so the second child brings back its own and no part of the set.
            long[] expected = childFirst ? [40_00, 20_00, 80_00, 80_00] : [60_00, 80_00, 40_00, 40_00];
            var tickets = childFirst ? order.Tickets.Reverse() : order.Tickets;
            foreach (var (ticket, fen) in tickets.Zip(expected))
                Assert.Equal(fen, (await desk.Return(ticket.Id, manager)).As<Returned>().RefundFen);
            Assert.Equal(220_00, (await desk.Order(order.Id)).RefundedFen);
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task In_whatever_order_a_set_goes_back_partners_have_what_stays_and_in_the_end_nothing()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        (await park.Admin.Put("/api/dictionaries", new { kind = "partner", edit = 0, entries = new[] { new { code = "car", name = "索道公司", nameEn = "", active = true }, new { code = "show", name = "剧场", nameEn = "", active = true } } })).MustBeDone();
        var (ride, play) = (await park.NewType(0), await park.NewType(0));
        await park.Change(ride, "sharing", """{"ownWeight":0,"partners":[{"partner":"car","fixedFen":0,"weight":1}]}""");
        await park.Change(play, "sharing", """{"ownWeight":1,"partners":[{"partner":"show","fixedFen":0,"weight":1}]}""");
        await Begin([ride, play], [Rule("索道", "day", "costs", 80_00, [ride]), Rule("演出", "day", "costs", 120_00, [play])], Set("套票", 150_00, (ride, 1), (play, 1)));
        foreach (var rideFirst in new[] { true, false })
        {
            var order = (await Sell(desk, 150_00, null, (ride, 1, 1), (play, 1, 1))).As<Order>();
            Assert.Equal((60_00, 45_00), (await Owed("car"), await Owed("show")));
            var (first, last) = rideFirst ? (order.Tickets[0], order.Tickets[1]) : (order.Tickets[1], order.Tickets[0]);
            // What stays has lost the set: its own price is dearer, and its partner's part of it grows.
            Assert.Equal(rideFirst ? 30_00 : 70_00, (await desk.Return(first.Id, manager)).As<Returned>().RefundFen);
            Assert.Equal(rideFirst ? (0, 60_00) : (80_00, 0), (await Owed("car"), await Owed("show")));
            (await desk.Return(last.Id, manager)).MustBeDone();
            Assert.Equal((0, 0), (await Owed("car"), await Owed("show")));
        }
        await park.MustVerify();

        async Task<long> Owed(string partner) =>
            (long)(await park.Admin.Read<JsonObject>($"/api/reports/shares?from={park.Today:yyyy-MM-dd}&to={park.Today:yyyy-MM-dd}&partner={partner}"))["owedFen"]!;
    }

    [Fact]
    public async Task An_agency_pays_by_its_contract_when_it_buys_and_when_some_of_it_goes_back()
    {
        var (desk, manager, type) = (await park.NewDesk(), await park.The("manager"), await park.NewType(0));
        (await park.Admin.Put("/api/dictionaries", new { kind = "agency", edit = 0, entries = new[] { new { code = "yunling", name = "云岭旅行社", nameEn = "", active = true }, new { code = "hulu", name = "葫芦旅行社", nameEn = "", active = true } } })).MustBeDone();
        object[] Rules(string agency) => [Rule("平日", "day", "costs", 80_00, [type]), Rule("协议", "terms", "costs", 60_00, [type], who: new { channel = (string?)null, agency, level = (string?)null }),
            Rule("三免一", "quantity", "manyForFewer", 3, [type], paid: 2)];
        Assert.Equal(["rules.rules[1].who.agency"], (await Put(Version(await Next(), park.Clock().AddDays(1), [type], Rules("nobody")))).MustBe(400, "wrongFields").Errors!.Keys);
        await Begin([type], Rules("yunling"));

        async Task<long> Total(string by) => (await desk.Clerk.Read<Quoted>($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={type}:3:1{by}")).TotalFen;
        Assert.Equal((160_00, 120_00, 160_00), (await Total(""), await Total("&agency=yunling"), await Total("&agency=hulu")));
        (await desk.Clerk.Get($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={type}:3:1&agency=nobody")).MustBe(400, "wrongFields");

        var draft = new Sale(desk.Shift, park.Today, "", 120_00, [new(type, 3, 1)], [Desk.Cash(120_00)], false, new("杨导", "", ""), Agency: "yunling");
        (await desk.Send(draft with { Agency = null })).MustBe(409, "priceChanged");
        (await desk.Send(draft with { Agency = "hulu" })).MustBe(409, "priceChanged");
        (await desk.Send(draft with { TotalFen = 160_00, Payments = [Desk.Cash(160_00)] })).MustBe(409, "priceChanged");
        var paid = (await desk.Send(draft)).As<Order>();
        var placed = (await desk.Send(draft with { Payments = [] })).As<Order>();
        var later = (await desk.Clerk.Post($"/api/orders/{placed.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(120_00) } })).As<Order>();
        // Two of three cost it as much as all; a visitor's 80.00 would leave 40.00 for the second.
        foreach (var order in new[] { paid, later })
        {
            Assert.Equal("yunling", order.Agency);
            foreach (var (ticket, fen) in order.Tickets.Zip([0L, 60_00, 60_00]))
                Assert.Equal(fen, (await desk.Return(ticket.Id, manager)).As<Returned>().RefundFen);
        }
        // Whose order it is cannot be changed unseen.
        await park.MustFind([($"update orders set agency = 'hulu' where number = {paid.Number}", $"update orders set agency = 'yunling' where number = {paid.Number}", "agency")]);
    }

    [Fact]
    public async Task Tickets_go_back_one_by_one_or_all_at_once_for_the_same()
    {
        var (desk, manager, type) = (await park.NewDesk(floatFen: 1_000_000), await park.The("manager"), await park.NewType(0));
        await park.Change(type, "returns", """{"isReturnable":true,"steps":[],"flatFen":1600}""");
        await Begin([type], [Rule("价", "day", "costs", 100_00, [type]), Rule("十人起", "quantity", "costs", 80_00, [type], from: 10)]);
        // Ten and more pay 80.00 each, fewer 100.00: what stays is nine people at the price of ten, and not of nine.
        async Task<long> Back(params int[] clicks)
        {
            var order = (await desk.Send(new(desk.Shift, park.Today, "", 960_00, [new(type, 12, 1)], [Desk.Cash(960_00)], false, null))).As<Order>();
            var (sum, done) = (0L, 0);
            foreach (var count in clicks)
            {
                Guid[] going = [.. order.Tickets.Skip(done).Take(count).Select(t => t.Id)];
                var told = (await desk.RefundOf(order.Id, going)).RefundFen;
                sum += (await desk.Return(going[0], manager, with: going[1..], told: told)).As<Returned>().RefundFen;
                done += count;
            }
            Assert.Equal(sum, (await desk.Order(order.Id)).RefundedFen);
            return sum;
        }
        foreach (var clicks in new int[][] { [3], [1, 1, 1], [2, 1] }) Assert.Equal(128_00, await Back(clicks));
        foreach (var clicks in new int[][] { [12], [1, 2, 3, 1, 5], [11, 1] }) Assert.Equal(960_00 - (12 * 16_00), await Back(clicks));
        await park.MustVerify();
        var returned = (await desk.Send(new(desk.Shift, park.Today, "", 960_00, [new(type, 12, 1)], [Desk.Cash(960_00)], false, null))).As<Order>();
        (await desk.Return(returned.Tickets[0].Id, manager)).MustBeDone();
        await park.MustFind(
        [
            ("update sold_ticket set fee_fen = 1500 where fee_fen = 1600", "update sold_ticket set fee_fen = 1600 where fee_fen = 1500", "has not the fee"),
            ("update sold_ticket set fee_fen = 77 where fee_fen is null", "update sold_ticket set fee_fen = null where fee_fen = 77", "has not the fee"),
        ]);
    }

    [Fact]
    public async Task A_ticket_that_went_in_stays_in_the_price_of_the_rest()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var type = await park.NewType(0);
        await Begin([type], [Rule("价", "day", "costs", 100_00, [type]), Rule("二人减", "quantity", "less", 10_00, [type], from: 2)]);
        var order = (await Sell(desk, 180_00, null, (type, 2, 1))).As<Order>();
        Assert.Equal("admitted", (await park.Admit(order.Tickets[0].Qr)).Word);
        var shown = (await desk.Order(order.Id)).Tickets.Single(t => t.Id == order.Tickets[1].Id);
        Assert.Equal(new RefundQuote(90_00, 0, 10_00, 80_00, "cash"), await desk.RefundOf(order.Id, [shown.Id]));
        (await desk.Return(shown.Id, manager, told: 90_00)).MustBe(409, "refundChanged");
        Assert.Equal(80_00, (await desk.Return(shown.Id, manager, told: 80_00)).As<Returned>().RefundFen);
        await park.MustVerify();
    }

    [Fact]
    public async Task Where_the_rest_has_no_price_nothing_is_over_until_it_has()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var type = await park.NewType(0);
        await Begin([type], [Rule("价", "day", "costs", 50_00, [type]), Rule("二人减", "quantity", "less", 60_00, [type], from: 2), Rule("三人折", "quantity", "pays", 9_000, [type], from: 3)]);
        var order = (await Sell(desk, 135_00, null, (type, 3, 1))).As<Order>();
        foreach (var (ticket, fen) in order.Tickets.Zip([0L, 85_00, 50_00])) Assert.Equal(fen, (await desk.Return(ticket.Id, manager)).As<Returned>().RefundFen);
    }

    [Fact]
    public async Task The_price_that_was_shown_is_kept_for_a_quarter_of_an_hour_and_no_longer()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType(0);
        await Begin([type], [Rule("价", "day", "costs", 50_00, [type])]);
        var shown = await Quote(desk, (type, 1, 1));
        await Begin([type], [Rule("价", "day", "costs", 60_00, [type])]);
        (await Sell(desk, 50_00, null, (type, 1, 1))).MustBe(409, "priceChanged");
        Assert.Equal(50_00, (await Sell(desk, 50_00, shown.PricedAt, (type, 1, 1))).As<Order>().TotalFen);
        (await Sell(desk, 50_00, shown.PricedAt.AddMinutes(-16), (type, 1, 1))).MustBe(409, "priceChanged");
        // A moment that is still to come is not believed.
        (await Sell(desk, 50_00, park.Clock().AddHours(1), (type, 1, 1))).MustBe(409, "priceChanged");
        Assert.Equal(60_00, (await Sell(desk, 60_00, null, (type, 1, 1))).As<Order>().TotalFen);
    }

    [Fact]
    public async Task Prices_that_change_every_50_ms_never_mix_in_a_sale()
    {
        var type = await park.NewType(0);
        var desks = await Task.WhenAll(park.NewDesk(), park.NewDesk(), park.NewDesk());
        await Begin([type], [Rule("价", "day", "costs", 999_999, [type])]);
        // All twelve are saved before the first begins, also on a busy machine: else the sales meet the last one only. How long one takes is tried with one that is withdrawn.
        var (tried, watch) = (park.Admin.NewKey(), System.Diagnostics.Stopwatch.StartNew());
        (await Put(Version(await Next(), park.Clock().AddHours(1), [type], [Rule("价", "day", "costs", 999_998, [type])]), tried)).MustBeDone();
        var once = watch.Elapsed;
        (await park.Admin.Post($"/api/price-versions/{tried}/withdraw", new { })).MustBeDone();
        // Where the disk stood still for just these moments, too few versions were met to say anything, and more of them are made.
        for (var (attempt, met) = (0, 0); met <= 2; attempt++)
        {
            Assert.True(attempt < 4, "too few versions were met");
            var (number, from) = (await Next(), park.Clock().AddSeconds(2) + (24 * once));
            for (var i = 0; i < 12; i++)
                (await Put(Version(number + i, from.AddMilliseconds(50 * i), [type], [Rule("价", "day", "costs", 1_000_000 + number + i, [type])]))).MustBeDone();
            await Task.WhenAll(desks.Select(async desk =>
            {
                while (park.Clock() < from.AddMilliseconds(700))
                {
                    var quote = await Quote(desk, (type, 3, 1));
                    var reply = await Sell(desk, quote.TotalFen, Random.Shared.Next(2) == 0 ? quote.PricedAt : null, (type, 3, 1));
                    if (!reply.Done) reply.MustBe(409, "priceChanged");
                }
            }));
            await using var connection = await park.Store.Open();
            var orders = await Store.Rows(connection, $"select price_version, total_fen from {(park.Store.IsPostgres ? "public." : "")}orders where total_fen >= 3000000");
            Assert.DoesNotContain(orders, o => Convert.ToInt64(o[1]) != 3 * (1_000_000 + long.Parse((string)o[0]!)));
            met = orders.Select(o => (string)o[0]!).Distinct().Count();
        }
        await park.MustVerify();
    }

    [Fact]
    public async Task A_version_that_is_wrong_is_refused_with_every_fault_by_its_place()
    {
        var type = await park.NewType(0);
        var (number, soon) = (await Next(), park.Clock().AddHours(1));
        object day = Rule("甲", "day", "costs", 80_00, [type]);
        var wrong = await Put(Version(number, soon, [type], [day, Rule("乙", "day", "costs", 90_00, [type]), Rule("丙", "day", "pays", 9_500, [type], priority: 7), Rule("丁", "early", "less", 100, [type])]));
        var problem = wrong.MustBe(400, "wrongFields");
        Assert.Equal(["rules.rules[0]", "rules.rules[2]", "rules.rules[3]"], problem.Errors!.Keys.Order());
        Assert.Contains("乙", problem.Errors["rules.rules[0]"][0]);
        (await Put(Version(number, park.Clock().AddSeconds(-1), [type], [day]))).MustBe(422, "beginsInThePast");
        (await Put(Version(number + 1, soon, [type], [day]))).MustBe(409, "editedMeanwhile");
        (await Put(Version(number, soon, [Guid.CreateVersion7()], []))).MustBe(400, "wrongFields");
        (await Put(Version(number, soon, [type], [day, null!]))).MustBe(400, "wrongFields");

        var id = park.Admin.NewKey();
        (await Put(Version(number, soon, [type], [day]), id)).MustBeDone();
        // Of two managers who began with the same version the second is told, and his rules are not lost on his screen.
        (await Put(Version(number, soon, [type], [day]))).MustBe(409, "editedMeanwhile");
        (await park.Admin.Post($"/api/price-versions/{id}/withdraw", new { })).MustBeDone();
        (await park.Admin.Post($"/api/price-versions/{id}/withdraw", new { })).MustBeDone();
        Assert.True((await park.Admin.Read<VersionLine[]>("/api/price-versions")).Single(v => v.Id == id).Withdrawn);
        Assert.Equal("甲", (string)(await park.Admin.Read<JsonObject>($"/api/price-versions/{id}"))["rules"]!["rules"]![0]!["name"]!);
        (await (await park.The("clerk")).Put($"/api/price-versions/{park.Admin.NewKey()}", Version(number + 1, soon, [type], [day]))).MustBe(403, "notAllowed");
    }

    [Fact]
    public async Task With_rules_a_price_is_changed_by_a_version_and_nowhere_else()
    {
        var desk = await park.NewDesk();
        var (type, other) = (await park.NewType(0), await park.NewType(0));
        await Begin([type], [Rule("价", "day", "costs", 50_00, [type]), Rule("十张九折", "quantity", "pays", 9_000, [type], from: 10), Rule("晚场", "day", "costs", 30_00, [type],
            when: new { days = (string[]?)null, first = (string?)null, last = (string?)null, kinds = (string[]?)null, weekdays = (int[]?)null, fromTime = "23:58", toTime = "23:59" })]);
        var held = (await park.Admin.Read<VersionLine[]>("/api/price-versions")).Single(v => v.Holds);
        (await park.Admin.Post($"/api/price-versions/{held.Id}/withdraw", new { })).MustBe(409, "hasBegun");
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = 1_00, quota = (int?)null, unlimited = false })).MustBe(409, "pricesAreRules");
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = (long?)null, quota = 500, unlimited = false })).MustBeDone();
        // What the version does not name has no price, and is not on the sheet.
        Assert.DoesNotContain((await desk.Sheet()).Types, t => t.Id == other);
        (await Sell(desk, 1, null, (other, 1, 1))).MustBe(422, "unknownProduct");
        Assert.Equal(450_00, (await Sell(desk, 450_00, null, (type, 6, 1), (type, 4, 1))).As<Order>().TotalFen);
        (await desk.Clerk.Get($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={type}:1")).MustBe(400, "wrongFields");
        (await desk.Clerk.Get($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={Guid.CreateVersion7()}:1:1")).MustBe(404, "unknown");
        (await desk.Clerk.Get($"/api/quote?day={park.Today:yyyy-MM-dd}&lines={type}:1:2")).MustBe(422, "peopleOutOfRange");
    }
}

public class PriceRulesOnSqlite(SqlitePark park) : PriceRulesTests(park), IClassFixture<SqlitePark>;
public class PriceRulesOnPostgres(PostgresPark park) : PriceRulesTests(park), IClassFixture<PostgresPark>;
