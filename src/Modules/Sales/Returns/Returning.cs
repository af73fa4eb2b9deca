using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Owed;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>A ticket of the order, with what is printed on it.</summary>
internal sealed record Printed(TicketRight Right, string Qr);

/// <summary>Tickets of an order that a clerk takes back, as they were read; decided now.</summary>
internal sealed class Returning(WriteContext ctx, ReturnTickets.Request request, DictionaryEntry reason, OrderRow placed, Printed[] papers, Guid? supervisor, OrderWorth worth, BuyerRow? buyer, OrderVisitors visitors)
    : IWrite
{
    public bool Alone => false;
    public int Route => _back.Route;
    /// <summary>The order, its buyer and its visitors as they were read.</summary>
    public OrderRow Placed => placed;
    public BuyerRow? Buyer => buyer;
    public OrderVisitors Visitors => visitors;
    /// <summary>The tickets that go back.</summary>
    public IReadOnlyList<TicketRight> Going => _back.Going;
    /// <summary>Whether the reason's rate goes before the tickets' terms, and nobody vouches for that.</summary>
    public bool SetsTermsAsideAlone => reason.BackRate is not null && supervisor is null;
    private readonly GoingBack _back = new(ctx.Get<ReturnDesk>(), placed, [.. papers.Select(p => p.Right)], request.Tickets, request.Kind, worth, visitors);
    private readonly int _park = ctx.Park;
    private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
    private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
    private readonly HandedAlone _alone = new(ctx.Park, request.ShiftId, supervisor, ctx.Get<ParameterBook>().Of(ctx.Park).ReturnAloneFen);

    public void Touch(Touch touch)
    {
        touch.Row(ShiftRow.Table, request.ShiftId);
        _back.Touch(touch);
        new Books(_park, touch.BusinessDay(_park)).TouchWindow(touch, request.ShiftId);
        _alone.Touch(touch);
        if (request.Later) OwedRefund.Touch(touch, _park, ctx.Key);
    }

    public Outcome Decide(WriteGroup group)
    {
        if (Standing.RefusalOf(group, _park, request.ShiftId, ctx.Principal.Id, _parks) is { } standing) return standing;
        var (refusal, back) = Weigh(group, request.RefundFen);
        if (refusal is not null) return refusal;
        if ((RefusedAlone(group, back!.Refund.RefundFen) ?? GiveRightsBack(group, back) ?? GiveMoneyBack(group, back)) is { } refused) return refused;
        var answer = OrderAnswers.Of(group.Find(OrderRow.Table, placed.Id)!,
            [.. papers.Select(p => new PrintedTicket(_keeper.Find(group, _park, p.Right.ShortCode)!, p.Qr, group.Find(SoldTicketRow.Table, p.Right.Id)!))], buyer).Naming(visitors.Rows);
        return Outcome.Done(new ReturnTickets.Answer(answer, back.Refund.RefundFen, WaysBack.Said(back.Ways), back.Refund.FeeFen));
    }

    /// <summary>What comes back, or why nothing does. Nothing is changed yet.</summary>
    /// <param name="told">What the visitor was told; another amount is refused. Null = whatever comes.</param>
    public (Refusal? Refusal, WeighedReturn? Back) Weigh(WriteGroup group, long? told)
    {
        var (refusal, back) = _back.Weigh(group, request.ShiftId, reason.BackRate);
        if (refusal is not null) return (refusal, null);
        return told is { } fen && fen != back!.Refund.RefundFen ? (new(SalesRefusal.RefundChanged, 409, new Money(back.Refund.RefundFen), new Money(fen)), null) : (null, back);
    }

    /// <summary>Counts what a clerk hands out without a supervisor, up to what the park lets a shift; a void always takes one.</summary>
    public Refusal? RefusedAlone(WriteGroup group, long handedFen) => _alone.Refused(group, handedFen, never: request.Kind == ReturnKind.Void);

    /// <summary>The tickets are dead at every gate, and their places free again.</summary>
    public Refusal? GiveRightsBack(WriteGroup group, WeighedReturn back) => _back.GiveRightsBack(group, back);

    /// <summary>The money goes back the way it came, or is owed, after the rights; refused where the drawer has less.</summary>
    public Refusal? GiveMoneyBack(WriteGroup group, WeighedReturn back)
    {
        var books = new Books(_park, group.BusinessDay(_park));
        var (cash, card, shift) = (back.Fen(PaymentMethod.Cash), back.Fen(PaymentMethod.Card), group.Find(ShiftRow.Table, request.ShiftId)!);
        var owed = request.Later && back.HandedFen > 0 ? ctx.Key : (Guid?)null;
        if (owed is null && group.Ledger.Balance(books.Drawer(request.ShiftId)) < cash) return new Refusal(SalesRefusal.DrawerShort, 409, new Money(cash));
        if (owed is not null && group.Find(OwedRefund.Table, ctx.Key) is not null) return new Refusal(WriteRefusal.KeyReused, 409);
        var by = new TakenBackBy(shift.Id, shift.Window, shift.Clerk, supervisor ?? Guid.Empty, reason.Name, reason.Code, request.Remark, owed);
        _back.Book(group, back, by, method => owed is null ? books.Of(method, shift.Id, placed) : books.Owed);
        if (owed is { } debt) OwedRefund.Arise(group, new(debt, _park, placed.Id, group.Now.Micros(), BusinessDay.Number(group.BusinessDay(_park)), null, reason.Name, cash, card, cash, card));
        else group.Put(ShiftRow.Table, shift with { CashFen = shift.CashFen - cash, CardFen = shift.CardFen - card });
        return null;
    }
}

/// <summary>What a shift hands out without a supervisor, bounded by what the park lets it.</summary>
internal sealed class HandedAlone(int park, Guid shift, Guid? supervisor, long mostFen)
{
    public void Touch(Touch touch)
    {
        var books = new Books(park, touch.BusinessDay(park));
        if (supervisor is null) foreach (var account in new[] { books.Alone(shift, mostFen), books.AloneFrom }) touch.Account(account);
    }

    /// <param name="never">Whether it takes a supervisor, however little it is.</param>
    public Refusal? Refused(WriteGroup group, long fen, bool never = false)
    {
        if (supervisor is not null) return null;
        var books = new Books(park, group.BusinessDay(park));
        if (never || mostFen == 0 || !group.Ledger.Allows(books.AloneFrom, books.Alone(shift, mostFen), fen)) return new Refusal(SalesRefusal.ReturnNeedsSupervisor, 403, new Money(mostFen));
        group.Ledger.Move(books.AloneFrom, books.Alone(shift, mostFen), fen, "refunded alone");
        return null;
    }
}
