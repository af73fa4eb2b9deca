using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Delivery;
using Shanmen.Modules.Sales.Notes;
using Shanmen.Modules.Sales.Owed;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>订单: an order as the screens see it.</summary>
/// <param name="Origin">Where its visitors come from, by a code of the dictionary; null where nobody said.</param>
/// <param name="Complimentary">What its complimentary lines were given from; null where it has none.</param>
/// <param name="Agency">In whose name it was sold, by a code of the dictionary; null = nobody's.</param>
/// <param name="RebookedFrom">The order for whose tickets it was rebooked; null where it was bought.</param>
/// <param name="RebookedTo">The orders for which its own tickets were; said where the order is looked at by itself.</param>
/// <param name="Vouchers">What vouchers took off it; null where it has none.</param>
/// <param name="Notes">What the staff wrote down of it; said where the order is looked at by itself.</param>
/// <param name="Owed">What is owed for tickets of it that went back, also what was paid since; said where the order is looked at by itself.</param>
/// <param name="Papers">The numbers of the sheets that tickets of it are printed on (票纸), those of now; null where none has a number.</param>
/// <param name="Kept">Whether it is kept unpaid for its buyer, who must say the password (留票).</param>
/// <param name="Delivery">How far its tickets are on their way to the buyer (送票); said where the order is looked at by itself.</param>
/// <remarks>Kept with the clerk's id for the name, the sites' ids for theirs, and the buyer protected.</remarks>
internal sealed record OrderAnswer(Guid Id, string Number, OrderState State, Guid WindowId, string WindowName, string ClerkName, DateTimeOffset At, DateOnly BusinessDay,
    DateOnly VisitDay, long TotalFen, long PaidFen, long RefundedFen, long ChangeFen, DateTimeOffset? HoldUntil, LineAnswer[] Lines, OrderPayment[] Payments,
    TicketAnswer[] Tickets, BuyerAnswer? Buyer, string? Origin = null, GiftAnswer? Complimentary = null, string? Agency = null,
    OrderLink? RebookedFrom = null, OrderLink[]? RebookedTo = null, VoucherOff[]? Vouchers = null, NoteAnswer[]? Notes = null, OwedAnswer[]? Owed = null, PaperOfTicket[]? Papers = null, bool Kept = false, DeliveryAnswer? Delivery = null) : IKeptAnswer
{
    public object Shown(HttpContext http) => http.RequestServices.GetRequiredService<OrderAnswers>().Show(this, http.Principal().Park, Texts.WantsEnglish(http));
}

/// <summary>券: a voucher of the order, by what people call it.</summary>
/// <param name="OffFen">What it took off the whole order.</param>
/// <param name="ComesBack">Whether it may be used again when everything of the order was returned.</param>
internal sealed record VoucherOff(string Number, string Name, string NameEn, long OffFen, bool ComesBack);

/// <summary>备注: what somebody wrote down of the order.</summary>
/// <remarks>Kept with the id of who wrote it.</remarks>
internal sealed record NoteAnswer(DateTimeOffset At, string By, string Text)
{
    public static NoteAnswer Of(OrderNoteRow note) => new(Moments.From(note.At), note.Staff.ToString(), note.Body);

    public NoteAnswer Shown(HttpContext http) => Guid.TryParse(By, out var id) ? this with { By = http.RequestServices.GetRequiredService<ParkDirectory>().NameOfStaff(id) } : this;
}

/// <summary>票纸: the number of the sheet that a ticket is printed on.</summary>
internal sealed record PaperOfTicket(Guid TicketId, string Number);

/// <summary>Another order, by its number.</summary>
internal sealed record OrderLink(Guid Id, string Number);

/// <param name="OffFen">What free units and sets took off the line.</param>
/// <param name="TaxFen">The tax inside its total.</param>
internal sealed record LineAnswer(Guid TypeId, string TypeName, string TypeNameEn, int Quantity, int People, long UnitFen, long TotalFen, long OffFen = 0, long TaxFen = 0, SlotAnswer? Slot = null,
    bool Complimentary = false);

