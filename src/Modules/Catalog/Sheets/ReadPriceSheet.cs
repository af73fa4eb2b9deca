using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog;

/// <summary>Gives the counter the price sheet (价目表) of a day.</summary>
internal static class ReadPriceSheet
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapRead<PriceSheet>("/api/price-sheet", Permission.Sell, async (http, who) =>
        {
            var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
            fields.Check("day", BusinessDay.TryParse(http.Request.Query["day"], out var day), "Field.Day");
            var window = fields.QueryId("windowId");
            if (fields.Errors is { } errors)
            {
                await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
                return null;
            }
            return await http.RequestServices.GetRequiredService<PriceBook>().Sheet(who.Park, day, window);
        }).Asks<DateOnly>("day", required: true).Asks<Guid>("windowId");
}
