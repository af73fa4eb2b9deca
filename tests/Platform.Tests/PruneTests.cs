using Microsoft.Extensions.Logging.Abstractions;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Tests;

public class PruneTests
{
    public static TheoryData<string> Kinds => TestStore.Kinds();

    [Theory, MemberData(nameof(Kinds))]
    public async Task Answers_older_than_ninety_days_go_and_the_store_is_sound(string kind)
    {
        await using var store = await TestStore.Create(kind);
        var old = await Sell(store, 1, 5);
        Assert.Equal(0, await Prune(store));
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(30));
        var recent = await Sell(store, 6, 3);
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(61));

        Assert.Equal(1, await Prune(store));
        Assert.Equal(0, await Prune(store));

        // The three that are younger, and the answer of the pruning itself.
        Assert.Equal(4, await store.Database.Number("select count(*) from answer"));
        var queue = await store.Queue();
        Assert.True((await queue.Send(recent[0], new TestStore.Sell(6, false))).Repeated);
        Assert.False((await queue.Send(old[0], new TestStore.Sell(1, false))).Repeated);
        await MustBeSound(store);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Many_days_go_in_steps_of_five_minutes(string kind)
    {
        await using var store = await TestStore.Create(kind);
        for (var n = 1; n <= 4; n++)
        {
            await Sell(store, n, 1);
            store.Clock.TrySet(store.Clock.GetUtcNow().AddHours(7));
        }
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(91));
        Assert.Equal(4, await Prune(store));
        await MustBeSound(store);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_answer_from_before_the_clock_was_set_back_goes_in_one_step(string kind)
    {
        await using var store = await TestStore.Create(kind);
        var ahead = new WriteKey(1, Guid.CreateVersion7(), Guid.CreateVersion7(store.Clock.GetUtcNow().AddHours(5)), [1]);
        Assert.Equal(200, (await (await store.Queue()).Send(ahead, new TestStore.Sell(1, false))).Status);
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(91));
        Assert.Equal(1, await Prune(store));
        await MustBeSound(store);
    }

    [Fact]
    public async Task An_old_answer_that_is_still_there_is_the_logs_or_is_named()
    {
        await using var store = await TestStore.Create("sqlite");
        var keys = await Sell(store, 1, 2);
        var kept = (await store.Database.Query(StoredRow.Table.Read, StoredRow.Table.Select)).Single(a => a.Key == keys[0].Key);
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(91));
        await Prune(store);
        // A power cut between two steps leaves it; nobody can have written another one.
        await Put(store, kept);
        await MustBeSound(store);
        await store.Run("update answer set body = @1 where id = @2", "{}", kept.Id);
        Assert.Contains($"answer {Convert.ToHexStringLower(kept.Id.ToByteArray(bigEndian: true))[..8]}", (await Verify(store)).Replace("-", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Control_a_younger_answer_may_not_be_missing()
    {
        await using var store = await TestStore.Create("sqlite");
        await Sell(store, 1, 1);
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(91));
        await Prune(store);
        var key = (await Sell(store, 2, 1))[0];
        await store.Run("delete from answer where key = @1", key.Key);
        Assert.Contains("its kept answer is missing or changed", await Verify(store), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulation_lets_old_answers_go_when_its_clock_has_leapt_over_ninety_days()
    {
        await using var store = await TestStore.Create("sqlite", simulation: true);
        await Sell(store, 1, 5);
        using var job = await JobOf(store);
        await job.StartAsync(CancellationToken.None);
        store.Clock.TrySet(store.Clock.GetUtcNow().AddDays(91));

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        // Only the answer of the pruning itself is left.
        while (await store.Database.Number("select count(*) from answer") != 1) await Task.Delay(50, patience.Token);
        await job.StopAsync(CancellationToken.None);
        await MustBeSound(store);
    }

    private static async Task<List<WriteKey>> Sell(TestStore store, int first, int count)
    {
        var keys = new List<WriteKey>();
        for (var n = first; n < first + count; n++)
        {
            keys.Add(new WriteKey(1, Guid.CreateVersion7(), Guid.CreateVersion7(store.Clock.GetUtcNow()), [(byte)n]));
            Assert.Equal(200, (await (await store.Queue()).Send(keys[^1], new TestStore.Sell(n, false))).Status);
        }
        return keys;
    }

    private static async Task<int> Prune(TestStore store)
    {
        using var job = await JobOf(store);
        return await job.Run(CancellationToken.None);
    }

    private static async Task<PruneAnswers> JobOf(TestStore store)
    {
        var state = new StoreState();
        await state.Load(store.Database);
        return new PruneAnswers(store.Database, await store.Queue(), state, store.Clock, NullLogger<PruneAnswers>.Instance);
    }

    private static Task Put(TestStore store, StoredRow a) => store.Run(
        "insert into answer (id, park, principal, key, request_hash, status, body, at) values (@1, @2, @3, @4, @5, @6, @7, @8)",
        a.Id, (long)a.Park, a.Principal, a.Key, a.RequestHash, (long)a.Status, a.Body, a.At);

    private static async Task<string> Verify(TestStore store) => (await StoreVerifier.Run(store.Database, store.Keys, [])).ToText();

    private static async Task MustBeSound(TestStore store)
    {
        var report = await StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.True(report.Ok, report.ToText());
    }
}
