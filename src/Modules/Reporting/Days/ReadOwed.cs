using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Sales;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>What the park owes for tickets that went back, the oldest first.</summary>
internal sealed record OwedReport(OwedReportLine[] Rows, OwedTotals Totals, long Total, int Page, int PageCount);

/// <summary>One debt.</summary>
/// <param name="CashFen">What of it came in cash.</param>
/// <param name="CardFen">What of it came by card.</param>
internal sealed record OwedReportLine(Guid Id, DateTimeOffset At, Guid OrderId, string Number, DateOnly VisitDay, string Reason, long CashFen, long CardFen, long CashOpenFen, long CardOpenFen);

/// <summary>待退款: debts for tickets that went back, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadOwed
{
    private const int FileRowsMax = 20_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<OwedReport>("/api/reports/owed", Permission.ReadReports, async (http, who) =>
        {
            var query = http.Request.Query;
            var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
            var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
            var (rows, totals) = await Lines(http, size, (page - 1) * size);
            return new(rows, totals, totals.Debts, page, (int)Math.Max(1, (totals.Debts + size - 1) / size));
        }).Asks<OwedChoice>("choice").Asks<Guid>("dayReturn").Asks<string>("number").Asks<int>("page").Asks<int>("pageSize").WithName("ReadOwed");
        routes.MapGet("/api/reports/owed.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadOwedFile")
            .Asks<OwedChoice>("choice").Asks<Guid>("dayReturn").Asks<string>("number").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task File(HttpContext http)
    {
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var (rows, totals) = await Lines(http, FileRowsMax, 0);
        await CsvPaper.Send(http, "shanmen-owed", CsvPaper.Write(csv =>
        {
            if (totals.Debts > FileRowsMax) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("owed"));
            csv.Line(Word("column.at"), Word("column.number"), Word("column.visitDay"), Word("column.reason"), Word("column.cash"), Word("column.card"), Word("column.cashOpen"), Word("column.cardOpen"));
            foreach (var row in rows)
                csv.Line(times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Number, row.VisitDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), row.Reason,
                    Yuan(row.CashFen), Yuan(row.CardFen), Yuan(row.CashOpenFen), Yuan(row.CardOpenFen));
            csv.Line(Word("totals"), totals.Debts, "", "", Yuan(totals.Fen), "", Yuan(totals.CashOpenFen), Yuan(totals.CardOpenFen));
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static async Task<(OwedReportLine[] Rows, OwedTotals Totals)> Lines(HttpContext http, int limit, int offset)
    {
        var query = http.Request.Query;
        var choice = Enum.TryParse<OwedChoice>(query["choice"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : OwedChoice.Open;
        // What is no number of an order finds none, as it would in the list of orders.
        long? number = query["number"].ToString().Trim() is { Length: > 0 } text ? long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var known) ? known : 0 : null;
        var (rows, totals) = await http.RequestServices.GetRequiredService<OwedRefunds>()
            .Read(http.Principal().Park, choice, Guid.TryParse(query["dayReturn"], out var work) ? work : null, number, limit, offset);
        return ([.. rows.Select(r => new OwedReportLine(r.Id, r.At, r.OrderId, r.Number.ToString("D17", CultureInfo.InvariantCulture), r.VisitDay, r.Reason, r.CashFen, r.CardFen, r.CashOpenFen, r.CardOpenFen))], totals);
    }

    private static decimal Yuan(long fen) => fen / 100m;
}
