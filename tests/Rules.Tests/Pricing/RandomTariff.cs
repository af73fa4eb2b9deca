using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>Random products, rules, sets and an order, all from one seed, so that a failure is run again by its number.</summary>
internal sealed class RandomTariff
{
    private static readonly DateOnly Start = new(2026, 9, 24);
    private readonly Random _random;

    public RandomTariff(int seed)
    {
        _random = new(seed);
        Products = [.. Enumerable.Range(0, 4).Select(place => new PricedProduct(Id(place), place == 3 ? PricedPer.Ticket : PricedPer.Person, 1, Pick(1, 4, 40), Pick(0, 300, 600)))];
        Money = new(new(Pick(1, 1, 10, 100), (RoundingMode)_random.Next(3)), (TaxPer)_random.Next(2));
        var rules = Enumerable.Range(0, _random.Next(14)).Select(AnyRule).Concat(Products.Where(_ => _random.Next(20) > 0).Select((product, place) => AlwaysOf(product.Id, place))).ToList();
        var sets = Enumerable.Range(0, _random.Next(3)).Select(AnySet).ToList();
        while (RuleSet.Of(Products, rules, sets, Money, out var faults) is null)
        {
            // Of two that claim to win one goes, as a manager would let it.
            rules.RemoveAll(rule => faults.Any(fault => fault.Rule == rule.Id));
            sets.RemoveAll(set => faults.Any(fault => fault.Rule == set.Id));
        }

        (Rules, Sets) = (rules, sets);
        var day = Start.AddDays(_random.Next(18));
        Occasion = new(new(day, ChineseHolidays.KindOf(day), _random.Next(3) == 0 ? null : _random.Next(1440)), day.AddDays(-Pick(0, 0, 1, 7, 40)),
            new(Pick("window", "web"), Pick<string?>(null, null, "yunling"), Pick<string?>(null, null, "gold")));
        Lines = [.. Enumerable.Range(0, _random.Next(1, 7)).Select(_ => new AskedLine(Id(_random.Next(4)), _random.Next(1, 13), _random.Next(1, Pick(2, 2, 5)),
            Pick<TimeOnly?>(null, null, new(_random.Next(24), 30))))];
        // Drawn from a source of their own, so that orders without vouchers stay what they were.
        var vouchers = new Random(seed ^ 0x5EED);
        Vouchers = [.. Enumerable.Range(0, vouchers.Next(1, 5)).Select(place => AnyVoucher(vouchers, place))];
    }

    public PricedProduct[] Products { get; }

    public List<PriceRule> Rules { get; }

    public List<SetRule> Sets { get; }

    public MoneyTerms Money { get; }

    public Occasion Occasion { get; }

    public AskedLine[] Lines { get; }

    /// <summary>Vouchers that may go into the order; some take nothing off.</summary>
    public AskedVoucher[] Vouchers { get; }

    public RuleSet Checked => RuleSet.Of(Products, Rules, Sets, Money, out _)!;

    public PricedOrder Price() => OrderPrice.Of(Checked, Occasion, Lines);

    /// <summary>The same rules and lines in another order.</summary>
    public PricedOrder PriceShuffled()
    {
        PriceRule[] rules = [.. Rules];
        SetRule[] sets = [.. Sets];
        AskedLine[] lines = [.. Lines];
        _random.Shuffle(rules);
        _random.Shuffle(sets);
        _random.Shuffle(lines);
        return OrderPrice.Of(RuleSet.Of(Products, rules, sets, Money, out _)!, Occasion, lines);
    }

    /// <summary>The same order with one line in two.</summary>
    public AskedLine[] Split()
    {
        var line = Array.FindIndex(Lines, line => line.Quantity > 1);
        return line < 0 ? Lines : [.. Lines[..line], Lines[line] with { Quantity = 1 }, .. Lines[(line + 1)..], Lines[line] with { Quantity = Lines[line].Quantity - 1 }];
    }

    private static Guid Id(int number) => new(number, 7, 7, new byte[8]);

