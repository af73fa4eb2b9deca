namespace Shanmen.Rules.Pricing;

/// <summary>Why price rules cannot be used. The list is closed.</summary>
public enum RuleRefusal
{
    /// <summary>They can.</summary>
    None,

    /// <summary>More than <see cref="RuleSet.RulesMax"/> rules, <see cref="RuleSet.SetsMax"/> sets or <see cref="RuleSet.PlacesMax"/> products and days.</summary>
    TooManyRules,

    /// <summary>A price below zero, more than the most that an order may be, a part above the whole, or n for n and more.</summary>
    AmountOutOfRange,

    /// <summary>The stage does not know this effect: a day's price is a price, and only quantities are n for m.</summary>
    EffectOutOfPlace,

    /// <summary>A threshold below 1 or above <see cref="PriceRule.FromMax"/> where the stage has one, or one where it has none.</summary>
    ThresholdOutOfRange,

    /// <summary>A priority outside 0 to 99.</summary>
    PriorityOutOfRange,

    /// <summary>No day, kind of day, day of the week or hour is left, or the last comes before the first.</summary>
    NeverHolds,

    /// <summary>A product that is not in the catalogue.</summary>
    UnknownProduct,

    /// <summary>A set without parts, with an empty part, or with one product in two parts.</summary>
    PartsWrong,

    /// <summary>Two rules claim the same sale with the same right.</summary>
    BothWin,

    /// <summary>Two rules have one id.</summary>
    SameId,
}

/// <summary>What is wrong with a rule.</summary>
/// <param name="Refusal">Why.</param>
/// <param name="Rule">The rule or set; empty where all of them are meant.</param>
/// <param name="Other">The other one, where two are concerned.</param>
public readonly record struct RuleFault(RuleRefusal Refusal, Guid Rule, Guid? Other = null);
