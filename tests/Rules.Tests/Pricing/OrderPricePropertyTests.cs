using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>What holds for any rules and any order. Each property has a control that breaks it and must be found.</summary>
public class OrderPricePropertyTests
{
    private const int Worlds = 20_000;

    [Fact]
    public void Lines_sum_to_the_total_and_every_step_leads_to_the_next() => ForAny(tariff => AddsUp(tariff.Price()));

    [Fact]
    public void Control_a_fen_too_much_is_found() => Assert.ThrowsAny<Exception>(() => ForAny(tariff =>
    {
        var order = tariff.Price();
        return AddsUp(order.TotalFen > 0 ? order with { TotalFen = order.TotalFen + 1 } : order);
    }));

    [Fact]
    public void In_each_stage_the_rule_wins_that_a_naive_reading_finds_and_the_explanation_names_it() => ForAny(tariff => IsWonByOne(tariff, RankOf));

    [Fact]
    public void Control_a_reading_that_puts_the_day_before_the_buyer_is_found() =>
        Assert.ThrowsAny<Exception>(() => ForAny(tariff => IsWonByOne(tariff, rule => [.. RankOf(rule)[3..8], .. RankOf(rule)[..3], .. RankOf(rule)[8..]])));

    [Fact]
    public void An_order_comes_to_what_is_counted_unit_by_unit() => ForAny(tariff => tariff.Price() is var order
        && (order.Refusal != PriceRefusal.None || order.TotalFen == TotalUnitByUnit(tariff, order)));

    [Fact]
    public void The_order_of_rules_and_lines_does_not_matter() => ForAny(tariff => IsSame(tariff.Price(), tariff.PriceShuffled()));

    [Fact]
    public void Control_another_price_is_not_taken_for_the_same() => Assert.ThrowsAny<Exception>(() => ForAny(tariff =>
        IsSame(tariff.Price(), OrderPrice.Of(tariff.Checked, tariff.Occasion, [.. tariff.Lines.Skip(1), tariff.Lines[0] with { Quantity = tariff.Lines[0].Quantity + 1 }]))));

    [Fact]
    public void Splitting_a_line_changes_no_total() => ForAny(tariff =>
    {
        var (whole, split) = (tariff.Price(), OrderPrice.Of(tariff.Checked, tariff.Occasion, tariff.Split()));
        return (whole.Refusal, whole.TotalFen, whole.People) == (split.Refusal, split.TotalFen, split.People);
    });

    [Fact]
    public void Two_prices_and_named_days_are_the_same_as_three_rules() => ForAny(tariff =>
    {
        // What a park has that made no rules, and the rules that say the same: weekday, weekend and holiday, and days set by hand.
        PricedProduct[] products = [.. tariff.Products.Select(product => product with { Per = PricedPer.Person })];
        var plain = RuleSet.OfDay([.. products.Select(product =>
            (product, DayPrice.Of(new(80_00, 100_00), tariff.Occasion.Visit.Kind, product == products[0] ? 1_00 : null)))]);
        PriceRule[] rules =
        [
            Day(1, 80_00, RuleWhen.Always),
            Day(2, 100_00, new() { Kinds = DayKinds.Weekend | DayKinds.Holiday }),
            Day(3, 1_00, new() { Days = [tariff.Occasion.Visit.Day] }) with { Products = [products[0].Id] },
        ];
        AskedLine[] asked = [.. tariff.Lines, .. tariff.Lines[0].Quantity == 9 ? new[] { new AskedLine(Guid.Empty, 1, 1) } : []];
        var (one, other) = (OrderPrice.Of(plain, tariff.Occasion, asked), OrderPrice.Of(RuleSet.Of(products, rules, [], default, out _)!, tariff.Occasion, asked));
        return (one.Refusal, one.LineIndex, one.TotalFen, one.TaxFen, one.People) == (other.Refusal, other.LineIndex, other.TotalFen, other.TaxFen, other.People)
            && one.Lines.SequenceEqual(other.Lines);
    });

    [Fact]
    public void Random_tariffs_meet_every_stage_sets_and_refusals()
    {
        var (stages, refusals, sets) = (new HashSet<PriceStage?>(), new HashSet<PriceRefusal>(), 0);
        ForAny(tariff =>
        {
            var order = tariff.Price();
            stages.UnionWith(order.Steps.Select(step => step.Stage));
            sets += order.Steps.Count(step => step.Stage is null);
            return refusals.Add(order.Refusal) | true;
        }, 10_000);
        Assert.Equal(5, stages.Count);
        Assert.True(sets > 500, $"only {sets} steps by sets");
        Assert.Superset(new HashSet<PriceRefusal> { PriceRefusal.None, PriceRefusal.NoPrice, PriceRefusal.BelowZero, PriceRefusal.PeopleOutOfRange }, refusals);
        Assert.DoesNotContain(PriceRefusal.BothWin, refusals);
    }

    private static void ForAny(Func<RandomTariff, bool> property, int count = Worlds) =>
        Holds.ForAll(Gen.Choose(0, int.MaxValue), seed => property(new RandomTariff(seed)), count);

