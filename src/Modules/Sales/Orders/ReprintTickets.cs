using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>重打: prints tickets again. The paper is marked and the count kept, because two papers of one ticket tempt.</summary>
internal static class ReprintTickets
{
    internal sealed record Request(Guid[] TicketIds);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, OrderAnswer>("POST", "/api/orders/{id:guid}/reprints", Permission.Sell, async (request, ctx) =>
    {
        ctx.Fields.Number("ticketIds", request.TicketIds.Length, 1, OrderLimits.TicketsMax);
        var ids = request.TicketIds.Distinct().ToArray();
        return await PrintedAgain.Of(ctx, ctx.RouteId(), ids, exchanged: false) is { } again ? ctx.Run(new Reprinting(ctx.RouteId(), ctx.Principal.Id, ids, again)) : WriteContext.Unknown;
    });

    private sealed class Reprinting(Guid orderId, Guid clerk, Guid[] ids, PrintedAgain again) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) => again.Touch(touch);

        public Outcome Decide(WriteGroup group)
        {
            foreach (var ticket in again.Now(group))
            {
                if (ticket.State is TicketState.Returned) return Outcome.Refused(ReturnRefusal.AlreadyReturned, 409);
                if (ticket.State is TicketState.Voided) return Outcome.Refused(ReturnRefusal.AlreadyVoided, 409);
            }
            if (again.Print(group) is { } refused) return refused;
            group.Record(nameof(TicketsReprinted), orderId, new TicketsReprinted(orderId, ids, clerk));
            return Outcome.Done(again.Answer(group));
        }
    }
}
