using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Platform.Tests;

/// <summary>Whatever somebody wrote into the tables, a verification ends with a verdict that names the row, and each proof with its own.</summary>
public class VerdictTests
{
    /// <summary>Does not bear the transfers of one record.</summary>
    private sealed class Choosy(long refused) : IProof
    {
        public IReadOnlyList<Claim> Claims { get; } = [new("I0", "Nothing is refused.")];
        public bool HearsTransfers => true;
        public long Heard { get; private set; }

        public void Hear(Moved transfer)
        {
            if (transfer.Seq == refused) throw new InvalidOperationException("refused");
            Heard += transfer.Amount;
        }

        public Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => Task.FromResult<IReadOnlyList<Finding>>([new($"{Heard} heard", null)]);
    }

    [Fact]
    public async Task A_proof_that_fails_at_a_transfer_fails_alone()
    {
        await using var store = await (await TestStore.Create("sqlite")).Filled();
        var report = await StoreVerifier.Run(store.Database, store.Keys, [new Choosy(3), new Choosy(-1)]);
        Assert.Equal("transfer lane 1 seq 3: refused", Assert.Single(report.Lines, l => !l.Ok).FirstBad);
        Assert.Contains("13 records", report.ToText());
        Assert.EndsWith(" heard", report.Lines[^1].Figure);
    }

    [Fact]
    public async Task A_record_and_its_transfers_in_a_lane_that_cannot_be_are_named()
    {
        await using var store = await Stopped();
        await store.Run("update log set lane = 5000000000 where seq = 13");
        await store.Run("update transfer set lane = 5000000000 where seq = 13");
        var text = (await StoreVerifier.Run(store.Database, store.Keys, [new Choosy(-1)])).ToText();
        Assert.Contains("log lane 5000000000 seq 13: column lane holds no small whole number", text);
        Assert.DoesNotContain("not finished", text);
    }

    [Theory, InlineData("null"), InlineData("[null]"), InlineData("""[{"park":1,"code":null,"unit":"fen"}]"""), InlineData("[")]
    public async Task Accounts_that_cannot_be_read_end_nothing(string accounts)
    {
        await using var store = await Stopped();
        await store.Run("update log set accounts = @1 where seq = 5", accounts);
        var report = await StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.Contains("log lane 1 seq 5: its hash does not follow from its content and the record before it (and 1 more)", report.ToText());
        Assert.DoesNotContain("not finished", report.ToText());
    }

    [Theory, InlineData("null"), InlineData("{"), InlineData("")]
    public async Task A_pruning_that_says_nothing_is_named(string body)
    {
        await using var store = await Stopped();
        await store.Run("update log set kind = 'AnswersPruned', body = @1 where seq = 5", body);
        var report = await StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.Contains("log lane 1 seq 5: it does not say which answers were pruned", report.ToText());
        Assert.DoesNotContain("not finished", report.ToText());
    }

    [Fact]
    public async Task A_transfer_between_two_numbers_is_named_and_hides_no_other()
    {
        await using var store = await Stopped();
        await store.Run("update transfer set seq = 2.5 where seq = 2 and n = 1");
        var report = await StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.Contains("transfer lane 1 seq 2 n 1 is missing (and 1 more)", report.ToText());
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_row_before_the_first_of_all_numbers_is_named(string kind)
    {
        foreach (var (table, column) in new[] { ("log", "seq"), ("log", "lane"), ("transfer", "seq"), ("transfer", "lane") })
        {
            await using var store = await (await TestStore.Create(kind)).Filled();
            await store.Stop();
            // A sale a second time, where whoever counts a day would count it.
            var row = (await store.Database.Query(VerifyTests.ToCells, $"select * from {table} where seq = 1 limit 1"))[0];
            row[column] = long.MinValue;
            var filled = row.Where(c => c.Value is not null).ToArray();
            await store.Run($"insert into {table} ({string.Join(", ", filled.Select(c => c.Key))}) values ({string.Join(", ", filled.Select((_, i) => $"@{i + 1}"))})", [.. filled.Select(c => c.Value)]);
            Assert.Contains($"{column} {long.MinValue}", (await StoreVerifier.Run(store.Database, store.Keys, [])).ToText());
        }
    }

    /// <summary>More than a page of records, some with no readable number, in the middle and at a page's end.</summary>
    [Theory, InlineData(1000), InlineData(2000), InlineData(500)]
    public async Task Many_pages_are_read_to_their_end(int broken)
    {
        await using var store = await TestStore.Create("sqlite");
        var queue = await store.Queue();
        while (await store.Database.Number("select max(seq) from log") < 2000)
            await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => queue.Send(new(1, Guid.CreateVersion7(), Guid.CreateVersion7(), [1]), new TestStore.Sell(1, true))));
        await store.Stop();
        Assert.Equal(2000, await store.Database.Number("select count(*) from log"));
        var sound = await StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.True(sound.Ok, sound.ToText());
        await store.Run("update log set subject = @1 where seq = @2", "nobody", broken);
        var text = (await StoreVerifier.Run(store.Database, store.Keys, [])).ToText();
        Assert.Contains($"log lane 1 seq {broken}: column subject holds no id", text);
        Assert.Contains("2,000 records", text);
        await store.Run("update log set seq = 'last' where seq = @1", broken);
        Assert.Contains(broken == 2000 ? "log lane 1 seq last: column seq holds no whole number" : $"log lane 1 seq {broken} is missing", (await StoreVerifier.Run(store.Database, store.Keys, [])).ToText());
    }

    private static async Task<TestStore> Stopped()
    {
        var store = await (await TestStore.Create("sqlite")).Filled();
        await store.Stop();
        return store;
    }
}
