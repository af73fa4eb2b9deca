using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Shifts;

/// <summary>班次查询: my open shift, and all shifts of a day.</summary>
internal static class ReadShifts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        // Having no shift is an ordinary answer, not an error: the body is "null".
        routes.MapRead<ShiftAnswer>("/api/shifts/current", Permission.Sell, async (http, who) =>
        {
            var rows = await http.RequestServices.GetRequiredService<Database>().Query(ShiftRow.Table.Read,
                ShiftRow.Table.Select + " where id = (select shift from shift_seat where id = @1) and park = @2", who.Id, who.Park);
            if (rows is [var mine]) return (ShiftAnswer)ShiftAnswer.Of(mine).Shown(http);
            http.Response.ContentType = "application/json; charset=utf-8";
            await http.Response.WriteAsync("null", http.RequestAborted);
            return null;
        }).MayAnswerNull().WithName("ReadCurrentShift");

        routes.MapRead<List<ShiftAnswer>>("/api/shifts", Permission.ReadReports, async (http, who) =>
        {
            if (!BusinessDay.TryParse(http.Request.Query["day"].ToString(), out var day)) return null;
            var rows = await http.RequestServices.GetRequiredService<Database>().Query(ShiftRow.Table.Read,
                ShiftRow.Table.Select + " where park = @1 and day = @2 order by opened_at", who.Park, BusinessDay.Number(day));
            return [.. rows.Select(r => (ShiftAnswer)ShiftAnswer.Of(r).Shown(http))];
        }).Asks<DateOnly>("day", required: true);
    }
}
