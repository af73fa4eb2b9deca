using System.Globalization;
using System.Text;
using CsvHelper;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>
/// The day report as CSV: UTF-8 with a byte order mark, so that spreadsheets read Chinese; money in yuan. A name that begins
/// like a formula gets an apostrophe before it, because a name typed at a window must not run in the accountant's spreadsheet.
/// </summary>
internal sealed class DayReportCsv(Texts texts, bool english)
{
    // The full-width forms count too: some spreadsheets read them as the narrow ones.
    private const string FormulaStarts = "=+-@\t\r\n|%＝＋－＠";

    public byte[] Write(DayReport r)
    {
        using var bytes = new MemoryStream();
        using (var writer = new StreamWriter(bytes, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)))
        using (var csv = CsvWriter.Create(writer, CsvWriterOptions.Default with { NewLine = "\r\n", ValidateFieldCount = false }, leaveOpen: true))
        {
            Line(csv, Word("title"), r.Park, r.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Word("state." + (r.State switch { DayState.Open => "open", DayState.Closing => "closing", _ => "closed" })));
            var t = r.Totals;
            Table(csv, writer, "totals", ["orders", "tickets", "people", "sales", "refunds", "net", "admitted", "refused", "exited"],
                [[t.Orders, t.Tickets, t.People, Yuan(t.SalesFen), Yuan(t.RefundsFen), Yuan(t.NetFen), t.Admitted, t.Refused, t.Exited]]);
            Table(csv, writer, "byType", ["type", "tickets", "people", "sales", "returned", "refunds", "admitted"],
                r.ByType.Select(x => new object[] { x.Name, x.Tickets, x.People, Yuan(x.Fen), x.ReturnedTickets, Yuan(x.RefundsFen), x.Admitted }));
            Table(csv, writer, "byWindow", ["window", "tickets", "people", "sales", "refunds"],
                r.ByWindow.Select(x => new object[] { x.Name, x.Tickets, x.People, Yuan(x.Fen), Yuan(x.RefundsFen) }));
            Table(csv, writer, "byPayment", ["method", "sales", "refunds", "net"],
                r.ByPayment.Select(x => new object[] { Word("method." + x.Method.ToString().ToLowerInvariant()), Yuan(x.Fen), Yuan(x.RefundsFen), Yuan(x.NetFen) }));
            Table(csv, writer, "byHour", ["hour", "tickets", "people", "sales", "admitted"],
                r.ByHour.Select(x => new object[] { $"{x.Hour:00}:00", x.Tickets, x.People, Yuan(x.Fen), x.Admitted }));
            Table(csv, writer, "byClerk", ["clerk", "tickets", "sales"], r.ByClerk.Select(x => new object[] { x.Name, x.Tickets, Yuan(x.Fen) }));
            Table(csv, writer, "refusedByReason", ["reason", "count"], r.RefusedByReason.Select(x => new object[] { texts.Get(Texts.KeyOf(x.Reason), english), x.Count }));
        }
        return bytes.ToArray();
    }

    private string Word(string key) => texts.Get("Report." + key, english);
    private static decimal Yuan(long fen) => fen / 100m;

    private void Table(CsvWriter csv, TextWriter writer, string title, string[] columns, IEnumerable<object[]> rows)
    {
        // An empty line between tables; to the CSV writer that would be a record without a field.
        csv.Flush();
        writer.Write("\r\n");
        Line(csv, Word(title));
        Line(csv, [.. columns.Select(c => (object)Word("column." + c))]);
        foreach (var row in rows) Line(csv, row);
    }

    private static void Line(CsvWriter csv, params object[] cells)
    {
        foreach (var cell in cells)
            csv.WriteField(cell switch
            {
                decimal yuan => yuan.ToString("0.00", CultureInfo.InvariantCulture),
                long number => number.ToString(CultureInfo.InvariantCulture),
                var text => Harmless(text.ToString()!),
            });
        csv.EndRecord();
    }

    internal static string Harmless(string text) => text.Length > 0 && FormulaStarts.Contains(text[0]) ? "'" + text : text;
}
