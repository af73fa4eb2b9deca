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

/// <summary>Where visitors came from, by the orders that were paid on some business days; returns are not taken off.</summary>
/// <param name="Lines">The origin of most people first, and last those of whom nobody said.</param>
public sealed record OriginReport(DateOnly From, DateOnly To, long Orders, long People, OriginLine[] Lines);

/// <summary>The orders and people of one origin.</summary>
/// <param name="Code">Of the dictionary; null where nobody said.</param>
public sealed record OriginLine(string? Code, string Name, long Orders, long People);

/// <summary>客源地统计: orders and people by origin, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadOrigins
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<OriginReport>("/api/reports/origins", Permission.ReadReports, (http, who) => Report(http, who, Texts.WantsEnglish(http)))
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true);
        routes.MapGet("/api/reports/origins.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadOriginsFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task File(HttpContext http)
    {
        var english = CsvPaper.IsEnglish(http);
        if (await Report(http, http.Principal(), english) is not { } report) return;
        var texts = http.RequestServices.GetRequiredService<Texts>();
        await CsvPaper.Send(http, $"shanmen-origins-{Text(report.From)}-{Text(report.To)}", CsvPaper.Write(csv =>
        {
            csv.Line(Word("origins"), Text(report.From), Text(report.To));
            csv.Line(Word("column.origin"), Word("column.code"), Word("column.orders"), Word("column.people"));
            foreach (var line in report.Lines) csv.Line(line.Name, line.Code ?? "", line.Orders, line.People);
            csv.Line(Word("totals"), "", report.Orders, report.People);
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>Null where the days are refused.</summary>
    private static async Task<OriginReport?> Report(HttpContext http, Principal who, bool english)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return null;
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var words = http.RequestServices.GetRequiredService<DictionaryBook>();
        var figures = await http.RequestServices.GetRequiredService<TicketOffice>().Origins(who.Park, from, to);
        return new(from, to, figures.Sum(f => f.Orders), figures.Sum(f => f.People),
            [.. figures.OrderBy(f => f.Code is null).ThenByDescending(f => f.People).ThenBy(f => f.Code, StringComparer.Ordinal).Select(f => new OriginLine(f.Code, NameOf(f.Code), f.Orders, f.People))]);

        string NameOf(string? code) => code is null ? texts.Get("Report.originNone", english) : words.Find(who.Park, DictionaryKind.Origin, code)?.NameIn(english) ?? code;
    }
}
