using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>Checks a version's fields, and then its rules against each other, so that every fault is told at once and by its place.</summary>
internal static class PriceVersionForm
{
    private const int NameMax = 40, ChannelMax = 20, LevelMax = 20, DaysMax = 400, PartsMax = 10;
    private static readonly int[] Steps = [1, 10, 100];

    /// <param name="types">The ticket types of the park.</param>
    /// <param name="agencies">The codes of its agencies, also those that are out of use: a rule of theirs may stay.</param>
    public static void Check(Fields fields, PriceRulesTerms terms, IReadOnlyDictionary<Guid, TicketTypeTerms> types, IReadOnlySet<string> agencies)
    {
        fields.Check("rules.roundToFen", Steps.Contains(terms.RoundToFen), "Field.Choice");
        fields.Check("rules", terms.IsWhole, "Field.Unknown");
        if (fields.Errors is not null) return;
        fields.Check("rules.products", terms.Products.All(p => types.ContainsKey(p.TypeId)), "Field.Unknown");
        fields.Check("rules.rules", terms.Rules.Length <= RuleSet.RulesMax, "RuleRefusal.TooManyRules", RuleSet.RulesMax);
        fields.Check("rules.sets", terms.Sets.Length <= RuleSet.SetsMax, "RuleRefusal.TooManyRules", RuleSet.SetsMax);
        if (fields.Errors is not null) return;
        foreach (var (product, at) in terms.Products.Select((p, at) => (p, at))) fields.Number($"rules.products[{at}].taxRate", product.TaxRate, 0, TaxInside.RateMax);
        foreach (var (rule, at) in terms.Rules.Select((r, at) => (r, at)))
            Check(fields, $"rules.rules[{at}]", rule.Name, rule.When, rule.Who, agencies, rule.Types.Distinct().Count() == rule.Types.Length);
        foreach (var (set, at) in terms.Sets.Select((s, at) => (s, at)))
            Check(fields, $"rules.sets[{at}]", set.Name, set.When, set.Who, agencies, set.Parts.Length <= PartsMax && set.Parts.All(p => p.Types.Distinct().Count() == p.Types.Length));
        if (fields.Errors is null) CheckTogether(fields, terms);
    }

    private static void Check(Fields fields, string place, string name, RuleWhenTerms when, RuleWhoTerms who, IReadOnlySet<string> agencies, bool isShort)
    {
        fields.Check(place, isShort, "Field.Unknown");
        Exact(fields, $"{place}.name", name, NameMax);
        if (who.Channel is not null) Exact(fields, $"{place}.who.channel", who.Channel, ChannelMax);
        fields.Check($"{place}.who.agency", who.Agency is null || agencies.Contains(who.Agency), "Field.Agency");
        if (who.Level is not null) Exact(fields, $"{place}.who.level", who.Level, LevelMax);
        fields.Check($"{place}.when.days", when.Days is not { Length: > DaysMax }, "Field.Days", DaysMax);
        fields.Check($"{place}.when.weekdays", when.Weekdays is not { } days || (days.Length is > 0 and <= 7 && days.All(day => day is >= 1 and <= 7)), "Field.Choice");
        fields.Check($"{place}.when.kinds", when.Kinds is not { Length: > 4 }, "Field.Choice");
    }

    /// <summary>It is kept and compared as it comes, so blanks at its ends are refused and not taken off.</summary>
    private static void Exact(Fields fields, string place, string text, int max) =>
        fields.Check(place, fields.Text(place, text, 1, max) == text, "Field.Text", 1, max);

    private static void CheckTogether(Fields fields, PriceRulesTerms terms)
    {
        foreach (var fault in terms.Faults())
        {
            var at = Array.FindIndex(terms.Rules, r => r.Id == fault.Rule);
            var set = Array.FindIndex(terms.Sets, s => s.Id == fault.Rule);
            var place = at >= 0 ? $"rules.rules[{at}]" : set >= 0 ? $"rules.sets[{set}]" : "rules.rules";
            var max = fault.Refusal == RuleRefusal.TooManyRules ? RuleSet.RulesMax : PriceRule.FromMax;
            fields.Check(place, false, Texts.KeyOf(fault.Refusal), fault.Other is { } other ? terms.NameOf(other) ?? "" : max);
        }
    }
}
