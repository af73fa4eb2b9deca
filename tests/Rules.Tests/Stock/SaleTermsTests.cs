using System.Globalization;
using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class SaleTermsTests
{
    public static TheoryData<string> Examples => DocTable.Rows("quotas.md", "Examples: terms of a sale");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_sale_is_open_and_of_a_size_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var opens = cells[0] == "-" ? null : cells[0].Split(' ');
        var terms = new SaleTerms(opens is null ? null : int.Parse(opens[0], CultureInfo.InvariantCulture),
            opens is null ? null : TimeOnly.ParseExact(opens[1], "HH:mm", CultureInfo.InvariantCulture), NumberIn(cells[1]), NumberIn(cells[2]));
        var now = DateTime.ParseExact(cells[4], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.Equal(Enum.Parse<SaleTermsRefusal>(cells[5]), terms.Decide(NumberIn(cells[3])!.Value, new(2026, 10, 3), now));
    }

    private static int? NumberIn(string cell) => cell == "-" ? null : int.Parse(cell, CultureInfo.InvariantCulture);
}
