using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>
/// Proves a store by full recomputation (核验): nothing that the store says of itself is believed. Everything is read at one
/// moment, while others go on selling. docs/algorithms/verification.md.
/// </summary>
public static class StoreVerifier
{
    /// <param name="keys">The installation's keys, or null where they are not at hand: then seals are not tried.</param>
    /// <param name="proofs">What the modules prove about their own rows.</param>
    public static async Task<VerifyReport> Run(Database database, KeyRing? keys, IEnumerable<IProof> proofs)
    {
        var views = await database.OpenSnapshots(2);
        await using var store = views[0];
        await using var beside = views[1];
        var hearings = proofs.Select(p => new Hearing(p)).ToList();
        var lines = new List<VerifyLine>();
        var entries = new DigestBalance();
        var log = new LogProof(store, hearings, e => entries.Raise(e.Digest()));
        var (answers, histories) = (new AnswerProof(log), new EntryProof(entries));
        Int128 sum = 0;

        await log.Begin();
        foreach (var proof in hearings) await proof.Begin(store);
        var looking = Task.Run(async () =>
        {
            foreach (var proof in hearings) await proof.Look(beside);
            await answers.Look(beside);
            await histories.Look(beside);
        });
        await Add("I10", "The log is gapless and chained: no record was changed, added or removed.", async () => { await log.Run(); return log.Chain; });
        await Add("I10", "Every kept answer is the one that the log fixed.", async () => { await looking; return await answers.Conclude(store); });
        await Add("I2", "Every transfer is the one that the log recorded.", () => Task.FromResult(log.Transfers));
        await Add("I2", "Every account has the terms of the log and the balance of its transfers.", async () =>
        {
            var (rows, sums) = await log.Ledger.Compare(store);
            sum = sums.Values.Aggregate((Int128)0, (all, one) => all + Int128.Abs(one));
            return rows;
        });
        await Add("I2", "Every hold stands as its steps left it.", () => HoldProof.Conclude(store, log.Ledger));
        await Add("I2", "Every entry of an account's history follows from its transfers.", () => histories.Conclude(store));
        await Add("I2", "No transfer broke an account's limit, and every step fits its hold.", () => Task.FromResult(log.Ledger.Limits.Finding("all transfers")));
        await Add("I2", "All balances of a unit sum to zero.", () => Task.FromResult(new Finding($"sum {sum}", sum == 0 ? null : $"ledger: the balances sum to {sum}")));
        await Add("I10", "Every closed day's seal fits its sheet and the log.", () => SealProof.Run(store, keys));
        foreach (var proof in hearings) lines.AddRange(await proof.Conclude(store));
        return new VerifyReport(lines, sum);

        async Task Add(string number, string sentence, Func<Task<Finding>> prove)
        {
            Finding finding;
            try { finding = await prove(); }
            // A damaged row may be unreadable for a proof; that is a finding, not the end of the verification.
            catch (Exception fault) when (fault is not OperationCanceledException) { finding = new Finding("not finished", fault.Message); }
            lines.Add(VerifyLine.Of(new Claim(number, sentence), finding));
        }
    }
}
