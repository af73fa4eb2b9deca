using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.DayReturns;

/// <summary>整日退票: the return of a whole day, and how far it is.</summary>
/// <param name="Types">Of these ticket types only; null = of all.</param>
/// <param name="Fen">What its tickets bring back.</param>
/// <param name="Left">Tickets that could go back still; said where it is looked at by itself.</param>
/// <remarks>Kept with the ids of who began and approved it for their names.</remarks>
internal sealed record DayReturnAnswer(Guid Id, DateOnly VisitDay, string ReasonName, int BackRate, string Remark, string StartedBy, string ApprovedBy, DateTimeOffset At, DayReturnState State,
    int Orders, int Tickets, int People, long Fen, DayReturnSkipAnswer[] Skips, DateTimeOffset? EndedAt, Guid[]? Types = null, DayReturnScope? Left = null) : IKeptAnswer
{
    public static DayReturnAnswer Of(DayReturnRow d) => new(d.Id, d.VisitDay, d.ReasonName, d.BackRate, d.Remark, d.StartedBy.ToString(), d.ApprovedBy.ToString(), Moments.From(d.At), d.State,
        d.Orders, d.Tickets, d.People, d.Fen, [.. d.Skips.Select(s => new DayReturnSkipAnswer(s.OrderId, s.Number.ToString("D17"), s.Reason))], d.EndedAt is { } at ? Moments.From(at) : null, d.Types);

    public object Shown(HttpContext http) => Named(http.RequestServices.GetRequiredService<ParkDirectory>(), http.RequestServices.GetRequiredService<Texts>(), Texts.WantsEnglish(http));

    private DayReturnAnswer Named(ParkDirectory parks, Texts texts, bool english) => this with
    {
        StartedBy = NameOf(parks, StartedBy), ApprovedBy = NameOf(parks, ApprovedBy), Skips = [.. Skips.Select(s => s with { Reason = texts.Get(s.Reason, english) })],
    };

    private static string NameOf(ParkDirectory parks, string staff) => Guid.TryParse(staff, out var id) ? parks.NameOfStaff(id) : staff;
}

/// <summary>An order that is left to people.</summary>
/// <param name="Reason">Why it could not go back, as a sentence.</param>
internal sealed record DayReturnSkipAnswer(Guid OrderId, string Number, string Reason);

/// <summary>Returns of whole days, the newest first; one with what is left of it; and what one would take back.</summary>
internal static class ReadDayReturns
{
    private const int Most = 200;

    internal sealed record Answer(DayReturnAnswer[] Rows);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<Answer>("/api/day-returns", Permission.ReadReports, async (http, who) => new Answer([.. (await http.RequestServices.GetRequiredService<Database>()
            .Query(DayReturnRow.Table.Read, DayReturnRow.Table.Select + $" where park = @1 order by at desc limit {Most}", who.Park)).Select(d => Shown(http, d))])).WithName("ListDayReturns");
        routes.MapRead<DayReturnAnswer>("/api/day-returns/{id:guid}", Permission.ReadReports, async (http, who) =>
        {
            var database = http.RequestServices.GetRequiredService<Database>();
            return await DayReturnRow.Find(database, who.Park, Guid.Parse((string)http.Request.RouteValues["id"]!)) is not { } row ? null
                : Shown(http, row) with { Left = await DayReturnScope.Of(database, who.Park, row.VisitDay, row.Types) };
        }).WithName("ReadDayReturn");
        routes.MapRead<DayReturnScope>("/api/day-returns/scope", Permission.ApproveReturn, async (http, who) =>
        {
            var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
            var types = http.Request.Query["types"].ToString() is { Length: > 0 } asked ? asked.Split(',').Select(t => Guid.TryParse(t, out var id) ? id : Guid.Empty).Distinct().ToArray() : null;
            fields.Check("day", BusinessDay.TryParse(http.Request.Query["day"].ToString(), out var day), "Field.Day");
            fields.Check("types", types is null || (types.Length <= 200 && !types.Contains(Guid.Empty)), "Field.Unknown");
            if (fields.Errors is not { } errors) return await DayReturnScope.Of(http.RequestServices.GetRequiredService<Database>(), who.Park, day, types);
            await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
            return null;
        }).Asks<DateOnly>("day", required: true).Asks<string>("types").WithName("ReadDayReturnScope");
    }

    private static DayReturnAnswer Shown(HttpContext http, DayReturnRow row) => (DayReturnAnswer)DayReturnAnswer.Of(row).Shown(http);
}
