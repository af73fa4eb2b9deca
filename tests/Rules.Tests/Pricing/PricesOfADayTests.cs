using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>Orders of a park that made no rules: each type has one price that day.</summary>
public class PricesOfADayTests
{
    private static readonly (string Name, PricedProduct Product, long Fen)[] OnSale =
    [
        Offer(1, "adult", 120_00, 1, 1), Offer(2, "child", 60_00, 1, 1), Offer(3, "group", 95_50, 10, 50),
        Offer(4, "free", 0, 1, 1), Offer(5, "gold", 9_999_999_00, 1, 2), Offer(6, "token", 1_00, 1, 1),
    ];

    private static readonly RuleSet Prices = RuleSet.OfDay([.. OnSale.Select(offer => (offer.Product, offer.Fen))]);

    public static TheoryData<string> Examples => DocTable.Rows("pricing.md", "Examples: order at the prices of a day");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_sale_comes_to_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        AskedLine[] lines = DocTable.OrNull(cells[0]) is { } asked ? [.. asked.Split(", ").Select(LineOf)] : [];
        var quote = Of(Prices, lines);
        Assert.Equal(
            (Enum.Parse<PriceRefusal>(cells[1]), DocTable.Fen(cells[2]), int.Parse(cells[3])),
            (quote.Refusal, quote.TotalFen, quote.People));
    }

    [Fact]
    public void A_refusal_names_the_first_line_that_cannot_be_sold()
    {
        var quote = Of(Prices, [LineOf("1 adult of 1"), LineOf("0 adult of 1"), LineOf("1 nobody of 1")]);
        Assert.Equal((PriceRefusal.QuantityOutOfRange, 1), (quote.Refusal, quote.LineIndex));
        Assert.Empty(quote.Lines);
        Assert.Equal(-1, Of(Prices, [LineOf("1 adult of 1")]).LineIndex);
    }

    [Fact]
    public void Twenty_lines_are_sold_and_twenty_one_are_not()
    {
        Assert.Equal(PriceRefusal.None, Of(Prices, [.. Enumerable.Repeat(LineOf("1 adult of 1"), 20)]).Refusal);
        Assert.Equal(PriceRefusal.TooManyLines, Of(Prices, [.. Enumerable.Repeat(LineOf("1 adult of 1"), 21)]).Refusal);
    }

    [Fact]
    public void Not_even_a_type_for_everybody_takes_more_than_five_hundred_on_a_ticket()
    {
        var crowd = RuleSet.OfDay([(new PricedProduct(Guid.Empty, PricedPer.Person, int.MinValue, int.MaxValue), 1)]);
        Assert.Equal(500, Of(crowd, [new(Guid.Empty, 1, 500)]).TotalFen);
        Assert.Equal(PriceRefusal.PeopleOutOfRange, Of(crowd, [new(Guid.Empty, 1, 501)]).Refusal);
        Assert.Equal(PriceRefusal.PeopleOutOfRange, Of(crowd, [new(Guid.Empty, 1, 0)]).Refusal);
    }

    [Fact]
    public void A_negative_price_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RuleSet.OfDay([(new PricedProduct(Guid.Empty, PricedPer.Person, 1, 1), -1)]));

    [Fact]
    public void An_order_never_throws_overflows_or_turns_negative_and_adds_up() => Holds.ForAll(AnySale, sale =>
    {
        var quote = Of(sale.Prices, sale.Lines);
        if (quote.Refusal != PriceRefusal.None)
        {
            return quote is { TotalFen: 0, People: 0, Lines.Length: 0 };
        }

        var total = quote.Lines.Aggregate(Int128.Zero, (sum, line) => sum + ((Int128)line.UnitFen * line.Quantity * line.People));
        return quote.TotalFen is >= 0 and <= OrderLimits.TotalFenMax
            && total == quote.TotalFen
            && quote.Lines.Sum(line => line.TotalFen) == quote.TotalFen
            && quote.Lines.Select(line => new AskedLine(line.Product, line.Quantity, line.People)).SequenceEqual(sale.Lines)
            && quote.People == sale.Lines.Sum(line => line.Quantity * line.People);
    });

    [Fact]
    public void Random_sales_are_sold_and_refused_for_every_reason()
    {
        var met = new HashSet<PriceRefusal>();
        Holds.ForAll(AnySale, sale => met.Add(Of(sale.Prices, sale.Lines).Refusal) | true);
        // One price a product: there is no gap, no tie and nothing to take off.
        Assert.Equal(Enum.GetValues<PriceRefusal>().Except([PriceRefusal.NoPrice, PriceRefusal.BothWin, PriceRefusal.BelowZero]).ToHashSet(), met);
    }

    private static Gen<(RuleSet Prices, AskedLine[] Lines)> AnySale { get; } =
        from prices in Gen.OneOf(Gen.Choose(0, 300_00).Select(fen => (long)fen), Holds.AnyLong.Where(fen => fen >= 0)).ArrayOf(3)
        from bounds in Gen.OneOf(Gen.Constant((1, 500)), Holds.AnyInt.Two().Select(two => (two.Item1, two.Item2))).ArrayOf(3)
        from lines in AnyLine.ListOf().Select(lines => lines.Take(22).ToArray())
        select (RuleSet.OfDay([.. Enumerable.Range(0, 3).Select(place =>
            (new PricedProduct(IdOf(place), PricedPer.Person, bounds[place].Item1, bounds[place].Item2), prices[place]))]), lines);

    private static Gen<AskedLine> AnyLine { get; } =
        from type in Gen.Frequency((30, Gen.Choose(0, 2)), (1, Gen.Constant(3)))
        from quantity in Gen.Frequency((15, Gen.Choose(1, 500)), (1, Holds.AnyInt))
        from people in Gen.Frequency((15, Gen.Choose(1, 20)), (1, Holds.AnyInt))
        select new AskedLine(IdOf(type), quantity, people);

    private static PricedOrder Of(RuleSet prices, AskedLine[] lines) =>
        OrderPrice.Of(prices, new(new(new(2026, 11, 23), DayKind.Weekday, null), new(2026, 11, 23), new("window")), lines);

    private static (string Name, PricedProduct Product, long Fen) Offer(int place, string name, long fen, int minPeople, int maxPeople) =>
        (name, new(IdOf(place), PricedPer.Person, minPeople, maxPeople), fen);

    private static Guid IdOf(int place) => new(place, 0, 0, new byte[8]);

    private static AskedLine LineOf(string asked)
    {
        var words = asked.Split(' ');
        var offer = Array.Find(OnSale, offer => offer.Name == words[1]);
        return new(offer.Product?.Id ?? Guid.Empty, int.Parse(words[0]), int.Parse(words[3]));
    }
}
