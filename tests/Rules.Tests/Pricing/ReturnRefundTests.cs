using System.Globalization;
using FsCheck.Fluent;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Pricing;

/// <summary>退票: whether a ticket goes back, and what it costs.</summary>
public class ReturnRefundTests
{
    public static TheoryData<string> Examples => DocTable.Rows("refund.md", "Examples: return");

    public static TheoryData<string> TermsRows => DocTable.Rows("refund.md", "Examples: terms");

    public static TheoryData<string> ReasonRows => DocTable.Rows("refund.md", "Examples: reasons");

    private static readonly DateTime Begins = new(2026, 10, 3, 8, 0, 0);

    [Theory]
    [MemberData(nameof(Examples))]
    public void A_ticket_goes_back_as_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        Assert.Equal(Enum.Parse<ReturnRefusal>(cells[4]), ReturnRefund.Of(Enum.Parse<ReturnKind>(cells[0]), Enum.Parse<TicketState>(cells[1]), int.Parse(cells[2]), cells[3] == "yes"));
    }

    [Theory]
    [MemberData(nameof(TermsRows))]
    public void Its_terms_keep_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var terms = new ReturnTerms(cells[0] != "never", cells[0] is "-" or "never" ? [] : [.. cells[0].Split(", ").Select(StepOf)], DocTable.Fen(cells[1]));
        var outcome = ReturnTerms.FeeOf(terms, DocTable.Fen(cells[2]), int.Parse(cells[3]), Begins - DateTime.Parse(cells[4], CultureInfo.InvariantCulture));
        Assert.Equal((Enum.Parse<ReturnRefusal>(cells[5]), DocTable.Fen(cells[6])), outcome);
        // The order of the steps does not matter.
        Assert.Equal(outcome, ReturnTerms.FeeOf(terms with { Steps = [.. terms.Steps.Reverse()] }, DocTable.Fen(cells[2]), int.Parse(cells[3]), Begins - DateTime.Parse(cells[4], CultureInfo.InvariantCulture)));
    }

    [Theory]
    [MemberData(nameof(ReasonRows))]
    public void A_reason_with_a_rate_keeps_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        Assert.Equal(DocTable.Fen(cells[2]), ReturnTerms.FeeOf(DocTable.Fen(cells[0]), RateOf(cells[1])));
    }

    [Fact]
    public void Without_terms_nothing_is_kept() => Assert.Equal((ReturnRefusal.None, 0), ReturnTerms.FeeOf(null, 100_00, 3, TimeSpan.FromDays(-900)));

    [Fact]
    public void Only_a_valid_ticket_goes_back_that_nobody_used() => Holds.ForAll(
        from kind in Gen.Elements(Enum.GetValues<ReturnKind>())
        from state in Gen.Choose(-1, 5).Select(number => (TicketState)number)
        from used in Holds.AnyInt
        from isSameShift in Gen.Elements(true, false)
        select (kind, state, used, isSameShift),
        asked => (ReturnRefund.Of(asked.kind, asked.state, asked.used, asked.isSameShift) == ReturnRefusal.None)
            == (asked is { state: TicketState.Valid, used: 0 } && (asked.kind == ReturnKind.Return || asked.isSameShift)));

    [Fact]
    public void A_fee_lies_between_nothing_and_the_price() => Holds.ForAll(
        from price in Gen.Choose(0, 300_00)
        from people in Gen.Choose(1, 500)
        from flat in Gen.Choose(0, 1_000_000)
        from steps in Gen.Choose(-100, 100).Two().Select(two => new ReturnStep(two.Item1, Math.Abs(two.Item2) * 100)).ArrayOf()
        from seconds in Gen.Choose(-400_000, 400_000)
        from rate in Gen.Choose(0, ReturnTerms.WholeRate)
        select (price, people, flat, steps, seconds, rate),
        asked =>
        {
            var (refusal, fee) = ReturnTerms.FeeOf(new(true, asked.steps, asked.flat), asked.price, asked.people, TimeSpan.FromSeconds(asked.seconds));
            var byReason = ReturnTerms.FeeOf(asked.price, asked.rate);
            return fee >= 0 && fee <= asked.price && byReason >= 0 && byReason <= asked.price
                && (refusal == ReturnRefusal.TooLateToReturn) == (asked.steps.Length > 0 && asked.steps.All(s => asked.seconds < s.HoursBefore * 3600));
        });

    private static ReturnStep StepOf(string text) => new(int.Parse(text.Split(':')[0], CultureInfo.InvariantCulture), RateOf(text.Split(':')[1]));

    private static int RateOf(string percent) => int.Parse(percent.TrimEnd('%'), CultureInfo.InvariantCulture) * 100;
}
