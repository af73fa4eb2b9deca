using FsCheck;
using FsCheck.Fluent;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>
/// Random scripts against a naive ledger, through the real write path. A failure prints its seed, as "(seed, gamma)", and the
/// shortest script that still fails.
/// </summary>
public class LedgerPropertyTests
{
    private const int Scripts = 40;

    public static TheoryData<string> Kinds() => TestStore.Kinds();

    [Theory, MemberData(nameof(Kinds))]
    public async Task Any_script_of_sales_holds_returns_admissions_and_quotas_ends_as_a_naive_ledger_says(string kind)
    {
        await using var store = await Acting.Open(kind);
        await Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Scripts), Agrees(store, forgetsHolds: false)));
        // And what all scripts together left is sound.
        await store.MustVerify();
    }

    [Fact]
    public async Task Control_a_naive_ledger_that_forgets_holds_is_told_from_the_real_one()
    {
        await using var store = await Acting.Open("sqlite");
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => Task.Run(() => Check.One(Config.QuickThrowOnFailure.WithMaxTest(Scripts), Agrees(store, forgetsHolds: true))));
        Assert.Matches(@"\(\d+,\s*\d+\)", failure.Message);
        // The shortest script is one that holds and one that then wants the same: it was found among up to forty steps.
        Assert.Contains("Shrunk", failure.Message);
        Assert.Contains("Hold", failure.Message);
    }

    private static Property Agrees(TestStore store, bool forgetsHolds)
    {
        var scripts = 0;
        return Prop.ForAll(Step.Scripts, steps => Run(store, ++scripts, steps, forgetsHolds).GetAwaiter().GetResult());
    }

    private static async Task<bool> Run(TestStore store, int number, Step[] steps, bool forgetsHolds)
    {
        var (world, naive) = (new LedgerWorld(store, number), new NaiveLedger(forgetsHolds));
        await world.Open();
        for (var i = 0; i < steps.Length; i++)
        {
            var (done, should) = (await world.Do(steps[i]), naive.Do(steps[i]));
            if (done != should) throw new Xunit.Sdk.XunitException($"step {i} ({steps[i]}) was {(done ? "done" : "refused")}, and should be {(should ? "done" : "refused")}");
        }
        return await world.DifferenceFrom(naive) is not { } difference ? true : throw new Xunit.Sdk.XunitException(difference);
    }
}
