using FsCheck;
using FsCheck.Fluent;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>What somebody at a window, a gate or in the office may ask for next.</summary>
internal enum Deed { Sell, Hold, HoldAWhile, Post, PostPart, Void, Return, Admit, Quota, Wait }

/// <summary>One step of a script.</summary>
/// <param name="Which">Picks a ticket type, an order or a hold among those there are, modulo their number.</param>
/// <param name="Amount">People, places or minutes.</param>
internal readonly record struct Step(Deed Deed, int Which, int Amount)
{
    public override string ToString() => $"{Deed} {Which} {Amount}";

    private static readonly Gen<Step> Any =
        from deed in Gen.Frequency((4, Gen.Elements(Deed.Sell, Deed.Hold, Deed.HoldAWhile)), (4, Gen.Elements(Deed.Post, Deed.PostPart, Deed.Void)),
            (3, Gen.Elements(Deed.Return, Deed.Admit)), (1, Gen.Elements(Deed.Quota, Deed.Wait)))
        from which in Gen.Choose(0, 5)
        from amount in Gen.Choose(1, 6)
        select new Step(deed, which, amount);

    /// <summary>Scripts of up to forty steps. A failing one is made shorter: halves first, then step by step.</summary>
    public static Arbitrary<Step[]> Scripts { get; } = Arb.From(
        from length in Gen.Choose(1, 40)
        from steps in Any.ArrayOf(length)
        select steps, Shorter);

    private static IEnumerable<Step[]> Shorter(Step[] steps)
    {
        if (steps.Length > 2)
        {
            yield return steps[..(steps.Length / 2)];
            yield return steps[(steps.Length / 2)..];
        }
        for (var i = 0; i < steps.Length && steps.Length > 1; i++) yield return [.. steps[..i], .. steps[(i + 1)..]];
    }
}
