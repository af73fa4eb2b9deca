using System.Globalization;
using Shanmen.Rules.Stock;

namespace Shanmen.Rules.Tests.Stock;

public class KeepBackTests
{
    private static readonly KeepBack[] Keeps = [new("web", 40, 2, new(18, 0)), new("agency", 10, 0, new(9, 0))];

    public static TheoryData<string> Examples => DocTable.Rows("quotas.md", "Examples: release");

    [Theory]
    [MemberData(nameof(Examples))]
    public void Places_are_kept_and_released_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var now = DateTime.ParseExact(cells[1], "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        Assert.Equal(long.Parse(cells[2], CultureInfo.InvariantCulture), KeepBack.From(Keeps, cells[0], new(2026, 10, 3), now));
    }
}
