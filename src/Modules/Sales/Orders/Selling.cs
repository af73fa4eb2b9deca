using System.Globalization;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>What an order is rebooked from (改签).</summary>
/// <param name="Order">The order whose tickets went back for it.</param>
/// <param name="Times">How often that was done in all.</param>
/// <param name="LeastFen">By line, what is kept of each of its tickets at the least.</param>
/// <param name="Brings">What they bring back, by its ways.</param>
internal sealed record RebookedFrom(Guid Order, int Times, long[] LeastFen, IReadOnlyList<WaysBack.Part> Brings);

/// <summary>A sale that was read and is decided now.</summary>
internal sealed class Selling(WriteContext ctx, SellTickets.Request request, BuyerRow? buyer, string? origin, ParkParameters parameters, NamedOnSale visitors, GiftOnSale gift, VoucherDraw vouchers, List<Paper> papers, Guid? approvedBy)
    : IWrite
{
    private readonly int _park = ctx.Park;
    private readonly Guid _clerk = ctx.Principal.Id;
    private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
    private readonly PriceBook _prices = ctx.Get<PriceBook>();
    private readonly Gatekeeper _keeper = ctx.Get<Gatekeeper>();
    public bool Alone => false;
    public int Route => ctx.Get<QuotaBook>().RouteTo(_park, request.Lines[0].TypeId, request.VisitDay);
    private readonly QuotaDraw _draw = ctx.Get<QuotaBook>().Draw(ctx.Park, request.VisitDay, request.Lines.Select(l => new PeopleOf(l.TypeId, l.Quantity * l.People, l.Slot)));
    private readonly PaperDraw _sheets = new(ctx.Get<PaperBook>(), ctx.Park, ctx.Principal.Id, request.Payments.Length > 0 ? request.Lines.Select(l => l.TypeId) : []);
    private readonly AccountTill _till = new(new(ctx.Park, request.Agency, request.Payments.FirstOrDefault(p => p.Method == PaymentMethod.BankTransfer)?.Reference), request.Payments.Select(p => p.Method));
    private readonly Guid[] _types = [.. request.Lines.Select(l => l.TypeId).Distinct()];
    private readonly HashSet<(Guid Type, string Partner)> _partners = [.. PartnersOf(ctx, request.Lines.Select(l => l.TypeId))];

    public void Touch(Touch touch)
    {
        touch.Row(OrderRow.Table, ctx.Key);
        touch.Row(ShiftRow.Table, request.ShiftId);
        touch.Row(NumberRow.Table, NumberRow.IdOf(_park, touch.Lane));
        _parks.TouchDay(touch, _park);
        PriceBook.TouchPrices(touch, _park);
        _draw.Touch(touch);
        foreach (var type in _types)
        {
            _prices.Touch(touch, type, request.VisitDay);
            _prices.TouchPlaces(touch, _park, type, request.VisitDay);
        }
        new Books(_park, touch.BusinessDay(_park)).TouchSale(touch, request.ShiftId, _types, _partners);
        foreach (var paper in papers) _keeper.TouchTicket(touch, paper.Code.Short);
        visitors.Touch(touch);
        gift.Touch(touch);
        vouchers.Touch(touch);
        _sheets.Touch(touch);
        _till.Touch(touch);
        if (request.Payments.Length > 0) return;
        foreach (var type in _types) touch.Row(HoldRow.Table, HoldRow.IdOf(ctx.Key, type));
    }

    public Outcome Decide(WriteGroup group) => Sell(group, request.TotalFen, _ => request.Payments);

    /// <summary>Sells, or refuses and leaves nothing.</summary>
    /// <param name="told">What the visitor was told that it costs; another total is refused. Null = whatever it comes to.</param>
    /// <param name="pay">How a total is paid.</param>
    /// <param name="from">For what it is rebooked; null where it is bought.</param>
    public Outcome Sell(WriteGroup group, long? told, Func<long, PaymentRequest[]> pay, RebookedFrom? from = null)
    {
        var day = group.BusinessDay(_park);
        if (Standing.RefusalOf(group, _park, request.ShiftId, _clerk, _parks) is { } standing) return standing;
        // Keys are scoped to a person, ids are not: nobody's new order may land on another's.
        if (group.Find(OrderRow.Table, ctx.Key) is not null) return Outcome.Refused(WriteRefusal.KeyReused, 409);
        if (request.VisitDay < day) return Outcome.Refused(SalesRefusal.DayPast, 422);
        if (request.VisitDay.DayNumber - day.DayNumber > parameters.DaysAhead) return Outcome.Refused(SalesRefusal.DayTooFar, 422, parameters.DaysAhead);

        var offers = new Dictionary<Guid, Offer>();
        foreach (var type in _types)
            if (_prices.Find(group, _park, type, request.VisitDay) is { } offer) offers.Add(type, offer);
            else return Outcome.Refused(SalesRefusal.TypeNotOnSale, 409);
        foreach (var type in offers.Values.Select(o => o.Type))
        {
            if (type.Admission?.EverAdmits(request.VisitDay) == false) return Outcome.Refused(SalesRefusal.NeverAdmits, 422, type.Name);
            if (request.Lines.Any(l => l.TypeId == type.Id && l.Slot is null) && Standing.RefusalOf(group, _park, type, request.VisitDay, _parks) is { } over) return over;
            // The codes were signed with the terms of a moment ago, and partners' accounts named by them.
            var mark = PriceBook.MarkOf(type.Admission);
            if (papers.Any(p => request.Lines[p.Line].TypeId == type.Id && p.Terms != mark) || type.Sharing?.Partners.Any(p => !_partners.Contains((type.Id, p.Partner))) == true) return Outcome.Refused(SalesRefusal.TermsChanged, 409, type.Name);
        }
        if (RefusedByTerms(offers.Values, group.LocalTime(_park), group.Find(ShiftRow.Table, request.ShiftId)!.Window) is { } terms) return terms;
        if (visitors.RefusalOf(group, offers, day) is { } people) return people;
        foreach (var line in request.Lines)
            if (line.Slot is { } slot && !offers[line.TypeId].Type.AdmitsAt(slot)) return Outcome.Refused(CatalogRefusal.SlotUnknown, 409, $"{slot:HH:mm}");
        if (vouchers.RefusalOf(group) is { } unusable) return unusable;
        if (_prices.Price(group, _park, offers, new(request.VisitDay, request.PricedAt, Contract.BuyerOf(request.Agency), [.. request.Lines.Select(l => new AskedLine(l.TypeId, l.Quantity, l.People, l.Slot))], vouchers.Asked))
            is not { } price) return Outcome.Refused(CatalogRefusal.PricesComing, 503);
        if (price.Refusal is { } unpriced) return unpriced;
        var quote = price.Order;
        if (told is { } fen && quote.TotalFen != fen) return Outcome.Refused(SalesRefusal.PriceChanged, 409, new Money(quote.TotalFen), new Money(fen));
        var (refusal, payments) = PaymentRequest.Accept(pay(quote.TotalFen), quote.TotalFen);
        if ((refusal ?? _till.RefusalOf(group, payments, from?.Brings ?? [])) is { } unpaid) return unpaid;
        if (TakePlaces(group, offers, quote) is { } full) return full;
        var (withheld, given) = gift.Take(group, offers, quote);
        if (withheld is not null) return withheld;
        var (useless, taken) = vouchers.Take(group, ctx.Key, quote);
        return useless ?? Place(group, day, offers, price, payments, given, taken, from);
    }

    private static IEnumerable<(Guid Type, string Partner)> PartnersOf(WriteContext ctx, IEnumerable<Guid> types)
    {
        var known = ctx.Get<PriceBook>().Types(ctx.Park);
        return types.Distinct().SelectMany(type => known[type].Sharing?.Partners.Select(p => (type, p.Partner)) ?? []);
    }

    private Refusal? RefusedByTerms(IEnumerable<Offer> offers, DateTime now, Guid window)
    {
        foreach (var type in offers.Select(o => o.Type).Where(t => t.Sale is not null))
        {
            var (sale, tickets) = (type.Sale!, request.Lines.Where(l => l.TypeId == type.Id).Sum(l => l.Quantity));
            if (sale.DecidePlace(Channel.Window, window) is var place and not SaleTermsRefusal.None) return new Refusal(place, 409, type.Name);
            var refusal = sale.Decide(tickets, request.VisitDay, now);
            if (refusal == SaleTermsRefusal.None) continue;
            object bound = refusal switch
            {
                SaleTermsRefusal.NotYetOpen => sale.OpeningOf(request.VisitDay)!.Value.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                SaleTermsRefusal.TooFewInOrder => sale.MinInOrder!,
                _ => sale.MaxInOrder!,
            };
            return new Refusal(refusal, refusal == SaleTermsRefusal.NotYetOpen ? 409 : 422, type.Name, bound);
        }
        return null;
    }

    private Refusal? TakePlaces(WriteGroup group, Dictionary<Guid, Offer> offers, PricedOrder quote)
    {
        var over = new List<string>();
        foreach (var lines in quote.Lines.GroupBy(l => l.Product))
        {
            var people = lines.Sum(l => l.Quantity * l.People);
            var (unsold, places) = (PriceBook.Unsold(_park, lines.Key), PriceBook.Places(_park, offers[lines.Key]));
            if (!group.Ledger.Allows(unsold, places, people))
            {
                if (approvedBy is null) return new Refusal(SalesRefusal.SoldOut, 409, offers[lines.Key].Type.Name, Math.Max(0, places.Max!.Value - group.Ledger.Taken(places)));
                over.Add(offers[lines.Key].Type.Name);
                places = PriceBook.Places(_park, offers[lines.Key] with { Quota = null });
            }
            // Until it is paid, the order only holds its places. The moment up to which it does stands in the order alone.
            if (request.Payments.Length == 0) group.Ledger.Holds.Open(HoldRow.IdOf(ctx.Key, lines.Key), unsold, places, people, "places");
            else group.Ledger.Move(unsold, places, people, "places");
        }
        if (_draw.Take(group, Channel.Window, approvedBy is not null, over) is { } full) return full;
        if (over.Count > 0) group.Record(nameof(PlacesOverbooked), ctx.Key, new PlacesOverbooked(ctx.Key, request.ShiftId, approvedBy!.Value, quote.People, [.. over]));
        return null;
    }

    private Outcome Place(WriteGroup group, DateOnly day, Dictionary<Guid, Offer> offers, SalePrice price, OrderPayment[] payments, OrderGift? given, OrderVoucher[]? taken, RebookedFrom? from)
    {
        var shift = group.Find(ShiftRow.Table, request.ShiftId)!;
        var quote = price.Order;
        var lines = quote.Lines.Select((l, i) => new OrderLine(l.Product, offers[l.Product].Type.Code, offers[l.Product].Type.Name, offers[l.Product].Type.NameEn,
            l.Quantity, l.People, l.UnitFen, l.TotalFen, SellTickets.PapersOf(request.Lines[i], request.OnOneTicket), l.OffFen, l.TaxFen, PriceBook.MarkOf(offers[l.Product].Type.Admission), _draw.SlotOf(l.Product, request.Lines[i].Slot),
            offers[l.Product].Type.IsComplimentary(), SharedLine.Of(offers[l.Product].Type.Sharing, l.TotalFen, l.Quantity * l.People), offers[l.Product].Type.Returns,
            offers[l.Product].Type.Rebooking, from?.LeastFen[i] ?? 0)).ToArray();
        var paid = payments.Length > 0;
        var count = NumberRow.IdOf(_park, group.Lane);
        var number = OrderNumber.After(group.Find(NumberRow.Table, count)?.Last ?? 0, group.LocalTime(_park), group.Lane - 1, group.LanesOfStore);
        group.Put(NumberRow.Table, new NumberRow(count, _park, number));
        var order = new OrderRow(ctx.Key, _park, number, OrderState.Ordered, shift.Window, shift.Id, _clerk, group.Now.Micros(), BusinessDay.Number(day),
            BusinessDay.Number(request.VisitDay), quote.People, quote.TotalFen, 0, 0, 0, group.Now.AddMinutes(parameters.HoldMinutes).Micros(), request.OnOneTicket,
            price.Basis?.Version.ToString(CultureInfo.InvariantCulture) ?? request.PriceVersion, lines, [], price.Basis, origin, given, request.Agency,
            from?.Order, from?.Times ?? 0, taken);
        if (buyer is not null) group.Put(BuyerRow.Table, buyer);
        var named = visitors.Keep(group, _park, order.Id, offers, day, papers);
        if (paid && _sheets.Take(group, order.Id, papers.Select(p => (p.Id, lines[p.Line].TypeId))) is { } sheets) return sheets;
        if (paid) return Outcome.Done(Payment.Take(group, order, shift, payments, offers.ToDictionary(o => o.Key, o => o.Value.Type), papers, buyer, _keeper).Naming(named) with { Papers = _sheets.Said() });
        group.Put(OrderRow.Table, order);
        group.Put(ShiftRow.Table, shift with { Unpaid = shift.Unpaid + 1 });
        group.Record(nameof(OrderPlaced), order.Id, new OrderPlaced(Payment.FactOf(order) with { HoldMinutes = OrderReplay.Said(parameters.HoldMinutes) }));
        return Outcome.Done(OrderAnswers.Of(order, [], buyer));
    }
}
