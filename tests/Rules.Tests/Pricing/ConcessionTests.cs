using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Pricing;

public class ConcessionTests
{
    public static TheoryData<string> Examples => DocTable.Rows("concessions.md", "Examples");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_visitor_has_the_right_that_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        ConcessionWay[] ways = DocTable.OrNull(cells[0]) is { } text ? [.. text.Split(" or ").Select(WayOf)] : [];
        Assert.Equal(DocTable.OrNull(cells[1]) is not null, IdNumber.TryParse(cells[1], out var number));
        var visitor = new Visitor(cells[1] == "-" ? null : number, DocTable.OrNull(cells[2]) is { } height ? int.Parse(height) : null, cells[3].Split(' '));
        Assert.Equal(Enum.Parse<ConcessionRefusal>(cells[5]), Concession.Decide(ways, visitor, DateOnly.Parse(cells[4])));
    }

    private static ConcessionWay WayOf(string text)
    {
        var way = new ConcessionWay();
        foreach (var words in text.Split(" and ").Select(asked => asked.Split(' ')))
        {
            way = words switch
            {
                ["age", var span] => way with { AgeMin = YearsOf(span.Split('-')[0]), AgeMax = YearsOf(span.Split('-')[1]) },
                ["height", var cm] => way with { HeightCmMax = int.Parse(cm) },
                ["resident", var place] => way with { Residence = place },
                ["proof", var document] => way with { Proof = document },
                _ => throw new InvalidDataException(text),
            };
        }

        return way;
    }

    private static int? YearsOf(string text) => text.Length == 0 ? null : int.Parse(text);
}
