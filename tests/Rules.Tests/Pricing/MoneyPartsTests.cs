using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class MoneyPartsTests
{
    public static TheoryData<string> RoundingRows => DocTable.Rows("pricing.md", "Examples: rounding");

    public static TheoryData<string> TaxRows => DocTable.Rows("pricing.md", "Examples: tax inside");

    public static TheoryData<string> ShareRows => DocTable.Rows("pricing.md", "Examples: shares");

    [Theory]
    [MemberData(nameof(RoundingRows))]
    public void A_divided_price_becomes_the_money_that_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var rounding = new Rounding((int)DocTable.Fen(cells[2]), Enum.Parse<RoundingMode>(cells[3]));
        Assert.Equal(DocTable.Fen(cells[4]), rounding.Of(DocTable.Fen(cells[0]), (long)(decimal.Parse(cells[1].TrimEnd('%')) * 100), Effect.Whole));
    }

    [Theory]
    [MemberData(nameof(TaxRows))]
    public void The_tax_inside_is_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var totals = cells[0].Split(" + ").Select(DocTable.Fen).ToArray();
        var taxes = new long[totals.Length];
        TaxInside.OfLines(totals, (int)(decimal.Parse(cells[1].TrimEnd('%')) * 100), Enum.Parse<TaxPer>(cells[2]), taxes);
        Assert.Equal(cells[3].Split(" + ").Select(DocTable.Fen), taxes);
    }

    [Theory]
    [MemberData(nameof(ShareRows))]
    public void Partners_take_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        Share[] shares = [.. cells[1].Split(", ").Select(ShareOf)];
        Assert.Equal(cells[2].Split(" + ").Select(DocTable.Fen), Shares.Of(DocTable.Fen(cells[0]), shares));
    }

    [Fact]
    public void Parts_sum_to_the_whole_and_none_is_a_fen_from_exact() => Holds.ForAll(AnyWhole, asked => SumsUp(asked.Whole, asked.Weights, Divided), Many);

    [Fact]
    public void Control_parts_that_are_rounded_each_by_itself_lose_fen_and_are_found() =>
        Assert.ThrowsAny<Exception>(() => Holds.ForAll(AnyWhole, asked => SumsUp(asked.Whole, asked.Weights, (whole, weights) =>
        {
            var sum = weights.Aggregate(Int128.Zero, (so, weight) => so + weight);
            return [.. weights.Select(weight => sum == 0 ? 0 : (long)((Int128)whole * weight / sum))];
        })));

    [Fact]
    public void Shares_of_partners_sum_to_the_whole_whatever_is_fixed() => Holds.ForAll(
        from whole in Gen.Choose(0, 500_00)
        from count in Gen.Choose(1, 6)
        from shares in Gen.Choose(0, 200_00).Two().Select(two => new Share(two.Item1, two.Item2)).ArrayOf(count)
        select (whole, shares),
        asked =>
        {
            var parts = Shares.Of(asked.whole, asked.shares);
            return parts.Sum() == asked.whole && parts.All(part => part >= 0)
                && (asked.whole < asked.shares.Sum(share => share.FixedFen) || parts.Zip(asked.shares).All(two => two.First >= two.Second.FixedFen));
        },
        Many);

    [Fact]
    public void Rounding_stays_within_a_step_and_down_never_costs_more() => Holds.ForAll(
        from fen in Gen.Choose(0, 1_000_000_00)
        from part in Gen.Choose(0, Effect.Whole)
        from step in Gen.Elements(0, 1, 5, 10, 100)
        select (fen, part, step),
        asked =>
        {
            var exact = (decimal)asked.fen * asked.part / Effect.Whole;
            var step = Math.Max(1, asked.step);
            long Of(RoundingMode mode) => new Rounding(asked.step, mode).Of(asked.fen, asked.part, Effect.Whole);
            return new[] { Of(RoundingMode.Down), Of(RoundingMode.HalfUp), Of(RoundingMode.Up) } is [var down, var half, var up]
                && down <= exact && exact - down < step && up >= exact && up - exact < step
                && half == (exact - down >= step / 2m ? down + step : down)
                && down % step == 0 && up % step == 0;
        });

    [Fact]
    public void Amounts_below_zero_are_bugs()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Rounding).Of(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Rounding).Of(1, -1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => default(Rounding).Of(1, 1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(-1, [1], new long[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(1, [-1], new long[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(1, [], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => Shares.Split(1, [1, 1], new long[1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => TaxInside.Of(1, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => TaxInside.Of(1, TaxInside.RateMax + 1));
    }

    /// <summary>Random cases of each property.</summary>
    private const int Many = 100_000;

    private static Gen<(long Whole, long[] Weights)> AnyWhole { get; } =
        from whole in Gen.OneOf(Gen.Choose(0, 1_000).Select(fen => (long)fen), Holds.AnyLong.Where(fen => fen >= 0))
        from count in Gen.Choose(1, 12)
        from weights in Gen.OneOf(Gen.Choose(0, 5).Select(weight => (long)weight), Holds.AnyLong.Where(weight => weight >= 0)).ArrayOf(count)
        select (whole, weights);

    private static long[] Divided(long whole, long[] weights)
    {
        var parts = new long[weights.Length];
        Shares.Split(whole, weights, parts);
        return parts;
    }

    private static bool SumsUp(long whole, long[] weights, Func<long, long[], long[]> divide)
    {
        var parts = divide(whole, weights);
        var sum = weights.Aggregate(Int128.Zero, (so, weight) => so + weight);
        return parts.Aggregate(Int128.Zero, (so, part) => so + part) == whole
            && parts.Zip(weights).All(two => two.First >= 0 && (sum == 0 || Int128.Abs(((Int128)two.First * sum) - ((Int128)whole * two.Second)) < sum));
    }

    private static Share ShareOf(string text) => text.Split(' ') switch
    {
        ["fixed", var yuan] => new(DocTable.Fen(yuan), 0),
        ["weight", var yuan] => new(0, DocTable.Fen(yuan)),
        ["fixed", var yuan, "weight", var weight] => new(DocTable.Fen(yuan), DocTable.Fen(weight)),
        _ => throw new InvalidDataException(text),
    };
}
