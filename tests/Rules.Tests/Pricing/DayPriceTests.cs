using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class DayPriceTests
{
    public static TheoryData<string> Examples => DocTable.Rows("pricing.md", "Examples: day price");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_day_costs_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var day = DateOnly.Parse(cells[0]);
        var kind = ChineseHolidays.KindOf(day);
        Assert.Equal(Enum.Parse<DayKind>(cells[1]), kind);
        Assert.Equal(DocTable.OrNull(cells[2]), ChineseHolidays.NameOf(day));

        var tariff = new Tariff(DocTable.Fen(cells[3]), DocTable.Fen(cells[4]));
        long? named = DocTable.OrNull(cells[5]) is { } price ? DocTable.Fen(price) : null;
        Assert.Equal(DocTable.Fen(cells[6]), DayPrice.Of(tariff, kind, named));
    }
}
