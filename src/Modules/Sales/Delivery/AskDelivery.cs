using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Delivery;

/// <summary>登记送票: tickets of a paid order are to be sent to their buyer, or the person or address is put right.</summary>
internal static class AskDelivery
{
    private const int NameMax = 40, AddressMin = 4, AddressMax = 200, NoteMax = 100;

    /// <param name="Note">Such as when somebody is at home. It stands in clear.</param>
    internal sealed record Request(DeliveryWay Way, string Name, string Phone, string Address, string Note = "");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, DeliveryAnswer>("POST", "/api/orders/{id:guid}/delivery", Permission.Sell, async (request, ctx) =>
    {
        var (fields, personal) = (ctx.Fields, ctx.Get<PersonalText>());
        fields.Check("way", Enum.IsDefined(request.Way), "Field.Choice");
        var (name, address) = (fields.Text("name", request.Name, 1, NameMax), fields.Text("address", request.Address, AddressMin, AddressMax));
        fields.Check("phone", PhoneNumber.TryParse(request.Phone, out var phone), "Field.Phone");
        var note = ClearText.Read(fields, "note", request.Note, 0, NoteMax);
        if (fields.Errors is { } errors) return WriteContext.Wrong(errors);
        if (await PlacedOrder.Of(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is not { Row: var order }) return WriteContext.Unknown;
        if (!await HasTickets(ctx, order)) return ctx.Refuse(DeliveryRefusal.NothingToDeliver, 409);
        return ctx.Run(new Asking(new(order.Id, ctx.Park, DeliveryState.Waiting, request.Way, personal.Protect(name, DeliveryRow.NamePurpose), personal.Protect(phone.Text, DeliveryRow.PhonePurpose),
            personal.Protect(address, DeliveryRow.AddressPurpose), note, "", "", "", ctx.Principal.Id, 0, 0)));
    }).WithName("AskDelivery");

    /// <summary>Whether there is a ticket to send. One that goes back meanwhile is dead at every gate, wherever its paper is.</summary>
    public static async Task<bool> HasTickets(WriteContext ctx, OrderRow order) =>
        order.State == OrderState.Paid && (await ctx.Get<Gatekeeper>().OfOrder(ctx.Park, order.Id)).Any(t => t.Right.State == TicketState.Valid);

    private sealed class Asking(DeliveryRow asked) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) => touch.Row(DeliveryRow.Table, asked.Id);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(DeliveryRow.Table, asked.Id) is { MayAsk: false }) return Outcome.Refused(DeliveryRefusal.DeliveryUnderWay, 409);
            var row = asked with { At = group.Now.Micros(), Day = BusinessDay.Number(group.BusinessDay(asked.Park)) };
            group.Put(DeliveryRow.Table, row);
            group.Record(nameof(DeliveryAsked), row.Id, new DeliveryAsked(row.Id, row.Way, row.Note, DeliveryDigests.Of(row), row.Staff));
            return Outcome.Done(DeliveryAnswer.Of(row));
        }
    }
}
