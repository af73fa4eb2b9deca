using System.Globalization;

namespace Shanmen.Modules.Tests.Selling;

/// <summary>时段: quotas that count each time slot by itself, from the office to the gate (M04, A-02, U-08; I3).</summary>
public abstract class TimeSlotTests(TestPark park)
{
    private const string Over = "03:00", Now = "11:00", Next = "15:00", Last = "19:00";

    private sealed record Quota(Guid Id, int Edit, Guid[] TypeIds);
    private sealed record QuotaDay(DateOnly Day, int? Limit, bool SetByHand, long Taken, long? Left, bool Warns, QuotaSlot[]? Slots);
    private sealed record QuotaSlot(string At, string Until, int? Limit, bool SetByHand, long Taken, long KeptBack, long? Left, bool Warns);
    private sealed record Warning(Guid Id, DateOnly Day, string? Slot, long Taken, int Limit);

    // Around noon on the park's clock: the first two of five slots are over, the third has begun.
    private object Pattern(DateOnly? from = null, DateOnly? until = null, string first = Over, int minutes = 240, int count = 5, int early = 0, int late = 0, object[]? own = null) =>
        new { from = from ?? park.Today, until, first, minutes, count, earlyMinutes = early, lateMinutes = late, own = own ?? [] };

    private Task<Reply> Put(Guid id, Guid[] types, int? limit, object? slots, int edit = 0, bool active = true, int? warn = null) => park.Admin.Put($"/api/quotas/{id}",
        new { edit, name = "玻璃栈道", typeIds = types, limit, warnPercent = warn, stops = true, keeps = Array.Empty<object>(), active, slots });

    private async Task<Quota> NewQuota(Guid[] types, int? limit, object? slots = null, int? warn = null) => (await Put(park.Admin.NewKey(), types, limit, slots ?? Pattern(), warn: warn)).As<Quota>();

    private async Task<QuotaDay> On(Quota quota, DateOnly? day = null) =>
        (await park.Admin.Read<QuotaDay[]>($"/api/quotas/{quota.Id}/days?from={day ?? park.Today:yyyy-MM-dd}&to={day ?? park.Today:yyyy-MM-dd}")).Single();

    private async Task<QuotaSlot> In(Quota quota, string slot, DateOnly? day = null) => (await On(quota, day)).Slots!.Single(s => s.At == slot);

    private static async Task<Sale> Draft(Desk desk, DateOnly day, PaymentPart[]? payments, params (Guid Type, int Quantity, string? Slot)[] lines)
    {
        var sheet = await desk.Sheet(day);
        var total = lines.Sum(l => sheet.Types.Single(t => t.Id == l.Type).UnitFen * l.Quantity);
        return new(desk.Shift, day, sheet.Version, total, [.. lines.Select(l => new SaleLine(l.Type, l.Quantity, 1, l.Slot))], payments ?? [Desk.Cash(total)], false, null);
    }

    private async Task<Order> Sell(Desk desk, Guid type, int quantity, string? slot, DateOnly? day = null, bool paid = true) =>
        (await desk.Send(await Draft(desk, day ?? park.Today, paid ? null : [], (type, quantity, slot)))).As<Order>();

    private async Task<Reply> Try(Desk desk, Guid type, int quantity, string? slot, DateOnly? day = null) => await desk.Send(await Draft(desk, day ?? park.Today, null, (type, quantity, slot)));

    [Fact]
    public async Task Each_slot_is_sold_until_it_is_full_or_over_and_gives_its_places_back()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (adult, child, other) = (await park.NewType(), await park.NewType(), await park.NewType());
        var quota = await NewQuota([adult, child], 5, Pattern(own: [new { at = Last, limit = 0 }]));
        Assert.Equal([(Now, "15:00", 5L), (Next, "19:00", 5L), (Last, "23:00", 0L)], (await desk.Offer(adult)).Slots!.Select(s => (s.At, s.Until, s.Left!.Value)));
        Assert.Null((await desk.Offer(other)).Slots);

