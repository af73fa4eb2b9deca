using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement.DayClose;

/// <summary>营业日列表与结算表: the days that are closed or closing, today whatever its state, and a closed day's sheet.</summary>
internal static class ReadDays
{
    internal sealed record DayAnswer(DateOnly Day, DayState State, DateTimeOffset? ClosedAt, string? ClosedBy);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<List<DayAnswer>>("/api/days", Permission.ReadReports, async (http, who) =>
        {
            var services = http.RequestServices;
            var parks = services.GetRequiredService<ParkDirectory>();
            var today = services.GetRequiredService<Platform.Time.ParkTimes>().DayAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
            var sold = await services.GetRequiredService<ClearingHouse>().DaysWithFacts(who.Park);
            var stored = (await parks.Days(who.Park)).ToDictionary(d => d.Day);
            return [.. sold.Union(stored.Keys).Append(today).Distinct().OrderDescending().Take(400).Select(day => stored.TryGetValue(day, out var row)
                ? new DayAnswer(day, row.State, row.ClosedAt, row.State == DayState.Closed && row.ClosedBy is { } by ? parks.NameOfStaff(by) : null)
                : new DayAnswer(day, DayState.Open, null, null))];
        });
        routes.MapRead<ClosingSheet>("/api/days/{day}/closing-sheet", Permission.ReadReports, (http, who) =>
            BusinessDay.TryParse((string?)http.Request.RouteValues["day"], out var day)
                ? http.RequestServices.GetRequiredService<ClearingHouse>().Sheet(who.Park, day, Texts.WantsEnglish(http))
                : Task.FromResult<ClosingSheet?>(null)).WithName("ReadClosingSheet");
    }
}
