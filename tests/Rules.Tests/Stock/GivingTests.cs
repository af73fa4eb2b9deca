using System.Globalization;
using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class GivingTests
{
    public static TheoryData<string> Examples => DocTable.Rows("complimentary.md", "Examples: giving");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_budget_gives_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var refusal = new Giving(NumberIn(cells[1]), NumberIn(cells[3])).Decide(NumberIn(cells[2]), NumberIn(cells[4]), NumberIn(cells[0]), cells[5] == "yes");
        Assert.Equal(cells[6], refusal switch { GivingRefusal.UsedUp => "used up", GivingRefusal.ApprovalNeeded => "approval needed", _ => "given" });
    }

    private static int NumberIn(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
