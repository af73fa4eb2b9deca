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

namespace Shanmen.Modules.Sales.Desks;

/// <summary>A window at which somebody sells now.</summary>
/// <param name="Waiting">Orders of it that wait for payment; kept ones are nobody's.</param>
internal sealed record DeskAnswer(Guid ShiftId, Guid WindowId, string WindowName, string ClerkName, int Waiting);

/// <summary>An order that waits for payment.</summary>
/// <param name="ShiftId">The desk that it waits at.</param>
/// <param name="Kept">Whether it is kept for its buyer, so that no desk waits for it (留票).</param>
internal sealed record WaitingOrder(Guid OrderId, string Number, Guid ShiftId, string WindowName, string ClerkName, DateTimeOffset At, DateTimeOffset HoldUntil, DateOnly VisitDay, int People, long TotalFen, bool Kept, string? Agency);

/// <param name="TotalFen">What all of them come to.</param>
internal sealed record WaitingOrders(WaitingOrder[] Rows, long TotalFen, long Total, int Page, int PageCount);

/// <summary>窗口与待付款订单: who sells where, and what waits for payment there (订单监督).</summary>
internal static class ReadDesks
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<DeskAnswer[]>("/api/desks", Permission.Watch, async (http, who) =>
        {
            var (services, names) = (http.RequestServices, DeskNames.Of(http));
            var today = services.GetRequiredService<ParkTimes>().DayAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
            var shifts = await services.GetRequiredService<Database>().Query(ShiftRow.Table.Read, ShiftRow.Table.Select + " where park = @1 and day = @2 and state = @3 order by opened_at, id",
                who.Park, BusinessDay.Number(today), nameof(ShiftState.Open));
            return [.. shifts.Select(s => new DeskAnswer(s.Id, s.Window, names.Window(s.Window), names.Clerk(s.Clerk.ToString()), s.Unpaid))];
        }).WithName("ReadDesks");
        routes.MapRead<WaitingOrders>("/api/orders/waiting", Permission.ReadReports, Waiting).Asks<Guid>("shift").Asks<int>("page").WithName("ReadWaitingOrders");
    }

    /// <summary>The longest waiting first. Unpaid orders, and no others, have a moment at which they let go, which is how few of many are found.</summary>
    private static async Task<WaitingOrders?> Waiting(HttpContext http, Principal who)
    {
        var (names, database, query) = (DeskNames.Of(http), http.RequestServices.GetRequiredService<Database>(), http.Request.Query);
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var shift = Guid.TryParse(query["shift"], out var asked) ? asked : (Guid?)null;
        var all = (await database.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where hold_until is not null order by at, id")).Where(o => o.Park == who.Park && (shift is null || (o.Shift == shift && o.Kept is null))).ToArray();
        return new([.. all.Skip((page - 1) * PageSize).Take(PageSize).Select(o => new WaitingOrder(o.Id, o.Number.ToString("D17"), o.Shift, names.Window(o.Window), names.Clerk(o.Clerk.ToString()), Moments.From(o.At),
            Moments.From(o.HoldUntil!.Value), BusinessDay.FromNumber(o.VisitDay), o.People, o.TotalFen, o.Kept is not null, o.Agency))], all.Sum(o => o.TotalFen), all.Length, page, Math.Max(1, (all.Length + PageSize - 1) / PageSize));
    }
}

/// <summary>Puts the names of a park's windows and people in, in the language of the screen.</summary>
internal sealed record DeskNames(ParkDirectory Parks, int Park, bool English)
{
    public static DeskNames Of(HttpContext http) => new(http.RequestServices.GetRequiredService<ParkDirectory>(), http.Principal().Park, Texts.WantsEnglish(http));

    public string Window(Guid id) => Parks.Of(Park).WindowName(id, English);

    /// <param name="id">Of the person; what is none stays as it is.</param>
    public string Clerk(string id) => Guid.TryParse(id, out var staff) ? Parks.NameOfStaff(staff) : id;
}