        var order = (await desk.Send(await Draft(desk, park.Today, null, (adult, 2, Now), (child, 1, Now), (adult, 1, Next), (other, 1, null)))).As<Order>();
        Assert.Equal([Now, Now, Next, null], order.Lines.Select(l => l.Slot?.At));
        Assert.Equal([(Now, "11:00", "14:59"), (Now, "11:00", "14:59"), (Now, "11:00", "14:59"), (Next, "15:00", "18:59"), (null, "00:00", "23:59")],
            order.Tickets.Select(t => (t.Slot?.At, t.FromTime, t.ToTime)));
        Assert.Equal(order.Tickets.Select(t => t.Slot), (await desk.Order(order.Id)).Tickets.Select(t => t.Slot));
        var held = await Sell(desk, child, 2, Now, paid: false);
        Assert.Equal((5L, 0L, 1L), ((await In(quota, Now)).Taken, (await In(quota, Now)).Left, (await In(quota, Next)).Taken));
        Assert.Equal(6, (await On(quota)).Taken);

        var full = (await Try(desk, adult, 1, Now)).MustBe(409, "quotaFull");
        Assert.Contains("玻璃栈道 11:00", full.Detail);
        (await Try(desk, adult, 1, Last)).MustBe(409, "quotaFull");
        (await Try(desk, adult, 1, null)).MustBe(409, "slotMissing");
        (await Try(desk, adult, 1, "11:30")).MustBe(409, "slotUnknown");
        (await Try(desk, adult, 1, "23:00")).MustBe(409, "slotUnknown");
        (await Try(desk, other, 1, Now)).MustBe(409, "slotUnknown");
        (await Try(desk, adult, 1, Over)).MustBe(409, "slotOver");
        await Sell(desk, adult, 1, Over, park.Today.AddDays(1));
        // One of two lines does not fit its slot: nothing is sold.
        (await desk.Send(await Draft(desk, park.Today, null, (adult, 1, Next), (child, 1, Now)))).MustBe(409, "quotaFull");
        Assert.Equal(1, (await In(quota, Next)).Taken);