/// <summary>赠票: from which budget the complimentary lines were given, and why.</summary>
/// <param name="Reason">A code of the dictionary.</param>
/// <param name="ApprovedBy">Empty where the clerk gave it alone.</param>
/// <param name="GivenBy">Who gave it; the order's clerk is who took the payment. Empty in orders of before schema 16.</param>
internal sealed record GiftAnswer(string BudgetName, string Reason, string Note, int People, string ApprovedBy, string GivenBy = "")
{
    public static GiftAnswer? Of(OrderGift? gift) => gift is null ? null : new(gift.BudgetName, gift.Reason, gift.Note, gift.People, gift.ApprovedBy?.ToString() ?? "", gift.GivenBy?.ToString() ?? "");
}

/// <summary>时段: the span of the day that a line or ticket is for.</summary>
internal sealed record SlotAnswer(TimeOnly At, TimeOnly Until)
{
    public static SlotAnswer? Of(TimeSlot? slot) => slot is null ? null : new(slot.At, slot.Until);
}

/// <summary>门票: a ticket with what is printed on it.</summary>
/// <param name="PriceFen">Price of the whole ticket, all its people.</param>
/// <param name="Terms">Its terms of admission; null = on its day everybody once.</param>
/// <param name="Visitors">Who is named on it, masked; null = nobody.</param>
/// <param name="Line">The line of the order, counted from 0.</param>
/// <param name="Exchanges">How often its paper was exchanged (换票); more than 0 = only the QR code of the last paper is admitted.</param>
internal sealed record TicketAnswer(Guid Id, string ShortCode, string Qr, Guid TypeId, string TypeName, string TypeNameEn, int People, int Used, DateOnly VisitDay,
    TimeOnly FromTime, TimeOnly ToTime, string[] SiteNames, long PriceFen, TicketState State, int Printed, AdmissionTerms? Terms = null, SlotAnswer? Slot = null,
    VisitorAnswer[]? Visitors = null, int Line = 0, int Exchanges = 0);

/// <summary>The buyer, masked.</summary>
/// <remarks>In a kept answer protected, and nothing of it in clear.</remarks>
internal sealed record BuyerAnswer(string Name, string Phone, string IdNumber);

internal sealed record PrintedTicket(TicketRight Right, string Qr, SoldTicketRow Sold);

/// <summary>Puts orders together for the screens: first as they are kept, then with the names in.</summary>
internal sealed class OrderAnswers(Database database, ParkDirectory parks, Gatekeeper keeper, PersonalText personal, PaperBook papers)
{
    public static OrderAnswer Of(OrderRow o, PrintedTicket[] tickets, BuyerRow? buyer) => new(o.Id, o.Number.ToString("D17"), o.State, o.Window, "",
        o.Clerk.ToString(), Moments.From(o.At), Rules.Values.BusinessDay.FromNumber(o.Day), Rules.Values.BusinessDay.FromNumber(o.VisitDay), o.TotalFen,
        o.PaidFen, o.RefundedFen, o.ChangeFen, o.HoldUntil is { } until ? Moments.From(until) : null,
        [.. o.Lines.Select(l => new LineAnswer(l.TypeId, l.TypeName, l.TypeNameEn, l.Quantity, l.People, l.UnitFen, l.TotalFen, l.OffFen, l.TaxFen, SlotAnswer.Of(l.Slot), l.Complimentary))], o.Payments,
        [.. tickets.Select(t => new TicketAnswer(t.Right.Id, t.Right.ShortCode, t.Qr, t.Right.TypeId, t.Right.TypeName, t.Right.TypeNameEn, t.Right.People, t.Right.Used,
            t.Right.VisitDay, t.Right.FromTime, t.Right.ToTime, [.. t.Right.SiteIds.Select(s => s.ToString())], t.Sold.PriceFen, t.Right.State, t.Sold.Printed, t.Right.Terms, SlotAnswer.Of(t.Right.Slot),
            Line: t.Right.Line, Exchanges: t.Right.Exchanges))],
        buyer is null ? null : new BuyerAnswer(Convert.ToBase64String(buyer.Name), Convert.ToBase64String(buyer.Phone), Convert.ToBase64String(buyer.IdNumber)), o.Origin, GiftAnswer.Of(o.Complimentary), o.Agency,
        Vouchers: o.Vouchers is { } vouchers ? [.. vouchers.Select(v => new VoucherOff(v.Number, v.Name, v.NameEn, v.OffFen, v.ComesBack))] : null, Kept: o.Kept is not null);

