using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class QuotaRoomTests
{
    public static TheoryData<string> Examples => DocTable.Rows("quotas.md", "Examples: room");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_sale_fits_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        QuotaState[] quotas = [.. cells[0].Split(", ").Select(QuotaOf)];
        PlaceAsk[] asks = [.. cells[1].Split(", ").SelectMany((line, index) => AsksOf(line, index))];
        var outcome = QuotaRoom.Decide(quotas, asks, cells[2] == "yes");
        Assert.Equal((cells[3], cells[4], cells[5], cells[6]),
            (outcome.Fits ? "yes" : "no", Or(outcome.Quota), Or(outcome.Line), outcome.Fits ? "-" : outcome.Room.ToString()));
    }

    [Fact]
    public void No_row_of_sales_fills_a_quota_above_its_limit() => Holds.ForAll(AnyRow, row => Fills(row, QuotaRoom.Decide), 100_000);

    [Fact]
    public void Control_a_decision_that_looks_at_each_line_alone_oversells_and_is_found() =>
        Assert.ThrowsAny<Exception>(() => Holds.ForAll(AnyRow, row => Fills(row, (quotas, asks, mayOverbook) =>
        {
            foreach (var ask in asks.ToArray())
            {
                if (QuotaRoom.Decide(quotas, [ask], mayOverbook) is { Fits: false } refused)
                {
                    return refused;
                }
            }

            return new(true, -1, -1, 0);
        })));

    [Fact]
    public void Places_below_one_are_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => QuotaRoom.Decide([new(1, 0)], [new(0, 0, 0)], false));

    private delegate RoomOutcome Decision(ReadOnlySpan<QuotaState> quotas, ReadOnlySpan<PlaceAsk> asks, bool mayOverbook);

    private static Gen<(long?[] Limits, PlaceAsk[][] Sales)> AnyRow { get; } =
        from limits in Gen.OneOf(Gen.Constant((long?)null), Gen.Choose(0, 20).Select(limit => (long?)limit)).ArrayOf(3)
        from sales in (from asks in (from quota in Gen.Choose(0, 2) from line in Gen.Choose(0, 3) from places in Gen.Choose(1, 8) select new PlaceAsk(quota, line, places)).ArrayOf(3) select asks).ArrayOf(8)
        select (limits, sales);

    /// <summary>Sells one sale after the other. A refused one leaves nothing, and the room it was told of is the room that was.</summary>
    private static bool Fills((long?[] Limits, PlaceAsk[][] Sales) row, Decision decide)
    {
        var taken = new long[row.Limits.Length];
        foreach (var asks in row.Sales)
        {
            QuotaState[] quotas = [.. row.Limits.Select((limit, quota) => new QuotaState(limit, taken[quota]))];
            var wanted = taken.Select((_, quota) => asks.Where(ask => ask.Quota == quota).Sum(ask => (long)ask.Places)).ToArray();
            var outcome = decide(quotas, asks, false);
            var fits = row.Limits.Select((limit, quota) => limit is null || taken[quota] + wanted[quota] <= limit).All(isSo => isSo);
            if (outcome.Fits != fits || (!fits && outcome.Room != row.Limits[outcome.Quota] - taken[outcome.Quota]))
            {
                return false;
            }

            for (var quota = 0; fits && quota < taken.Length; quota++)
            {
                taken[quota] += wanted[quota];
            }
        }

        return true;
    }

    private static string Or(int number) => number < 0 ? "-" : number.ToString();

    // "100 of 120 keeps 5"; "any" is no limit.
    private static QuotaState QuotaOf(string text)
    {
        var words = text.Split(' ');
        return new(words[2] == "any" ? null : long.Parse(words[2]), long.Parse(words[0]), words.Length > 3 ? long.Parse(words[4]) : 0);
    }

    // "4 in 0 1": four places in quota 0 and four in quota 1.
    private static IEnumerable<PlaceAsk> AsksOf(string text, int line)
    {
        var words = text.Split(' ');
        return words.Skip(2).Select(quota => new PlaceAsk(int.Parse(quota), line, int.Parse(words[0])));
    }
}
