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

/// <summary>往来明细: one account of an agency over some business days.</summary>
internal sealed record AgencyAccountReport(DateOnly From, DateOnly To, string Agency, string Name, AgencySide Side, AgencyAccountLine[] Rows, AgencyEntryTotals Totals, long Total, int Page, int PageCount);

/// <summary>One movement of it.</summary>
/// <param name="Fen">By how much the balance rose; less than nothing where it fell.</param>
/// <param name="BalanceFen">The balance after it.</param>
/// <param name="OrderId">Null for money of the bank.</param>
/// <param name="Number">The order's number; empty for money of the bank.</param>
/// <param name="Reference">The bank's number, or who signed.</param>
internal sealed record AgencyAccountLine(DateTimeOffset At, DateOnly BusinessDay, AgencyEntryKind Kind, long Fen, long BalanceFen, Guid? OrderId, string Number, string Reference, string Note, string StaffName);

/// <summary>往来明细, on the screen and as a file that can be sent to the agency.</summary>
internal static class ReadAgencyAccount
{
    private const int FileRowsMax = 20_000;

    private readonly record struct Asked(DateOnly From, DateOnly To, string Agency, string Name, AgencySide Side);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<AgencyAccountReport>("/api/reports/agency-account", Permission.ReadReports, async (http, _) =>
        {
            if (await AskedIn(http, Texts.WantsEnglish(http)) is not { } asked) return null;
            var query = http.Request.Query;
            var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
            var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
            var (rows, totals) = await Lines(http, asked, size, (page - 1L) * size);
            return new(asked.From, asked.To, asked.Agency, asked.Name, asked.Side, rows, totals, totals.Count, page, (int)Math.Max(1, (totals.Count + size - 1) / size));
        }).Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("agency", required: true).Asks<AgencySide>("side", required: true).Asks<int>("page").Asks<int>("pageSize").WithName("ReadAgencyStatement");
        routes.MapGet("/api/reports/agency-account.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadAgencyStatementFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("agency", required: true).Asks<AgencySide>("side", required: true).Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task File(HttpContext http)
    {
        var english = CsvPaper.IsEnglish(http);
        if (await AskedIn(http, english) is not { } asked) return;
        var (texts, times, park) = (http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var (rows, totals) = await Lines(http, asked, FileRowsMax, 0);
        await CsvPaper.Send(http, $"shanmen-account-{asked.Agency}-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (totals.Count > FileRowsMax) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word($"side.{asked.Side}"), asked.Name, Text(asked.From), Text(asked.To));
            csv.Line(Word("column.at"), Word("column.businessDay"), Word("column.what"), Word("column.number"), Word("column.reference"), Word("column.amount"), Word("column.balance"), Word("column.staff"), Word("column.remark"));
            csv.Line(Word("opening"), "", "", "", "", "", Yuan(totals.OpeningFen), "", "");
            foreach (var row in rows)
                csv.Line(times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Text(row.BusinessDay), Word($"entry.{row.Kind}"), row.Number, row.Reference, Yuan(row.Fen), Yuan(row.BalanceFen), row.StaffName, row.Note);
            csv.Line(Word("totals"), "", "", "", "", Yuan(totals.UpFen - totals.DownFen), Yuan(totals.ClosingFen), "", "");
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static async Task<(AgencyAccountLine[] Rows, AgencyEntryTotals Totals)> Lines(HttpContext http, Asked asked, int limit, long offset)
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        var (rows, totals) = await http.RequestServices.GetRequiredService<AgencyEntries>().Read(http.Principal().Park, asked.Agency, asked.Side, asked.From, asked.To, limit, offset);
        return ([.. rows.Select(r => new AgencyAccountLine(r.At, r.BusinessDay, r.Kind, r.Fen, r.BalanceFen, r.OrderId, r.OrderNumber?.ToString("D17", CultureInfo.InvariantCulture) ?? "", r.Reference, r.Note, parks.NameOfStaff(r.StaffId)))], totals);
    }

    /// <summary>Null where the days, the agency or the side are refused.</summary>
    private static async Task<Asked?> AskedIn(HttpContext http, bool english)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return null;
        var (agency, side) = (http.Request.Query["agency"].ToString(), http.Request.Query["side"].ToString());
        if (Enum.TryParse<AgencySide>(side, ignoreCase: true, out var chosen) && Enum.IsDefined(chosen)
            && http.RequestServices.GetRequiredService<DictionaryBook>().Find(http.Principal().Park, DictionaryKind.Agency, agency) is { } word) return new(from, to, agency, word.NameIn(english), chosen);
        await http.Refuse(Problems.NotFound);
        return null;
    }

    private static decimal Yuan(long fen) => fen / 100m;
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
