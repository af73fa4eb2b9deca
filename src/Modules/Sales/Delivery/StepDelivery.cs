using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Delivery;

/// <summary>送票进展: it was sent, arrived, came back or is called off; and its label, in clear, for whoever writes the envelope.</summary>
internal static class StepDelivery
{
    private const int CarrierMax = 40, TrackingMax = 40, WordMax = 100;

    /// <param name="Carrier">Who carries it; needed where it is sent, empty else.</param>
    /// <param name="Tracking">The carrier's number of it; may be empty.</param>
    /// <param name="Word">Who signed for it, or why it came back or is cancelled; empty where it is sent.</param>
    internal sealed record Request(DeliveryStep Step, string Carrier = "", string Tracking = "", string Word = "");

    internal sealed record LabelRequest;

    /// <summary>面单: what stands on the envelope.</summary>
    /// <remarks>Told once: a repeated answer has no person and no address.</remarks>
    internal sealed record Label(DeliveryWay Way, string Name, string Phone, string Address, string Note);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, DeliveryAnswer>("POST", "/api/orders/{id:guid}/delivery/steps", Permission.Sell, async (request, ctx) =>
        {
            var (fields, sends) = (ctx.Fields, request.Step == DeliveryStep.Sent);
            fields.Check("step", Enum.IsDefined(request.Step), "Field.Choice");
            var (carrier, tracking) = (fields.Text("carrier", request.Carrier, sends ? 1 : 0, sends ? CarrierMax : 0), fields.Text("tracking", request.Tracking, 0, sends ? TrackingMax : 0));
            var word = ClearText.Read(fields, "word", request.Word, sends ? 0 : 1, sends ? 0 : WordMax);
            if (fields.Errors is { } errors) return WriteContext.Wrong(errors);
            if (await PlacedOrder.Of(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is not { Row: var order }) return WriteContext.Unknown;
            if (sends && !await AskDelivery.HasTickets(ctx, order)) return ctx.Refuse(DeliveryRefusal.NothingToDeliver, 409);
            return ctx.Run(new Stepping(new(order.Id, request.Step, carrier, tracking, word, ctx.Principal.Id)));
        }).WithName("StepDelivery");
        routes.MapWrite<LabelRequest, Label>("POST", "/api/orders/{id:guid}/delivery/label", Permission.Sell, async (_, ctx) =>
        {
            var database = ctx.Get<Database>();
            if (await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { Row: var order } || await DeliveryRow.Of(database, order.Id) is null) return WriteContext.Unknown;
            return ctx.Run(new Showing(order.Id, ctx.Principal.Id, ctx.Get<PersonalText>()));
        }).WithName("ShowDeliveryLabel");
    }

    private sealed class Stepping(DeliveryStepped step) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) => touch.Row(DeliveryRow.Table, step.OrderId);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(DeliveryRow.Table, step.OrderId) is not { } row) return Problems.NotFound;
            if (row.After(step, group.Now.Micros()) is not { } after) return Outcome.Refused(DeliveryRefusal.DeliveryStepWrong, 409);
            group.Put(DeliveryRow.Table, after);
            group.Record(nameof(DeliveryStepped), row.Id, step);
            return Outcome.Done(DeliveryAnswer.Of(after));
        }
    }

    private sealed class Showing(Guid order, Guid staff, PersonalText personal) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) => touch.Row(DeliveryRow.Table, order);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(DeliveryRow.Table, order) is not { } row) return Problems.NotFound;
            group.Record(nameof(DeliveryLabelShown), order, new DeliveryLabelShown(order, staff));
            var label = new Label(row.Way, personal.Shown(row.Name, DeliveryRow.NamePurpose), personal.Shown(row.Phone, DeliveryRow.PhonePurpose), personal.Shown(row.Address, DeliveryRow.AddressPurpose), row.Note);
            return Outcome.DoneOnce(label, label with { Name = "", Phone = "", Address = "" });
        }
    }
}
