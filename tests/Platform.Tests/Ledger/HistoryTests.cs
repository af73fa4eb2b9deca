using Shanmen.Platform.Ledger;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>docs/algorithms/ledger.md, "An account's history".</summary>
public class HistoryTests
{
    private static readonly Account Purse = Account.Of(1, "purse/one", Unit.Fen, min: 0) with { KeepsEntries = true }, Shop = Account.Of(1, "shop/one", Unit.Fen, min: 0),
        Bank = Account.Of(1, "bank", Unit.Fen, min: -1_000_000);

    public static TheoryData<string> Kinds() => TestStore.Kinds();

    private static async Task<TestStore> Filled(string kind)
    {
        var store = await Acting.Open(kind);
        for (var n = 1; n <= 30; n++)
        {
            store.Clock.TrySet(store.Clock.GetUtcNow().AddMinutes(1));
            Assert.Null(await (n % 3 == 0 ? store.Move(Purse, Shop, n) : store.Move(Bank, Purse, n * 10)));
        }
        var (posted, voided) = (Guid.CreateVersion7(store.Clock.GetUtcNow()), Guid.CreateVersion7(store.Clock.GetUtcNow()));
        Assert.Null(await store.Hold(posted, Purse, Shop, 100));
        Assert.Null(await store.Hold(voided, Purse, Shop, 100));
        Assert.Null(await store.Post(posted, 70));
        Assert.Null(await store.Void(voided));
        return store;
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_statement_has_running_balances_and_is_read_page_by_page(string kind)
    {
        await using var store = await Filled(kind);
        List<Entry> all = [];
        for (var page = await AccountHistory.Entries(store.Database, Purse, count: 9); page.Count > 0; page = await AccountHistory.Entries(store.Database, Purse, all[^1].Number, 9)) all.AddRange(page);
        all.Reverse();
        // The hold that was voided moved nothing, and of the other what was posted.
        Assert.Equal(Enumerable.Range(1, 31).Select(n => (long)n), all.Select(e => e.Number));
        Assert.Equal(-70, all[^1].Amount);
        var balance = 0L;
        foreach (var entry in all) Assert.Equal(balance += entry.Amount, entry.Balance);
        Assert.Equal((await store.Of(Purse)).Balance, balance);
        Assert.Empty(await AccountHistory.Entries(store.Database, Shop));
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_day_of_any_account_is_walked_page_by_page(string kind)
    {
        await using var store = await Filled(kind);
        var day = new DateOnly(2026, 10, 3);
        List<Movement> all = [];
        for (var page = await AccountHistory.OfDay(store.Database, Shop, day, count: 4); page.Count > 0; page = await AccountHistory.OfDay(store.Database, Shop, day, all[^1], 4))
        {
            Assert.True(page.Count <= 4);
            all.AddRange(page);
        }
        Assert.Equal([3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 70], all.Select(m => m.Amount));
        Assert.Equal((await store.Of(Shop)).Balance, all.Sum(m => m.Amount));
        Assert.Equal(-3, (await AccountHistory.OfDay(store.Database, Purse, day, count: 3))[2].Amount);
        Assert.Empty(await AccountHistory.OfDay(store.Database, Shop, day.AddDays(1)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_account_may_begin_to_keep_entries_and_goes_on_whoever_names_it(string kind)
    {
        await using var store = await Acting.Open(kind);
        Assert.Null(await store.Move(Bank, Shop, 500));
        Assert.Null(await store.Move(Bank, Shop with { KeepsEntries = true }, 20));
        Assert.Null(await store.Move(Shop, Bank, 3));
        Assert.Equal([(2L, -3L, 517L), (1L, 20L, 520L)], (await AccountHistory.Entries(store.Database, Shop)).Select(e => (e.Number, e.Amount, e.Balance)));
        await store.MustVerify();
    }
}
