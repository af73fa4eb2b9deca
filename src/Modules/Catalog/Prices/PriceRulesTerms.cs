using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>All that makes the prices of one version: products, rules, sets and roundings, as the office sends them and as their fact keeps them.</summary>
/// <param name="RoundToFen">Steps to which a divided price is rounded: 1, 10 or 100 fen.</param>
public sealed record PriceRulesTerms(ProductTerms[] Products, PriceRuleTerms[] Rules, SetRuleTerms[] Sets, int RoundToFen, RoundingMode RoundingMode, TaxPer TaxPer)
{
    /// <summary>Whether nothing is missing in a list and no type stands in it twice, which JSON allows and the rules do not.</summary>
    internal bool IsWhole => Products.All(p => p is not null) && Rules.All(r => r is not null) && Sets.All(s => s is not null && s.Parts.All(p => p is not null))
        && Products.DistinctBy(p => p.TypeId).Count() == Products.Length && Products.All(p => p.TaxRate is >= 0 and <= TaxInside.RateMax);

    /// <summary>Everything that is wrong with the rules; empty when they can be used. How many people a ticket takes is a term of its type and not of a version.</summary>
    internal IReadOnlyList<RuleFault> Faults()
    {
        RuleSet.Of(Priced, Written, Offered, Money, out var faults);
        return faults;
    }

    /// <summary>The rules of a version that was checked when it was saved.</summary>
    internal RuleSet ToRules() => RuleSet.Kept(Priced, Written, Offered, Money);

    private PricedProduct[] Priced => [.. Products.Select(p => new PricedProduct(p.TypeId, p.Per, 1, OrderLimits.PeopleMax, p.TaxRate))];
    private PriceRule[] Written => [.. Rules.Select(r => r.ToRule())];
    private SetRule[] Offered => [.. Sets.Select(s => s.ToSet())];
    private MoneyTerms Money => new(new(RoundToFen, RoundingMode), TaxPer);

    /// <summary>The agencies that are named anywhere; rules may still be missing or doubtful.</summary>
    internal IEnumerable<string> Agencies() => Rules.Select(r => r?.Who?.Agency).Concat(Sets.Select(s => s?.Who?.Agency)).OfType<string>();

    internal string? NameOf(Guid rule) => Rules.FirstOrDefault(r => r.Id == rule)?.Name ?? Sets.FirstOrDefault(s => s.Id == rule)?.Name;
}

/// <summary>What a version knows of a ticket type.</summary>
/// <param name="TaxRate">Ten-thousandths of the price without tax that are inside the price; 600 is 6 %.</param>
public sealed record ProductTerms(Guid TypeId, PricedPer Per, int TaxRate);

/// <summary>A price rule (价格规则); see docs/algorithms/pricing.md.</summary>
/// <param name="Amount">Fen, ten-thousandths or units, as <paramref name="Effect"/> says.</param>
/// <param name="Paid">Units paid of <paramref name="Amount"/> for n for m; else 0.</param>
/// <param name="Types">The ticket types it is for; empty means all.</param>
/// <param name="From">Days ahead or units from which on it holds; 0 where its stage asks neither.</param>
public sealed record PriceRuleTerms(Guid Id, string Name, PriceStage Stage, EffectKind Effect, long Amount, int Paid, Guid[] Types, RuleWhenTerms When, RuleWhoTerms Who, int From, int Priority)
{
    internal PriceRule ToRule() => new(Id, Name, Stage, new(Effect, Amount, Paid)) { Products = Types, When = When.ToWhen(), Who = Who.ToWho(), From = From, Priority = Priority };
}

/// <summary>On which visits a rule holds; what is null is not asked.</summary>
/// <param name="Days">These days and no others, in order.</param>
/// <param name="First">First day of a season.</param>
/// <param name="Last">Last day of it, included.</param>
/// <param name="Weekdays">1 = Monday to 7 = Sunday.</param>
/// <param name="FromTime">First minute of the hours.</param>
/// <param name="ToTime">Last minute, included; before <paramref name="FromTime"/> when they pass midnight.</param>
public sealed record RuleWhenTerms(DateOnly[]? Days, DateOnly? First, DateOnly? Last, DayKind[]? Kinds, int[]? Weekdays, TimeOnly? FromTime, TimeOnly? ToTime)
{
    internal RuleWhen ToWhen() => new()
    {
        Days = Days, First = First, Last = Last,
        Kinds = Kinds is null ? DayKinds.All : Kinds.Aggregate(DayKinds.None, (all, kind) => all | (DayKinds)(1 << (int)kind)),
        Weekdays = Weekdays is null ? RuleWhen.EveryWeekday : Weekdays.Aggregate(0, (all, day) => all | (1 << (day % 7))),
        FromMinute = MinuteOf(FromTime), ToMinute = MinuteOf(ToTime),
    };

    private static int? MinuteOf(TimeOnly? time) => time is { } t ? (t.Hour * 60) + t.Minute : null;
}

/// <summary>For whom a rule holds; what is null is not asked.</summary>
/// <param name="Agency">By its code of the dictionary.</param>
public sealed record RuleWhoTerms(string? Channel, string? Agency, string? Level)
{
    internal RuleWho ToWho() => new(Channel, Agency, Level);
}

/// <summary>One part of a set: so many units of these types, in any mixture.</summary>
public sealed record SetPartTerms(Guid[] Types, int Units);

/// <summary>A set (组合优惠); see docs/algorithms/pricing.md.</summary>
/// <param name="TimesMax">How often in one order at most; null = as often as it fits.</param>
public sealed record SetRuleTerms(Guid Id, string Name, SetPartTerms[] Parts, EffectKind Effect, long Amount, RuleWhenTerms When, RuleWhoTerms Who, int Priority, int? TimesMax)
{
    internal SetRule ToSet() => new(Id, Name, [.. Parts.Select(p => new SetPart(p.Types, p.Units))], new(Effect, Amount, 0), Priority)
    {
        When = When.ToWhen(), Who = Who.ToWho(), TimesMax = TimesMax ?? int.MaxValue,
    };
}

/// <summary>A version of the price rules was saved; the body holds all of it.</summary>
/// <param name="From">The moment of sale from which on it holds.</param>
/// <param name="Edition">Which edition of docs/algorithms/pricing.md it is reckoned by.</param>
public sealed record PriceVersionSaved(Guid Id, int Number, DateTimeOffset From, int Edition, PriceRulesTerms Rules);

/// <summary>A version that had not begun was withdrawn.</summary>
public sealed record PriceVersionWithdrawn(Guid Id, int Number);
