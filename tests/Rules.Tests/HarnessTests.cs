using FsCheck.Fluent;

namespace Shanmen.Rules.Tests;

/// <summary>Positive controls: a harness that cannot fail proves nothing.</summary>
public class HarnessTests
{
    [Fact]
    public void A_property_that_is_false_for_one_case_in_a_hundred_is_found()
    {
        var failure = Assert.ThrowsAny<Exception>(() => Holds.ForAll(Gen.Choose(0, 99), number => number != 77));
        Assert.Contains("77", failure.Message);
    }

    [Fact]
    public void A_heading_without_a_table_is_not_an_empty_success() =>
        Assert.Throws<InvalidDataException>(() => DocTable.Rows("pricing.md", "No such heading"));
}
