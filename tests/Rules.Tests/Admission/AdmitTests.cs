using System.Globalization;
using Shanmen.Rules.Admission;

namespace Shanmen.Rules.Tests.Admission;

public class AdmitTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly Entitlement DayTicket = new(TicketState.Valid, Today, new(9, 0), new(17, 0), 1, 0);

    private static readonly AtTheGate Morning = new(Today, new(10, 30), null, long.MaxValue, true, true, true);

    public static TheoryData<string> Examples => DocTable.Rows("admission.md", "Examples");

    [Theory]
    [MemberData(nameof(Examples))]
    public void The_gate_answers_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var hours = cells[3].Split('-');
        var ticket = new Entitlement(
            Enum.Parse<TicketState>(cells[1]), DateOnly.Parse(cells[2]), Time(hours[0]), Time(hours[1]), int.Parse(cells[4]), int.Parse(cells[5]));
        var gate = new AtTheGate(
            Today,
            Time(cells[6]),
            DocTable.OrNull(cells[8]) is { } asked ? int.Parse(asked) : null,
            DocTable.OrNull(cells[9]) is { } room ? long.Parse(room, CultureInfo.InvariantCulture) : long.MaxValue,
            cells[10] == "yes",
            cells[11] == "yes",
            cells[12] == "open")
        {
            CutOffHour = int.Parse(DocTable.OrNull(cells[7]) ?? "0"),
        };

        var expected = new Verdict(Enum.Parse<AdmissionRefusal>(cells[13]), int.Parse(cells[14]), int.Parse(cells[15]));
        Assert.Equal(expected, Admit.Decide(ticket, gate));
    }

    [Fact]
    public void A_used_day_ticket_is_refused_at_the_second_gate()
    {
        var first = Admit.Decide(DayTicket, Morning);
        Assert.Equal(new Verdict(AdmissionRefusal.None, 1, 0), first);

        var afterwards = DayTicket with { Used = first.Admitted, State = TicketState.Used };
        Assert.Equal(new Verdict(AdmissionRefusal.AlreadyUsed, 0, 0), Admit.Decide(afterwards, Morning));
    }

    [Fact]
    public void A_state_that_this_version_does_not_know_opens_no_gate() =>
        Assert.Equal(AdmissionRefusal.Voided, Admit.Decide(DayTicket with { State = (TicketState)99 }, Morning).Refusal);

    [Fact]
    public void A_decision_allocates_nothing()
    {
        Assert.Equal(1, Admit.Decide(DayTicket, Morning).Admitted);
        var admitted = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < 10_000; round++)
        {
            admitted += Admit.Decide(DayTicket, Morning).Admitted;
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(10_000, admitted);
    }

    private static TimeOnly Time(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);
}
