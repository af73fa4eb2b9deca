using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>Every limit of a rule on both of its sides, and what callers must not leave out.</summary>
public class RuleLimitTests
{
    private static readonly Guid Adult = RuleTable.Id("adult"), Child = RuleTable.Id("child");
    private static readonly PriceRule Day = new(RuleTable.Id("day"), "day", PriceStage.Day, Effect.Costs(80_00)) { Products = [Adult] };
    private static readonly PriceRule Terms = Day with { Stage = PriceStage.Terms }, Early = Day with { Stage = PriceStage.Early, Effect = Effect.Pays(9_000), From = 7 },
        Quantity = Day with { Stage = PriceStage.Quantity, Effect = Effect.Pays(9_000), From = 10 }, Free = Quantity with { Effect = Effect.ManyForFewer(16, 15), From = 0 };
    private static readonly SetRule Family = new(RuleTable.Id("set"), "set", [new([Adult], 2), new([Child], 1)], Effect.Costs(180_00), 5);
    private static readonly Occasion Now = new(new(new(2026, 11, 23), DayKind.Weekday, null), new(2026, 11, 23), new("window"));

    [Fact]
    public void A_limit_is_allowed_and_one_step_beyond_it_is_not()
    {
        (RuleRefusal Refusal, PriceRule[] Allowed, PriceRule[] Refused)[] limits =
        [
            (RuleRefusal.AmountOutOfRange,
                [Day with { Effect = Effect.Costs(0) }, Day with { Effect = Effect.Costs(OrderLimits.TotalFenMax) }, Terms with { Effect = Effect.Less(0) }, Terms with { Effect = Effect.Less(OrderLimits.TotalFenMax) },
                    Terms with { Effect = Effect.Pays(0) }, Terms with { Effect = Effect.Pays(10_000) }, Free with { Effect = Effect.ManyForFewer(1, 0) }, Free with { Effect = Effect.ManyForFewer(100_000, 99_999) }],
                [Day with { Effect = Effect.Costs(-1) }, Day with { Effect = Effect.Costs(OrderLimits.TotalFenMax + 1) }, Terms with { Effect = Effect.Less(-1) }, Terms with { Effect = Effect.Less(OrderLimits.TotalFenMax + 1) },
                    Terms with { Effect = Effect.Pays(-1) }, Terms with { Effect = Effect.Pays(10_001) }, Free with { Effect = Effect.ManyForFewer(1, -1) }, Free with { Effect = Effect.ManyForFewer(15, 15) },
                    Free with { Effect = Effect.ManyForFewer(100_001, 15) }]),
            (RuleRefusal.PriorityOutOfRange, [Day with { Priority = 0 }, Day with { Priority = 99 }], [Day with { Priority = -1 }, Day with { Priority = 100 }]),
            (RuleRefusal.ThresholdOutOfRange,
                [Early with { From = 1 }, Early with { From = 100_000 }, Quantity with { From = 1 }, Quantity with { From = 100_000 }, Free, Terms],
                [Early with { From = 0 }, Early with { From = 100_001 }, Quantity with { From = 0 }, Quantity with { From = 100_001 }, Free with { From = 1 }, Terms with { From = 1 }, Day with { From = -1 }]),
            (RuleRefusal.EffectOutOfPlace,
                [Terms with { Effect = Effect.Pays(1) }, Terms with { Effect = Effect.Less(1) }, Early with { Effect = Effect.Less(1) }, Quantity with { Effect = Effect.Costs(1) }, Quantity with { Effect = Effect.Less(1) }],
                [Day with { Effect = Effect.Less(1) }, Day with { Effect = Effect.ManyForFewer(2, 1) }, Terms with { Effect = Effect.ManyForFewer(2, 1) }, Early with { Effect = Effect.Costs(1) },
                    Early with { Effect = Effect.ManyForFewer(2, 1) }, Day with { Stage = (PriceStage)4 }]),
            (RuleRefusal.UnknownProduct, [Day, Early, Quantity], [Day with { Products = [Adult, Guid.Empty] }, Early with { Products = [Guid.Empty] }, Quantity with { Products = [Guid.Empty] }]),
            (RuleRefusal.NeverHolds,
                [Day with { When = new() { Days = [new(2026, 11, 23), new(2026, 11, 24)] } }, Day with { When = new() { FromMinute = 1439, ToMinute = 0 } }],
                [Day with { When = new() { Days = [new(2026, 11, 23), new(2026, 11, 23)] } }, Day with { When = new() { Days = [] } }, Day with { When = new() { Days = [new(2026, 11, 24), new(2026, 11, 23)] } }]),
        ];
        foreach (var (refusal, allowed, refused) in limits)
        {
            Assert.All(allowed, rule => Assert.Equal((refusal, RuleRefusal.None), (refusal, FaultOf(rule))));
            Assert.All(refused, rule => Assert.Equal(refusal, FaultOf(rule)));
        }

        Assert.Equal(RuleRefusal.AmountOutOfRange, FaultOf(Day with { Effect = new((EffectKind)9, 1, 0), Stage = PriceStage.Quantity, From = 1 }));
    }

