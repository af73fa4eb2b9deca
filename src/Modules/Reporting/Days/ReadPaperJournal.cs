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

/// <summary>What was done with a paper, the newest first.</summary>
internal sealed record PaperReport(string Name, List<PaperLine> Rows, long Total, int Page, int PageCount);

/// <summary>票纸流水: goods-in, issue, hand back, spoiled, lost, found and counted, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadPaperJournal
{
    private const int FileRowsMax = 20_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<PaperReport>("/api/papers/{id:guid}/journal", Permission.KeepStock, async (http, who) =>
        {
            var query = http.Request.Query;
            var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
            var size = Math.Clamp(int.TryParse(query["pageSize"], out var s) ? s : 50, 1, 200);
            return await Journal(http, size, (page - 1) * size) is not { } read ? null : new(read.Name, read.Rows, read.Total, page, (int)Math.Max(1, (read.Total + size - 1) / size));
        }).Asks<int>("page").Asks<int>("pageSize").WithName("ReadPaperJournal");
        routes.MapGet("/api/papers/{id:guid}/journal.csv", (Delegate)File).RequireAuthorization(nameof(Permission.KeepStock)).WithMetadata(Slice.Of(File)).WithName("ReadPaperJournalFile")
            .Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static Task<(string Name, List<PaperLine> Rows, long Total)?> Journal(HttpContext http, int limit, int offset) =>
        http.RequestServices.GetRequiredService<PaperJournal>().Read(http.Principal().Park, Guid.Parse((string)http.Request.RouteValues["id"]!), limit, offset);

    private static async Task File(HttpContext http)
    {
        var (english, texts, times, park) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>(), http.RequestServices.GetRequiredService<ParkTimes>(), http.Principal().Park);
        if (await Journal(http, FileRowsMax, 0) is not { } read)
        {
            await http.Refuse(Problems.NotFound);
            return;
        }
        await CsvPaper.Send(http, "shanmen-paper", CsvPaper.Write(csv =>
        {
            if (read.Total > FileRowsMax) csv.Line(texts.Get("Report.cut", english, FileRowsMax));
            csv.Line(Word("Report.paper"), read.Name);
            csv.Line([.. new[] { "at", "what", "from", "to", "first", "last", "sheets", "missing", "surplus", "reason", "by" }.Select(c => (object)Word("Report.column." + c))]);
            foreach (var row in read.Rows)
                csv.Line(times.Local(park, row.At).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Word("Paper." + row.What), Place(row.From), Place(row.To), row.First, row.Last, row.Sheets, row.Missing, row.Surplus, row.Reason, row.StaffName);
        }));

        string Word(string key) => texts.Get(key, english);
        string Place(string place) => texts.Has("Paper." + place) ? Word("Paper." + place) : place;
    }
}
