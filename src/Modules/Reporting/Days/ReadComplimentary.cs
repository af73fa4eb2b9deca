using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>Complimentary tickets of orders that were paid on some business days, the newest first.</summary>
internal sealed record ComplimentaryReport(DateOnly From, DateOnly To, ComplimentaryLine[] Rows, GivenTotals Totals, long Total, int Page, int PageCount);

/// <summary>One order with complimentary tickets.</summary>
/// <param name="Reason">The word of the dictionary.</param>
/// <param name="People">People on its complimentary lines, those that went back included.</param>
/// <param name="ClerkName">Who took the payment.</param>
/// <param name="GivenBy">Who gave them; empty in orders of before schema 16, which did not say.</param>
/// <param name="ApprovedBy">Empty where the clerk gave it alone.</param>
internal sealed record ComplimentaryLine(Guid OrderId, string Number, DateTimeOffset At, DateOnly BusinessDay, string WindowName, string ClerkName, string GivenBy, string BudgetName, string Reason, string Note,
    int People, long WentBack, string ApprovedBy);

/// <summary>赠票明细: who gave what to whom from which budget, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadComplimentary
{
    /// <summary>Rows of a file, at most. One that has no room for all says so in its first line; its totals are those of all.</summary>
    private const int FileRowsMax = 20_000;

    private readonly record struct Asked(DateOnly From, DateOnly To, Guid? Budget);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ComplimentaryReport>("/api/reports/complimentary", Permission.ReadReports, Read)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<Guid>("budgetId").Asks<int>("page").Asks<int>("pageSize");
        routes.MapGet("/api/reports/complimentary.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadComplimentaryFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<Guid>("budgetId").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<ComplimentaryReport?> Read(HttpContext http, Principal who)
    {
        if (await AskedIn(http) is not { } asked) return null;
        var query = http.Request.Query;
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
        var given = http.RequestServices.GetRequiredService<GivenTickets>();
        var totals = await given.Totals(who.Park, asked.From, asked.To, asked.Budget);
        var rows = await Lines(http, who.Park, asked, size, (page - 1L) * size, Texts.WantsEnglish(http));
        return new(asked.From, asked.To, rows, totals, totals.Orders, page, (int)Math.Max(1, (totals.Orders + size - 1) / size));
    }

    private static async Task File(HttpContext http)
    {
        if (await AskedIn(http) is not { } asked) return;
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        var rows = await Lines(http, park, asked, FileRowsMax + 1, 0, english);
        var isCut = rows.Length > FileRowsMax;
        // What stands in the file is added up from the file, so that a sale in between does not part them.
        var totals = isCut ? await http.RequestServices.GetRequiredService<GivenTickets>().Totals(park, asked.From, asked.To, asked.Budget)
            : new(rows.Length, rows.Sum(r => (long)r.People), rows.Sum(r => r.WentBack));
        await CsvPaper.Send(http, $"shanmen-complimentary-{Text(asked.From)}-{Text(asked.To)}", CsvPaper.Write(csv =>
        {
            if (isCut) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("complimentary"), Text(asked.From), Text(asked.To));
            csv.Line(Word("column.businessDay"), Word("column.at"), Word("column.number"), Word("column.window"), Word("column.clerk"), Word("column.givenBy"), Word("column.budget"), Word("column.reason"), Word("column.note"),
                Word("column.approvedBy"), Word("column.people"), Word("column.wentBack"));
            foreach (var row in rows.Take(FileRowsMax))
                csv.Line(Text(row.BusinessDay), times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Number, row.WindowName, row.ClerkName, row.GivenBy, row.BudgetName, row.Reason, row.Note, row.ApprovedBy, (long)row.People, row.WentBack);
            csv.Line(Word("totals"), "", "", "", "", "", "", "", "", "", totals.People, totals.WentBack);
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static async Task<ComplimentaryLine[]> Lines(HttpContext http, int park, Asked asked, int limit, long offset, bool english)
    {
        var (parks, words) = (http.RequestServices.GetRequiredService<ParkDirectory>(), http.RequestServices.GetRequiredService<DictionaryBook>());
        var given = await http.RequestServices.GetRequiredService<GivenTickets>().Read(park, asked.From, asked.To, asked.Budget, limit, offset);
        return [.. given.Select(g => new ComplimentaryLine(g.OrderId, g.Number.ToString("D17", CultureInfo.InvariantCulture), g.At, g.BusinessDay, parks.Of(park).WindowName(g.WindowId, english),
            parks.NameOfStaff(g.ClerkId), g.Gift.GivenBy is { } giver ? parks.NameOfStaff(giver) : "", g.Gift.BudgetName, words.Find(park, DictionaryKind.ComplimentaryReason, g.Gift.Reason)?.NameIn(english) ?? g.Gift.Reason, g.Gift.Note, g.Gift.People, g.WentBack,
            g.Gift.ApprovedBy is { } by ? parks.NameOfStaff(by) : ""))];
    }

    /// <summary>Null where the days are refused.</summary>
    private static async Task<Asked?> AskedIn(HttpContext http) => await ReportDays.Read(http, "budgetId") is { } days ? new(days.From, days.To, days.Id) : null;
}
