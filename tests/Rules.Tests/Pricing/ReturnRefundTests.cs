using FsCheck.Fluent;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

public class ReturnRefundTests
{
    public static TheoryData<string> Examples => DocTable.Rows("pricing.md", "Examples: return");

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_ticket_brings_back_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var outcome = ReturnRefund.Of(
            Enum.Parse<ReturnKind>(cells[0]), Enum.Parse<TicketState>(cells[1]), int.Parse(cells[2]), DocTable.Fen(cells[3]), cells[4] == "yes");
        Assert.Equal(new ReturnOutcome(Enum.Parse<ReturnRefusal>(cells[5]), DocTable.Fen(cells[6])), outcome);
    }

    [Fact]
    public void Money_goes_back_only_for_a_valid_ticket_that_nobody_used() => Holds.ForAll(
        from kind in Gen.Elements(Enum.GetValues<ReturnKind>())
        from state in Gen.Choose(-1, 5).Select(number => (TicketState)number)
        from used in Holds.AnyInt
        from price in Holds.AnyLong.Where(fen => fen >= 0)
        from isSameShift in Gen.Elements(true, false)
        select (kind, state, used, price, isSameShift),
        asked =>
        {
            var outcome = ReturnRefund.Of(asked.kind, asked.state, asked.used, asked.price, asked.isSameShift);
            var isTakenBack = asked is { state: TicketState.Valid, used: 0 } && (asked.kind == ReturnKind.Return || asked.isSameShift);
            return (outcome.Refusal == ReturnRefusal.None) == isTakenBack && outcome.RefundFen == (isTakenBack ? asked.price : 0);
        });

    [Fact]
    public void A_negative_price_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(
        () => ReturnRefund.Of(ReturnKind.Return, TicketState.Valid, 0, -1, true));
}
