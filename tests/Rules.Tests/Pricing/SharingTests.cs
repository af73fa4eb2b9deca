using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>分账: each line among its partners when it is sold, and among them again when a part of the order goes back.</summary>
public class SharingTests
{
    public static TheoryData<string> LineRows => DocTable.Rows("sharing.md", "Examples: shares of a line");

    public static TheoryData<string> ReturnRows => DocTable.Rows("sharing.md", "Examples: shares after returns");

    [Theory]
    [MemberData(nameof(LineRows))]
    public void A_line_is_divided_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var terms = new SharingTerms(DocTable.Fen(cells[2]), [.. cells[3].Split(" + ").Select((p, n) => PartnerOf($"p{n}", p))]);
        var parts = terms.PartsOf(DocTable.Fen(cells[0]), int.Parse(cells[1]));
        Assert.Equal(cells[4].Split(" + ").Select(DocTable.Fen), parts);
        Assert.Equal(DocTable.Fen(cells[5]), DocTable.Fen(cells[0]) - parts.Sum());
    }

    [Theory]
    [MemberData(nameof(ReturnRows))]
    public void What_stays_is_divided_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        SharedWorth[] lines = [.. cells[1].Split("; ").Select(line => line.Split(" · ")).Select(l => new SharedWorth(DocTable.Fen(l[0]), int.Parse(l[1]), new(DocTable.Fen(l[2]), [PartnerOf("p", l[3])])))];
        Assert.Equal(cells[2].Split(" + ").Select(DocTable.Fen), Sharing.Of(DocTable.Fen(cells[0]), lines).Select(parts => parts.Single()));
    }

    [Fact]
    public void No_fen_is_owed_that_is_not_there_and_before_a_return_each_line_has_its_own() => Holds.ForAll(
        from worth in Gen.Choose(0, 300_00).ArrayOf(4)
        from people in Gen.Choose(1, 9).ArrayOf(4)
        from terms in AnyTerms.ArrayOf(4)
        from backFen in Gen.Choose(0, 1_200_00)
        select (worth, people, terms, backFen),
        asked =>
        {
            SharedWorth[] lines = [.. asked.worth.Select((fen, n) => new SharedWorth(fen, asked.people[n], n == 3 ? null : asked.terms[n]))];
            long whole = asked.worth.Sum(), kept = Math.Max(0, whole - asked.backFen);
            var (before, after) = (Sharing.Of(whole, lines), Sharing.Of(kept, lines));
            return before.Select((parts, n) => parts.SequenceEqual(lines[n].Terms?.PartsOf(lines[n].WorthFen, lines[n].People) ?? [])).All(same => same)
                && after.All(parts => parts.All(fen => fen >= 0)) && after.Sum(parts => parts.Sum()) <= kept && after[3].Length == 0
                && (kept > 0 || after.All(parts => parts.Sum() == 0));
        },
        100_000);

    [Fact]
    public void Somebody_takes_what_is_above_the_fixed_amounts()
    {
        Assert.True(new SharingTerms(1, [new("p", 50_00, 0)]).DividesTheRest());
        Assert.True(new SharingTerms(0, [new("p", 50_00, 0), new("q", 0, 1)]).DividesTheRest());
        Assert.False(new SharingTerms(0, [new("p", 50_00, 0)]).DividesTheRest());
        Assert.Empty(Sharing.Of(0, []));
    }

    private static Gen<SharingTerms> AnyTerms { get; } =
        from own in Gen.Choose(0, 5)
        from partners in Gen.Choose(0, 100_00).Two().Select(two => new PartnerTerms("p", two.Item1, two.Item2 / 20_00)).ArrayOf(3)
        select new SharingTerms(own, partners);

    private static PartnerTerms PartnerOf(string name, string text) => text.Split(' ') is ["fixed", var yuan] ? new(name, DocTable.Fen(yuan), 0) : new(name, 0, DocTable.Fen(text));
}