    /// <summary>Puts the names in. An answer kept by an earlier program has them already, and no buyer.</summary>
    public OrderAnswer Show(OrderAnswer kept, int park, bool english)
    {
        var places = parks.Of(park);
        return kept with
        {
            WindowName = places.WindowName(kept.WindowId, english),
            ClerkName = NameOfStaff(kept.ClerkName),
            Complimentary = kept.Complimentary is { } gift ? gift with { ApprovedBy = NameOfStaff(gift.ApprovedBy), GivenBy = NameOfStaff(gift.GivenBy) } : null,
            Tickets = [.. kept.Tickets.Select(t => t with { SiteNames = [.. t.SiteNames.Select(NameOfSite)], Visitors = t.Visitors is null ? null : [.. t.Visitors.Select(v => v.Shown(personal))] })],
            Buyer = kept.Buyer is null ? null : Masked(kept.Buyer),
        };

        string NameOfStaff(string staff) => Guid.TryParse(staff, out var id) ? parks.NameOfStaff(id) : staff;
        string NameOfSite(string site) => Guid.TryParse(site, out var id) ? places.Sites.TryGetValue(id, out var terms) ? terms.NameIn(english) : "" : site;
    }

    /// <summary>An order with its tickets as they stand, or null.</summary>
    public async Task<OrderAnswer?> Read(int park, Guid id, bool english)
    {
        if (await PlacedOrder.Of(database, park, id) is not { } placed) return null;
        var order = placed.Row;
        var sold = (await database.Query(SoldTicketRow.Table.Read, SoldTicketRow.Table.Select + " where order_id = @1", id)).ToDictionary(s => s.Id);
        var rights = await keeper.OfOrder(park, id);
        return Show(Of(order, [.. rights.Select(r => new PrintedTicket(r.Right, keeper.QrOf(park, r.Right, r.Code), sold[r.Right.Id]))], await placed.Buyer(database))
            .Naming((await placed.Visitors(database)).Rows), park, english) with
            {
                Notes = await OrderNoteRow.Of(database, id) is { Count: > 0 } notes ? [.. notes.Select(n => NoteAnswer.Of(n) with { By = parks.NameOfStaff(n.Staff) })] : null,
                Papers = papers.Of(park).Count > 0 && await SpentPaper.Of(database, id) is { Count: > 0 } sheets ? [.. sheets.Where(s => !s.IsVoid).Select(s => new PaperOfTicket(s.Ticket!.Value, papers.Of(park).First(p => p.Id == s.Paper).Numbers.Text(s.Numbers.From)))] : null,
                Delivery = order.State == OrderState.Paid && await DeliveryRow.Of(database, id) is { } delivery ? DeliveryAnswer.Of(delivery).Masked(personal, parks) : null,
                Owed = order.RefundedFen > 0 && await OwedRefund.Of(database, id) is { Count: > 0 } owed ? [.. owed.Select(OwedAnswer.Of)] : null,
                RebookedFrom = order.RebookedFrom is { } from ? (await Links("id", from)).FirstOrDefault() : null,
                RebookedTo = rights.Any(r => r.Right.State == Rules.Admission.TicketState.Returned) && await Links("rebooked_from", id) is { Count: > 0 } to ? [.. to] : null,
            };
    }

    private Task<List<OrderLink>> Links(string column, Guid id) => database.Query(r => new OrderLink(r.Id(0), r.Long(1).ToString("D17")), $"select id, number from orders where {column} = @1 order by number", id);

    private BuyerAnswer Masked(BuyerAnswer kept) =>
        new(personal.MaskedName(kept.Name, "buyer.name"), personal.MaskedPhone(kept.Phone, "buyer.phone"), personal.MaskedNumber(kept.IdNumber, "buyer.idNumber"));
}
