using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>
/// Proves a store by full recomputation (核验): nothing that the store says of itself is believed. Everything is read at one
/// moment, while others go on selling.
/// </summary>
public static class StoreVerifier
{
    /// <param name="keys">The installation's keys, or null where they are not at hand: then seals are not tried.</param>
    /// <param name="proofs">What the modules prove about their own rows.</param>
    public static async Task<VerifyReport> Run(Database database, KeyRing? keys, IEnumerable<Proof> proofs)
    {
        await using var store = await database.OpenSnapshot();
        var lines = new List<VerifyLine>();
        var entries = new DigestBalance();
        var log = new LogProof(store, e => entries.Raise(e.Digest()));
        Int128 sum = 0;

        await Add("I10", "The log is gapless and chained: no record was changed, added or removed.", async () => { await log.Run(); return log.Chain; });
        await Add("I10", "Every kept answer is the one that the log fixed.", () => AnswerProof.Run(store, log.Answers, log.PrunedBefore));
        await Add("I2", "Every transfer is the one that the log recorded.", () => Task.FromResult(log.Transfers));
        await Add("I2", "Every account has the terms of the log and the balance of its transfers.", async () =>
        {
            var (rows, sums) = await log.Ledger.Compare(store);
            sum = sums.Values.Aggregate((Int128)0, (all, one) => all + Int128.Abs(one));
            return rows;
        });
        await Add("I2", "Every hold stands as its steps left it.", () => IRowReplay.Compare(store, log.Ledger.Holds));
        await Add("I2", "Every entry of an account's history follows from its transfers.", () => EntryProof.Run(store, entries));
        await Add("I2", "No transfer broke an account's limit, and every step fits its hold.", () => Task.FromResult(log.Ledger.Limits.Finding("all transfers")));
        await Add("I2", "All balances of a unit sum to zero.", () => Task.FromResult(new Finding($"sum {sum}", sum == 0 ? null : $"ledger: the balances sum to {sum}")));
        await Add("I10", "Every closed day's seal fits its sheet and the log.", () => SealProof.Run(store, keys));
        foreach (var proof in proofs) await Add(proof.Number, proof.Sentence, () => proof.Prove(store));
        return new VerifyReport(lines, sum);

        async Task Add(string number, string sentence, Func<Task<Finding>> prove)
        {
            Finding finding;
            try { finding = await prove(); }
            // A damaged row may be unreadable for a proof; that is a finding, not the end of the verification.
            catch (Exception fault) when (fault is not OperationCanceledException) { finding = new Finding("not finished", fault.Message); }
            lines.Add(new VerifyLine(number, sentence, finding.Figure, finding.FirstBad is null, finding.FirstBad));
        }
    }
}
