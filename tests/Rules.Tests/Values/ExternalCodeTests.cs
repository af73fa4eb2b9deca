using Shanmen.Rules.Values;

namespace Shanmen.Rules.Tests.Values;

public class ExternalCodeTests
{
    public static TheoryData<string> Examples => DocTable.Rows("external-tickets.md", "Examples: codes");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_code_is_read_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        Assert.Equal(cells[1], ExternalCode.TryRead(cells[0], out var code) ? code : "refused");
        if (code.Length > 0)
        {
            Assert.True(ExternalCode.TryRead($" {code.ToLowerInvariant()}　", out var again));
            Assert.Equal(code, again);
        }
    }

    [Fact]
    public void A_code_has_eight_to_sixty_four_signs()
    {
        Assert.True(ExternalCode.TryRead(new string('7', 64), out _));
        Assert.False(ExternalCode.TryRead(new string('7', 65), out var none));
        Assert.Equal("", none);
        Assert.False(ExternalCode.TryRead(null, out _));
        Assert.False(ExternalCode.TryRead("ABCDEFG\u0001", out _));
        Assert.False(ExternalCode.TryRead("ABCDEFGÄ", out _));
    }
}
