using Microsoft.Extensions.Logging.Abstractions;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>docs/algorithms/ledger.md, "Holds".</summary>
public class HoldTests
{
    private static readonly Account Unsold = Account.Of(1, "unsold/day", Unit.Piece), Places = Account.Of(1, "places/day/20261003", Unit.Piece, min: 0, max: 7),
        Purse = Account.Of(1, "purse/one", Unit.Fen, min: 0), Shop = Account.Of(1, "shop/one", Unit.Fen, min: 0), Bank = Account.Of(1, "bank", Unit.Fen, min: -1_000_000);

    public static TheoryData<string> Kinds() => TestStore.Kinds();
    private static Guid Id(TestStore store) => Guid.CreateVersion7(store.Clock.GetUtcNow());

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_hold_reserves_on_both_sides_and_posting_moves(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Purse, 100));
        var id = Id(store);
        Assert.Null(await store.Hold(id, Purse, Shop, 60));
        Assert.Equal((100, 60, 0), await store.Of(Purse));
        Assert.Equal((0, 0, 60), await store.Of(Shop));
        // What is held is spent by nobody else, and what is only coming is not there yet.
        Assert.Equal(TestRefusal.NoRoom, (await store.Move(Purse, Bank, 41))!.Reason);
        Assert.Equal(TestRefusal.NoRoom, (await store.Hold(Id(store), Purse, Bank, 41))!.Reason);
        Assert.Equal(TestRefusal.NoRoom, (await store.Move(Shop, Bank, 1))!.Reason);
        Assert.Null(await store.Move(Purse, Bank, 40));
        Assert.Null(await store.Post(id));
        Assert.Equal((0, 0, 0), await store.Of(Purse));
        Assert.Equal((60, 0, 0), await store.Of(Shop));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_a_hold_that_is_posted_in_part_the_rest_is_free(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Purse, 100));
        var id = Id(store);
        Assert.Null(await store.Hold(id, Purse, Shop, 80));
        Assert.Equal(HoldRefusal.LessIsHeld, (await store.Post(id, 81))!.Reason);
        Assert.Null(await store.Post(id, 30));
        Assert.Equal((70, 0, 0), await store.Of(Purse));
        Assert.Equal((30, 0, 0), await store.Of(Shop));
        var hold = Assert.Single(await HoldRow.Read(store.Database, [id]));
        Assert.Equal((Phase.Posted, 80, 30), (hold.State, hold.Amount, hold.Posted));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_hold_ends_once_and_whoever_comes_second_hears_how(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Purse, 1_000));
        var soon = store.Clock.GetUtcNow().AddMinutes(1);
        Guid[] ids = [Id(store), Id(store), Id(store)];
        foreach (var id in ids) Assert.Null(await store.Hold(id, Purse, Shop, 10, soon));
        Assert.Equal(TestRefusal.Taken, (await store.Hold(ids[0], Purse, Shop, 10))!.Reason);
        Assert.Equal(HoldRefusal.HoldStands, (await store.TimeOut(ids[2]))!.Reason);
        Assert.Null(await store.Post(ids[0]));
        Assert.Null(await store.Void(ids[1]));
        store.Clock.TrySet(soon.AddSeconds(1));
        Assert.Null(await store.TimeOut(ids[2]));
        HoldRefusal[] ended = [HoldRefusal.HoldPosted, HoldRefusal.HoldVoided, HoldRefusal.HoldTimedOut];
        foreach (var (id, how) in ids.Zip(ended))
            foreach (var again in new[] { store.Post(id), store.Void(id), store.TimeOut(id) }) Assert.Equal(how, (await again)!.Reason);
        Assert.Equal(HoldRefusal.HoldUnknown, (await store.Post(Id(store)))!.Reason);
        Assert.Equal((990, 0, 0), await store.Of(Purse));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Of_many_who_end_one_hold_at_once_one_does(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Purse, 1_000));
        for (var round = 0; round < 10; round++)
        {
            var id = Id(store);
            Assert.Null(await store.Hold(id, Purse, Shop, 10));
            var ends = await Task.WhenAll(store.Post(id), store.Void(id), store.TimeOut(id), store.Post(id, 5), store.Void(id));
            Assert.Single(ends, e => e is null);
        }
        Assert.Equal((0, 0), ((await store.Of(Purse)).Leaving, (await store.Of(Shop)).Coming));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task The_last_places_are_held_or_sold_once_and_a_lowered_quota_takes_nothing_back(string kind)
    {
        await using var store = await Acting.Open(kind);
        var ids = Enumerable.Range(0, 20).Select(_ => Id(store)).ToArray();
        var asked = await Task.WhenAll(ids.Select(id => store.Hold(id, Unsold, Places, 1)).Concat(Enumerable.Range(0, 5).Select(_ => store.Move(Unsold, Places, 1))));
        Assert.Equal(7, asked.Count(a => a is null));
        var now = await store.Of(Places);
        Assert.Equal(7, now.Balance + now.Coming);
        var held = ids.Where((_, i) => asked[i] is null).ToArray();
        Assert.NotEmpty(held);

        // The office lowers the quota to 2: whoever holds a place may still pay, nobody new gets one.
        var fewer = Places with { Max = 2 };
        Assert.Equal(TestRefusal.NoRoom, (await store.Move(Unsold, fewer, 1))!.Reason);
        foreach (var id in held[1..]) Assert.Null(await store.Post(id));
        Assert.Null(await store.Void(held[0]));
        Assert.Equal(TestRefusal.NoRoom, (await store.Hold(Id(store), Unsold, fewer, 1))!.Reason);
        Assert.Equal((6, 0, 0), await store.Of(Places));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task What_one_request_moves_and_holds_happens_together_or_not_at_all(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Purse, 50));
        var before = await store.Database.Number("select count(*) from transfer");
        var id = Id(store);
        Func<WriteGroup, Refusal?> pay(long fen) => group =>
        {
            group.Ledger.Move(Unsold, Places, 2, "places");
            group.Ledger.Holds.Open(id, Unsold, Places, 1, "places");
            if (fen == 51) return new Refusal(TestRefusal.NoRoom, 409);
            group.Ledger.Move(Purse, Shop, fen, "pay");
            return null;
        };
        // Refused after two of three, and a third that breaks a limit: neither leaves anything.
        Assert.Equal(TestRefusal.NoRoom, (await store.Do([Unsold, Places, Purse, Shop], pay(51), opens: [id]))!.Reason);
        await Assert.ThrowsAsync<InvalidOperationException>(() => store.Do([Unsold, Places, Purse, Shop], pay(52), opens: [id]));
        Assert.Equal(before, await store.Database.Number("select count(*) from transfer"));
        Assert.Equal((0, 0, 0), await store.Of(Places));
        Assert.Empty(await HoldRow.Read(store.Database, [id]));
        Assert.Null(await store.Do([Unsold, Places, Purse, Shop], pay(50), opens: [id]));
        Assert.Equal((2, 0, 1), await store.Of(Places));
        Assert.Equal(before + 3, await store.Database.Number("select count(*) from transfer"));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_time_out_fires_once_with_two_sweeps_and_after_the_program_was_down(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Purse, 1_000));
        var (soon, later) = (store.Clock.GetUtcNow().AddMinutes(5), store.Clock.GetUtcNow().AddHours(2));
        Guid[] ids = [.. Enumerable.Range(0, 30).Select(_ => Id(store))];
        foreach (var id in ids[..20]) Assert.Null(await store.Hold(id, Purse, Shop, 10, soon));
        foreach (var id in ids[20..29]) Assert.Null(await store.Hold(id, Purse, Shop, 10, later));
        // It belongs to something that ends it.
        Assert.Null(await store.Hold(ids[29], Purse, Shop, 10));
        Assert.Equal(0, await Sweep(store));

        store.Clock.TrySet(soon.AddSeconds(1));
        // Not swept yet, and no longer good.
        Assert.Equal(HoldRefusal.HoldTimedOut, (await store.Post(ids[0]))!.Reason);
        var swept = await Task.WhenAll(Sweep(store), Sweep(store));
        Assert.Equal(20, swept.Sum());
        Assert.Equal((1_000, 100, 0), await store.Of(Purse));

        // The program is down when the others' time comes.
        await store.Stop();
        store.Clock.TrySet(later.AddDays(1));
        await store.Queue();
        Assert.Equal(9, (await Task.WhenAll(Sweep(store), Sweep(store))).Sum());
        Assert.Equal(0, await Sweep(store));
        Assert.Equal((1_000, 10, 0), await store.Of(Purse));
        Assert.Equal(29, await store.Database.Number("select count(*) from log where kind = @1", nameof(HoldTimedOut)));
        Assert.Equal(29, await store.Database.Number("select count(*) from transfer where phase = 4"));
        await store.MustVerify();
    }

    private static async Task<int> Sweep(TestStore store) =>
        await new TimeOutHolds(store.Database, await store.Queue(), store.Clock, NullLogger<TimeOutHolds>.Instance).Run();
}
