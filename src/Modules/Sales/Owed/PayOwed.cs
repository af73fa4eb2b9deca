using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Owed;

/// <summary>What is left of a debt.</summary>
internal sealed record OwedAnswer(Guid Id, DateTimeOffset At, string Reason, long CashFen, long CardFen, long CashOpenFen, long CardOpenFen)
{
    public static OwedAnswer Of(OwedRefund debt) => new(debt.Id, Platform.Time.Moments.From(debt.At), debt.Reason, debt.CashFen, debt.CardFen, debt.CashOpenFen, debt.CardOpenFen);
}

/// <summary>退还待退款: a window pays what is owed, all that is open; or finance has the cards' parts of many paid by the acquirer.</summary>
internal static class PayOwed
{
    /// <summary>Debts that finance marks at once, at most.</summary>
    private const int ManyMax = 100, ReferenceMax = 64;

    /// <param name="Fen">What the clerk hands out; another sum than what is open is refused.</param>
    /// <param name="AllInCash">Whether what came by card is handed out in cash too; a supervisor must vouch for that.</param>
    /// <param name="SupervisorLogin">Empty with its password where nobody vouches for it.</param>
    internal sealed record Request(Guid ShiftId, long Fen, bool AllInCash = false, string SupervisorLogin = "", string SupervisorPassword = "");

    internal sealed record Answer(OwedAnswer Owed, long CashFen, long CardFen);

    /// <param name="Ids">Debts of which the card's part is paid back.</param>
    /// <param name="Fen">What it comes to in all; another sum is refused.</param>
    /// <param name="Reference">Under which the acquirer books it.</param>
    internal sealed record CardRequest(Guid[] Ids, long Fen, string Reference);

    internal sealed record CardAnswer(int Debts, long Fen);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, Answer>("POST", "/api/owed/{id:guid}/payments", Permission.Sell, AtWindow).WithMetadata(new Refuses(429)).WithName("PayOwed");
        routes.MapWrite<CardRequest, CardAnswer>("POST", "/api/owed/cards", Permission.CloseDay, (request, ctx) =>
        {
            ctx.Fields.Check("ids", request.Ids.Length is > 0 and <= ManyMax && request.Ids.Distinct().Count() == request.Ids.Length, "Field.Debts", ManyMax);
            var reference = ctx.Fields.Text("reference", request.Reference, 1, ReferenceMax);
            return Task.FromResult(ctx.Run(new ToCards(ctx, request.Ids, request.Fen, reference)));
        }).WithName("PayOwedToCards");
    }

    private static async Task<Prepared> AtWindow(Request request, WriteContext ctx)
    {
        var approval = new ApprovalRequest(request.SupervisorLogin, request.SupervisorPassword);
        var isAlone = request.SupervisorLogin.Length == 0 && request.SupervisorPassword.Length == 0;
        if (!isAlone) approval.Check(ctx.Fields, "supervisorLogin", "supervisorPassword");
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        if (await ctx.Get<Database>().First(OwedRefund.Table.Read, OwedRefund.Table.Select + " where id = @1 and park = @2", ctx.RouteId(), ctx.Park) is null) return WriteContext.Unknown;
        if (isAlone) return ctx.Run(new Paying(ctx, request, null));
        var (refused, by) = await approval.Ask(ctx, Permission.ApproveReturn);
        return refused ?? ctx.Run(new Paying(ctx, request, by));
    }

    private sealed class Paying(WriteContext ctx, Request request, Guid? supervisor) : IWrite
    {
        private readonly Guid _id = ctx.RouteId();
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        private readonly HandedAlone _alone = new(ctx.Park, request.ShiftId, supervisor, ctx.Get<ParameterBook>().Of(ctx.Park).ReturnAloneFen);
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(ShiftRow.Table, request.ShiftId);
            _parks.TouchDay(touch, ctx.Park);
            OwedRefund.Touch(touch, ctx.Park, _id);
            new Books(ctx.Park, touch.BusinessDay(ctx.Park)).TouchWindow(touch, request.ShiftId);
            _alone.Touch(touch);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (Standing.RefusalOf(group, ctx.Park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
            var (debt, shift) = (group.Find(OwedRefund.Table, _id)!, group.Find(ShiftRow.Table, request.ShiftId)!);
            if (debt.OpenFen == 0 || debt.OpenFen != request.Fen) return Outcome.Refused(SalesRefusal.OwedChanged, 409, new Money(debt.OpenFen), new Money(request.Fen));
            if (request.AllInCash && debt.CardOpenFen > 0 && supervisor is null) return Outcome.Refused(SalesRefusal.CardPartInCash, 403, new Money(debt.CardOpenFen));
            if (_alone.Refused(group, debt.OpenFen) is { } refused) return refused;
            var (cash, card) = request.AllInCash ? (debt.OpenFen, 0L) : (debt.CashOpenFen, debt.CardOpenFen);
            if (group.Ledger.Balance(new Books(ctx.Park, group.BusinessDay(ctx.Park)).Drawer(shift.Id)) < cash) return Outcome.Refused(SalesRefusal.DrawerShort, 409, new Money(cash));
            OwedRefund.Pay(group, debt, shift.Id, new(debt.Id, debt.Order, shift.Id, shift.Window, shift.Clerk, supervisor ?? Guid.Empty, cash, card, debt.CardOpenFen, ""));
            group.Put(ShiftRow.Table, shift with { CashFen = shift.CashFen - cash, CardFen = shift.CardFen - card });
            return Outcome.Done(new Answer(OwedAnswer.Of(group.Find(OwedRefund.Table, _id)!), cash, card));
        }
    }

    private sealed class ToCards(WriteContext ctx, Guid[] ids, long fen, string reference) : IWrite
    {
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            _parks.TouchDay(touch, ctx.Park);
            touch.Account(new Books(ctx.Park, touch.BusinessDay(ctx.Park)).Card);
            foreach (var id in ids) OwedRefund.Touch(touch, ctx.Park, id);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (!_parks.IsDayOpen(group, ctx.Park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
            var debts = ids.Select(id => group.Find(OwedRefund.Table, id)).ToArray();
            if (debts.Any(d => d is null || d.Park != ctx.Park)) return Problems.NotFound;
            var open = debts.Sum(d => d!.CardOpenFen);
            // Each of them must have something to pay: one that another paid meanwhile would be told to the acquirer twice.
            if (open != fen || debts.Any(d => d!.CardOpenFen == 0)) return Outcome.Refused(SalesRefusal.OwedChanged, 409, new Money(open), new Money(fen));
            foreach (var debt in debts)
                OwedRefund.Pay(group, debt!, null, new(debt!.Id, debt.Order, Guid.Empty, Guid.Empty, ctx.Principal.Id, Guid.Empty, 0, debt.CardOpenFen, debt.CardOpenFen, reference));
            return Outcome.Done(new CardAnswer(ids.Length, fen));
        }
    }
}
