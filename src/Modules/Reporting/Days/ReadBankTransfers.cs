using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>Money of the bank that was booked for orders on some business days, the newest first.</summary>
internal sealed record BankTransferReport(DateOnly From, DateOnly To, BankTransferLine[] Rows, BankBookingTotals Totals, long Total, int Page, int PageCount);

/// <summary>One booking.</summary>
/// <param name="Reference">The bank's own number of it.</param>
/// <param name="Number">Of the order.</param>
/// <param name="ReversedAt">When it was reversed (冲正); null = it stands.</param>
internal sealed record BankTransferLine(DateTimeOffset At, DateOnly BusinessDay, string Reference, string Number, BankTransferKind Kind, long Fen, string Note, string StaffName, DateTimeOffset? ReversedAt, string ReversedBy, string ReversedWhy);

/// <summary>汇款登记: what finance booked for orders, of some days or of one order, on the screen and as a file to hold against the bank's statement.</summary>
internal static class ReadBankTransfers
{
    private const int FileRowsMax = 20_000;

    private readonly record struct Asked(DateOnly From, DateOnly To, long? Number);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<BankTransferReport>("/api/reports/bank-transfers", Permission.ReadReports, Read)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("number").Asks<int>("page").Asks<int>("pageSize");
        routes.MapGet("/api/reports/bank-transfers.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadBankTransfersFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("number").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<BankTransferReport?> Read(HttpContext http, Principal who)
    {
        if (await AskedIn(http) is not { } asked) return null;
        var query = http.Request.Query;
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
        var (rows, totals) = await Lines(http, asked, size, (page - 1L) * size);
        return new(asked.From, asked.To, rows, totals, totals.Bookings, page, (int)Math.Max(1, (totals.Bookings + size - 1) / size));
    }

    private static async Task File(HttpContext http)
    {
        if (await AskedIn(http) is not { } asked) return;
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var (rows, totals) = await Lines(http, asked, FileRowsMax, 0);
        await CsvPaper.Send(http, $"shanmen-bank-transfers-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (totals.Bookings > FileRowsMax) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("bankTransfers"), Text(asked.From), Text(asked.To));
            csv.Line(Word("column.at"), Word("column.businessDay"), Word("column.what"), Word("column.bankNumber"), Word("column.number"), Word("column.amount"), Word("column.staff"), Word("column.remark"),
                Word("column.reversed"), Word("column.by"), Word("column.reason"));
            foreach (var row in rows)
                csv.Line(Time(row.At), Text(row.BusinessDay), Word($"bank.{row.Kind}"), row.Reference, row.Number, Yuan(row.Fen), row.StaffName, row.Note, row.ReversedAt is { } at ? Time(at) : "", row.ReversedBy, row.ReversedWhy);
            csv.Line(Word("totals"), "", "", "", "", Yuan(totals.ReceivedFen - totals.SentBackFen), "", "", "", "", "");
        }));

        string Word(string key) => texts.Get("Report." + key, english);
        string Time(DateTimeOffset at) => times.Local(park, at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }

    private static async Task<(BankTransferLine[] Rows, BankBookingTotals Totals)> Lines(HttpContext http, Asked asked, int limit, long offset)
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        var (bookings, totals) = await http.RequestServices.GetRequiredService<BankTransfers>().Read(http.Principal().Park, asked.From, asked.To, asked.Number, limit, offset);
        return ([.. bookings.Select(b => new BankTransferLine(b.At, b.BusinessDay, b.Reference, b.Number.ToString("D17", CultureInfo.InvariantCulture), b.Kind, b.Fen, b.Note, parks.NameOfStaff(b.StaffId),
            b.ReversedAt, b.ReversedBy is { } by ? parks.NameOfStaff(by) : "", b.ReversedWhy))], totals);
    }

    /// <summary>Null where the days are refused.</summary>
    private static async Task<Asked?> AskedIn(HttpContext http) => await ReportDays.Read(http) is { } days
        ? new(days.From, days.To, long.TryParse(http.Request.Query["number"], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null) : null;

    private static decimal Yuan(long fen) => fen / 100m;
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
