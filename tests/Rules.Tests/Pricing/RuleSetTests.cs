using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class RuleSetTests
{
    private static readonly Guid Adult = RuleTable.Id("adult"), Child = RuleTable.Id("child"), Senior = RuleTable.Id("senior");
    private static readonly PriceRule Plain = RuleTable.RuleOf(["plain", "Day", "adult", "-", "-", "-", "costs 80.00"]);
    private static readonly SetRule Family = new(RuleTable.Id("set"), "set", [new([Adult], 2), new([Child, Senior], 1)], Effect.Costs(180_00), 5);

    [Fact]
    public void Every_fault_is_named_and_not_only_the_first()
    {
        PriceRule[] rules = [Plain with { Effect = Effect.Costs(-1) }, RuleTable.RuleOf(["late", "Early", "-", "-", "-", "-", "pays 95%"]), Plain];
        Assert.Equal(
            [(RuleRefusal.AmountOutOfRange, Plain.Id), (RuleRefusal.ThresholdOutOfRange, RuleTable.Id("late")), (RuleRefusal.SameId, Plain.Id), (RuleRefusal.BothWin, Plain.Id)],
            FaultsOf(rules).Select(fault => (fault.Refusal, fault.Rule)));
    }

    [Fact]
    public void A_set_needs_parts_that_differ_and_an_effect_on_the_whole()
    {
        Assert.Equal(RuleRefusal.PartsWrong, FaultOf(Family with { Parts = [] }));
        Assert.Equal(RuleRefusal.PartsWrong, FaultOf(Family with { Parts = [new([], 1), new([Child], 1)] }));
        Assert.Equal(RuleRefusal.PartsWrong, FaultOf(Family with { Parts = [new([Adult], 0)] }));
        Assert.Equal(RuleRefusal.PartsWrong, FaultOf(Family with { Parts = [new([Adult], 1), new([Child, Adult], 1)] }));
        Assert.Equal(RuleRefusal.UnknownProduct, FaultOf(Family with { Parts = [new([Guid.Empty], 1)] }));
        Assert.Equal(RuleRefusal.EffectOutOfPlace, FaultOf(Family with { Effect = Effect.ManyForFewer(3, 2) }));
        Assert.Equal(RuleRefusal.AmountOutOfRange, FaultOf(Family with { Effect = Effect.Less(-1) }));
        Assert.Equal(RuleRefusal.PriorityOutOfRange, FaultOf(Family with { Priority = -1 }));
        Assert.Equal(RuleRefusal.PriorityOutOfRange, FaultOf(Family with { Priority = 100 }));
        Assert.Equal(RuleRefusal.ThresholdOutOfRange, FaultOf(Family with { TimesMax = 0 }));
        Assert.Equal(RuleRefusal.NeverHolds, FaultOf(Family with { When = new() { Weekdays = 0 } }));
        Assert.Equal(RuleRefusal.None, FaultOf(Family));
    }

    [Fact]
    public void Sets_that_want_one_product_must_differ_in_priority()
    {
        var other = Family with { Id = RuleTable.Id("other"), Parts = [new([Senior], 3)] };
        var fault = Assert.Single(FaultsOf([], Family, other));
        Assert.Equal(new RuleFault(RuleRefusal.BothWin, Family.Id, other.Id), fault);
        Assert.Empty(FaultsOf([], Family, other with { Priority = 6 }));
        Assert.Empty(FaultsOf([], Family with { Parts = [new([Adult], 2)] }, other));
    }

    [Fact]
    public void Hours_are_minutes_of_the_day_and_have_an_end()
    {
        foreach (var (from, to) in new (int?, int?)[] { (-1, 5), (5, 1440), (1440, 5), (5, -1), (5, null), (null, 5) })
        {
            Assert.Equal(RuleRefusal.NeverHolds, Assert.Single(FaultsOf([Plain with { When = new() { FromMinute = from, ToMinute = to } }])).Refusal);
        }

        Assert.Empty(FaultsOf([Plain with { When = new() { FromMinute = 0, ToMinute = 1439 } }]));
    }

    [Fact]
    public void Five_thousand_rules_are_read_and_one_more_is_not()
    {
        var many = Enumerable.Range(0, RuleSet.RulesMax + 1)
            .Select(number => Plain with { Id = new(number, 1, 1, new byte[8]), When = new() { Days = [new DateOnly(2026, 1, 1).AddDays(number)] } }).ToArray();
        Assert.Empty(FaultsOf(many[..RuleSet.RulesMax]));
        Assert.Equal(new RuleFault(RuleRefusal.TooManyRules, Guid.Empty), Assert.Single(FaultsOf(many)));
        Assert.Equal(RuleRefusal.TooManyRules, Assert.Single(FaultsOf([many[0] with { Products = [.. Enumerable.Repeat(Adult, RuleSet.PlacesMax + 1)] }])).Refusal);
        Assert.Equal(RuleRefusal.TooManyRules, Assert.Single(FaultsOf([], [.. Enumerable.Repeat(Family, RuleSet.SetsMax + 1)])).Refusal);
    }

    [Fact]
    public void A_product_named_twice_by_a_rule_is_no_tie() =>
        Assert.Empty(FaultsOf([Plain with { Products = [Adult, Adult] }]));

    [Fact]
    public void A_year_not_yet_published_may_bring_a_holiday_on_any_day()
    {
        // 2027-10-01 is a Friday and no notice says yet that it is a holiday. When it does, both of these would hold.
        var days = new RuleWhen { First = new(2027, 10, 1), Last = new(2027, 10, 1) };
        Assert.Equal(RuleRefusal.BothWin, Assert.Single(FaultsOf([
            Plain with { When = days with { Kinds = DayKinds.Holiday | DayKinds.Weekend } },
            Plain with { Id = Guid.Empty, When = days with { Kinds = DayKinds.Holiday | DayKinds.Weekday } }])).Refusal);
        // A Friday is no weekend, whatever is published; a Friday in a published year is what it is.
        Assert.DoesNotContain(RuleRefusal.BothWin, FaultsOf([
            Plain with { When = days with { Kinds = DayKinds.Weekend | DayKinds.Weekday } },
            Plain with { Id = Guid.Empty, When = days with { Kinds = DayKinds.Weekend | DayKinds.Workday } }]).Select(fault => fault.Refusal));
        var published = new RuleWhen { First = new(2026, 11, 27), Last = new(2026, 11, 27) };
        Assert.DoesNotContain(RuleRefusal.BothWin, FaultsOf([
            Plain with { When = published with { Kinds = DayKinds.Holiday | DayKinds.Weekend } },
            Plain with { Id = Guid.Empty, When = published with { Kinds = DayKinds.Holiday | DayKinds.Weekday } }]).Select(fault => fault.Refusal));
    }

    [Fact]
    public void Two_rules_of_one_rank_are_refused_exactly_when_some_visit_is_meant_by_both() => Holds.ForAll(
        Gen.Choose(0, int.MaxValue),
        seed =>
        {
            var random = new Random(seed);
            var isBounded = random.Next(2) == 0;
            RuleWhen[] two = [AnyWhen(random, isBounded), AnyWhen(random, isBounded)];
            if (two[0].Rank != two[1].Rank)
            {
                return true;
            }

            var refused = FaultsOf([Plain with { When = two[0] }, Plain with { Id = Guid.Empty, When = two[1] }]).Any(fault => fault.Refusal == RuleRefusal.BothWin);
            return refused == SomeVisit(isBounded).Any(visit => two[0].Holds(visit) && two[1].Holds(visit));
        },
        5_000);

    [Fact]
    public void A_calendar_with_a_gap_names_its_days()
    {
        var lantern = RuleTable.Id("lantern");
        Assert.Equal([new(2026, 2, 8), new(2026, 2, 9)], PriceGaps.Of(RuleTable.Checked, lantern, new("window"), new(2026, 2, 8), new(2026, 2, 11), null));
        Assert.Equal([new(2026, 3, 4)], PriceGaps.Of(RuleTable.Checked, lantern, new("window"), new(2026, 3, 3), new(2026, 3, 4), null));
        Assert.Empty(PriceGaps.Of(RuleTable.Checked, Adult, new("window"), new(2026, 1, 1), new(2026, 12, 31), 600));
        Assert.Equal([new(2026, 1, 1)], PriceGaps.Of(RuleTable.Checked, Guid.Empty, new("window"), new(2026, 1, 1), new(2026, 1, 1), null));
    }

    private static IReadOnlyList<RuleFault> FaultsOf(IReadOnlyList<PriceRule> rules, params SetRule[] sets)
    {
        var set = RuleSet.Of(RuleTable.Products, rules, sets, default, out var faults);
        Assert.Equal(faults.Count == 0, set is not null);
        return faults;
    }

    private static RuleRefusal FaultOf(SetRule set) => FaultsOf([], set) is [var fault] ? fault.Refusal : RuleRefusal.None;

    private static RuleWhen AnyWhen(Random random, bool isBounded)
    {
        var (kinds, weekdays) = ((DayKinds)random.Next(1, 16), random.Next(1, 128));
        var when = random.Next(3) switch { 0 => new RuleWhen { Kinds = kinds }, 1 => new() { Weekdays = weekdays }, _ => new() { Kinds = kinds, Weekdays = weekdays } };
        var first = new DateOnly(2026, 9, 1).AddDays(random.Next(40));
        when = isBounded ? when with { First = first, Last = first.AddDays(random.Next(8)) } : when;
        return random.Next(2) == 0 ? when : when with { FromMinute = random.Next(6) * 240, ToMinute = random.Next(6) * 240 };
    }

    /// <summary>Every day with every kind it has, at the minutes at which spans of hours begin and end.</summary>
    private static IEnumerable<VisitTime> SomeVisit(bool isBounded) =>
        from number in Enumerable.Range(0, isBounded ? 60 : 1_100)
        let day = (isBounded ? new DateOnly(2026, 8, 25) : new DateOnly(2023, 12, 1)).AddDays(number)
        from minute in Enumerable.Range(0, 6)
        select new VisitTime(day, ChineseHolidays.KindOf(day), minute * 240);
}
