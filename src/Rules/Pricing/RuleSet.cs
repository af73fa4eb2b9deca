using System.Collections.Frozen;

namespace Shanmen.Rules.Pricing;

/// <summary>Checked price rules (价格规则) of one version, put in order so that a price is found by the first rule that holds.</summary>
public sealed class RuleSet
{
    public const int RulesMax = 5_000;
    public const int SetsMax = 200;

    /// <summary>Products times named days, over all rules.</summary>
    public const int PlacesMax = 1_000_000;

    private static readonly int Stages = Enum.GetValues<PriceStage>().Length;
    private readonly IReadOnlyDictionary<Guid, (PricedProduct Product, PriceRule[][] Rules)> _products;

    private RuleSet(IReadOnlyDictionary<Guid, (PricedProduct, PriceRule[][])> products, SetRule[] sets, MoneyTerms money) =>
        (_products, Sets, Money) = (products, sets, money);

    /// <summary>How what was divided becomes money.</summary>
    public MoneyTerms Money { get; }

    /// <summary>The sets, in the order in which they are applied.</summary>
    internal SetRule[] Sets { get; }

    /// <summary>Checks rules and puts them in order; the order in which they are given does not matter.</summary>
    /// <param name="faults">Everything that is wrong; empty when the rules can be used.</param>
    /// <returns>Null when something is wrong.</returns>
    public static RuleSet? Of(IReadOnlyCollection<PricedProduct> products, IReadOnlyList<PriceRule> rules, IReadOnlyList<SetRule> sets, MoneyTerms money,
        out IReadOnlyList<RuleFault> faults)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(sets);
        faults = RuleCheck.Of(rules, sets, products.Select(product => product.Id).ToHashSet());
        if (faults.Count > 0)
        {
            return null;
        }

        return Kept(products, rules, sets, money);
    }

    /// <summary>
    /// Puts the rules of a version in order that was checked when it was saved. They are not judged again: a notice of holidays that came since
    /// may have left a rule without a day, and what was sold under the version still costs the same.
    /// </summary>
    public static RuleSet Kept(IReadOnlyCollection<PricedProduct> products, IReadOnlyList<PriceRule> rules, IReadOnlyList<SetRule> sets, MoneyTerms money)
    {
        ArgumentNullException.ThrowIfNull(products);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(sets);
        var dealt = Dealt(products, rules);
        return new(
            products.ToFrozenDictionary(product => product.Id, product => (product, Array.ConvertAll(dealt[product.Id], stage => stage.ToArray()))),
            [.. sets.OrderByDescending(set => set.Priority).ThenBy(set => set.Id)], money);
    }

    /// <summary>The plain form of one day: each product has one price and there is no rule besides. Nothing can be wrong with it.</summary>
    /// <param name="prices">Products with their prices of a unit in fen, 0 or more; a negative one is a bug and throws.</param>
    public static RuleSet OfDay(IReadOnlyCollection<(PricedProduct Product, long Fen)> prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        var products = new Dictionary<Guid, (PricedProduct, PriceRule[][])>(prices.Count);
        foreach (var (product, fen) in prices)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(fen);
            products.Add(product.Id, (product, [[new PriceRule(Guid.Empty, "", PriceStage.Day, Effect.Costs(fen))], [], [], []]));
        }

        return new(products, [], default);
    }

    /// <summary>What is known of a product; null when it has no place in this version.</summary>
    public PricedProduct? Find(Guid product) => _products.TryGetValue(product, out var found) ? found.Product : null;

    /// <summary>Whether the price of a product may hang on how many units there are, of it or of others: by a step, by n for m, or by a set.</summary>
    public bool HangsTogether(Guid product) => _products.TryGetValue(product, out var found)
        && (found.Rules[(int)PriceStage.Quantity].Length > 0 || Array.Exists(Sets, set => set.Parts.Any(part => part.Products.Contains(product))));

    /// <summary>The rule of a stage that wins for a sale; null when none holds.</summary>
    /// <param name="order">The order whose units are counted for steps; null = there is none.</param>
    /// <param name="isTied">True when another rule of the same rank holds too, which checked rules never do.</param>
    internal PriceRule? Winner(Guid product, PriceStage stage, in Occasion occasion, OrderDraft? order, out bool isTied)
    {
        isTied = false;
        PriceRule? winner = null;
        foreach (var rule in _products[product].Rules[(int)stage])
        {
            if (winner is not null && rule.Rank < winner.Rank)
            {
                break;
            }

            if (!rule.Who.Holds(occasion.Buyer) || !rule.When.Holds(occasion.Visit))
            {
                continue;
            }

            var count = stage switch
            {
                PriceStage.Early => Math.Max(0, occasion.DaysAhead),
                PriceStage.Quantity => order?.UnitsOf(product, rule.When) ?? 0,
                _ => 0,
            };
            if (rule.Threshold > count)
            {
                continue;
            }

            if (winner is not null)
            {
                isTied = true;
                break;
            }

            winner = rule;
        }

        return winner;
    }

    /// <summary>Sorted once and dealt out: thousands of rules for hundreds of products must not be looked through for each of them.</summary>
    private static Dictionary<Guid, List<PriceRule>[]> Dealt(IReadOnlyCollection<PricedProduct> products, IReadOnlyList<PriceRule> rules)
    {
        var dealt = products.ToDictionary(product => product.Id, _ => Enumerable.Range(0, Stages).Select(_ => new List<PriceRule>()).ToArray());
        foreach (var rule in rules.OrderByDescending(rule => rule.Rank).ThenBy(rule => rule.Id))
        {
            foreach (var product in rule.Products.Count == 0 ? dealt.Keys : rule.Products.Distinct())
            {
                if (dealt.TryGetValue(product, out var stages))
                {
                    stages[(int)rule.Stage].Add(rule);
                }
            }
        }

        return dealt;
    }
}

/// <summary>When and by whom a sale is made.</summary>
/// <param name="Visit">The visit.</param>
/// <param name="SoldOn">The business day of the sale.</param>
/// <param name="Buyer">Who buys.</param>
public readonly record struct Occasion(VisitTime Visit, DateOnly SoldOn, Buyer Buyer)
{
    /// <summary>Days between sale and visit; below zero for a visit in the past, which the desk refuses.</summary>
    public int DaysAhead => Visit.Day.DayNumber - SoldOn.DayNumber;
}
