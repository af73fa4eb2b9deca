using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Vouchers;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>Orders with vouchers that were paid on some business days, the newest first.</summary>
internal sealed record VoucherReport(DateOnly From, DateOnly To, VoucherLine[] Rows, VoucherTotals Totals, long Total, int Page, int PageCount);

/// <summary>One order with vouchers.</summary>
/// <param name="Vouchers">What they are called, with their numbers.</param>
/// <param name="OffFen">What they took off.</param>
internal sealed record VoucherLine(Guid OrderId, string Number, DateTimeOffset At, DateOnly BusinessDay, string WindowName, string ClerkName, string Vouchers, int Count, long OffFen, long PaidFen, long RefundedFen);

/// <summary>用券明细: what vouchers took off which orders, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadVoucherUses
{
    private const int FileRowsMax = 20_000, PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<VoucherReport>("/api/reports/vouchers", Permission.ReadReports, Read)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<Guid>("kindId").Asks<int>("page");
        routes.MapGet("/api/reports/vouchers.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadVoucherUsesFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<Guid>("kindId").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<VoucherReport?> Read(HttpContext http, Principal who)
    {
        if (await ReportDays.Read(http, "kindId") is not { } asked) return null;
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], out var p) ? p : 1, 1, 100_000);
        var totals = await http.RequestServices.GetRequiredService<UsedVouchers>().Totals(who.Park, asked.From, asked.To, asked.Id);
        var rows = await Lines(http, who.Park, asked.From, asked.To, asked.Id, PageSize, (page - 1L) * PageSize, Texts.WantsEnglish(http));
        return new(asked.From, asked.To, rows, totals, totals.Orders, page, (int)Math.Max(1, (totals.Orders + PageSize - 1) / PageSize));
    }

    private static async Task File(HttpContext http)
    {
        if (await ReportDays.Read(http, "kindId") is not { } asked) return;
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var rows = await Lines(http, park, asked.From, asked.To, asked.Id, FileRowsMax + 1, 0, english);
        var isCut = rows.Length > FileRowsMax;
        var totals = isCut ? await http.RequestServices.GetRequiredService<UsedVouchers>().Totals(park, asked.From, asked.To, asked.Id) : new(rows.Length, rows.Sum(r => (long)r.Count), rows.Sum(r => r.OffFen));
        await CsvPaper.Send(http, $"shanmen-vouchers-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (isCut) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("vouchers"), Text(asked.From), Text(asked.To));
            csv.Line(Word("column.businessDay"), Word("column.at"), Word("column.number"), Word("column.window"), Word("column.clerk"), Word("column.vouchers"), Word("column.off"), Word("column.paid"), Word("column.refunds"));
            foreach (var row in rows.Take(FileRowsMax))
                csv.Line(Text(row.BusinessDay), times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Number, row.WindowName, row.ClerkName, row.Vouchers, Yuan(row.OffFen), Yuan(row.PaidFen), Yuan(row.RefundedFen));
            csv.Line(Word("totals"), "", "", "", "", totals.Vouchers, Yuan(totals.OffFen));
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static decimal Yuan(long fen) => fen / 100m;

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<VoucherLine[]> Lines(HttpContext http, int park, DateOnly from, DateOnly to, Guid? kind, int limit, long offset, bool english)
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        var orders = await http.RequestServices.GetRequiredService<UsedVouchers>().Read(park, from, to, kind, limit, offset);
        return [.. orders.Select(o => new VoucherLine(o.OrderId, o.Number.ToString("D17", CultureInfo.InvariantCulture), o.At, o.BusinessDay, parks.Of(park).WindowName(o.WindowId, english), parks.NameOfStaff(o.ClerkId),
            string.Join(english ? ", " : "、", o.Vouchers.Select(v => $"{(english && v.NameEn.Length > 0 ? v.NameEn : v.Name)} {v.Number}")), o.Vouchers.Length, o.Vouchers.Sum(v => v.OffFen), o.PaidFen, o.RefundedFen))];
    }
}
