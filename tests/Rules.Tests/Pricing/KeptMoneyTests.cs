using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>What comes back hangs on what stays, never on the order of the clicks .</summary>
public class KeptMoneyTests
{
    public static TheoryData<string> Rows => DocTable.Rows("refund.md", "Examples: kept");

    internal static readonly Dictionary<string, Guid> Ids = new() { ["adult"] = new(1, 1, 1, new byte[8]), ["child"] = new(2, 1, 1, new byte[8]), ["senior"] = new(3, 1, 1, new byte[8]) };

    internal static readonly RuleSet Rules = RulesOfTheDocument();

    [Theory]
    [MemberData(nameof(Rows))]
    public void What_comes_back_is_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var (sold, back, fee) = (CountsOf(cells[0]), CountsOf(cells[1]), DocTable.Fen(cells[2]));
        string[] kinds = [.. sold.Keys];
        long? PriceOf(int[] counts) => OrderPrice.Of(Rules, Monday, [.. counts.Select((count, at) => (count, at)).Where(c => c.count > 0).Select(c => new AskedLine(Ids[kinds[c.at]], c.count, 1))]).TotalFen;
        var paid = PriceOf([.. sold.Values])!.Value;
        Assert.Equal(DocTable.Fen(cells[3]), paid);
        var kept = KeptMoney.Of(paid, [.. sold.Select(s => new KeptLine(s.Value - back.GetValueOrDefault(s.Key), [.. Enumerable.Repeat(fee, back.GetValueOrDefault(s.Key))], Rules.HangsTogether(Ids[s.Key])))], PriceOf);
        Assert.Equal(DocTable.Fen(cells[4]), paid - kept);
    }

    /// <summary>An order of random products under random rules, each of its tickets with a fee, and an order in which they go back.</summary>
    private sealed class Story
    {
        private readonly RandomTariff _tariff;
        private readonly RuleSet _rules;
        private readonly AskedVoucher[] _vouchers;
        private readonly Dictionary<string, long?> _priced = [];
        public readonly (int Line, long Fee)[] Tickets;
        public readonly long Paid;
        public readonly bool Sells;

        public Story(int seed, int unitsMax, bool vouchers = false)
        {
            _tariff = new(seed);
            _rules = _tariff.Checked;
            Lines = [.. _tariff.Lines.Take(5).Select(line => line with { Quantity = Math.Min(line.Quantity, unitsMax) })];
            _vouchers = vouchers ? _tariff.Vouchers : [];
            var priced = OrderPrice.Of(_rules, _tariff.Occasion, Lines, _vouchers);
            (Sells, Paid) = (priced.Refusal == PriceRefusal.None, priced.TotalFen);
            var random = new Random(seed);
            var rate = random.Next(4) == 0 ? 0 : random.Next(101);
            // A fee is at most the ticket's part of what its line came to.
            Tickets = !Sells ? [] : [.. Lines.SelectMany((line, at) => Enumerable.Range(0, line.Quantity).Select(_ => (at, priced.Lines[at].TotalFen / line.Quantity * random.Next(rate + 1) / 100)))];
            random.Shuffle(Tickets);
        }

        public AskedLine[] Lines { get; }

        public long? PriceOf(int[] counts)
        {
            var key = string.Join(',', counts);
            if (_priced.TryGetValue(key, out var known)) return known;
            var priced = OrderPrice.Of(_rules, _tariff.Occasion, [.. Lines.Select((line, at) => line with { Quantity = counts[at] }).Where(line => line.Quantity > 0)], _vouchers);
            return _priced[key] = priced.Refusal == PriceRefusal.None ? priced.TotalFen : null;
        }

        /// <param name="back">The tickets that are back, by their places.</param>
        /// <param name="all">Whether every line is counted through, also those whose prices do not hang together.</param>
        public long Kept(IReadOnlyCollection<int> back, bool all = false) => KeptMoney.Of(Paid, [.. Lines.Select((line, at) => new KeptLine(line.Quantity - back.Count(t => Tickets[t].Line == at),
            [.. back.Where(t => Tickets[t].Line == at).Select(t => Tickets[t].Fee)], all || _rules.HangsTogether(line.TypeId) || _vouchers.Any(voucher => voucher.Terms.Covers(line.TypeId))))], PriceOf)!.Value;
    }

    [Fact]
    public void In_parts_it_comes_to_the_same_as_at_once_and_never_to_less_than_nothing_or_more_than_was_paid() => InParts(8_000);

    [Fact]
    public void It_is_the_least_over_every_choice_of_tickets_that_could_have_been_kept() => AsByBruteForce(5_000);

    [Fact]
    public void Both_hold_with_vouchers()
    {
        InParts(5_000, vouchers: true);
        AsByBruteForce(3_000, vouchers: true);
    }

    [Fact]
    [Trait("Category", "Proof")]
    public void Both_hold_over_two_hundred_thousand_orders_each()
    {
        InParts(200_000);
        AsByBruteForce(200_000);
        InParts(200_000, vouchers: true);
        AsByBruteForce(200_000, vouchers: true);
    }

    private static void InParts(int orders, bool vouchers = false) => Holds.ForAll(
        from seed in Gen.Choose(0, int.MaxValue)
        from cuts in Gen.Choose(1, 4).ArrayOf(8)
        select (seed, cuts),
        asked =>
        {
            var story = new Story(asked.seed, 4, vouchers);
            var (paidBack, gone, next) = (0L, new List<int>(), 0);
            foreach (var cut in asked.cuts)
            {
                while (next < story.Tickets.Length && gone.Count < story.Tickets.Length && gone.Count < next + cut) gone.Add(gone.Count);
                next = gone.Count;
                var kept = story.Kept(gone);
                var now = story.Paid - paidBack - kept;
                paidBack += now;
                if (now < 0 || paidBack > story.Paid || story.Paid - paidBack != story.Kept([.. gone.AsEnumerable().Reverse()])) return false;
            }

            return true;
        },
        orders);

    [Fact]
    public void Control_the_bare_difference_hangs_on_the_clicks()
    {
        static long Bare(long kept, int staying) => Math.Max(0, kept - OrderPrice.Of(Rules, Monday, [new AskedLine(Ids["adult"], staying, 1)]).TotalFen);
        var (oneByOne, kept) = (0L, 960_00L);
        foreach (var staying in new[] { 11, 10, 9 })
        {
            var back = Bare(kept, staying);
            (oneByOne, kept) = (oneByOne + back, kept - back);
        }

        Assert.Equal((160_00, 60_00), (oneByOne, Bare(960_00, 9)));
    }

    private static void AsByBruteForce(int orders, bool vouchers = false) => Holds.ForAll(
        from seed in Gen.Choose(0, int.MaxValue)
        from goes in Gen.Choose(1, 8)
        select (seed, goes),
        asked =>
        {
            var story = new Story(asked.seed, 2, vouchers);
            if (!story.Sells) return true;
            int[] back = [.. Enumerable.Range(0, Math.Min(asked.goes, story.Tickets.Length))];
            // By brute force: each ticket that went back is either kept after all or pays its fee.
            var least = long.MaxValue;
            for (var choice = 0; choice < 1 << back.Length; choice++)
            {
                int[] outside = [.. back.Where(t => (choice >> t & 1) == 1)];
                int[] counts = [.. story.Lines.Select((line, at) => line.Quantity - outside.Count(t => story.Tickets[t].Line == at))];
                if ((counts.All(count => count == 0) ? 0 : story.PriceOf(counts)) is { } fen) least = Math.Min(least, fen + outside.Sum(t => story.Tickets[t].Fee));
            }

            return least == story.Kept(back) && least == story.Kept(back, all: true);
        },
        orders);

    [Fact]
    public void With_fewer_tickets_no_more_is_kept_and_in_the_end_no_more_than_the_fees() => Holds.ForAll(
        Gen.Choose(0, int.MaxValue),
        seed =>
        {
            var story = new Story(seed, 3);
            var (before, all) = (story.Paid, story.Tickets.Length);
            for (var gone = 1; gone <= all; gone++)
            {
                var kept = story.Kept([.. Enumerable.Range(0, gone)]);
                if (kept > before || kept < 0) return false;
                before = kept;
            }

            return before <= story.Tickets.Sum(t => t.Fee) || all == 0;
        },
        3_000);

    [Fact]
    public void More_ways_than_can_be_counted_through_are_refused_unless_nothing_stays()
    {
        static KeptLine Line(int staying, int back) => new(staying, [.. Enumerable.Repeat(1L, back)], Together: true);
        var asked = 0;
        Assert.Equal(100, KeptMoney.Of(1_000, [Line(1, 49), Line(1, 999)], counts => { asked++; return counts.Sum() == 2 ? -948 : 5_000; }));
        Assert.Equal(49_999, asked);
        Assert.Null(KeptMoney.Of(1_000, [Line(1, 50), Line(1, 999)], _ => 0));
        Assert.Equal(1_049, KeptMoney.Of(5_000, [Line(0, 50), Line(0, 999)], _ => 0));
        Assert.Equal(5_000, KeptMoney.Of(5_000, [new(3, [], true)], _ => throw new InvalidOperationException()));
        // Where what stays has no price by itself, all of it is kept.
        Assert.Equal(5_000, KeptMoney.Of(5_000, [new(3, [0], true)], _ => null));
        Assert.Throws<ArgumentNullException>(() => KeptMoney.Of(1, null!, _ => null));
        Assert.Throws<ArgumentNullException>(() => KeptMoney.Of(1, [], null!));
    }

    internal static readonly Occasion Monday = new(new(new(2026, 11, 23), DayKind.Weekday, null), new(2026, 11, 23), new("window"));

    internal static Dictionary<string, int> CountsOf(string text) => text.Split(", ").Select(part => part.Split(' ')).ToDictionary(part => part[1], part => int.Parse(part[0], System.Globalization.CultureInfo.InvariantCulture));

    private static RuleSet RulesOfTheDocument()
    {
        PriceRule Day(int number, string kind, long fen) => new(new(number, 2, 2, new byte[8]), kind, PriceStage.Day, Effect.Costs(fen)) { Products = [Ids[kind]] };
        return RuleSet.Of([.. Ids.Values.Select(id => new PricedProduct(id, PricedPer.Person, 1, 1))],
        [
            Day(1, "adult", 100_00), Day(2, "child", 60_00), Day(3, "senior", 50_00),
            new(new(4, 2, 2, new byte[8]), "from ten on", PriceStage.Quantity, Effect.Costs(80_00)) { Products = [Ids["adult"]], From = 10 },
            new(new(5, 2, 2, new byte[8]), "three for two", PriceStage.Quantity, Effect.ManyForFewer(3, 2)) { Products = [Ids["senior"]] },
        ], [new SetRule(new(6, 2, 2, new byte[8]), "family", [new([Ids["adult"]], 2), new([Ids["child"]], 1)], Effect.Costs(220_00), 1)], default, out _)!;
    }
}
