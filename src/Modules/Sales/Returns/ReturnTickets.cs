using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>退票 / 作废: rights of one order go back, one or many at once, and the money goes back the way it came. A second person vouches for it, above what the park lets a shift refund alone.</summary>
internal static class ReturnTickets
{
    /// <summary>Tickets that go back at once, at most; more of a large order go back in several, for the same money.</summary>
    public const int TicketsMax = 100;

    /// <param name="Tickets">All of one order.</param>
    /// <param name="Reason">A code of the dictionary; its rate goes before the terms of the tickets.</param>
    /// <param name="SupervisorLogin">Empty with its password where the clerk returns alone.</param>
    /// <param name="RefundFen">What the visitor was told that comes back; another amount is refused. Null = whatever comes.</param>
    /// <param name="Remark">What is to be known of it later. It stands in clear for ever, so no numbers of people's phones or papers.</param>
    /// <param name="Later">Whether the money is paid later (待退款): the tickets go back now, and the park owes it.</param>
    internal sealed record Request(Guid ShiftId, ReturnKind Kind, Guid[] Tickets, string Reason, string SupervisorLogin, string SupervisorPassword, long? RefundFen = null, string Remark = "", bool Later = false);

    /// <param name="FeeFen">What the tickets' fees come to.</param>
    internal sealed record Answer(OrderAnswer Order, long RefundFen, [property: Ways] string RefundMethod, long FeeFen = 0) : IKeptAnswer
    {
        public object Shown(HttpContext http) => this with { Order = (OrderAnswer)Order.Shown(http) };
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/returns", Permission.Sell, Prepare).WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        ctx.Fields.Check("kind", request.Kind != ReturnKind.Rebook, "Field.Choice");
        var (refused, back) = await Ready(request, ctx);
        return refused ?? ctx.Run(back!);
    }

    /// <summary>Reads the order that the tickets are of, asks the supervisor, and prices what stays.</summary>
    public static async Task<(Prepared? Refused, Returning? Back)> Ready(Request request, WriteContext ctx)
    {
        ctx.Fields.Check("tickets", request.Tickets.Length is > 0 and <= TicketsMax && request.Tickets.Distinct().Count() == request.Tickets.Length, "Field.Tickets", TicketsMax);
        ctx.Fields.Check("reason", await ctx.Get<DictionaryBook>().Offers(ctx.Park, DictionaryKind.ReturnReason, request.Reason), "Field.Word");
        var remark = ClearText.Read(ctx.Fields, "remark", request.Remark, 0, 100);
        var approval = new ApprovalRequest(request.SupervisorLogin, request.SupervisorPassword);
        var isAlone = request.SupervisorLogin.Length == 0 && request.SupervisorPassword.Length == 0;
        if (!isAlone) approval.Check(ctx.Fields, "supervisorLogin", "supervisorPassword");
        if (ctx.Fields.Errors is { } errors) return (WriteContext.Wrong(errors), null);
        var keeper = ctx.Get<Gatekeeper>();
        if (await keeper.ById(ctx.Park, request.Tickets[0]) is not { } ticket) return (WriteContext.Unknown, null);
        Guid? supervisor = null;
        if (!isAlone)
        {
            var (refused, by) = await approval.Ask(ctx, Permission.ApproveReturn);
            if (refused is not null) return (refused, null);
            supervisor = by;
        }

        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ticket.OrderId) is not { Row: var order } placed) return (WriteContext.Unknown, null);
        var papers = (await keeper.OfOrder(ctx.Park, order.Id)).Select(r => new Printed(r.Right, keeper.QrOf(ctx.Park, r.Right, r.Code))).ToArray();
        if (request.Tickets.Any(id => papers.All(p => p.Right.Id != id))) return (ctx.Refuse(SalesRefusal.NotOfOneOrder, 409), null);
        // What stays is priced before the writer is asked: with many together there are many ways.
        var worth = await OrderWorth.Of(ctx.Get<PriceBook>(), order);
        worth.KeptFen([.. papers.Select(p => new OrderTicket(p.Right.Id, p.Right.Line, p.Right.People, 0, OrderTicket.IsThere(p.Right.State) && !request.Tickets.Contains(p.Right.Id), 0))]);
        var word = ctx.Get<DictionaryBook>().Find(ctx.Park, DictionaryKind.ReturnReason, request.Reason)!;
        return (null, new(ctx, request with { Remark = remark }, word, order, papers, supervisor, worth,
            await placed.Buyer(database), await placed.Visitors(database)));
    }
}