    [Fact]
    public void A_set_at_its_limits_is_allowed()
    {
        SetRule[] allowed = [Family with { Priority = 0 }, Family with { Priority = 99 }, Family with { TimesMax = 1 }, Family with { Parts = [new([Adult], 1)] }, Family with { Effect = Effect.Pays(10_000) }];
        Assert.All(allowed, set => Assert.Empty(FaultsOf([], set)));
        // Both parts must be whole, not only one of them.
        Assert.Equal(RuleRefusal.PartsWrong, Assert.Single(FaultsOf([], Family with { Parts = [new([Adult], 1), new([Child], 0)] })).Refusal);
        Assert.Equal(RuleRefusal.SameId, Assert.Single(FaultsOf([Day], Family with { Id = Day.Id })).Refusal);
    }

    /// <summary>Without a season, or in one of years, a day of the week is of a kind where some year may bring it.</summary>
    [Fact]
    public void A_day_of_the_week_is_only_of_the_kinds_that_it_can_be()
    {
        RuleWhen[] seasons = [new(), new() { First = new(2026, 1, 1) }, new() { Last = new(2026, 12, 31) }, new() { First = new(2024, 1, 1), Last = new(2027, 12, 31) }];
        foreach (var season in seasons)
        {
            foreach (var day in Enum.GetValues<DayOfWeek>())
            {
                foreach (var kind in new[] { DayKinds.Weekday, DayKinds.Weekend, DayKinds.Holiday, DayKinds.Workday })
                {
                    var canBe = kind == DayKinds.Holiday || (kind == DayKinds.Weekday) == day is not (DayOfWeek.Saturday or DayOfWeek.Sunday);
                    Assert.Equal(canBe ? RuleRefusal.None : RuleRefusal.NeverHolds, FaultOf(Day with { When = season with { Weekdays = 1 << (int)day, Kinds = kind } }));
                }
            }
        }
    }

    [Fact]
    public void Two_rules_are_for_one_buyer_unless_they_name_two()
    {
        var (some, others) = ("yunling", "hulu");
        foreach (var (one, other) in new (RuleWho, RuleWho)[] { (new("web"), new("kiosk")), (new(null, some), new(null, others)), (new(null, null, "gold"), new(null, null, "silver")) })
        {
            Assert.False(one.Meets(other));
            Assert.False((one with { Channel = one.Channel ?? "web", Agency = one.Agency ?? some, Level = one.Level ?? "gold" })
                .Meets(other with { Channel = other.Channel ?? "web", Agency = other.Agency ?? some, Level = other.Level ?? "gold" }));
            Assert.All([(one, one), (one, default), (default, other)], two => Assert.True(two.Item1.Meets(two.Item2)));
        }

        Assert.True(new RuleWho("web", some, "gold").Meets(new("web", some, "gold")));
        Assert.Equal([1, 2, 4, 7], new RuleWho[] { new("web"), new(null, null, "gold"), new(null, some), new("web", some, "gold") }.Select(who => (int)who.Rank));
    }

