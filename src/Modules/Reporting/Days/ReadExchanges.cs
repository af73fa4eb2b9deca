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

/// <summary>Exchanges of paper on some business days, the newest first.</summary>
internal sealed record ExchangeReport(DateOnly From, DateOnly To, ExchangeLine[] Rows, ExchangeTotals Totals, long Total, int Page, int PageCount);

/// <summary>Tickets of one order that got new paper together.</summary>
/// <param name="FeeFen">What was paid for all of them.</param>
/// <param name="WaivedFen">What was let go.</param>
/// <param name="Ways">How the fee was paid, in words.</param>
/// <param name="SupervisorName">Who vouches for it; empty where the clerk did it alone.</param>
internal sealed record ExchangeLine(DateTimeOffset At, Guid OrderId, string Number, string[] ShortCodes, ExchangeCause Cause, long FeeFen, long WaivedFen, string Ways, string Remark,
    string WindowName, string ClerkName, string SupervisorName);

/// <summary>换票记录: which tickets got new paper, why, who did it and who vouched for it, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadExchanges
{
    /// <summary>Rows of a file, at most. One that has no room for all says so in its first line; its totals are those of all.</summary>
    private const int FileRowsMax = 20_000;

    private readonly record struct Asked(DateOnly From, DateOnly To, ExchangeCause? Cause);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ExchangeReport>("/api/reports/exchanges", Permission.ReadReports, Read)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<ExchangeCause>("cause").Asks<int>("page").Asks<int>("pageSize");
        routes.MapGet("/api/reports/exchanges.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadExchangesFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<ExchangeCause>("cause").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<ExchangeReport?> Read(HttpContext http, Principal who)
    {
        if (await AskedIn(http) is not { } asked) return null;
        var query = http.Request.Query;
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
        var (rows, totals) = await Lines(http, asked, size, (page - 1) * size, Texts.WantsEnglish(http));
        return new(asked.From, asked.To, rows, totals, totals.Exchanges, page, (int)Math.Max(1, (totals.Exchanges + size - 1) / size));
    }

    private static async Task File(HttpContext http)
    {
        if (await AskedIn(http) is not { } asked) return;
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var (rows, totals) = await Lines(http, asked, FileRowsMax, 0, english);
        await CsvPaper.Send(http, $"shanmen-exchanges-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (totals.Exchanges > FileRowsMax) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("exchanges"), Text(asked.From), Text(asked.To));
            csv.Line(Word("column.at"), Word("column.number"), Word("column.tickets"), Word("column.ticket"), Word("column.reason"), Word("column.fees"), Word("column.waived"), Word("column.method"), Word("column.remark"),
                Word("column.window"), Word("column.clerk"), Word("column.approvedBy"));
            foreach (var row in rows)
                csv.Line(times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Number, (long)row.ShortCodes.Length, string.Join(' ', row.ShortCodes), Word("cause." + Json.NameOf(row.Cause)),
                    Yuan(row.FeeFen), Yuan(row.WaivedFen), row.Ways, row.Remark, row.WindowName, row.ClerkName, row.SupervisorName);
            csv.Line(Word("totals"), "", totals.Tickets, "", "", Yuan(totals.FeeFen), Yuan(totals.WaivedFen), "", "", "", "", "");
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static async Task<(ExchangeLine[] Rows, ExchangeTotals Totals)> Lines(HttpContext http, Asked asked, int limit, int offset, bool english)
    {
        var (parks, texts, park) = (http.RequestServices.GetRequiredService<ParkDirectory>(), http.RequestServices.GetRequiredService<Texts>(), http.Principal().Park);
        var (exchanges, totals) = await http.RequestServices.GetRequiredService<ExchangedTickets>().Read(park, asked.From, asked.To, asked.Cause, limit, offset);
        return ([.. exchanges.Select(e => new ExchangeLine(e.At, e.Fact.OrderId, e.Number.ToString("D17", CultureInfo.InvariantCulture), e.ShortCodes, e.Fact.Cause, e.Fact.FeeFen, e.Fact.WaivedFen,
            string.Join(" + ", e.Fact.Payments.Select(p => texts.Get($"Report.method.{Json.NameOf(p.Method)}", english)).Distinct()), e.Fact.Remark, parks.Of(park).WindowName(e.Fact.WindowId, english),
            parks.NameOfStaff(e.Fact.ClerkId), parks.NameOfStaff(e.Fact.Supervisor)))], totals);
    }

    /// <summary>Null where the days are refused.</summary>
    private static async Task<Asked?> AskedIn(HttpContext http) =>
        await ReportDays.Read(http) is { } days ? new(days.From, days.To, Enum.TryParse<ExchangeCause>(http.Request.Query["cause"], ignoreCase: true, out var cause) && Enum.IsDefined(cause) ? cause : null) : null;

    private static decimal Yuan(long fen) => fen / 100m;
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
