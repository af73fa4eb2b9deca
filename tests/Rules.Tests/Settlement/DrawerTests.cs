using FsCheck.Fluent;
using Shanmen.Rules.Settlement;

namespace Shanmen.Rules.Tests.Settlement;

public class DrawerTests
{
    [Theory]
    [InlineData(1000_00, 1000_00, 0)]
    [InlineData(1000_00, 1002_50, 2_50)]
    [InlineData(1000_00, 980_00, -20_00)]
    public void More_counted_than_expected_is_over_and_less_is_short(long expectedFen, long countedFen, long overShortFen) =>
        Assert.Equal(overShortFen, OverShort.Of(expectedFen, countedFen));

    [Theory]
    [InlineData(120_00, 200_00, TenderRefusal.None, 80_00)]
    [InlineData(120_00, 120_00, TenderRefusal.None, 0)]
    [InlineData(0, 0, TenderRefusal.None, 0)]
    [InlineData(120_00, 119_99, TenderRefusal.TenderTooSmall, 0)]
    [InlineData(120_00, -1, TenderRefusal.TenderOutOfRange, 0)]
    [InlineData(-1, 100, TenderRefusal.TenderOutOfRange, 0)]
    [InlineData(120_00, 10_000_000_00, TenderRefusal.None, 9_999_880_00)]
    [InlineData(120_00, 10_000_000_01, TenderRefusal.TenderOutOfRange, 0)]
    public void Change_is_what_was_handed_over_too_much(long dueFen, long tenderedFen, TenderRefusal refusal, long changeFen) =>
        Assert.Equal(new ChangeOutcome(refusal, changeFen), Tender.Of(dueFen, tenderedFen));

    [Fact]
    public void No_amount_makes_the_till_throw_or_hand_out_more_than_it_took() => Holds.ForAll(
        Gen.Zip(Holds.AnyLong, Holds.AnyLong),
        amounts =>
        {
            var outcome = Tender.Of(amounts.Item1, amounts.Item2);
            return outcome.Refusal == TenderRefusal.None
                ? outcome.ChangeFen >= 0 && outcome.ChangeFen <= amounts.Item2 && amounts.Item1 + outcome.ChangeFen == amounts.Item2
                : outcome.ChangeFen == 0;
        });
}
