using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class QuoteTests
{
    private static readonly PricedType[] OnSale =
    [
        new(Guid.Parse("00000000-0000-7000-8000-000000000001"), "adult", 120_00, 1, 1),
        new(Guid.Parse("00000000-0000-7000-8000-000000000002"), "child", 60_00, 1, 1),
        new(Guid.Parse("00000000-0000-7000-8000-000000000003"), "group", 95_50, 10, 50),
        new(Guid.Parse("00000000-0000-7000-8000-000000000004"), "free", 0, 1, 1),
        new(Guid.Parse("00000000-0000-7000-8000-000000000005"), "gold", 9_999_999_00, 1, 2),
        new(Guid.Parse("00000000-0000-7000-8000-000000000006"), "token", 1_00, 1, 1),
    ];

    private static readonly Dictionary<Guid, PricedType> Types = OnSale.ToDictionary(type => type.Id);

    public static TheoryData<string> Examples => DocTable.Rows("pricing.md", "Examples: quote");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_sale_comes_to_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        AskedLine[] lines = DocTable.OrNull(cells[0]) is { } asked ? [.. asked.Split(", ").Select(LineOf)] : [];
        var quote = Quote.Of(Types, lines);
        Assert.Equal(
            (Enum.Parse<QuoteRefusal>(cells[1]), DocTable.Fen(cells[2]), int.Parse(cells[3])),
            (quote.Refusal, quote.TotalFen, quote.People));
    }

    [Fact]
    public void A_refusal_names_the_first_line_that_cannot_be_sold()
    {
        var quote = Quote.Of(Types, [LineOf("1 adult of 1"), LineOf("0 adult of 1"), LineOf("1 nobody of 1")]);
        Assert.Equal((QuoteRefusal.QuantityOutOfRange, 1), (quote.Refusal, quote.LineIndex));
        Assert.Empty(quote.Lines);
        Assert.Equal(-1, Quote.Of(Types, [LineOf("1 adult of 1")]).LineIndex);
    }

    [Fact]
    public void Twenty_lines_are_sold_and_twenty_one_are_not()
    {
        Assert.Equal(QuoteRefusal.None, Quote.Of(Types, [.. Enumerable.Repeat(LineOf("1 adult of 1"), 20)]).Refusal);
        Assert.Equal(QuoteRefusal.TooManyLines, Quote.Of(Types, [.. Enumerable.Repeat(LineOf("1 adult of 1"), 21)]).Refusal);
    }

    [Fact]
    public void Not_even_a_type_for_everybody_takes_more_than_five_hundred_on_a_ticket()
    {
        var type = new PricedType(Guid.Empty, "crowd", 1, int.MinValue, int.MaxValue);
        var types = new Dictionary<Guid, PricedType> { [type.Id] = type };
        Assert.Equal(500, Quote.Of(types, [new(type.Id, 1, 500)]).TotalFen);
        Assert.Equal(QuoteRefusal.PeopleOutOfRange, Quote.Of(types, [new(type.Id, 1, 501)]).Refusal);
        Assert.Equal(QuoteRefusal.PeopleOutOfRange, Quote.Of(types, [new(type.Id, 1, 0)]).Refusal);
    }

    [Fact]
    public void A_negative_price_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PricedType(Guid.Empty, "gift", -1, 1, 1));

    [Fact]
    public void A_quote_never_throws_overflows_or_turns_negative_and_adds_up() => Holds.ForAll(AnySale, sale =>
    {
        var quote = Quote.Of(sale.Types.ToDictionary(type => type.Id), sale.Lines);
        if (quote.Refusal != QuoteRefusal.None)
        {
            return quote is { TotalFen: 0, People: 0, Lines.Count: 0 };
        }

        var total = quote.Lines.Aggregate(Int128.Zero, (sum, line) => sum + ((Int128)line.UnitFen * line.Quantity * line.People));
        return quote.TotalFen is >= 0 and <= Quote.TotalFenMax
            && total == quote.TotalFen
            && quote.Lines.Sum(line => line.TotalFen) == quote.TotalFen
            && quote.Lines.Select(line => new AskedLine(line.TypeId, line.Quantity, line.People)).SequenceEqual(sale.Lines)
            && quote.People == sale.Lines.Sum(line => line.Quantity * line.People);
    });

    [Fact]
    public void Random_sales_are_sold_and_refused_for_every_reason()
    {
        var met = new HashSet<QuoteRefusal>();
        Holds.ForAll(AnySale, sale => met.Add(Quote.Of(sale.Types.ToDictionary(type => type.Id), sale.Lines).Refusal) | true);
        Assert.Equal(Enum.GetValues<QuoteRefusal>().Length, met.Count);
    }

    private static Gen<(PricedType[] Types, AskedLine[] Lines)> AnySale { get; } =
        from prices in Gen.OneOf(Gen.Choose(0, 300_00).Select(fen => (long)fen), Holds.AnyLong.Where(fen => fen >= 0)).ArrayOf(3)
        from bounds in Gen.OneOf(Gen.Constant((1, 500)), Holds.AnyInt.Two().Select(two => (two.Item1, two.Item2))).ArrayOf(3)
        from lines in AnyLine.ListOf().Select(lines => lines.Take(22).ToArray())
        select (Enumerable.Range(0, 3).Select(place => new PricedType(IdOf(place), "", prices[place], bounds[place].Item1, bounds[place].Item2)).ToArray(), lines);

    private static Gen<AskedLine> AnyLine { get; } =
        from type in Gen.Frequency((30, Gen.Choose(0, 2)), (1, Gen.Constant(3)))
        from quantity in Gen.Frequency((15, Gen.Choose(1, 500)), (1, Holds.AnyInt))
        from people in Gen.Frequency((15, Gen.Choose(1, 20)), (1, Holds.AnyInt))
        select new AskedLine(IdOf(type), quantity, people);

    private static Guid IdOf(int place) => new(place, 0, 0, new byte[8]);

    private static AskedLine LineOf(string asked)
    {
        var words = asked.Split(' ');
        var type = Array.Find(OnSale, type => type.Name == words[1]);
        return new(type?.Id ?? Guid.Empty, int.Parse(words[0]), int.Parse(words[3]));
    }
}
