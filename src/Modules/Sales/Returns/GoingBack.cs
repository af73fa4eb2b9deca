using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Modules.Sales.Partners;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Modules.Sales.Vouchers;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>The desks that a return asks.</summary>
internal sealed record ReturnDesk(Gatekeeper Keeper, PriceBook Prices, QuotaBook Quotas, ParkDirectory Parks);

/// <summary>Who takes tickets back, and why.</summary>
/// <param name="Shift">Empty, as the window, where it is done by no window.</param>
/// <param name="Supervisor">Who vouches for it; the empty id where nobody does.</param>
/// <param name="Owed">The debt that arises, where the money is paid later; null = it is paid now.</param>
internal sealed record TakenBackBy(Guid Shift, Guid Window, Guid Clerk, Guid Supervisor, string Reason, string ReasonCode, string Remark, Guid? Owed);

/// <summary>What goes back of an order at a moment, before anything is changed.</summary>
/// <param name="Before">All tickets of the order as they stood.</param>
internal sealed record WeighedReturn(OrderRow Order, (TicketRight Right, SoldTicketRow Sold)[] Before, Refund Refund, List<WaysBack.Part> Ways)
{
    /// <summary>Whether any ticket of the order stays.</summary>
    public bool SomeStay => Before.Count(t => OrderTicket.IsThere(t.Right.State)) > Refund.Parts.Length;

    /// <summary>What leaves a drawer or goes to a card, now or later.</summary>
    public long HandedFen => Fen(PaymentMethod.Cash) + Fen(PaymentMethod.Card);

    public long Fen(PaymentMethod method) => Ways.Where(w => w.Method == method).Sum(w => w.Fen);
}

/// <summary>Tickets of one order that go back together, whoever takes them back and however their money goes.</summary>
/// <param name="all">All tickets of the order as they were read.</param>
/// <param name="ids">Those of them that go back.</param>
internal sealed class GoingBack(ReturnDesk desk, OrderRow placed, TicketRight[] all, Guid[] ids, ReturnKind kind, OrderWorth worth, OrderVisitors visitors)
{
    private readonly int _park = placed.Park;
    private readonly TicketRight[] _going = [.. all.Where(t => ids.Contains(t.Id))];
    private readonly QuotaDraw _draw = desk.Quotas.Draw(placed.Park, BusinessDay.FromNumber(placed.VisitDay), all.Where(t => ids.Contains(t.Id)).Select(t => new PeopleOf(t.TypeId, t.People, t.Slot?.At)));

    public IReadOnlyList<TicketRight> Going => _going;
    public int Route => desk.Quotas.RouteTo(_park, _going[0].TypeId, _going[0].VisitDay);

    public void Touch(Touch touch)
    {
        touch.Row(OrderRow.Table, placed.Id);
        desk.Parks.TouchDay(touch, _park);
        var types = _going.Select(t => t.TypeId).Distinct().ToArray();
        foreach (var type in types)
        {
            desk.Prices.Touch(touch, type, BusinessDay.FromNumber(placed.VisitDay));
            desk.Prices.TouchPlaces(touch, _park, type, BusinessDay.FromNumber(placed.VisitDay));
        }
        _draw.Touch(touch);
        foreach (var ticket in _going) visitors.On(ticket.Id).Touch(touch);
        if (types.Any(type => placed.Given(type) > 0)) GiftOnSale.Of(placed)?.TouchBack(touch);
        OrderVouchers.Touch(touch, placed);
        var books = new Books(_park, touch.BusinessDay(_park));
        books.TouchReturn(touch, types);
        OrderAccounts.Of(placed).Touch(touch, placed.Payments.Select(p => p.Method));
        books.TouchShares(touch, OrderShares.PartnersOf(placed.Lines));
        foreach (var ticket in all)
        {
            touch.Row(SoldTicketRow.Table, ticket.Id);
            desk.Keeper.TouchTicket(touch, ticket.ShortCode);
        }
    }

