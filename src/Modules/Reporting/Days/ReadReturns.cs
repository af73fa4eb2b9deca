using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>Tickets that went back on some business days, the newest first.</summary>
internal sealed record ReturnReport(DateOnly From, DateOnly To, ReturnLine[] Rows, RefundTotals Totals, long Total, int Page, int PageCount);

/// <summary>One ticket that went back.</summary>
/// <param name="PriceFen">What it cost.</param>
/// <param name="FeeFen">What was kept of it; null where that was before fees were known.</param>
/// <param name="Ways">How its money went back, in words.</param>
/// <param name="Reason">As the dictionary called it then.</param>
/// <param name="ClerkName">Who took it back.</param>
/// <param name="SupervisorName">Who approved it; empty where the clerk did it alone.</param>
internal sealed record ReturnLine(DateTimeOffset At, Guid OrderId, string Number, string ShortCode, ReturnKind Kind, string TypeName, int People, long PriceFen, long? FeeFen, long RefundFen, string Ways,
    string Reason, string Remark, string WindowName, string ClerkName, string SupervisorName);

/// <summary>退票记录: what went back, why, who did it and who approved it, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadReturns
{
    /// <summary>Rows of a file, at most. One that has no room for all says so in its first line; its totals are those of all.</summary>
    private const int FileRowsMax = 20_000;

    private readonly record struct Asked(DateOnly From, DateOnly To, string? Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ReturnReport>("/api/reports/returns", Permission.ReadReports, Read)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("reason").Asks<int>("page").Asks<int>("pageSize");
        routes.MapGet("/api/reports/returns.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadReturnsFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("reason").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<ReturnReport?> Read(HttpContext http, Principal who)
    {
        if (await AskedIn(http) is not { } asked) return null;
        var query = http.Request.Query;
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
        var (rows, totals) = await Lines(http, asked, size, (page - 1) * size, Texts.WantsEnglish(http));
        return new(asked.From, asked.To, rows, totals, totals.Tickets, page, (int)Math.Max(1, (totals.Tickets + size - 1) / size));
    }

    private static async Task File(HttpContext http)
    {
        if (await AskedIn(http) is not { } asked) return;
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var (rows, totals) = await Lines(http, asked, FileRowsMax, 0, english);
        await CsvPaper.Send(http, $"shanmen-returns-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (totals.Tickets > FileRowsMax) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("returns"), Text(asked.From), Text(asked.To));
            csv.Line(Word("column.at"), Word("column.number"), Word("column.ticket"), Word("column.kind"), Word("column.type"), Word("column.people"), Word("column.price"), Word("column.fee"), Word("column.refunds"),
                Word("column.method"), Word("column.reason"), Word("column.remark"), Word("column.window"), Word("column.clerk"), Word("column.approvedBy"));
            foreach (var row in rows)
                csv.Line(times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Number, row.ShortCode, Word(row.Kind switch { ReturnKind.Void => "kind.void", ReturnKind.Rebook => "kind.rebook", _ => "kind.return" }), row.TypeName, (long)row.People,
                    Yuan(row.PriceFen), row.FeeFen is { } fee ? Yuan(fee) : "", Yuan(row.RefundFen), row.Ways, row.Reason, row.Remark, row.WindowName, row.ClerkName, row.SupervisorName);
            csv.Line(Word("totals"), "", "", "", "", totals.People, "", Yuan(totals.FeeFen), Yuan(totals.RefundFen), "", "", "", "", "", "");
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static async Task<(ReturnLine[] Rows, RefundTotals Totals)> Lines(HttpContext http, Asked asked, int limit, int offset, bool english)
    {
        var (parks, texts, park) = (http.RequestServices.GetRequiredService<ParkDirectory>(), http.RequestServices.GetRequiredService<Texts>(), http.Principal().Park);
        var (refunds, totals) = await http.RequestServices.GetRequiredService<PaidRefunds>().Read(park, asked.From, asked.To, asked.Reason, limit, offset);
        return ([.. refunds.Select(r => new ReturnLine(r.At, r.OrderId, r.Number.ToString("D17", CultureInfo.InvariantCulture), r.ShortCode, r.Kind, english && r.TypeNameEn.Length > 0 ? r.TypeNameEn : r.TypeName, r.People,
            r.PriceFen, r.FeeFen, r.RefundFen, string.Join(" + ", r.Ways.Select(way => texts.Get($"Report.method.{Json.NameOf(way)}", english))) + (r.Owed ? texts.Get("Report.method.later", english) : ""), r.Reason, r.Remark,
            parks.Of(park).WindowName(r.WindowId, english), parks.NameOfStaff(r.ClerkId), parks.NameOfStaff(r.Supervisor)))], totals);
    }

    /// <summary>Null where the days are refused.</summary>
    private static async Task<Asked?> AskedIn(HttpContext http) =>
        await ReportDays.Read(http) is { } days ? new(days.From, days.To, http.Request.Query["reason"].ToString() is { Length: > 0 } reason ? reason : null) : null;

    private static decimal Yuan(long fen) => fen / 100m;
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
