using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>What became of the orders of some business days.</summary>
/// <param name="Lines">Days in their order, all others by what they paid.</param>
/// <param name="Totals">Of all lines; its key is empty.</param>
internal sealed record OrderReport(DateOnly From, DateOnly To, OrdersBy By, OrderReportLine[] Lines, OrderCount Totals);

/// <param name="Name">The day, or the name of the window, clerk or agency.</param>
internal sealed record OrderReportLine(string Name, OrderCount Count);

/// <summary>订单统计: orders by what became of them, on the screen and as a file for a spreadsheet.</summary>
internal static class ReadOrderCounts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<OrderReport>("/api/reports/orders", Permission.ReadReports, (http, who) => Report(http, who, Texts.WantsEnglish(http)))
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<OrdersBy>("by");
        routes.MapGet("/api/reports/orders.csv", (Delegate)File).RequireAuthorization(nameof(Permission.ReadReports)).WithMetadata(Slice.Of(File)).WithName("ReadOrderCountsFile")
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).Asks<OrdersBy>("by").Asks<string>("lang").Produces<string>(200, "text/csv");
    }

    private static async Task File(HttpContext http)
    {
        var english = CsvPaper.IsEnglish(http);
        if (await Report(http, http.Principal(), english) is not { } report) return;
        var texts = http.RequestServices.GetRequiredService<Texts>();
        await CsvPaper.Send(http, $"shanmen-orders-{report.From:yyyy-MM-dd}-{report.To:yyyy-MM-dd}", CsvPaper.Write(csv =>
        {
            csv.Line(Word("orders"), report.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), report.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            csv.Line(Word("column." + report.By switch { OrdersBy.Window => "window", OrdersBy.Clerk => "clerk", OrdersBy.Agency => "agency", _ => "businessDay" }), Word("column.orders"), Word("column.open"), Word("column.paidOrders"),
                Word("column.cancelled"), Word("column.expired"), Word("column.rebooked"), Word("column.people"), Word("column.sales"), Word("column.refunds"));
            foreach (var (name, count) in report.Lines) Line(name, count);
            Line(Word("totals"), report.Totals);

            void Line(string name, OrderCount c) => csv.Line(name, c.Orders, c.Open, c.Paid, c.Cancelled, c.Expired, c.Rebooked, c.People, c.PaidFen / 100m, c.RefundedFen / 100m);
        }));

        string Word(string key) => texts.Get("Report." + key, english);
    }

    /// <summary>Null where the days are refused.</summary>
    private static async Task<OrderReport?> Report(HttpContext http, Principal who, bool english)
    {
        if (await ReportDays.Read(http) is not ({ } from, { } to, _)) return null;
        var services = http.RequestServices;
        var (texts, parks, words) = (services.GetRequiredService<Texts>(), services.GetRequiredService<ParkDirectory>(), services.GetRequiredService<DictionaryBook>());
        var by = Enum.TryParse<OrdersBy>(http.Request.Query["by"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : OrdersBy.Day;
        var counts = await services.GetRequiredService<OrderCounts>().Read(who.Park, from, to, by);
        var lines = counts.Select(c => new OrderReportLine(NameOf(c.Key), c));
        lines = by == OrdersBy.Day ? lines.OrderBy(l => l.Count.Key, StringComparer.Ordinal) : lines.OrderByDescending(l => l.Count.PaidFen).ThenBy(l => l.Name, StringComparer.Ordinal);
        return new(from, to, by, [.. lines], counts.Aggregate(new OrderCount("", 0, 0, 0, 0, 0, 0, 0, 0, 0), (a, b) => new("", a.Orders + b.Orders, a.Open + b.Open, a.Paid + b.Paid, a.Cancelled + b.Cancelled,
            a.Expired + b.Expired, a.Rebooked + b.Rebooked, a.People + b.People, a.PaidFen + b.PaidFen, a.RefundedFen + b.RefundedFen)));

        string NameOf(string key) => by switch
        {
            OrdersBy.Window => parks.Of(who.Park).WindowName(Guid.Parse(key), english),
            OrdersBy.Clerk => parks.NameOfStaff(Guid.Parse(key)),
            OrdersBy.Agency => key.Length == 0 ? texts.Get("Report.agencyNone", english) : words.Find(who.Park, DictionaryKind.Agency, key)?.NameIn(english) ?? key,
            _ => BusinessDay.FromNumber(int.Parse(key, CultureInfo.InvariantCulture)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
