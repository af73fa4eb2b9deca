using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>What agencies bought in orders that were paid on some business days, who paid most first.</summary>
internal sealed record AgencyReport(DateOnly From, DateOnly To, AgencyTotal[] Agencies, AgencyTotal Sum);

/// <summary>One agency's orders.</summary>
/// <param name="Agency">By its code of the dictionary; empty in the sum of all.</param>
/// <param name="RefundedFen">What of it went back until now, on whatever day.</param>
internal sealed record AgencyTotal(string Agency, string Name, long Orders, long People, long PaidFen, long RefundedFen, long NetFen);

/// <summary>旅行社对账单: the orders of one agency that were paid on some business days.</summary>
internal sealed record AgencyStatement(DateOnly From, DateOnly To, AgencyTotal Agency, StatementLine[] Rows, long Total, int Page, int PageCount);

/// <summary>One order of a statement.</summary>
/// <param name="Guide">Who brought the group, masked.</param>
/// <param name="Sold">Its lines in words.</param>
internal sealed record StatementLine(Guid OrderId, string Number, DateOnly BusinessDay, DateOnly VisitDay, string WindowName, string ClerkName, string Guide, string Sold, long People, long PaidFen, long RefundedFen);

/// <summary>旅行社: what each bought, and the statement of one, on the screen and as a file that can be sent to it.</summary>
internal static class ReadAgencies
{
    /// <summary>Rows of a file, at most. One that has no room for all says so in its first line; its totals are those of all.</summary>
    private const int FileRowsMax = 20_000;

    private static readonly AgencyFigure Nothing = new("", 0, 0, 0, 0);

    private readonly record struct Asked(DateOnly From, DateOnly To, string Agency, string Name);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<AgencyReport>("/api/reports/agencies", Permission.ReadReports, Read).Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true);
        routes.MapRead<AgencyStatement>("/api/reports/agency", Permission.ReadReports, ReadOne)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("agency", required: true).Asks<int>("page").Asks<int>("pageSize").WithName("ReadAgency");
        routes.MapGet("/api/reports/agency.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadAgencyFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("agency", required: true).Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<AgencyReport?> Read(HttpContext http, Principal who)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return null;
        var (words, english) = (http.RequestServices.GetRequiredService<DictionaryBook>(), Texts.WantsEnglish(http));
        var all = await http.RequestServices.GetRequiredService<AgencyOrders>().Totals(who.Park, from, to);
        return new(from, to, [.. all.OrderByDescending(a => a.PaidFen).ThenBy(a => a.Agency, StringComparer.Ordinal).Select(a => TotalOf(a, words.Find(who.Park, DictionaryKind.Agency, a.Agency)?.NameIn(english) ?? a.Agency))],
            TotalOf(new("", all.Sum(a => a.Orders), all.Sum(a => a.People), all.Sum(a => a.PaidFen), all.Sum(a => a.RefundedFen)), ""));
    }

    private static async Task<AgencyStatement?> ReadOne(HttpContext http, Principal who)
    {
        var english = Texts.WantsEnglish(http);
        if (await AskedIn(http, english) is not { } asked) return null;
        var query = http.Request.Query;
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
        var sum = await SumOf(http, asked);
        return new(asked.From, asked.To, sum, await Lines(http, asked, english, size, (page - 1L) * size), sum.Orders, page, (int)Math.Max(1, (sum.Orders + size - 1) / size));
    }

    private static async Task File(HttpContext http)
    {
        var english = CsvPaper.IsEnglish(http);
        if (await AskedIn(http, english) is not { } asked) return;
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var rows = await Lines(http, asked, english, FileRowsMax + 1, 0);
        // What stands in the file is added up from the file, so that a sale in between does not part them.
        var sum = rows.Length > FileRowsMax ? await SumOf(http, asked)
            : TotalOf(new(asked.Agency, rows.Length, rows.Sum(r => r.People), rows.Sum(r => r.PaidFen), rows.Sum(r => r.RefundedFen)), asked.Name);
        await CsvPaper.Send(http, $"shanmen-agency-{asked.Agency}-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (rows.Length > FileRowsMax) csv.Line(texts.Get("Report.agency.cut", english, FileRowsMax));
            csv.Line(Word("agency"), asked.Name, Text(asked.From), Text(asked.To));
            csv.Line(Word("column.number"), Word("column.businessDay"), Word("column.visitDay"), Word("column.guide"), Word("column.sold"), Word("column.window"), Word("column.clerk"), Word("column.people"),
                Word("column.paid"), Word("column.refunds"), Word("column.net"));
            foreach (var row in rows.Take(FileRowsMax))
                csv.Line(row.Number, Text(row.BusinessDay), Text(row.VisitDay), row.Guide, row.Sold, row.WindowName, row.ClerkName, row.People, Yuan(row.PaidFen), Yuan(row.RefundedFen), Yuan(row.PaidFen - row.RefundedFen));
            csv.Line(Word("totals"), "", "", "", "", "", "", sum.People, Yuan(sum.PaidFen), Yuan(sum.RefundedFen), Yuan(sum.NetFen));
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static async Task<AgencyTotal> SumOf(HttpContext http, Asked asked) => TotalOf(
        (await http.RequestServices.GetRequiredService<AgencyOrders>().Totals(http.Principal().Park, asked.From, asked.To)).FirstOrDefault(a => a.Agency == asked.Agency) ?? Nothing with { Agency = asked.Agency }, asked.Name);

    private static async Task<StatementLine[]> Lines(HttpContext http, Asked asked, bool english, int limit, long offset)
    {
        var (parks, park) = (http.RequestServices.GetRequiredService<ParkDirectory>(), http.Principal().Park);
        return [.. (await http.RequestServices.GetRequiredService<AgencyOrders>().Read(park, asked.Agency, asked.From, asked.To, limit, offset)).Select(o => new StatementLine(
            o.OrderId, o.Number.ToString("D17", CultureInfo.InvariantCulture), o.BusinessDay, o.VisitDay, parks.Of(park).WindowName(o.WindowId, english), parks.NameOfStaff(o.ClerkId), o.Guide,
            string.Join(english ? ", " : "、", o.Lines.Select(l => $"{(english && l.TypeNameEn.Length > 0 ? l.TypeNameEn : l.TypeName)} × {l.Quantity}{(l.People > 1 ? $" × {l.People}" : "")}")), o.People, o.PaidFen, o.RefundedFen))];
    }

    /// <summary>Null where the days or the agency are refused.</summary>
    private static async Task<Asked?> AskedIn(HttpContext http, bool english)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return null;
        var agency = http.Request.Query["agency"].ToString();
        if (http.RequestServices.GetRequiredService<DictionaryBook>().Find(http.Principal().Park, DictionaryKind.Agency, agency) is { } word) return new(from, to, agency, word.NameIn(english));
        await http.Refuse(Problems.NotFound);
        return null;
    }

    private static AgencyTotal TotalOf(AgencyFigure f, string name) => new(f.Agency, name, f.Orders, f.People, f.PaidFen, f.RefundedFen, f.PaidFen - f.RefundedFen);
    private static decimal Yuan(long fen) => fen / 100m;
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
