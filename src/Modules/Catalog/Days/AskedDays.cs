using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog;

/// <summary>A row of days that a screen asks for, from … to …, at most as many as a calendar shows.</summary>
internal static class AskedDays
{
    private const int Max = 92;

    /// <summary>The days in order; null when the request was refused, which is then answered.</summary>
    public static async Task<DateOnly[]?> Read(HttpContext http)
    {
        var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
        fields.Check("from", BusinessDay.TryParse(http.Request.Query["from"], out var from), "Field.Day");
        fields.Check("to", BusinessDay.TryParse(http.Request.Query["to"], out var to), "Field.Day");
        if (fields.Errors is null) fields.Check("to", to >= from, "Field.Order");
        if (fields.Errors is null) fields.Check("to", to.DayNumber - from.DayNumber < Max, "Field.Days", Max);
        if (fields.Errors is not { } errors) return [.. Enumerable.Range(0, to.DayNumber - from.DayNumber + 1).Select(from.AddDays)];
        await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
        return null;
    }
}
