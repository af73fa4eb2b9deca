using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Sales.External;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>外部票核销明细: the codes of a list by which somebody entered, as a file that the issuer's finance can hold against its own.</summary>
internal static class ReadExternal
{
    /// <summary>Rows of a file, at most. One that has no room for all says so in its first line.</summary>
    private const int FileRowsMax = 100_000;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/reports/external/{id:guid}.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadExternalFile")
            .Asks<string>("lang").Produces<string>(200, "text/csv");

    private static async Task File(HttpContext http)
    {
        var services = http.RequestServices;
        var (english, texts, times, codes) = (CsvPaper.IsEnglish(http), services.GetRequiredService<Texts>(), services.GetRequiredService<ParkTimes>(), services.GetRequiredService<ExternalCodes>());
        var (park, list) = (http.Principal().Park, Guid.Parse((string)http.Request.RouteValues["id"]!));
        if (await codes.NameOf(park, list) is not { } name) { await http.Refuse(Problems.NotFound); return; }
        var rows = await codes.Read(park, list, ExternalState.Used, english, FileRowsMax + 1, 0);
        // What stands in the file is added up from the file, so that an entry in between does not part them.
        var totals = rows.Count > FileRowsMax ? await codes.Totals(park, list) : (People: rows.Sum(r => (long)r.People), Used: rows.Sum(r => (long)r.Used));
        await CsvPaper.Send(http, $"shanmen-external-{list:N}", CsvPaper.Write(csv =>
        {
            if (rows.Count > FileRowsMax) csv.Line(texts.Get("Report.external.cut", english, FileRowsMax));
            csv.Line(Word("external"), name);
            csv.Line(Word("column.at"), Word("column.code"), Word("column.people"), Word("column.used"), Word("column.gate"));
            foreach (var row in rows.Take(FileRowsMax))
                csv.Line(times.Local(park, row.UsedAt!.Value).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), row.Code, (long)row.People, (long)row.Used, row.GateName);
            csv.Line(Word("totals"), "", totals.People, totals.Used, "");
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }
}
