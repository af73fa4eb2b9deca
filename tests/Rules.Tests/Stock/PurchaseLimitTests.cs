using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class PurchaseLimitTests
{
    public static TheoryData<string> Examples => DocTable.Rows("quotas.md", "Examples: purchase limit");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_number_may_buy_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var terms = new PurchaseTerms(Limit(cells[0]), Limit(cells[1]), Limit(cells[2]), 30);
        var refusal = PurchaseLimit.Decide(terms, cells[3] == "yes", new(int.Parse(cells[4]), int.Parse(cells[5])), int.Parse(cells[6]));
        Assert.Equal(Enum.Parse<PurchaseRefusal>(cells[7]), refusal);
    }

    [Fact]
    public void What_was_bought_before_never_overflows() =>
        Assert.Equal(PurchaseRefusal.TooManyForDay, PurchaseLimit.Decide(new(null, 5, null, 1), true, new(int.MaxValue, 0), int.MaxValue));

    private static int? Limit(string cell) => DocTable.OrNull(cell) is { } number ? int.Parse(number) : null;
}
