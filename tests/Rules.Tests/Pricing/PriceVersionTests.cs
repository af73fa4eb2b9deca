using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class PriceVersionTests
{
    public static TheoryData<string> Examples => DocTable.Rows("pricing.md", "Examples: versions");

    private static readonly PriceVersion[] Versions =
    [
        new(1, At("2026-01-01 00:00")), new(3, At("2026-09-25 00:00")), new(2, At("2026-10-08 00:00")), new(4, At("2026-10-08 00:00")),
    ];

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_sale_is_made_under_the_version_that_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        Assert.Equal(DocTable.OrNull(cells[1]) is { } number ? int.Parse(number) : null, PriceVersion.At(Versions, At(cells[0]))?.Number);
        Assert.Equal(PriceVersion.At(Versions, At(cells[0])), PriceVersion.At([.. Enumerable.Reverse(Versions)], At(cells[0])));
    }

    [Fact]
    public void A_version_begins_in_the_future_and_follows_the_last_one()
    {
        var now = At("2026-11-22 10:00");
        Assert.Equal(VersionRefusal.None, PriceVersion.RefusalOf(Versions, new(5, now.AddMicroseconds(1)), now));
        Assert.Equal(VersionRefusal.BeginsInThePast, PriceVersion.RefusalOf(Versions, new(5, now), now));
        Assert.Equal(VersionRefusal.BeginsInThePast, PriceVersion.RefusalOf(Versions, new(5, now.AddDays(-1)), now));
        Assert.Equal(VersionRefusal.None, PriceVersion.RefusalOf([], new(1, now.AddDays(1)), now));
    }

    [Theory]
    [InlineData(4), InlineData(6), InlineData(0)]
    public void Of_two_managers_who_edit_at_once_the_second_is_told(int number) =>
        Assert.Equal(VersionRefusal.EditedMeanwhile, PriceVersion.RefusalOf(Versions, new(number, At("2026-12-01 00:00")), At("2026-11-22 10:00")));

    public static TheoryData<string> Carts => DocTable.Rows("pricing.md", "Examples: cart");

    [Theory]
    [MemberData(nameof(Carts))]
    public void A_price_that_was_shown_is_kept_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        DateTimeOffset? shown = DocTable.OrNull(cells[0]) is { } at ? At("2026-11-22 " + at) : null;
        Assert.Equal(At("2026-11-22 " + cells[2]), CartLife.MomentOf(shown, At("2026-11-22 " + cells[1])));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text + " +08:00");
}
