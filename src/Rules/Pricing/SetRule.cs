namespace Shanmen.Rules.Pricing;

/// <summary>One part of a set: so many units of these products, in any mixture.</summary>
/// <param name="Products">At least one; a product stands in one part of a set only.</param>
/// <param name="Units">1 or more.</param>
public sealed record SetPart(IReadOnlyList<Guid> Products, int Units);

/// <summary>
/// 组合优惠: products that cost less together, such as two adults and a child for 200. It is applied as often as it fits, to the dearest
/// units first, and only if that lowers the price. A unit counts for one set; one that a quantity rule made cheaper counts for none.
/// </summary>
/// <param name="Id">Names the set in explanations and in sold orders.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Parts">What it needs.</param>
/// <param name="Effect">On all its units together: <see cref="EffectKind.Costs"/> or <see cref="EffectKind.Less"/> a set, or
/// <see cref="EffectKind.Pays"/> of the whole.</param>
/// <param name="Priority">0 to 99, the greatest first; sets that share a product must differ in it.</param>
public sealed record SetRule(Guid Id, string Name, IReadOnlyList<SetPart> Parts, Effect Effect, int Priority)
{
    /// <summary>On which visits it holds.</summary>
    public RuleWhen When { get; init; } = RuleWhen.Always;

    /// <summary>For which buyers it holds.</summary>
    public RuleWho Who { get; init; }

    /// <summary>How often in one order at most.</summary>
    public int TimesMax { get; init; } = int.MaxValue;

    /// <summary>Whether two sets want the same product.</summary>
    internal bool SharesProduct(SetRule other) => Parts.Any(part => part.Products.Any(product => other.Parts.Any(its => its.Products.Contains(product))));
}
