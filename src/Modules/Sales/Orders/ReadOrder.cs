using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>订单详情: one order with its tickets as they stand.</summary>
internal static class ReadOrder
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<OrderAnswer>("/api/orders/{id:guid}", Permission.Sell, (http, who) =>
        http.RequestServices.GetRequiredService<OrderAnswers>().Read(who.Park, Guid.Parse((string)http.Request.RouteValues["id"]!), Texts.WantsEnglish(http)));
}
