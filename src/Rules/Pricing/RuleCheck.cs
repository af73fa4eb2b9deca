namespace Shanmen.Rules.Pricing;

/// <summary>Finds what is wrong with rules before they are used: every fault, so that a manager mends them at one go.</summary>
internal static class RuleCheck
{
    /// <summary>After so many nobody reads on.</summary>
    private const int FaultsMax = 100;

    public static List<RuleFault> Of(IReadOnlyList<PriceRule> rules, IReadOnlyList<SetRule> sets, IReadOnlySet<Guid> products)
    {
        if (rules.Count > RuleSet.RulesMax || sets.Count > RuleSet.SetsMax || rules.Sum(PlacesOf) > RuleSet.PlacesMax)
        {
            return [new(RuleRefusal.TooManyRules, Guid.Empty)];
        }

        var faults = new List<RuleFault>();
        var ids = new HashSet<Guid>();
        foreach (var rule in rules)
        {
            Add(faults, rule.Id, ids, RefusalOf(rule, products), rule.When);
        }

        foreach (var set in sets)
        {
            Add(faults, set.Id, ids, RefusalOf(set, products), set.When);
        }

        AddTies(faults, rules);
        for (var one = 0; one < sets.Count; one++)
        {
            for (var other = one + 1; other < sets.Count; other++)
            {
                if (sets[one].Priority == sets[other].Priority && sets[one].SharesProduct(sets[other]))
                {
                    faults.Add(new(RuleRefusal.BothWin, sets[one].Id, sets[other].Id));
                }
            }
        }

        return faults;
    }

    private static void Add(List<RuleFault> faults, Guid id, HashSet<Guid> ids, RuleRefusal refusal, RuleWhen when)
    {
        if (!ids.Add(id))
        {
            faults.Add(new(RuleRefusal.SameId, id));
        }

        if (refusal == RuleRefusal.None && NeverHolds(when))
        {
            refusal = RuleRefusal.NeverHolds;
        }

        if (refusal != RuleRefusal.None)
        {
            faults.Add(new(refusal, id));
        }
    }

    private static long PlacesOf(PriceRule rule) => Math.Max(1L, rule.Products.Count) * Math.Max(1, rule.When.Days?.Count ?? 1);

    /// <summary>
    /// Only rules of one rank that share a product, and a day where days are named, are held against each other: a calendar in which each
    /// day was painted by itself has thousands of rules, and nearly none of them meet.
    /// </summary>
    private static void AddTies(List<RuleFault> faults, IReadOnlyList<PriceRule> rules)
    {
        var places = new Dictionary<(PriceStage Stage, long Rank, Guid Product, DateOnly Day), List<PriceRule>>();
        var told = new HashSet<(Guid, Guid)>();
        foreach (var rule in rules)
        {
            foreach (var product in rule.Products.DefaultIfEmpty())
            {
                foreach (var day in (rule.When.Days ?? []).DefaultIfEmpty())
                {
                    var key = (rule.Stage, rule.Rank, product, day);
                    if (!places.TryGetValue(key, out var before))
                    {
                        places.Add(key, before = []);
                    }

                    foreach (var one in before)
                    {
                        if (faults.Count >= FaultsMax)
                        {
                            return;
                        }

                        if (!ReferenceEquals(one, rule) && RuleMeeting.Of(one, rule) && told.Add((one.Id, rule.Id)))
                        {
                            faults.Add(new(RuleRefusal.BothWin, one.Id, rule.Id));
                        }
                    }

                    before.Add(rule);
                }
            }
        }
    }

    private static RuleRefusal RefusalOf(PriceRule rule, IReadOnlySet<Guid> products)
    {
        var kind = rule.Effect.Kind;
        var isInPlace = rule.Stage switch
        {
            PriceStage.Day => kind == EffectKind.Costs,
            PriceStage.Terms => kind != EffectKind.ManyForFewer,
            PriceStage.Early => kind is EffectKind.Less or EffectKind.Pays,
            PriceStage.Quantity => true,
            _ => false,
        };
        var hasThreshold = rule.Stage == PriceStage.Early || (rule.Stage == PriceStage.Quantity && kind != EffectKind.ManyForFewer);
        return !isInPlace ? RuleRefusal.EffectOutOfPlace
            : !IsInRange(rule.Effect) ? RuleRefusal.AmountOutOfRange
            : rule.Priority is < 0 or > PriceRule.PriorityMax ? RuleRefusal.PriorityOutOfRange
            : hasThreshold ? (rule.From is < 1 or > PriceRule.FromMax ? RuleRefusal.ThresholdOutOfRange : Known(rule.Products, products))
            : rule.From != 0 ? RuleRefusal.ThresholdOutOfRange
            : Known(rule.Products, products);
    }

    private static RuleRefusal RefusalOf(SetRule set, IReadOnlySet<Guid> products)
    {
        var named = set.Parts.SelectMany(part => part.Products).ToArray();
        return set.Effect.Kind == EffectKind.ManyForFewer ? RuleRefusal.EffectOutOfPlace
            : !IsInRange(set.Effect) ? RuleRefusal.AmountOutOfRange
            : set.Priority is < 0 or > PriceRule.PriorityMax ? RuleRefusal.PriorityOutOfRange
            : set.TimesMax < 1 ? RuleRefusal.ThresholdOutOfRange
            : named.Length == 0 || named.Distinct().Count() < named.Length || set.Parts.Any(part => part.Products.Count == 0 || part.Units < 1)
                ? RuleRefusal.PartsWrong
            : Known(named, products);
    }

    private static RuleRefusal Known(IEnumerable<Guid> named, IReadOnlySet<Guid> products) =>
        named.All(products.Contains) ? RuleRefusal.None : RuleRefusal.UnknownProduct;

    private static bool IsInRange(Effect effect) => effect.Kind switch
    {
        EffectKind.Costs or EffectKind.Less => effect.Amount is >= 0 and <= OrderLimits.TotalFenMax,
        EffectKind.Pays => effect.Amount is >= 0 and <= Effect.Whole,
        EffectKind.ManyForFewer => effect.Paid >= 0 && effect.Amount > effect.Paid && effect.Amount <= PriceRule.FromMax,
        _ => false,
    };

    private static bool NeverHolds(RuleWhen when) =>
        when.FromMinute is null != when.ToMinute is null || when.FromMinute is < 0 or > 1439 || when.ToMinute is < 0 or > 1439
        || (when.Days is { } days && !(days.Count > 0 && days.Zip(days.Skip(1)).All(two => two.First < two.Second)))
        || !RuleMeeting.HasDay(when);
}
