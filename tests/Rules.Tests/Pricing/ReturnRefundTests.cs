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

    public static TheoryData<string> LossRows => DocTable.Rows("refund.md", "Examples: what goes along");

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
        var terms = TermsOf(cells);
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

    [Theory]
    [MemberData(nameof(LossRows))]
    public void What_a_return_would_lose_goes_along_with_a_rebooking(string row)
    {
        var cells = DocTable.Cells(row);
        var least = ReturnTerms.LossOf(TermsOf(cells), DocTable.Fen(cells[2]), int.Parse(cells[3]), Begins - DateTime.Parse(cells[4], CultureInfo.InvariantCulture), DocTable.Fen(cells[5]));
        Assert.Equal(DocTable.Fen(cells[6]), least);
        // However far off the new day is, a return keeps that much of the new ticket, and never more than all of it.
        foreach (var price in new[] { 0, 30_00, 500_00 })
            Assert.Equal((ReturnRefusal.None, Math.Min(price, least)), ReturnTerms.FeeOf(new(true, [new(48, 0)], 0), price, 1, TimeSpan.FromDays(30), least));
    }

    [Fact]
    public void A_rebooking_costs_by_terms_of_its_own_and_says_so()
    {
        var day = TimeSpan.FromHours(24);
        Assert.Equal((ReturnRefusal.None, 5_00), ReturnTerms.RebookFeeOf(new(true, [], 5_00), 100_00, 1, day));
        Assert.Equal((ReturnRefusal.None, 10_00), ReturnTerms.RebookFeeOf(new(true, [new(24, 1_000)], 0), 100_00, 1, day));
        Assert.Equal(ReturnRefusal.TooLateToRebook, ReturnTerms.RebookFeeOf(new(true, [new(25, 1_000)], 0), 100_00, 1, day).Refusal);
        Assert.Equal(ReturnRefusal.NotRebookable, ReturnTerms.RebookFeeOf(new(false, [], 0), 100_00, 1, day).Refusal);
        Assert.Equal((ReturnRefusal.None, 0), ReturnTerms.RebookFeeOf(null, 100_00, 1, -day));
    }

    [Fact]
    public void Nothing_is_gained_by_rebooking_first_and_returning_then() => Holds.ForAll(
        from price in Gen.Choose(0, 300_00)
        from other in Gen.Choose(0, 300_00)
        from flats in Gen.Choose(0, 50_00).Two()
        from steps in Gen.Choose(-100, 100).Two().Select(two => new ReturnStep(two.Item1, Math.Abs(two.Item2) * 100)).ArrayOf()
        from hours in Gen.Choose(-100, 100).Two()
        from before in Gen.Choose(0, 100_00)
        select (price, other, flats, steps, hours, before),
        asked =>
        {
            ReturnTerms terms = new(true, asked.steps, asked.flats.Item1), free = new(true, [], asked.flats.Item2);
            var atOnce = ReturnTerms.FeeOf(terms, asked.price, 1, TimeSpan.FromHours(asked.hours.Item1), asked.before);
            var least = ReturnTerms.LossOf(terms, asked.price, 1, TimeSpan.FromHours(asked.hours.Item1), asked.before);
            var later = ReturnTerms.FeeOf(free, asked.other, 1, TimeSpan.FromHours(asked.hours.Item2), least);
            // Out of the new ticket comes at most what would have come out of the old one, and what it was dearer.
            var back = atOnce.Refusal == ReturnRefusal.None ? asked.price - atOnce.FeeFen : 0;
            return asked.other - later.FeeFen <= back + Math.Max(0, asked.other - asked.price) && later.FeeFen >= Math.Min(asked.other, least);
        });

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
            == (asked is { state: TicketState.Valid, used: 0 } && (asked.kind != ReturnKind.Void || asked.isSameShift)));

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

    private static ReturnTerms TermsOf(string[] cells) => new(cells[0] != "never", cells[0] is "-" or "never" ? [] : [.. cells[0].Split(", ").Select(StepOf)], DocTable.Fen(cells[1]));

    private static ReturnStep StepOf(string text) => new(int.Parse(text.Split(':')[0], CultureInfo.InvariantCulture), RateOf(text.Split(':')[1]));

    private static int RateOf(string percent) => int.Parse(percent.TrimEnd('%'), CultureInfo.InvariantCulture) * 100;
}