        (await desk.Return(order.Tickets[0].Id, manager)).MustBeDone();
        (await desk.Clerk.Post($"/api/orders/{held.Id}/cancel", new { shiftId = desk.Shift })).MustBeDone();
        Assert.Equal((2L, 3L), ((await In(quota, Now)).Taken, (await In(quota, Now)).Left));
        var later = await Sell(desk, child, 3, Now, paid: false);
        var paid = (await desk.Clerk.Post($"/api/orders/{later.Id}/pay", new { shiftId = desk.Shift, payments = new[] { Desk.Cash(later.TotalFen) } })).As<Order>();
        Assert.All(paid.Tickets, t => Assert.Equal((Now, "14:59"), (t.Slot!.At, t.ToTime)));
        await park.MustVerify();
    }

    [Fact]
    public async Task The_gate_admits_in_the_slot_and_in_the_minutes_around_it()
    {
        var desk = await park.NewDesk();
        var (type, lenient) = (await park.NewType(), await park.NewType());
        await NewQuota([type], 50);
        await NewQuota([lenient], 50, Pattern(early: 240));
        var (now, next, soon) = (await Sell(desk, type, 1, Now), await Sell(desk, type, 1, Next), await Sell(desk, lenient, 1, Next));
        Assert.Equal("admitted", (await park.Admit(now.Tickets[0].Qr)).Word);
        Assert.Equal("tooEarly", (await park.Admit(next.Tickets[0].Qr)).Reason);
        Assert.Equal("11:00", soon.Tickets[0].FromTime);
        Assert.Equal("admitted", (await park.Admit(soon.Tickets[0].Qr)).Word);
        await park.MustVerify();
    }

    [Fact]
    public async Task Of_many_windows_at_the_last_places_of_a_slot_as_many_sell_as_there_are()
    {
        var desk = await park.NewDesk(0);
        Guid[] types = [await park.NewType(), await park.NewType()];
        var quota = await NewQuota(types, 20);
        var drafts = new[] { await Draft(desk, park.Today, null, (types[0], 1, Now)), await Draft(desk, park.Today, [], (types[1], 1, Now)), await Draft(desk, park.Today, null, (types[1], 1, Next)) };
        var replies = await Task.WhenAll(Enumerable.Range(0, 90).Select(n => desk.Send(drafts[n % 3])));
        Assert.Equal(40, replies.Count(r => r.Done));
        foreach (var refused in replies.Where(r => !r.Done)) refused.MustBe(409, "quotaFull");
        Assert.Equal([0, 0, 20, 20, 0], (await On(quota)).Slots!.Select(s => s.Taken));
        await park.MustVerify();
    }

    [Fact]
    public async Task What_is_sold_keeps_its_slot_and_a_type_has_one_time_a_day()
    {
        var (desk, manager) = (await park.NewDesk(), await park.The("manager"));
        var (type, more, early) = (await park.NewType(), await park.NewType(), await park.NewType());
        var (tomorrow, week) = (park.Today.AddDays(1), park.Today.AddDays(7));
        var unslotted = await desk.Sell(early, day: tomorrow);
        var quota = await NewQuota([type], 10);
        var order = await Sell(desk, type, 2, Next, tomorrow);

        foreach (var (types, slots, active) in new (Guid[], object, bool)[]
        {
            ([type], Pattern(first: "03:30", count: 4), true), ([type], Pattern(minutes: 120), true), ([type], Pattern(late: 10), true), ([more], Pattern(), true), ([type], Pattern(), false),
            ([type], Pattern(until: park.Today), true), ([type], Pattern(from: week), true),
        })
            Assert.Contains($"{tomorrow:yyyy-MM-dd}", (await Put(quota.Id, types, 10, slots, quota.Edit, active)).MustBe(409, "slotsSold").Detail);
        (await Put(quota.Id, [type], 10, null, quota.Edit)).MustBe(409, "slotsFixed");
        Assert.Contains("玻璃栈道", (await Put(park.Admin.NewKey(), [more, type], 10, Pattern(from: week))).MustBe(409, "slotsMeet").Detail);
        Assert.Contains($"{tomorrow:yyyy-MM-dd}", (await Put(park.Admin.NewKey(), [early], 10, Pattern())).MustBe(409, "soldWithoutSlot").Detail);
        // A type that sold nothing may come and go.
        quota = (await Put(quota.Id, [type, more], 10, Pattern(), quota.Edit)).As<Quota>();
        quota = (await Put(quota.Id, [type], 10, Pattern(), quota.Edit)).As<Quota>();
        // Places, the number of slots and types that sold nothing may change; an end after what is sold, and a beginning after it.
        quota = (await Put(quota.Id, [type, more], 12, Pattern(until: week, count: 3), quota.Edit)).As<Quota>();
        (await Try(desk, type, 1, Next, tomorrow)).MustBe(409, "slotUnknown");
        Assert.Equal("15:00", (await desk.Order(order.Id)).Tickets[0].Slot!.At);
        var winter = (await Put(park.Admin.NewKey(), [type], 10, Pattern(from: week.AddDays(1), minutes: 60, count: 20))).As<Quota>();
        Assert.Equal("06:00", (await Sell(desk, type, 1, "06:00", week.AddDays(1))).Tickets[0].Slot!.At);
        Assert.Equal(0, (await On(winter, week)).Taken);
        await NewQuota([early], 10, Pattern(from: tomorrow.AddDays(1)));
        (await desk.Return(unslotted.Tickets[0].Id, manager)).MustBeDone();

        // With the last place given back nothing holds it any more.
        foreach (var ticket in order.Tickets) (await desk.Return(ticket.Id, manager)).MustBeDone();
        (await Put(quota.Id, [type, more], 12, Pattern(first: "06:00", count: 2, until: week), quota.Edit)).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task A_slot_of_a_day_is_set_by_hand_warns_and_closes()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType();
        var quota = await NewQuota([type], 10, Pattern(own: [new { at = Last, limit = 4 }]), warn: 50);
        var (today, tomorrow) = (park.Today, park.Today.AddDays(1));
        Task<Reply> Set(int? limit, bool unlimited, string[]? slots, params DateOnly[] days) => park.Admin.Put($"/api/quotas/{quota.Id}/days", new { days, limit, unlimited, slots });
        (await Set(6, false, null, today, tomorrow)).MustBeDone();
        (await Set(0, false, [Now], today)).MustBeDone();
        (await Set(null, true, [Last], tomorrow)).MustBeDone();
        Assert.Equal([6, 6, 0, 6, 4], (await On(quota)).Slots!.Select(s => s.Limit!.Value));
        Assert.Equal([6, 6, 6, 6, null], (await On(quota, tomorrow)).Slots!.Select(s => s.Limit));
        Assert.Equal((22, null), ((await On(quota)).Limit, (await On(quota, tomorrow)).Limit));
        (await Try(desk, type, 1, Now)).MustBe(409, "quotaFull");
        await Sell(desk, type, 3, Next);
        Assert.Equal([(today, Next, 3L, 6)], (await park.Admin.Read<Warning[]>("/api/quota-warnings")).Where(w => w.Id == quota.Id).Select(w => (w.Day, w.Slot, w.Taken, w.Limit)));
        (await Set(null, false, [Now], today)).MustBeDone();
        await Sell(desk, type, 1, Now);
        (await Set(1, false, ["11:30"], today)).MustBe(422, "slotUnknown");
        (await Set(1, false, [], today)).MustBe(400, "wrongFields");
        await park.MustVerify();
    }

    [Fact]
    public async Task A_pattern_that_cannot_be_is_refused_by_its_field()
    {
        var type = await park.NewType();
        async Task Wrong(string field, Guid[] types, object slots) => Assert.Contains(field, (await Put(park.Admin.NewKey(), types, 10, slots)).MustBe(400, "wrongFields").Errors!.Keys);
        await Wrong("typeIds", [], Pattern());
        await Wrong("slots.until", [type], Pattern(until: park.Today.AddDays(-1)));
        await Wrong("slots.minutes", [type], Pattern(minutes: 4));
        await Wrong("slots.count", [type], Pattern(minutes: 5, count: 97));
        await Wrong("slots.count", [type], Pattern(count: 6));
        await Wrong("slots.lateMinutes", [type], Pattern(late: 241));
        await Wrong("slots.first", [type], Pattern(first: "02:30", count: 3));
        await Wrong("slots.own", [type], Pattern(own: [new { at = "11:01", limit = 1 }]));
        await Wrong("slots.own", [type], Pattern(own: [new { at = Now, limit = 1 }, new { at = Now, limit = 2 }]));
        await Wrong("slots.own", [type], Pattern(own: [null!]));
        await Wrong("slots.own[0].limit", [type], Pattern(own: [new { at = Now, limit = -1 }]));
        (await Put(park.Admin.NewKey(), [type], 10, new { from = park.Today })).MustBe(400, "malformed");
    }

    [Fact]
    public async Task A_count_of_a_slot_that_was_changed_by_hand_is_found()
    {
        var desk = await park.NewDesk();
        var type = await park.NewType();
        var quota = await NewQuota([type], 10);
        await Sell(desk, type, 2, Next);
        var cell = string.Create(CultureInfo.InvariantCulture, $"quota/{quota.Id:N}/{park.Today:yyyyMMdd}/1500");
        await using (var connection = await park.Store.Open()) await Store.Change(connection, $"update account set balance = balance - 1 where code like '%{cell}'");
        var result = await park.Store.Verb("verify", "--json");
        await using (var connection = await park.Store.Open()) await Store.Change(connection, $"update account set balance = balance + 1 where code like '%{cell}'");
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains($"{cell}: 1 places taken where the quota", result.Output);
        await park.MustVerify();
    }
}

public sealed class TimeSlotOnSqlite(SqlitePark park) : TimeSlotTests(park), IClassFixture<SqlitePark>;

public sealed class TimeSlotOnPostgres(PostgresPark park) : TimeSlotTests(park), IClassFixture<PostgresPark>;
