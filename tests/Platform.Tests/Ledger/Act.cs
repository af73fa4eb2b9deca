using Shanmen.Platform.Ledger;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>A request that does what a test says, through the real write path.</summary>
/// <param name="accounts">Accounts to move between.</param>
/// <param name="opens">Ids of holds to open.</param>
/// <param name="ends">Holds to end.</param>
internal sealed class Act(Account[] accounts, Guid[] opens, HoldRow[] ends, Func<WriteGroup, Refusal?> decide) : IWrite
{
    private static int _asked;
    private readonly int _route = Interlocked.Increment(ref _asked);

    public sealed record Done(string What);

    public bool Alone => false;
    /// <summary>Another lane each time: what one lane holds, another ends.</summary>
    public int Route => _route;

    public void Touch(Touch touch)
    {
        foreach (var account in accounts) touch.Account(account);
        foreach (var id in opens) touch.Row(HoldRow.Table, id);
        foreach (var hold in ends) hold.Touch(touch);
    }

    public Outcome Decide(WriteGroup group)
    {
        if (decide(group) is { } refusal) return refusal;
        group.Record("Acted", Guid.NewGuid(), new Done("act"));
        return Outcome.Done(new Done("act"));
    }
}

/// <summary>The steps of holds as a test asks for them.</summary>
internal static class Acting
{
    /// <summary>A store whose requests take turns in several lanes, where there are any.</summary>
    public static async Task<TestStore> Open(string kind)
    {
        var store = await TestStore.Create(kind);
        if (kind == "postgres") store.Lanes = 4;
        await store.Queue();
        return store;
    }

    public static async Task<Refusal?> Do(this TestStore store, Account[] accounts, Func<WriteGroup, Refusal?> decide, Guid[]? opens = null, HoldRow[]? ends = null) =>
        (await (await store.Queue()).Send(new WriteKey(1, Guid.Empty, Guid.CreateVersion7(store.Clock.GetUtcNow()), []), new Act(accounts, opens ?? [], ends ?? [], decide))).Refusal;

    public static Task<Refusal?> Move(this TestStore store, Account from, Account to, long amount) => store.Do([from, to], group =>
    {
        if (!group.Ledger.Allows(from, to, amount)) return new Refusal(TestRefusal.NoRoom, 409);
        group.Ledger.Move(from, to, amount, "move");
        return null;
    });

    public static Task<Refusal?> Hold(this TestStore store, Guid id, Account from, Account to, long amount, DateTimeOffset? until = null) => store.Do([from, to], group =>
    {
        if (group.Ledger.Holds.Find(id) is not null) return new Refusal(TestRefusal.Taken, 409);
        if (!group.Ledger.Allows(from, to, amount)) return new Refusal(TestRefusal.NoRoom, 409);
        group.Ledger.Holds.Open(id, from, to, amount, "hold", until);
        return null;
    }, opens: [id]);

    public static Task<Refusal?> Post(this TestStore store, Guid id, long? amount = null) => store.End(id, holds => holds.Post(id, amount));
    public static Task<Refusal?> Void(this TestStore store, Guid id) => store.End(id, holds => holds.Void(id));
    public static Task<Refusal?> TimeOut(this TestStore store, Guid id) => store.End(id, holds => holds.TimeOut(id));

    private static async Task<Refusal?> End(this TestStore store, Guid id, Func<HoldSheet, HoldRefusal> end) => await store.Do([], group =>
        end(group.Ledger.Holds) is not HoldRefusal.None and var refusal ? new Refusal(refusal, 409) : null, ends: await HoldRow.Read(store.Database, [id]), opens: [id]);

    public static async Task<(long Balance, long Leaving, long Coming)> Of(this TestStore store, Account account) =>
        (await store.Database.Query(r => (r.Long(0), r.Long(1), r.Long(2)), "select balance, leaving, coming from account where id = @1", account.Id)).FirstOrDefault();

    public static async Task MustVerify(this TestStore store)
    {
        var report = await Shanmen.Platform.Verify.StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.True(report.Ok, report.ToText());
    }
}

internal enum TestRefusal { NoRoom, Taken }
