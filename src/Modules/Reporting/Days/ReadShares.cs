using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>What partners are owed for some business days.</summary>
/// <param name="Rows">By partner and ticket type, in the order of their names.</param>
/// <param name="Partners">The same by partner alone.</param>
internal sealed record ShareReport(DateOnly From, DateOnly To, ShareLine[] Rows, ShareTotal[] Partners, long OwedFen);

/// <summary>One partner's part of one ticket type.</summary>
/// <param name="BackFen">What returns took from it; less than nothing where they brought it more.</param>
internal sealed record ShareLine(string Partner, string PartnerName, Guid TypeId, string TypeName, long SoldFen, long BackFen, long OwedFen);

/// <summary>What one partner is owed.</summary>
internal sealed record ShareTotal(string Partner, string PartnerName, long SoldFen, long BackFen, long OwedFen);

/// <summary>分账表: what is owed to whom, on the screen, and by days as a file for a spreadsheet.</summary>
internal static class ReadShares
{
    private readonly record struct Named(ShareFigure Figure, string Partner, string Type);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ShareReport>("/api/reports/shares", Permission.ReadReports, Read)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("partner");
        routes.MapGet("/api/reports/shares.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadSharesFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<string>("partner").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task<ShareReport?> Read(HttpContext http, Principal who)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return null;
        var named = await Figures(http, who.Park, from, to, Texts.WantsEnglish(http));
        return new(from, to,
            [.. named.GroupBy(n => (n.Figure.Partner, n.Figure.TypeId)).Select(g => new ShareLine(g.Key.Partner, g.First().Partner, g.Key.TypeId, g.First().Type, Sold(g), Back(g), Owed(g)))],
            [.. named.GroupBy(n => n.Figure.Partner).Select(g => new ShareTotal(g.Key, g.First().Partner, Sold(g), Back(g), Owed(g)))], Owed(named));
    }

    private static async Task File(HttpContext http)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return;
        var (english, texts) = (CsvPaper.IsEnglish(http), http.RequestServices.GetRequiredService<Texts>());
        var named = await Figures(http, http.Principal().Park, from, to, english);
        await CsvPaper.Send(http, $"shanmen-shares-{Text(from)}-{Text(to)}", CsvPaper.Write(csv =>
        {
            csv.Line(Word("shares"), Text(from), Text(to));
            csv.Line(Word("column.partner"), Word("column.businessDay"), Word("column.type"), Word("column.shareSold"), Word("column.shareBack"), Word("column.payable"));
            foreach (var partner in named.GroupBy(n => n.Figure.Partner))
            {
                foreach (var (figure, name, type) in partner.OrderBy(n => n.Figure.Day)) csv.Line(name, Text(figure.Day), type, Yuan(figure.SoldFen), Yuan(figure.BackFen), Yuan(figure.SoldFen - figure.BackFen));
                csv.Line(partner.First().Partner, Word("totals"), "", Yuan(Sold(partner)), Yuan(Back(partner)), Yuan(Owed(partner)));
            }
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    private static async Task<Named[]> Figures(HttpContext http, int park, DateOnly from, DateOnly to, bool english)
    {
        var services = http.RequestServices;
        var (words, types, asked) = (services.GetRequiredService<DictionaryBook>(), services.GetRequiredService<PriceBook>().Types(park), http.Request.Query["partner"].ToString());
        return [.. (await services.GetRequiredService<PartnerShares>().Read(park, from, to)).Where(f => asked.Length == 0 || f.Partner == asked)
            .Select(f => new Named(f, words.Find(park, DictionaryKind.Partner, f.Partner)?.NameIn(english) ?? f.Partner, types.TryGetValue(f.TypeId, out var type) ? english && type.NameEn.Length > 0 ? type.NameEn : type.Name : ""))
            .OrderBy(n => n.Partner, StringComparer.Ordinal).ThenBy(n => n.Figure.Partner, StringComparer.Ordinal).ThenBy(n => n.Type, StringComparer.Ordinal).ThenBy(n => n.Figure.Day)];
    }

    private static long Sold(IEnumerable<Named> some) => some.Sum(n => n.Figure.SoldFen);
    private static long Back(IEnumerable<Named> some) => some.Sum(n => n.Figure.BackFen);
    private static long Owed(IEnumerable<Named> some) => Sold(some) - Back(some);
    private static decimal Yuan(long fen) => fen / 100m;
    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