    /// <summary>What comes back, or why nothing does. Nothing is changed yet.</summary>
    /// <param name="shift">Who takes them back.</param>
    /// <param name="backRate">The rate of the reason; null where it has none.</param>
    public (Refusal? Refusal, WeighedReturn? Back) Weigh(WriteGroup group, Guid shift, int? backRate)
    {
        var order = group.Find(OrderRow.Table, placed.Id)!;
        var before = Tickets(group);
        var (refusal, refund) = Refund.Of(worth, order, before, ids.ToHashSet(), kind, backRate, shift, group.LocalTime(_park), desk.Parks.Of(_park).Terms.CutOffHour);
        return refusal is not null ? (refusal, null) : (null, new(order, before, refund!, WaysBack.Of(order.Payments, refund!.RefundFen)));
    }

    /// <summary>All tickets of the order as they stand in the group.</summary>
    private (TicketRight, SoldTicketRow)[] Tickets(WriteGroup group) => [.. all.Select(t => (desk.Keeper.Find(group, _park, t.ShortCode)!, group.Find(SoldTicketRow.Table, t.Id)!))];

    /// <summary>The tickets are dead at every gate, and their places free again.</summary>
    public Refusal? GiveRightsBack(WriteGroup group, WeighedReturn back)
    {
        if (_draw.Free(group) is { } changing) return changing;
        foreach (var (right, sold, fee, fen, _) in back.Refund.Parts)
        {
            visitors.On(right.Id).GiveBack(group);
            if (placed.Given(right.TypeId) > 0) GiftOnSale.Of(placed)?.GiveBack(group, right.People);
            desk.Keeper.TakeBack(group, _park, right.ShortCode, kind == ReturnKind.Void ? TicketState.Voided : TicketState.Returned);
            Places.Free(group, desk.Prices, _park, right.TypeId, right.VisitDay, right.People);
            group.Put(SoldTicketRow.Table, sold with { RefundedFen = fen, FeeFen = fee });
        }
        if (!back.SomeStay) OrderVouchers.GiveBack(group, placed, kind == ReturnKind.Return || back.Before.Any(t => t.Right.State == TicketState.Returned), kind == ReturnKind.Rebook);
        return null;
    }

    /// <summary>Books what comes back, after the rights: the returns of each type rise, and whatever pays it falls.</summary>
    /// <param name="from">What pays cash and card; an account takes back by itself what it paid.</param>
    public void Book(WriteGroup group, WeighedReturn back, TakenBackBy by, Func<PaymentMethod, Account> from)
    {
        var books = new Books(_park, group.BusinessDay(_park));
        var after = back.Order with { RefundedFen = back.Order.RefundedFen + back.Refund.RefundFen, Payments = WaysBack.Note(back.Order.Payments, back.Ways) };
        group.Put(OrderRow.Table, after);
        var shares = SharesBack(back.Order, after, back.Before, Tickets(group));
        books.TakeShares(group, shares ?? []);
        foreach (var (ticket, part) in WaysBack.ByTicket(back.Ways, back.Refund))
        {
            var onAccount = part.Method.IsOnAccount();
            group.Ledger.Move(onAccount ? books.Of(part.Method, by.Shift, placed) : from(part.Method), books.Clearing, part.Fen, "refund");
            group.Ledger.Move(books.Clearing, books.Returns(ticket.Right.TypeId), part.Fen, "return");
            group.Record(nameof(RefundPaid), placed.Id, new RefundPaid(placed.Id, ticket.Right.Id, kind, ticket.Right.TypeId, ticket.Right.People, by.Shift, by.Window, by.Clerk, by.Supervisor,
                by.Reason, part.Method, part.Fen, shares, part.IsFirst ? ticket.FeeFen : null, by.ReasonCode, by.Remark.Length > 0 ? by.Remark : null, onAccount ? null : by.Owed));
            shares = null;
        }
    }

    private ShareBack[]? SharesBack(OrderRow order, OrderRow after, (TicketRight, SoldTicketRow)[] before, (TicketRight, SoldTicketRow)[] now)
    {
        if (!OrderShares.AreIn(order)) return null;
        return OrderShares.Between(Of(order, before), Of(after, now));

        Dictionary<(Guid, string), long> Of(OrderRow row, (TicketRight Right, SoldTicketRow Sold)[] tickets) =>
            OrderShares.Of(row, worth, row.PaidFen - row.RefundedFen, [.. tickets.Select(t => OrderTicket.Of(t.Right, t.Sold))]);
    }
}
