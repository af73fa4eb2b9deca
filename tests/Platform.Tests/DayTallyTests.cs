using System.Text;
using System.Text.Json;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Reporting;
using Shanmen.Modules.Reporting.Days;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Log;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Platform.Tests;

public class DayTallyTests
{
    private static readonly Guid Adult = Id(1), Group = Id(2), Window = Id(3), Clerk = Id(4), Gate = Id(5), Site = Id(6), Lane = Id(7), Shift = Id(8);
    private static Guid Id(int n) => new(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
    private static readonly DateTime Nine = new(2026, 10, 3, 9, 15, 30);

    private static readonly (string Kind, object Body)[] ADay =
    [
        (nameof(ShiftOpened), new ShiftOpened(Shift, Window, Clerk, 50_000)),
        (nameof(OrderPlaced), new OrderPlaced(Order(9, new OrderLineFact(Adult, "A", "成人票", "", 9, 1, 12_000, 108_000, 9)))),
        (nameof(OrderPaid), new OrderPaid(Order(1, [new PaymentFact(PaymentMethod.Cash, 20_000, 20_000, 0, ""), new PaymentFact(PaymentMethod.Card, 4_000, 4_000, 0, "7")],
            new OrderLineFact(Adult, "A", "成人票", "", 2, 1, 12_000, 24_000, 1)))),
        (nameof(OrderPaid), new OrderPaid(Order(2, new OrderLineFact(Adult, "A", "成人票", "", 1, 1, 12_000, 12_000, 1), new OrderLineFact(Group, "G", "团队票", "", 1, 30, 8_000, 240_000, 1)))),
        ("SomethingElse", new { }),
        (nameof(TicketAdmitted), new TicketAdmitted(Id(20), "S", Id(1), Adult, "成人票", "Adult", Lane, Gate, Site, 2, 2, 2, "东门")),
        (nameof(ScanRefused), new ScanRefused(Id(20), Adult, "成人票", "Adult", Lane, Gate, Site, AdmissionRefusal.AlreadyUsed, "S")),
        (nameof(VisitorsLeft), new VisitorsLeft(Lane, Gate, Site, 1)),
        (nameof(RefundPaid), new RefundPaid(Id(2), Id(21), ReturnKind.Return, Adult, 1, Shift, Window, Clerk, Id(30), "雨", PaymentMethod.Cash, 10_000)),
        (nameof(RefundPaid), new RefundPaid(Id(2), Id(21), ReturnKind.Return, Adult, 1, Shift, Window, Clerk, Id(30), "雨", PaymentMethod.Card, 2_000)),
    ];

    [Fact]
    public void A_day_is_counted_from_its_facts()
    {
        var t = Fold(Records());
        Assert.Equal((2, 3, 33, 276_000, 12_000), (t.Orders, t.Tickets, t.People, t.SalesFen, t.RefundsFen));
        Assert.Equal((2, 1, 1), (t.Admitted, t.Exited, t.Refused));
        Assert.Equal((2, 3, 36_000, 12_000, 2), (t.Types[Adult].Tickets, t.Types[Adult].People, t.Types[Adult].Fen, t.Types[Adult].RefundsFen, t.Types[Adult].Admitted));
        Assert.Equal(1, t.Types[Adult].ReturnedTickets); // one ticket, paid and refunded in two ways
        Assert.Equal((1, 30, 240_000), (t.Types[Group].Tickets, t.Types[Group].People, t.Types[Group].Fen));
        Assert.Equal((272_000, 10_000), (t.Payments[PaymentMethod.Cash].Fen, t.Payments[PaymentMethod.Cash].RefundsFen));
        Assert.Equal((4_000, 2_000), (t.Payments[PaymentMethod.Card].Fen, t.Payments[PaymentMethod.Card].RefundsFen));
        Assert.Equal((Clerk, 3, 33, 276_000, 12_000), (t.Windows[Window].Clerk!.Value, t.Windows[Window].Tickets, t.Windows[Window].People, t.Windows[Window].Fen, t.Windows[Window].RefundsFen));
        Assert.Equal((2, 1, 1), (t.Gates[Gate].Entered, t.Gates[Gate].Exited, t.Gates[Gate].Refused));
        Assert.Equal(1, t.Reasons[AdmissionRefusal.AlreadyUsed]);
        Assert.Equal(t.SalesFen, t.Minutes.Values.Sum(m => m.Fen));
        Assert.Equal(t.Admitted, t.Minutes.Values.Sum(m => m.Admitted));
    }

    [Fact]
    public void A_record_that_comes_twice_is_counted_once()
    {
        var records = Records();
        var tally = Fold(records);
        foreach (var (record, at) in records) tally.Add(record, at);
        Assert.Equal(2, tally.Orders);
        Assert.Equal(276_000, tally.SalesFen);
    }

    [Fact]
    public void What_was_paid_for_new_paper_is_no_sale_and_stands_by_the_way_it_was_paid()
    {
        var t = Fold([(Record(1, nameof(TicketsExchanged), new TicketsExchanged(Id(2), [Id(21)], ExchangeCause.Damaged, Shift, Window, Clerk, Guid.Empty, 500, 0, [new PaymentFact(PaymentMethod.Cash, 500, 1_000, 500, "")], "")), Nine)]);
        Assert.Equal((0, 500, 500), (t.SalesFen, t.FeesFen, t.Payments[PaymentMethod.Cash].Fen));
    }

    [Fact]
    public void What_is_owed_is_a_refund_of_its_day_and_leaves_a_window_on_the_day_on_which_it_is_paid()
    {
        var debt = Id(40);
        var refund = new RefundPaid(Id(2), Id(21), ReturnKind.Return, Adult, 1, Guid.Empty, Guid.Empty, Clerk, Id(30), "雨", PaymentMethod.Cash, 10_000, Owed: debt);
        var first = Fold([(Record(1, nameof(RefundPaid), refund), Nine)]);
        Assert.Equal((10_000, 10_000, 0, 0), (first.RefundsFen, first.OwedFen, first.Windows.Count, first.Payments.Count));
        var next = Fold([(Record(2, nameof(OwedPaid), new OwedPaid(debt, Id(2), Shift, Window, Clerk, Guid.Empty, 10_000, 0, 0, "")), Nine)]);
        Assert.Equal((0, -10_000, 10_000, 10_000), (next.RefundsFen, next.OwedFen, next.Windows[Window].RefundsFen, next.Payments[PaymentMethod.Cash].RefundsFen));
        // On one day it is as if it had been paid at once.
        var both = Fold([(Record(1, nameof(RefundPaid), refund), Nine), (Record(2, nameof(OwedPaid), new OwedPaid(debt, Id(2), Shift, Window, Clerk, Guid.Empty, 10_000, 0, 0, "")), Nine)]);
        Assert.Equal((10_000, 0, 10_000), (both.RefundsFen, both.OwedFen, both.Payments[PaymentMethod.Cash].RefundsFen));
    }

    [Fact]
    public void A_business_day_that_passes_midnight_keeps_the_order_of_time()
    {
        var paid = ADay[2].Body;
        var late = new DayTally();
        late.Add(Record(1, nameof(OrderPaid), paid), new DateTime(2026, 10, 4, 0, 30, 0));
        late.Add(Record(2, nameof(OrderPaid), paid), new DateTime(2026, 10, 3, 23, 50, 0));
        Assert.Equal(["23:50", "00:30"], late.Minutes.Keys.Select(m => m.ToString("HH:mm")));
    }

    [Theory]
    [InlineData("=1+1", "'=1+1"), InlineData("@SUM(A1)", "'@SUM(A1)"), InlineData("-2", "'-2"), InlineData("＝1", "'＝1"), InlineData("成人票", "成人票"), InlineData("", "")]
    public void A_name_that_looks_like_a_formula_stays_a_name(string name, string written) => Assert.Equal(written, CsvPaper.Harmless(name));

    [Fact]
    public void The_file_for_a_spreadsheet_has_a_byte_order_mark_quotes_and_yuan()
    {
        var report = new DayReport(new DateOnly(2026, 10, 3), DayState.Open, "东湖, 公园", new ReportTotals(1, 1, 1, 0, 12_345, -12_345, 0, 0, 0, 345, 250),
            [new ReportType(Adult, "=cmd", 1, 1, 0, 1, 12_345, 0)], [], [new ReportPayment(PaymentMethod.Cash, 0, 12_345, -12_345)], [], [], [new ReportReason(AdmissionRefusal.WrongDay, 3)]);
        var texts = new Texts([typeof(ReportShelf).Assembly, typeof(Gatekeeper).Assembly]);
        var bytes = new DayReportCsv(texts, english: true).Write(report);
        Assert.Equal<byte>([0xEF, 0xBB, 0xBF], bytes[..3]);
        var lines = Encoding.UTF8.GetString(bytes[3..]).Split("\r\n");
        Assert.Equal("Day report,\"东湖, 公园\",2026-10-03,open", lines[0]);
        Assert.Contains("1,1,1,0.00,123.45,-123.45,0,0,0,3.45,2.50", lines);
        Assert.Contains("'=cmd,1,1,0.00,1,123.45,0", lines);
        Assert.Contains("Cash,0.00,123.45,-123.45", lines);
        Assert.DoesNotContain(lines, l => l.Contains("Report.", StringComparison.Ordinal) || l.Contains("AdmissionRefusal", StringComparison.Ordinal));
    }

    private static OrderFact Order(int id, params OrderLineFact[] lines) => Order(id, [new PaymentFact(PaymentMethod.Cash, lines.Sum(l => l.TotalFen), 500_000, 0, "")], lines);
    private static OrderFact Order(int id, PaymentFact[] payments, params OrderLineFact[] lines) => new(Id(id), id, Window, Shift, Clerk, new DateOnly(2026, 10, 3),
        lines.Sum(l => l.Quantity * l.People), lines.Sum(l => l.TotalFen), false, "", lines, payments);

    private static (LogRecord Record, DateTime At)[] Records() => [.. ADay.Select((f, i) => (Record(i + 1, f.Kind, f.Body), Nine.AddMinutes(i)))];

    private static DayTally Fold((LogRecord Record, DateTime At)[] records)
    {
        var tally = new DayTally();
        foreach (var (record, at) in records) tally.Add(record, at);
        return tally;
    }

    private static LogRecord Record(int seq, string kind, object body) =>
        new(1, seq, 1, 0, 20261003, 1, kind, Guid.Empty, Guid.Empty, JsonSerializer.Serialize(body, body.GetType(), Json.Options), "", [], [], [], 0);
}
