using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Partners;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Modules.Sales.Vouchers;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>What goes back of an order at a moment, before anything is changed.</summary>
/// <param name="Before">All tickets of the order as they stood.</param>
internal sealed record WeighedReturn(OrderRow Order, (TicketRight Right, SoldTicketRow Sold)[] Before, Refund Refund, List<WaysBack.Part> Ways)
{
    /// <summary>Whether any ticket of the order stays.</summary>
    public bool SomeStay => Before.Count(t => OrderTicket.IsThere(t.Right.State)) > Refund.Parts.Length;
}

/// <summary>A ticket of the order, with what is printed on it.</summary>
internal sealed record Printed(TicketRight Right, string Qr);

/// <summary>Tickets of an order that go back together, as they were read; decided now.</summary>
internal sealed class Returning(WriteContext ctx, ReturnTickets.Request request, DictionaryEntry reason, OrderRow placed, Printed[] papers, Guid? supervisor, OrderWorth worth, BuyerRow? buyer, OrderVisitors visitors)
    : IWrite
{
    public bool Alone => false;
    public int Route => ctx.Get<QuotaBook>().RouteTo(_park, _going[0].TypeId, _going[0].VisitDay);
    /// <summary>The order, its buyer and its visitors as they were read.</summary>
    public OrderRow Placed => placed;
    public BuyerRow? Buyer => buyer;
    public OrderVisitors Visitors => visitors;
    /// <summary>The tickets that go back.</summary>
    public IReadOnlyList<TicketRight> Going => _going;
    /// <summary>Whether the reason's rate goes before the tickets' terms, and nobody vouches for that.</summary>
    public bool SetsTermsAsideAlone => reason.BackRate is not null && supervisor is null;
    private readonly TicketRight[] _going = [.. papers.Where(p => request.Tickets.Contains(p.Right.Id)).Select(p => p.Right)];
    private readonly QuotaDraw _draw = ctx.Get<QuotaBook>().Draw(ctx.Park, BusinessDay.FromNumber(placed.VisitDay),
        papers.Where(p => request.Tickets.Contains(p.Right.Id)).Select(p => new PeopleOf(p.Right.TypeId, p.Right.People, p.Right.Slot?.At)));
    private readonly int _park = ctx.Park;
    private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
    private readonly PriceBook _prices = ctx.Get<PriceBook>();
    private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
    private readonly long _aloneFen = ctx.Get<ParameterBook>().Of(ctx.Park).ReturnAloneFen;

    public void Touch(Touch touch)
    {
        touch.Row(OrderRow.Table, placed.Id);
        touch.Row(ShiftRow.Table, request.ShiftId);
        _parks.TouchDay(touch, _park);
        var types = _going.Select(t => t.TypeId).Distinct().ToArray();
        foreach (var type in types)
        {
            _prices.Touch(touch, type, BusinessDay.FromNumber(placed.VisitDay));
            _prices.TouchPlaces(touch, _park, type, BusinessDay.FromNumber(placed.VisitDay));
        }
        _draw.Touch(touch);
        foreach (var ticket in _going) visitors.On(ticket.Id).Touch(touch);
        if (types.Any(type => placed.Given(type) > 0)) GiftOnSale.Of(placed)?.TouchBack(touch);
        OrderVouchers.Touch(touch, placed);
        var books = new Books(_park, touch.BusinessDay(_park));
        books.Touch(touch, request.ShiftId, types);
        books.TouchShares(touch, OrderShares.PartnersOf(placed.Lines));
        if (supervisor is null) foreach (var account in new[] { books.Alone(request.ShiftId, _aloneFen), books.AloneFrom }) touch.Account(account);
        foreach (var paper in papers)
        {
            touch.Row(SoldTicketRow.Table, paper.Right.Id);
            _keeper.TouchTicket(touch, paper.Right.ShortCode);
        }
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
        var order = group.Find(OrderRow.Table, placed.Id)!;
        var before = Tickets(group);
        var (refusal, refund) = Refund.Of(worth, order, before, request.Tickets.ToHashSet(), request.Kind, reason.BackRate, request.ShiftId, group.LocalTime(_park), _parks.Of(_park).Terms.CutOffHour);
        if (refusal is not null) return (refusal, null);
        if (told is { } fen && fen != refund!.RefundFen) return (new(SalesRefusal.RefundChanged, 409, new Money(refund.RefundFen), new Money(fen)), null);
        return (null, new(order, before, refund!, WaysBack.Of(order.Payments, refund!.RefundFen)));
    }

    /// <summary>Counts what a clerk hands out without a supervisor, up to what the park lets a shift.</summary>
    public Refusal? RefusedAlone(WriteGroup group, long handedFen)
    {
        if (supervisor is not null) return null;
        var books = new Books(_park, group.BusinessDay(_park));
        if (request.Kind == ReturnKind.Void || _aloneFen == 0 || !group.Ledger.Allows(books.AloneFrom, books.Alone(request.ShiftId, _aloneFen), handedFen))
            return new Refusal(SalesRefusal.ReturnNeedsSupervisor, 403, new Money(_aloneFen));
        group.Ledger.Move(books.AloneFrom, books.Alone(request.ShiftId, _aloneFen), handedFen, "refunded alone");
        return null;
    }

    /// <summary>All tickets of the order as they stand in the group.</summary>
    private (TicketRight, SoldTicketRow)[] Tickets(WriteGroup group) => [.. papers.Select(p => (_keeper.Find(group, _park, p.Right.ShortCode)!, group.Find(SoldTicketRow.Table, p.Right.Id)!))];

    private ShareBack[]? SharesBack(OrderRow order, OrderRow after, (TicketRight, SoldTicketRow)[] before, (TicketRight, SoldTicketRow)[] now)
    {
        if (!OrderShares.AreIn(order)) return null;
        return OrderShares.Between(Of(order, before), Of(after, now));

        Dictionary<(Guid, string), long> Of(OrderRow row, (TicketRight Right, SoldTicketRow Sold)[] tickets) =>
            OrderShares.Of(row, worth, row.PaidFen - row.RefundedFen, [.. tickets.Select(t => OrderTicket.Of(t.Right, t.Sold))]);
    }

    /// <summary>The tickets are dead at every gate, and their places free again.</summary>
    public Refusal? GiveRightsBack(WriteGroup group, WeighedReturn back)
    {
        if (_draw.Free(group) is { } changing) return changing;
        foreach (var (right, sold, fee, fen, _) in back.Refund.Parts)
        {
            visitors.On(right.Id).GiveBack(group);
            if (placed.Given(right.TypeId) > 0) GiftOnSale.Of(placed)?.GiveBack(group, right.People);
            _keeper.TakeBack(group, _park, right.ShortCode, request.Kind == ReturnKind.Void ? TicketState.Voided : TicketState.Returned);
            Places.Free(group, _prices, _park, right.TypeId, right.VisitDay, right.People);
            group.Put(SoldTicketRow.Table, sold with { RefundedFen = fen, FeeFen = fee });
        }
        if (!back.SomeStay) OrderVouchers.GiveBack(group, placed, request.Kind == ReturnKind.Return || back.Before.Any(t => t.Right.State == TicketState.Returned), request.Kind == ReturnKind.Rebook);
        return null;
    }

    /// <summary>The money goes back the way it came, after the rights; refused where the drawer has less.</summary>
    public Refusal? GiveMoneyBack(WriteGroup group, WeighedReturn back)
    {
        var books = new Books(_park, group.BusinessDay(_park));
        var cash = back.Ways.Where(p => p.Method == PaymentMethod.Cash).Sum(p => p.Fen);
        if (group.Ledger.Balance(books.Drawer(request.ShiftId)) < cash) return new Refusal(SalesRefusal.DrawerShort, 409, new Money(cash));
        var after = back.Order with { RefundedFen = back.Order.RefundedFen + back.Refund.RefundFen, Payments = WaysBack.Note(back.Order.Payments, back.Ways) };
        group.Put(OrderRow.Table, after);
        var shares = SharesBack(back.Order, after, back.Before, Tickets(group));
        books.TakeShares(group, shares ?? []);
        var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
        foreach (var (ticket, part) in WaysBack.ByTicket(back.Ways, back.Refund))
        {
            group.Ledger.Move(books.Of(part.Method, shift.Id), books.Clearing, part.Fen, "refund");
            group.Ledger.Move(books.Clearing, books.Returns(ticket.Right.TypeId), part.Fen, "return");
            shift = part.Method == PaymentMethod.Cash ? shift with { CashFen = shift.CashFen - part.Fen } : shift with { CardFen = shift.CardFen - part.Fen };
            group.Record(nameof(RefundPaid), placed.Id, new RefundPaid(placed.Id, ticket.Right.Id, request.Kind, ticket.Right.TypeId, ticket.Right.People, shift.Id, shift.Window, shift.Clerk,
                supervisor ?? Guid.Empty, reason.Name, part.Method, part.Fen, shares, part.IsFirst ? ticket.FeeFen : null, reason.Code, request.Remark.Length > 0 ? request.Remark : null));
            shares = null;
        }
        group.Put(ShiftRow.Table, shift);
        return null;
    }
}
