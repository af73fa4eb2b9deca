using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Delivery;

/// <summary>A delivery with the order that it is of.</summary>
/// <param name="Tickets">Tickets of the order that are valid; 0 = all went back or were used, and nothing is to be sent.</param>
internal sealed record DeliveryLine(Guid OrderId, string Number, DateOnly VisitDay, int Tickets, DeliveryAnswer Delivery);

/// <param name="Counts">How many deliveries of the park are in each state.</param>
internal sealed record DeliveryList(DeliveryLine[] Rows, DeliveryCounts Counts, long Total, int Page, int PageCount);

internal sealed record DeliveryCounts(long Waiting, long OnItsWay, long Delivered, long CameBack, long Cancelled);

/// <summary>送票列表: what is to be sent and how far it is, those whose visit comes first at the top.</summary>
internal static class ReadDeliveries
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapRead<DeliveryList>("/api/deliveries", Permission.ReadReports, Read).Asks<DeliveryState>("state").Asks<int>("page").WithName("ReadDeliveries");

    private static async Task<DeliveryList?> Read(HttpContext http, Principal who)
    {
        var (services, query) = (http.RequestServices, http.Request.Query);
        var (personal, parks) = (services.GetRequiredService<PersonalText>(), services.GetRequiredService<ParkDirectory>());
        var page = Math.Clamp(int.TryParse(query["page"], out var p) ? p : 1, 1, 100_000);
        var state = Enum.TryParse<DeliveryState>(query["state"], ignoreCase: true, out var asked) && Enum.IsDefined(asked) ? asked : DeliveryState.Waiting;
        await using var store = await services.GetRequiredService<Database>().OpenSnapshot();
        var counts = (await store.Query(r => (State: r.Text(0), Count: r.Long(1)), "select state, count(*) from delivery where park = @1 group by state", who.Park)).ToDictionary(c => c.State, c => c.Count);
        long Of(DeliveryState one) => counts.GetValueOrDefault(one.ToString());
        var columns = string.Join(", ", DeliveryRow.Table.Columns.Split(", ").Select(c => "d." + c));
        var next = DeliveryRow.Table.Columns.Split(", ").Length;
        var rows = await store.Query(r => new DeliveryLine(r.Id(0), r.Long(next).ToString("D17"), BusinessDay.FromNumber(r.Int(next + 1)), r.Int(next + 2), DeliveryAnswer.Of(DeliveryRow.Table.Read(r)).Masked(personal, parks)),
            $"select {columns}, o.number, o.visit_day, (select count(*) from ticket t where t.order_id = o.id and t.state = 'Valid') from delivery d join orders o on o.id = d.id"
            + $" where d.park = @1 and d.state = @2 order by {(state is DeliveryState.Waiting or DeliveryState.OnItsWay ? "o.visit_day, d.at" : "d.at desc")}, d.id limit {PageSize} offset {(page - 1L) * PageSize}", who.Park, state.ToString());
        var total = Of(state);
        return new([.. rows], new(Of(DeliveryState.Waiting), Of(DeliveryState.OnItsWay), Of(DeliveryState.Delivered), Of(DeliveryState.CameBack), Of(DeliveryState.Cancelled)), total, page, (int)Math.Max(1, (total + PageSize - 1) / PageSize));
    }
}
