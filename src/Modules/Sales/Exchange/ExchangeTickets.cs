using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Exchange;

/// <summary>换票: tickets get new paper, and the paper of before is worth nothing. docs/algorithms/exchange.md.</summary>
internal static class ExchangeTickets
{
    /// <param name="TicketIds">All of the order, each once.</param>
    /// <param name="FeeFen">What the visitor was told that all of them cost; another sum is refused.</param>
    /// <param name="Payments">In cash or by card; empty where nothing is paid.</param>
    /// <param name="Waived">Whether the fee is let go; a supervisor vouches for that, and the remark says why.</param>
    /// <param name="Remark">It stands in clear for ever, so no numbers of people's phones or papers.</param>
    /// <param name="SupervisorLogin">Empty with its password where the clerk does it alone.</param>
    internal sealed record Request(Guid ShiftId, Guid[] TicketIds, ExchangeCause Cause, long FeeFen, PaymentRequest[] Payments, bool Waived = false, string Remark = "", string SupervisorLogin = "", string SupervisorPassword = "");

    internal sealed record Answer(OrderAnswer Order, long FeeFen, long ChangeFen) : IKeptAnswer
    {
        public object Shown(HttpContext http) => this with { Order = (OrderAnswer)Order.Shown(http) };
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/orders/{id:guid}/exchanges", Permission.Sell, Prepare).WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        ctx.Fields.Check("ticketIds", request.TicketIds.Length is > 0 and <= OrderLimits.TicketsMax && request.TicketIds.Distinct().Count() == request.TicketIds.Length, "Field.Tickets", OrderLimits.TicketsMax);
        ctx.Fields.Check("cause", Enum.IsDefined(request.Cause), "Field.Choice");
        PaymentRequest.Check(ctx.Fields, request.Payments);
        ctx.Fields.Check("payments.method", request.Payments.All(p => p.Method is PaymentMethod.Cash or PaymentMethod.Card), "Field.Choice");
        var remark = ClearText.Read(ctx.Fields, "remark", request.Remark, request.Waived ? 1 : 0, 100);
        var approval = new ApprovalRequest(request.SupervisorLogin, request.SupervisorPassword);
        var isAlone = request.SupervisorLogin.Length == 0 && request.SupervisorPassword.Length == 0;
        if (!isAlone) approval.Check(ctx.Fields, "supervisorLogin", "supervisorPassword");
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        if (await PrintedAgain.Of(ctx, ctx.RouteId(), request.TicketIds, exchanged: true) is not { } again) return WriteContext.Unknown;
        if (isAlone) return ctx.Run(new Exchanging(ctx, request with { Remark = remark }, again, null));
        var (refused, by) = await approval.Ask(ctx, Permission.ApproveReturn);
        return refused ?? ctx.Run(new Exchanging(ctx, request with { Remark = remark }, again, by));
    }

    private sealed class Exchanging(WriteContext ctx, Request request, PrintedAgain again, Guid? supervisor) : IWrite
    {
        private readonly Guid _order = ctx.RouteId();
        private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly long _feeFen = (long)ctx.Get<ParameterBook>().Of(ctx.Park).ExchangeFeeFen * request.TicketIds.Length;
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(ShiftRow.Table, request.ShiftId);
            _parks.TouchDay(touch, ctx.Park);
            again.Touch(touch);
            if (_feeFen > 0) new Books(ctx.Park, touch.BusinessDay(ctx.Park)).TouchFee(touch, request.ShiftId);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, ctx.Park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            foreach (var ticket in again.Now(group))
                if (RefusalOf(ticket) is { } reason) return reason;
            if (supervisor is null && (request.Cause == ExchangeCause.Lost || request.Waived)) return Outcome.Refused(SalesRefusal.ExchangeNeedsSupervisor, 403);
            var feeFen = request.Waived ? 0 : _feeFen;
            if (feeFen != request.FeeFen) return Outcome.Refused(SalesRefusal.FeeChanged, 409, new Money(feeFen), new Money(request.FeeFen));
            // Without a payment nothing would be paid: an order without one waits for it, an exchange does not.
            var (refusal, payments) = request.Payments.Length == 0 && feeFen > 0 ? (new Refusal(SalesRefusal.PaymentsDiffer, 422, new Money(feeFen)), []) : PaymentRequest.Accept(request.Payments, feeFen);
            if ((refusal ?? again.Print(group)) is { } refused) return refused;
            foreach (var ticket in again.Chosen) _keeper.Exchange(group, ctx.Park, ticket.ShortCode);
            var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
            new Books(ctx.Park, group.BusinessDay(ctx.Park)).Fee(group, shift.Id, payments);
            group.Put(ShiftRow.Table, shift with { CashFen = shift.CashFen + Fen(PaymentMethod.Cash), CardFen = shift.CardFen + Fen(PaymentMethod.Card) });
            group.Record(nameof(TicketsExchanged), _order, new TicketsExchanged(_order, request.TicketIds, request.Cause, shift.Id, shift.Window, shift.Clerk, supervisor ?? Guid.Empty, feeFen, _feeFen - feeFen,
                [.. payments.Select(p => new PaymentFact(p.Method, p.AmountFen, p.TenderedFen, p.ChangeFen, p.Reference))], request.Remark));
            return Outcome.Done(new Answer(again.Answer(group), feeFen, payments.Sum(p => p.ChangeFen)));

            long Fen(PaymentMethod method) => payments.Where(p => p.Method == method).Sum(p => p.AmountFen);
        }

        private static Refusal? RefusalOf(TicketRight ticket) => ticket switch
        {
            { State: TicketState.Returned } => new(ReturnRefusal.AlreadyReturned, 409),
            { State: TicketState.Voided } => new(ReturnRefusal.AlreadyVoided, 409),
            { State: not TicketState.Valid } => new(SalesRefusal.NothingToExchange, 409),
            { External: true } => new(SalesRefusal.PaperNotOurs, 409),
            { Exchanges: >= Gatekeeper.ExchangesMax } => new(SalesRefusal.ExchangedTooOften, 409, Gatekeeper.ExchangesMax),
            _ => null,
        };
    }
}
