using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class PersonTermsTests
{
    public static TheoryData<string> Examples => DocTable.Rows("concessions.md", "Examples: who is named");

    [Theory]
    [MemberData(nameof(Examples))]
    public void As_many_visitors_are_named_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var terms = new PersonTerms(PersonAsk.Number, Enum.Parse<PersonScope>(cells[0]), [], null);
        Assert.Equal(int.Parse(cells[3]), terms.VisitorsOf(int.Parse(cells[1]), int.Parse(cells[2])));
    }
}
