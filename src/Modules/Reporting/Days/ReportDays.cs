using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Reporting.Days;

/// <summary>The business days that a report is asked for.</summary>
internal static class ReportDays
{
    private const int DaysMax = 366;

    /// <summary>The days from "from" to "to" of the address, and the id that may stand there; null where they were refused.</summary>
    /// <param name="id">What the address calls it; an empty one is none.</param>
    public static async Task<(DateOnly From, DateOnly To, Guid? Id)?> Read(HttpContext http, string? id = null)
    {
        var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
        fields.Check("from", BusinessDay.TryParse(http.Request.Query["from"], out var from), "Field.Day");
        fields.Check("to", BusinessDay.TryParse(http.Request.Query["to"], out var to), "Field.Day");
        if (fields.Errors is null) fields.Check("to", to >= from && to.DayNumber - from.DayNumber < DaysMax, "Field.ReportDays", DaysMax);
        var named = id is null ? null : fields.QueryId(id);
        if (fields.Errors is not { } errors) return (from, to, named);
        await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
        return null;
    }
}
