using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>订单: an order as the screens see it.</summary>
internal sealed record OrderAnswer(Guid Id, string Number, OrderState State, Guid WindowId, string WindowName, string ClerkName, DateTimeOffset At, DateOnly BusinessDay,
    DateOnly VisitDay, long TotalFen, long PaidFen, long RefundedFen, long ChangeFen, DateTimeOffset? HoldUntil, LineAnswer[] Lines, OrderPayment[] Payments,
    TicketAnswer[] Tickets, BuyerAnswer? Buyer);

internal sealed record LineAnswer(Guid TypeId, string TypeName, string TypeNameEn, int Quantity, int People, long UnitFen, long TotalFen);

/// <summary>门票: a ticket with what is printed on it.</summary>
/// <param name="PriceFen">Price of the whole ticket, all its people.</param>
internal sealed record TicketAnswer(Guid Id, string ShortCode, string Qr, Guid TypeId, string TypeName, string TypeNameEn, int People, int Used, DateOnly VisitDay,
    TimeOnly FromTime, TimeOnly ToTime, string[] SiteNames, long PriceFen, TicketState State, int Printed);

/// <summary>The buyer, masked.</summary>
internal sealed record BuyerAnswer(string Name, string Phone, string IdNumber);

internal sealed record PrintedTicket(TicketRight Right, string Qr, SoldTicketRow Sold);

/// <summary>Puts orders together for the screens.</summary>
internal sealed class OrderAnswers(Database database, ParkDirectory parks, Gatekeeper keeper, PersonalText personal)
{
    public OrderAnswer Of(OrderRow o, PrintedTicket[] tickets, BuyerAnswer? buyer = null)
    {
        var park = parks.Of(o.Park);
        return new OrderAnswer(o.Id, o.Number.ToString("D17"), o.State, o.Window, park.Windows.TryGetValue(o.Window, out var window) ? window.Name : "",
            parks.NameOfStaff(o.Clerk), Moments.From(o.At), Rules.Values.BusinessDay.FromNumber(o.Day), Rules.Values.BusinessDay.FromNumber(o.VisitDay), o.TotalFen,
            o.PaidFen, o.RefundedFen, o.ChangeFen, o.HoldUntil is { } until ? Moments.From(until) : null,
            [.. o.Lines.Select(l => new LineAnswer(l.TypeId, l.TypeName, l.TypeNameEn, l.Quantity, l.People, l.UnitFen, l.TotalFen))], o.Payments,
            [.. tickets.Select(t => new TicketAnswer(t.Right.Id, t.Right.ShortCode, t.Qr, t.Right.TypeId, t.Right.TypeName, t.Right.TypeNameEn, t.Right.People, t.Right.Used,
                t.Right.VisitDay, t.Right.FromTime, t.Right.ToTime, [.. t.Right.SiteIds.Select(s => park.Sites.TryGetValue(s, out var site) ? site.Name : "")],
                t.Sold.PriceFen, t.Right.State, t.Sold.Printed))], buyer);
    }

    /// <summary>An order with its tickets as they stand, or null.</summary>
    public async Task<OrderAnswer?> Read(int park, Guid id)
    {
        if (await database.First(OrderRow.Table.Read, OrderRow.Table.Select + " where id = @1 and park = @2", id, park) is not { } order) return null;
        var sold = (await database.Query(SoldTicketRow.Table.Read, SoldTicketRow.Table.Select + " where order_id = @1", id)).ToDictionary(s => s.Id);
        var rights = await keeper.OfOrder(park, id);
        var buyer = await database.First(BuyerRow.Table.Read, BuyerRow.Table.Select + " where id = @1", id);
        return Of(order, [.. rights.Select(r => new PrintedTicket(r.Right, keeper.QrOf(park, r.Right, r.Code), sold[r.Right.Id]))], buyer is null ? null : Masked(buyer));
    }

    private BuyerAnswer Masked(BuyerRow row)
    {
        var name = personal.Reveal(row.Name, "buyer.name");
        return new BuyerAnswer(name.Length <= 1 ? name : name[0] + new string('*', name.Length - 1),
            PhoneNumber.TryParse(personal.Reveal(row.Phone, "buyer.phone"), out var phone) ? phone.Masked : "",
            IdNumber.TryParse(personal.Reveal(row.IdNumber, "buyer.idNumber"), out var number) ? number.Masked : "");
    }
}
