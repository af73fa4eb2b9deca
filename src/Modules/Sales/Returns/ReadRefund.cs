using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>What some tickets would bring back now.</summary>
/// <param name="PriceFen">What they cost.</param>
/// <param name="FeeFen">What is kept of it by their terms or the reason's rate.</param>
/// <param name="RepricedFen">What else is kept, as the tickets that stay are dearer by themselves; less than nothing where a fee does not apply in full.</param>
/// <param name="RefundFen">What comes back: the price less both.</param>
internal sealed record RefundQuote(long PriceFen, long FeeFen, long RepricedFen, long RefundFen, [property: Ways] string RefundMethod, RefundQuoteTicket[] Tickets);

/// <param name="FeeFen">What is kept of this one.</param>
internal sealed record RefundQuoteTicket(Guid Id, long PriceFen, long FeeFen);

/// <summary>退款试算: what tickets of an order would bring back, told to the visitor before anything is done. Refused as the return itself would be.</summary>
internal static class ReadRefund
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<RefundQuote>("/api/orders/{id:guid}/refund", Permission.Sell, Read)
        .Asks<string>("tickets", required: true).Asks<ReturnKind>("kind", required: true).Asks<string>("reason", required: true).Asks<Guid>("shiftId", required: true).WithMetadata(new Refuses(409));

    private static async Task<RefundQuote?> Read(HttpContext http, Principal who)
    {
        var (services, query) = (http.RequestServices, http.Request.Query);
        var (words, fields) = (services.GetRequiredService<DictionaryBook>(), new Fields(http, services.GetRequiredService<Texts>()));
        var ids = query["tickets"].ToString().Split(',');
        var tickets = ids.Select(id => Guid.TryParse(id, out var ticket) ? ticket : Guid.Empty).ToHashSet();
        fields.Check("tickets", ids.Length <= ReturnTickets.TicketsMax && tickets.Count == ids.Length && !tickets.Contains(Guid.Empty), "Field.Tickets", ReturnTickets.TicketsMax);
        fields.Check("kind", Enum.TryParse<ReturnKind>(query["kind"], ignoreCase: true, out var kind) && Enum.IsDefined(kind), "Field.Choice");
        fields.Check("shiftId", Guid.TryParse(query["shiftId"], out var shift), "Field.Unknown");
        fields.Check("reason", await words.Offers(who.Park, DictionaryKind.ReturnReason, query["reason"].ToString()), "Field.Word");
        if (fields.Errors is { } errors)
        {
            await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
            return null;
        }
        var database = services.GetRequiredService<Database>();
        if (await PlacedOrder.Of(database, who.Park, Guid.Parse((string)http.Request.RouteValues["id"]!)) is not { Row: var order }) return null;
        var sold = (await database.Query(SoldTicketRow.Table.Read, SoldTicketRow.Table.Select + " where order_id = @1", order.Id)).ToDictionary(s => s.Id);
        var all = (await services.GetRequiredService<Gatekeeper>().OfOrder(who.Park, order.Id)).Select(r => (r.Right, sold[r.Right.Id])).ToArray();
        var now = services.GetRequiredService<ParkTimes>().Local(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var (refusal, refund) = Refund.Of(await OrderWorth.Of(services.GetRequiredService<PriceBook>(), order), order, all, tickets, kind,
            words.Find(who.Park, DictionaryKind.ReturnReason, query["reason"].ToString())!.BackRate, shift, now, services.GetRequiredService<ParkDirectory>().Of(who.Park).Terms.CutOffHour);
        if (refusal is not null)
        {
            await http.Refuse(refusal);
            return null;
        }
        return new(refund!.PriceFen, refund.FeeFen, refund.PriceFen - refund.FeeFen - refund.RefundFen, refund.RefundFen,
            WaysBack.Said(WaysBack.Of(order.Payments, refund.RefundFen)),
            [.. refund.Parts.Select(p => new RefundQuoteTicket(p.Right.Id, p.Sold.PriceFen, p.FeeFen))]);
    }
}
