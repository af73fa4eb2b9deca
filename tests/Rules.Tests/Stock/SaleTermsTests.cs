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

    public static TheoryData<string> Places => DocTable.Rows("quotas.md", "Examples: where a product is sold");

    [Theory]
    [MemberData(nameof(Places))]
    public void A_product_is_sold_where_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var terms = new SaleTerms(null, null, null, null, SaleWay.Sold, cells[0] == "-" ? null : cells[0].Split(' '), cells[1] == "-" ? null : [.. cells[1].Split(' ').Select(WindowOf)]);
        Assert.Equal(Enum.Parse<SaleTermsRefusal>(cells[3]), cells[2].Split(' ') is [var channel, var window] ? terms.DecidePlace(channel, WindowOf(window)) : terms.DecidePlace(cells[2], null));
    }

    private static Guid WindowOf(string number) => new(int.Parse(number, CultureInfo.InvariantCulture), 0, 0, new byte[8]);

    private static int? NumberIn(string cell) => cell == "-" ? null : int.Parse(cell, CultureInfo.InvariantCulture);
}
