namespace Shanmen.Rules.Pricing;

/// <summary>The steps from the day's price to what a person pays. In each of them at most one rule wins; see docs/algorithms/pricing.md.</summary>
public enum PriceStage
{
    /// <summary>日期价: what the product costs at that time. A product without such a rule has no price and is not sold.</summary>
    Day,

    /// <summary>客户价: what this channel, agency or member level pays instead.</summary>
    Terms,

    /// <summary>早鸟: less for buying days ahead.</summary>
    Early,

    /// <summary>数量: less from a number of units on, or n for the price of m.</summary>
    Quantity,
}

/// <summary>What a winning rule does to the price.</summary>
public enum EffectKind
{
    /// <summary>The price is <see cref="Effect.Amount"/> fen.</summary>
    Costs,

    /// <summary>The price falls by <see cref="Effect.Amount"/> fen.</summary>
    Less,

    /// <summary>折: <see cref="Effect.Amount"/> ten-thousandths of the price are paid; 8500 is 八五折.</summary>
    Pays,

    /// <summary>Of every <see cref="Effect.Amount"/> units <see cref="Effect.Paid"/> are paid: 16 免 1 is 16 and 15.</summary>
    ManyForFewer,
}

/// <summary>What a winning rule does; made by its four methods.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Amount">Fen, ten-thousandths or units, as the kind says.</param>
/// <param name="Paid">Units paid of <paramref name="Amount"/>; 0 for the other kinds.</param>
public readonly record struct Effect(EffectKind Kind, long Amount, int Paid)
{
    /// <summary>The whole: ten thousand ten-thousandths.</summary>
    public const int Whole = 10_000;

    public static Effect Costs(long fen) => new(EffectKind.Costs, fen, 0);

    public static Effect Less(long fen) => new(EffectKind.Less, fen, 0);

    public static Effect Pays(int tenThousandths) => new(EffectKind.Pays, tenThousandths, 0);

    public static Effect ManyForFewer(int units, int paid) => new(EffectKind.ManyForFewer, units, paid);

    /// <summary>The price after the rule, in fen; <see cref="EffectKind.ManyForFewer"/> leaves it. May be below zero: the caller refuses that.</summary>
    public long After(long fen, Rounding rounding) => Kind switch
    {
        EffectKind.Costs => Amount,
        EffectKind.Less => fen - Amount,
        EffectKind.Pays => rounding.Of(fen, Amount, Whole),
        _ => fen,
    };
}

/// <summary>One line of the price rules (价格规则) as the office writes it.</summary>
/// <param name="Id">Names the rule in explanations and in sold orders.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Stage">Where it competes.</param>
/// <param name="Effect">What it does when it wins.</param>
public sealed record PriceRule(Guid Id, string Name, PriceStage Stage, Effect Effect)
{
    /// <summary>The products it is for; empty means all.</summary>
    public IReadOnlyList<Guid> Products { get; init; } = [];

    /// <summary>On which visits it holds.</summary>
    public RuleWhen When { get; init; } = RuleWhen.Always;

    /// <summary>For which buyers it holds.</summary>
    public RuleWho Who { get; init; }

    /// <summary>Days between sale and visit, or units of the product in the order, from which on it holds; 0 where the stage asks neither.</summary>
    public int From { get; init; }

    /// <summary><see cref="From"/>, or the units of n for m: with fewer nothing is free, so the rule does not hold.</summary>
    public int Threshold => Effect.Kind == EffectKind.ManyForFewer ? (int)Math.Clamp(Effect.Amount, 0, FromMax) : From;

    /// <summary>0 to 99, asked last: it parts two rules that are equally particular.</summary>
    public int Priority { get; init; }

    /// <summary>
    /// How particular the rule is, as one number: the greatest of a stage wins. Who counts before when, when before the product,
    /// then the threshold, then the priority. Two rules of one number that can both hold are refused before they are used.
    /// </summary>
    public long Rank => ((((Who.Rank << RuleWhen.RankBits) | When.Rank) << 1 | (Products.Count > 0 ? 1L : 0)) * ((long)FromMax + 1) + Threshold) * (PriorityMax + 1) + Priority;

    /// <summary>The greatest threshold.</summary>
    public const int FromMax = 100_000;

    /// <summary>The greatest priority.</summary>
    public const int PriorityMax = 99;

    /// <summary>Whether it is for a product.</summary>
    public bool Names(Guid product)
    {
        if (Products.Count == 0)
        {
            return true;
        }

        for (var index = 0; index < Products.Count; index++)
        {
            if (Products[index] == product)
            {
                return true;
            }
        }

        return false;
    }
}
