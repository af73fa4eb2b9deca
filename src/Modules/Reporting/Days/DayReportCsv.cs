using System.Globalization;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>The day report as CSV.</summary>
internal sealed class DayReportCsv(Texts texts, bool english)
{
    public byte[] Write(DayReport r) => CsvPaper.Write(csv =>
    {
        csv.Line(Word("title"), r.Park, r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Word("state." + (r.State switch { DayState.Open => "open", DayState.Closing => "closing", _ => "closed" })));
        var t = r.Totals;
        Table(csv, "totals", ["orders", "tickets", "people", "sales", "refunds", "net", "admitted", "refused", "exited", "owed", "fees"],
            [[t.Orders, t.Tickets, t.People, Yuan(t.SalesFen), Yuan(t.RefundsFen), Yuan(t.NetFen), t.Admitted, t.Refused, t.Exited, Yuan(t.OwedFen), Yuan(t.FeesFen)]]);
        Table(csv, "byType", ["type", "tickets", "people", "sales", "returned", "refunds", "admitted"],
            r.ByType.Select(x => new object[] { x.Name, x.Tickets, x.People, Yuan(x.Fen), x.ReturnedTickets, Yuan(x.RefundsFen), x.Admitted }));
        Table(csv, "byWindow", ["window", "tickets", "people", "sales", "refunds"],
            r.ByWindow.Select(x => new object[] { x.Name, x.Tickets, x.People, Yuan(x.Fen), Yuan(x.RefundsFen) }));
        Table(csv, "byPayment", ["method", "sales", "refunds", "net"],
            r.ByPayment.Select(x => new object[] { Word("method." + Json.NameOf(x.Method)), Yuan(x.Fen), Yuan(x.RefundsFen), Yuan(x.NetFen) }));
        Table(csv, "byHour", ["hour", "tickets", "people", "sales", "admitted"],
            r.ByHour.Select(x => new object[] { $"{x.Hour:00}:00", x.Tickets, x.People, Yuan(x.Fen), x.Admitted }));
        Table(csv, "byClerk", ["clerk", "tickets", "sales"], r.ByClerk.Select(x => new object[] { x.Name, x.Tickets, Yuan(x.Fen) }));
        Table(csv, "refusedByReason", ["reason", "count"], r.RefusedByReason.Select(x => new object[] { texts.Get(Texts.KeyOf(x.Reason), english), x.Count }));
    });

    private string Word(string key) => texts.Get("Report." + key, english);
    private static decimal Yuan(long fen) => fen / 100m;

    private void Table(CsvPaper csv, string title, string[] columns, IEnumerable<object[]> rows)
    {
        csv.Gap();
        csv.Line(Word(title));
        csv.Line([.. columns.Select(c => (object)Word("column." + c))]);
        foreach (var row in rows) csv.Line(row);
    }
}
