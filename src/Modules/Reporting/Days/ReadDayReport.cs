using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>日报: the report of a business day, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadDayReport
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<DayReport>("/api/reports/day", Permission.ReadReports, (http, who) => Report(http, who, Texts.WantsEnglish(http))).Asks<DateOnly>("day");
        routes.MapGet("/api/reports/day.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadDayReportFile")
            .Asks<DateOnly>("day").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task File(HttpContext http)
    {
        var english = CsvPaper.IsEnglish(http);
        if (await Report(http, http.Principal(), english) is not { } report) return;
        await CsvPaper.Send(http, $"shanmen-{report.Day:yyyy-MM-dd}", new DayReportCsv(http.RequestServices.GetRequiredService<Texts>(), english).Write(report));
    }

    /// <summary>The day that is asked for, or today. A day that is none is refused, and null returned.</summary>
    private static async Task<DayReport?> Report(HttpContext http, Principal who, bool english)
    {
        var shelf = http.RequestServices.GetRequiredService<ReportShelf>();
        var asked = http.Request.Query["day"].ToString();
        var day = shelf.Today(who.Park);
        if (asked.Length > 0 && !BusinessDay.TryParse(asked, out day))
        {
            var sentence = http.RequestServices.GetRequiredService<Texts>().Get("Field.Day", english);
            await http.Refuse(new(RequestRefusal.WrongFields, 400), new() { ["day"] = [sentence] });
            return null;
        }
        return await shelf.Day(who.Park, day, english);
    }
}