    private static PriceRule AlwaysOf(Guid product, int place) =>
        new(Id(100 + place), "always", PriceStage.Day, Effect.Costs(1_00 + (product.GetHashCode() & 0xFFF))) { Products = [product] };

    private T Pick<T>(params T[] choices) => choices[_random.Next(choices.Length)];

    private PriceRule AnyRule(int place)
    {
        var stage = (PriceStage)_random.Next(4);
        var effect = stage == PriceStage.Day ? Effect.Costs(_random.Next(1, 300_00)) : _random.Next(4) switch
        {
            0 when stage != PriceStage.Early => Effect.Costs(_random.Next(200_00)),
            1 when stage == PriceStage.Quantity => Effect.ManyForFewer(_random.Next(2, 9), 1),
            2 => Effect.Less(_random.Next(Pick(50, 500, 5_00))),
            _ => Effect.Pays(_random.Next(5_000, Effect.Whole + 1)),
        };
        return new(Id(200 + place), $"rule {place}", stage, effect)
        {
            Products = [.. Products.Select(product => product.Id).Where(_ => _random.Next(2) == 0)],
            When = AnyWhen(),
            Who = new(Pick(null, null, "window", "web"), Pick<string?>(null, null, "yunling"), Pick(null, null, "gold")),
            From = stage == PriceStage.Early ? Pick(1, 5, 30) : stage == PriceStage.Quantity && effect.Kind != EffectKind.ManyForFewer ? Pick(1, 2, 10) : 0,
            Priority = _random.Next(3),
        };
    }

    private static AskedVoucher AnyVoucher(Random random, int place)
    {
        Guid[] products = [.. Enumerable.Range(0, 4).Select(Id).Where(_ => random.Next(2) == 0)];
        var least = random.Next(3) == 0 ? random.Next(400_00) : 0;
        VoucherTerms terms = random.Next(4) switch
        {
            0 => new(Effect.Pays(random.Next(Effect.Whole)), products, random.Next(2) * random.Next(1, 5), least),
            1 => new(Effect.Less(random.Next(1, 150_00)), products, 0, least),
            _ => new(Effect.Costs(random.Next(2) * random.Next(50_00)), products.Length == 0 ? [Id(0)] : products, random.Next(1, 4), least),
        };
        return new(Id(400 + place), terms);
    }

    private RuleWhen AnyWhen() => _random.Next(7) switch
    {
        0 => new() { Days = [.. Enumerable.Range(0, 18).Where(_ => _random.Next(4) == 0).Select(Start.AddDays).DefaultIfEmpty(Start)] },
        1 => new() { First = Start.AddDays(_random.Next(9)), Last = Start.AddDays(_random.Next(9, 18)) },
        2 => new() { Kinds = (DayKinds)_random.Next(1, 16) },
        3 => new() { Weekdays = _random.Next(1, 128) },
        4 => new() { FromMinute = _random.Next(1440), ToMinute = _random.Next(1440) },
        5 => new() { Kinds = (DayKinds)_random.Next(1, 16), First = Start.AddDays(_random.Next(9)), FromMinute = _random.Next(1440), ToMinute = _random.Next(1440) },
        _ => RuleWhen.Always,
    };

    private SetRule AnySet(int place)
    {
        var effect = _random.Next(3) switch { 0 => Effect.Costs(_random.Next(400_00)), 1 => Effect.Less(_random.Next(30_00)), _ => Effect.Pays(_random.Next(Effect.Whole + 1)) };
        SetPart[] parts = _random.Next(2) == 0
            ? [new([Id(0)], _random.Next(1, 4)), new([Id(1), Id(2)], _random.Next(1, 3))]
            : [new([Id(_random.Next(4))], _random.Next(1, 5))];
        return new(Id(300 + place), $"set {place}", parts, effect, place) { TimesMax = Pick(1, 2, int.MaxValue), Who = new(Pick(null, "web")), When = AnyWhen() };
    }
}