    private static PriceRule Day(int number, long fen, RuleWhen when) => new(new Guid(number, 0, 0, new byte[8]), "", PriceStage.Day, Effect.Costs(fen)) { When = when };

    private static bool AddsUp(PricedOrder order)
    {
        if (order.Refusal != PriceRefusal.None)
        {
            return order is { TotalFen: 0, TaxFen: 0, People: 0, Lines.Length: 0, Steps.Length: 0 };
        }

        return order.Lines.Sum(line => line.TotalFen) == order.TotalFen
            && order.Lines.Sum(line => line.TaxFen) == order.TaxFen
            && order.Lines.Select((line, index) => IsExplained(line, [.. order.Steps.Where(step => step.Line == index)])).All(isSo => isSo);
    }

    private static bool IsExplained(PricedLine line, PriceStep[] steps)
    {
        // The unit's price grows out of the day's step by step; from then on the totals of the line follow one another.
        var (ofUnit, ofLine) = (steps.TakeWhile(step => step.IsOfUnit).ToArray(), steps.SkipWhile(step => step.IsOfUnit).ToArray());
        return ofUnit.Length > 0 && ofUnit[^1].AfterFen == line.UnitFen && ofUnit[0] is { Stage: PriceStage.Day, BeforeFen: 0 }
            && ofUnit.Skip(1).Zip(ofUnit).All(two => two.First.BeforeFen == two.Second.AfterFen)
            && ofLine.Select(step => step.BeforeFen).Append(line.TotalFen).SequenceEqual(ofLine.Select(step => step.AfterFen).Prepend(line.UnitFen * line.Units))
            && ofLine.Sum(step => step.BeforeFen - step.AfterFen) == line.OffFen
            && line.TotalFen == (line.UnitFen * line.Units) - line.OffFen
            && line is { TotalFen: >= 0, OffFen: >= 0, TaxFen: >= 0 } && line.TaxFen <= line.TotalFen;
    }

    private static bool IsSame(PricedOrder one, PricedOrder other)
    {
        // Which of several faulty lines is named hangs on the order in which they are asked; that the order is refused does not.
        return one.Refusal == PriceRefusal.None
            ? other.Refusal == PriceRefusal.None && one.TotalFen == other.TotalFen && one.TaxFen == other.TaxFen
                && one.Lines.Select(line => line.ToString()).Order().SequenceEqual(other.Lines.Select(line => line.ToString()).Order())
            : other.Refusal != PriceRefusal.None;
    }

    /// <summary>Every rule of every stage is tried on every line, by the words of the document and not by the code's order.</summary>
    private static bool IsWonByOne(RandomTariff tariff, Func<PriceRule, int[]> rankOf)
    {
        var order = tariff.Price();
        if (order.Refusal != PriceRefusal.None)
        {
            return true;
        }

        return order.Lines.Select((line, index) => (line, index)).All(asked =>
        {
            var expected = Enum.GetValues<PriceStage>().Select(stage => WinnerOf(tariff, order, stage, asked.line.Product, tariff.Lines[asked.index].Slot, rankOf));
            // An n for m that gives nothing because the units are free already has no step.
            var named = order.Steps.Where(step => step.Line == asked.index && step.Stage is not null).Select(step => step.Rule).ToArray();
            return expected.OfType<PriceRule>().Where(rule => named.Contains(rule.Id) || rule.Effect.Kind != EffectKind.ManyForFewer || asked.line.UnitFen > 0)
                .Select(rule => rule.Id).SequenceEqual(named);
        });
    }

    private static PriceRule? WinnerOf(RandomTariff tariff, PricedOrder order, PriceStage stage, Guid product, TimeOnly? slot, Func<PriceRule, int[]> rankOf)
    {
        return tariff.Rules.Where(rule => rule.Stage == stage && HoldsFor(rule, product, At(tariff, slot), UnitsOf(tariff, order, product, rule)))
            .MaxBy(rule => string.Concat(rankOf(rule).Select(part => part.ToString("D7"))));
    }

    /// <summary>Of a step that asks for hours only the lines count whose hour it holds at.</summary>
    private static int UnitsOf(RandomTariff tariff, PricedOrder order, Guid product, PriceRule rule) =>
        order.Lines.Where((line, index) => line.Product == product && HoldsOn(rule.When, rule.Who, At(tariff, tariff.Lines[index].Slot))).Sum(line => line.Units);

    private static Occasion At(RandomTariff tariff, TimeOnly? slot) => slot is not { } begins ? tariff.Occasion
        : tariff.Occasion with { Visit = tariff.Occasion.Visit with { Minute = (int)begins.ToTimeSpan().TotalMinutes } };

