using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Parks;

/// <summary>A day that the State Council's notice names; every other day follows the day of the week.</summary>
public sealed record CalendarDay(DateOnly Day, DayKind Kind, string Name);

/// <summary>Lists the official holidays (法定节假日) and make-up working days (调休) of a year.</summary>
internal static class ReadCalendar
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapRead<CalendarDay[]>("/api/calendar", Permission.Watch, async (http, _) =>
        {
            var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
            fields.Check("year", int.TryParse(http.Request.Query["year"], out var year) && year is >= 2000 and <= 2100, "Field.Number", 2000, 2100);
            if (fields.Errors is { } errors)
            {
                await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
                return null;
            }
            return [.. ChineseHolidays.InYear(year).Select(d => new CalendarDay(d.Day, d.Kind, d.Name))];
        }).Asks<int>("year", required: true);
}