    [Fact]
    public void Nobody_reads_more_than_a_hundred_faults() =>
        Assert.Equal(100, FaultsOf([.. Enumerable.Range(0, 60).Select(number => Day with { Id = new(number, 2, 2, new byte[8]) })]).Count);

    [Fact]
    public void Rules_that_were_never_checked_refuse_where_two_win_and_ignore_what_they_do_not_know()
    {
        var other = Day with { Id = RuleTable.Id("other"), Effect = Effect.Costs(90_00) };
        var order = OrderPrice.Of(RuleSet.Kept(RuleTable.Products, [Day, other], [], default), Now, [new(Adult, 1, 1)]);
        Assert.Equal((PriceRefusal.BothWin, 0), (order.Refusal, order.LineIndex));
        Assert.Contains(order.Rule!.Value, new[] { Day.Id, other.Id });
        var unknown = RuleSet.Kept(RuleTable.Products, [Day, other with { Products = [Guid.Empty] }], [], default);
        Assert.Equal(80_00, OrderPrice.Of(unknown, Now, [new(Adult, 1, 1)]).TotalFen);
        Assert.Null(unknown.Find(Guid.Empty));
        Assert.Equal(5_00, Effect.ManyForFewer(2, 1).After(5_00, default));
    }

    [Fact]
    public void A_hundred_parts_take_their_fen_one_by_one_from_the_first()
    {
        var parts = new long[100];
        Shares.Split(150, [.. Enumerable.Repeat(1L, 100)], parts);
        Assert.Equal([.. Enumerable.Repeat(2L, 50), .. Enumerable.Repeat(1L, 50)], parts);
        Shares.Split(7, new long[100], parts);
        Assert.Equal([7L, .. new long[99]], parts);
    }

    [Fact]
    public void What_must_not_be_left_out_is_named_when_it_is()
    {
        (string Name, Action Call)[] calls =
        [
            ("ways", () => Concession.Decide(null!, default, default)),
            ("rules", () => OrderPrice.Of(null!, Now, [])), ("asked", () => OrderPrice.Of(RuleTable.Checked, Now, null!)),
            ("products", () => RuleSet.Of(null!, [], [], default, out _)), ("rules", () => RuleSet.Of([], null!, [], default, out _)), ("sets", () => RuleSet.Of([], [], null!, default, out _)),
            ("products", () => RuleSet.Kept(null!, [], [], default)), ("rules", () => RuleSet.Kept([], null!, [], default)), ("sets", () => RuleSet.Kept([], [], null!, default)),
            ("prices", () => RuleSet.OfDay(null!)), ("rules", () => PriceGaps.Of(null!, Adult, Now.Buyer, Now.SoldOn, Now.SoldOn, null)),
            ("versions", () => PriceVersion.At(null!, default)), ("versions", () => PriceVersion.RefusalOf(null!, default, default)), ("shares", () => Shares.Of(1, null!)),
        ];
        Assert.All(calls, call => Assert.Equal(call.Name, Assert.Throws<ArgumentNullException>(call.Call).ParamName));
        Assert.Throws<ArgumentOutOfRangeException>(() => RuleSet.OfDay([(RuleTable.Products[0], -1)]));
    }

    private static IReadOnlyList<RuleFault> FaultsOf(IReadOnlyList<PriceRule> rules, params SetRule[] sets)
    {
        RuleSet.Of(RuleTable.Products, rules, sets, default, out var faults);
        return faults;
    }

    private static RuleRefusal FaultOf(PriceRule rule) => FaultsOf([rule]) is [var fault] ? fault.Refusal : RuleRefusal.None;
}