    /// <summary>Every unit by itself, in the words of the document: free ones first, then set after set, the dearest units first.</summary>
    private static long TotalUnitByUnit(RandomTariff tariff, PricedOrder order)
    {
        var left = order.Lines.SelectMany((line, index) => Enumerable.Repeat((line.Product, Fen: line.UnitFen, tariff.Lines[index].Slot), line.Units))
            .OrderByDescending(unit => unit.Fen).ThenBy(unit => unit.Product).Select((unit, number) => (unit.Product, unit.Fen, unit.Slot, Number: number)).ToList();
        var totalFen = left.Sum(unit => unit.Fen);
        foreach (var units in left.GroupBy(unit => (unit.Product, Rule: WinnerOf(tariff, order, PriceStage.Quantity, unit.Product, unit.Slot, RankOf))).ToArray())
        {
            if (units.Key.Rule is { } rule)
            {
                left.RemoveAll(units.Contains);
                var free = rule.Effect.Kind == EffectKind.ManyForFewer ? units.Count() / (int)rule.Effect.Amount * ((int)rule.Effect.Amount - rule.Effect.Paid) : 0;
                totalFen -= units.TakeLast(free).Sum(unit => unit.Fen);
            }
        }

        var rest = left.Select(unit => (unit.Product, unit.Fen, unit.Number)).ToList();
        foreach (var set in tariff.Sets.OrderByDescending(set => set.Priority).Where(set => HoldsOn(set.When, set.Who, tariff.Occasion)))
        {
            var times = 0;
            var taken = new List<(Guid Product, long Fen, int Number)>();
            while (times < set.TimesMax && Once(set, rest.Except(taken).ToList()) is { } more)
            {
                taken.AddRange(more);
                times++;
            }

            var beforeFen = taken.Sum(unit => unit.Fen);
            var afterFen = set.Effect.Kind switch
            {
                EffectKind.Costs => times * set.Effect.Amount,
                EffectKind.Less => Math.Max(0, beforeFen - (times * set.Effect.Amount)),
                _ => tariff.Money.Prices.Of(beforeFen, set.Effect.Amount, Effect.Whole),
            };
            if (afterFen < beforeFen)
            {
                totalFen -= beforeFen - afterFen;
                rest = rest.Except(taken).ToList();
            }
        }

        return totalFen;
    }

    /// <summary>The units for one set, or null where it does not fit.</summary>
    private static List<(Guid Product, long Fen, int Number)>? Once(SetRule set, List<(Guid Product, long Fen, int Number)> left)
    {
        var taken = new List<(Guid Product, long Fen, int Number)>();
        foreach (var part in set.Parts)
        {
            var units = left.Where(unit => part.Products.Contains(unit.Product)).Take(part.Units).ToArray();
            if (units.Length < part.Units)
            {
                return null;
            }

            taken.AddRange(units);
        }

        return taken;
    }

    private static int[] RankOf(PriceRule rule)
    {
        var notice = rule.When.Kinds is DayKinds.Holiday or DayKinds.Workday or (DayKinds.Holiday | DayKinds.Workday);
        return
        [
            rule.Who.Agency is null ? 0 : 1, rule.Who.Level is null ? 0 : 1, rule.Who.Channel is null ? 0 : 1,
            rule.When.Days is null ? 0 : 1, rule.When.FromMinute is null ? 0 : 1, notice ? 1 : 0,
            rule.When.First is null && rule.When.Last is null ? 0 : 1,
            rule.When.Weekdays != 127 || (rule.When.Kinds != DayKinds.All && !notice) ? 1 : 0,
            rule.Products.Count > 0 ? 1 : 0, rule.Effect.Kind == EffectKind.ManyForFewer ? (int)rule.Effect.Amount : rule.From, rule.Priority,
        ];
    }

    private static bool HoldsFor(PriceRule rule, Guid product, Occasion occasion, int units)
    {
        var isReached = rule.Stage switch
        {
            PriceStage.Early => occasion.DaysAhead >= rule.From,
            PriceStage.Quantity => units >= (rule.Effect.Kind == EffectKind.ManyForFewer ? rule.Effect.Amount : rule.From),
            _ => true,
        };
        return isReached && (rule.Products.Count == 0 || rule.Products.Contains(product)) && HoldsOn(rule.When, rule.Who, occasion);
    }

    private static bool HoldsOn(RuleWhen when, RuleWho who, Occasion occasion)
    {
        var visit = occasion.Visit;
        var isInHours = when.FromMinute is null || (visit.Minute is { } minute && (when.FromMinute <= when.ToMinute
            ? minute >= when.FromMinute && minute <= when.ToMinute : minute >= when.FromMinute || minute <= when.ToMinute));
        return isInHours && (when.Days is null || when.Days.Contains(visit.Day)) && !(visit.Day < when.First) && !(visit.Day > when.Last)
            && when.Kinds.HasFlag(Enum.Parse<DayKinds>(visit.Kind.ToString())) && (when.Weekdays >> (int)visit.Day.DayOfWeek) % 2 == 1
            && (who.Agency is null || who.Agency == occasion.Buyer.Agency) && (who.Level is null || who.Level == occasion.Buyer.Level)
            && (who.Channel is null || who.Channel == occasion.Buyer.Channel);
    }
}
