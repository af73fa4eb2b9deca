using Shanmen.Modules.Admission;
using Shanmen.Modules.Catalog;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Settlement;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>One way in which an order is paid, as the screen sends it.</summary>
internal sealed record PaymentRequest(PaymentMethod Method, long AmountFen, long TenderedFen, string Reference)
{
    private const int WaysMax = 5;

    public static void Check(Fields fields, PaymentRequest[] payments)
    {
        fields.Number("payments", payments.Length, 0, WaysMax);
        foreach (var payment in payments)
        {
            fields.Number("payments.amountFen", payment.AmountFen, 0, OrderLimits.TotalFenMax);
            fields.Number("payments.tenderedFen", payment.TenderedFen, 0, Tender.FenMax);
            // Who signs for an agency is named.
            fields.Text("payments.reference", payment.Reference, payment.Method == PaymentMethod.SignedBill ? 1 : 0, 40);
        }
    }

    /// <summary>The same payments; money of the bank is that for an order.</summary>
    public static PaymentRequest[] ByBank(PaymentRequest[] payments, OrderRow order) =>
        [.. payments.Select(p => p.Method == PaymentMethod.BankTransfer ? p with { Reference = order.BankNumber } : p)];

    /// <summary>Payments must come to the total exactly; cash may be tendered over it and gives change.</summary>
    public static (Refusal? Refusal, OrderPayment[] Payments) Accept(PaymentRequest[] payments, long totalFen)
    {
        if (payments.Length > 0 && payments.Sum(p => p.AmountFen) != totalFen) return (new Refusal(SalesRefusal.PaymentsDiffer, 422, new Money(totalFen)), []);
        var accepted = new OrderPayment[payments.Length];
        for (var i = 0; i < accepted.Length; i++)
        {
            var p = payments[i];
            var change = p.Method == PaymentMethod.Cash ? Tender.Of(p.AmountFen, p.TenderedFen) : default;
            if (change.Refusal != TenderRefusal.None) return (new Refusal(change.Refusal, 422, new Money(p.AmountFen)), []);
            accepted[i] = new OrderPayment(p.Method, p.AmountFen, p.Method == PaymentMethod.Cash ? p.TenderedFen : p.AmountFen, change.ChangeFen, p.Reference.Trim(), 0);
        }
        return (null, accepted);
    }
}

/// <summary>A ticket's code, drawn and signed before the writer is asked.</summary>
/// <param name="Terms">Stands for the terms of admission that it was signed with.</param>
internal sealed record Paper(Guid Id, TicketCode Code, string Qr, int Line, int People, string? Terms)
{
    public static List<Paper> For(WriteContext ctx, DateOnly visitDay, IEnumerable<(TicketTypeTerms Type, int Papers, int People)> lines)
    {
        var keeper = ctx.Get<Gatekeeper>();
        var papers = new List<Paper>();
        foreach (var (line, index) in lines.Select((l, i) => (l, i)))
        {
            var terms = PriceBook.MarkOf(line.Type.Admission);
            for (var n = 0; n < line.Papers; n++)
            {
                var paper = keeper.NewPaper(ctx.Park, line.Type.Number, visitDay, line.People, line.Type.Admission);
                papers.Add(new Paper(Guid.CreateVersion7(), paper.Code, paper.Qr, index, line.People, terms));
            }
        }
        return papers;
    }
}

/// <summary>付款出票: takes the money, issues the tickets, and tells the shift.</summary>
internal static class Payment
{
    public static OrderAnswer Take(WriteGroup group, OrderRow order, ShiftRow shift, OrderPayment[] payments, IReadOnlyDictionary<Guid, TicketTypeTerms> types, List<Paper> papers,
        BuyerRow? buyer, Gatekeeper keeper)
    {
        var paid = order with
        {
            State = OrderState.Paid, PaidFen = order.TotalFen, ChangeFen = payments.Sum(p => p.ChangeFen), HoldUntil = null, Payments = payments,
        };
        new Books(order.Park, group.BusinessDay(order.Park)).Sale(group, paid);
        var visitDay = BusinessDay.FromNumber(order.VisitDay);
        keeper.Issue(group, order.Park, order.Id, [.. papers.Select(p =>
        {
            var (type, slot) = (types[order.Lines[p.Line].TypeId], order.Lines[p.Line].Slot);
            return new TicketDraft(p.Id, p.Code, p.Line, type.Id, type.Number, type.Name, type.NameEn, type.VisitorType, type.Proof, type.Attention, p.People,
                visitDay, slot?.From ?? type.FromTime, slot?.To ?? type.ToTime, type.SiteIds, type.Admission, slot);
        })]);
        var prices = PricesOf(order.Lines, papers);
        var sold = papers.Select((p, i) => new SoldTicketRow(p.Id, order.Park, order.Id, p.Code.Short, prices[i], 1, 0)).ToArray();
        foreach (var row in sold) group.Put(SoldTicketRow.Table, row);
        group.Put(OrderRow.Table, paid);
        group.Put(ShiftRow.Table, shift with
        {
            Tickets = shift.Tickets + papers.Count, SalesFen = shift.SalesFen + order.TotalFen,
            CashFen = shift.CashFen + payments.Where(p => p.Method == PaymentMethod.Cash).Sum(p => p.AmountFen),
            CardFen = shift.CardFen + payments.Where(p => p.Method == PaymentMethod.Card).Sum(p => p.AmountFen),
        });
        group.Record(nameof(OrderPaid), order.Id, new OrderPaid(FactOf(paid)));
        return OrderAnswers.Of(paid, [.. papers.Select((p, i) => new PrintedTicket(keeper.Find(group, order.Park, p.Code.Short)!, p.Qr, sold[i]))], buyer);
    }

    /// <summary>What each ticket costs: the total of its line, reductions and all, divided among the line's tickets by the people on them.</summary>
    private static long[] PricesOf(OrderLine[] lines, List<Paper> papers)
    {
        var prices = new long[papers.Count];
        for (int first = 0, next; first < prices.Length; first = next)
        {
            for (next = first + 1; next < prices.Length && papers[next].Line == papers[first].Line;) next++;
            Shares.Split(lines[papers[first].Line].TotalFen, [.. papers[first..next].Select(p => (long)p.People)], prices.AsSpan(first, next - first));
        }
        return prices;
    }

    public static OrderFact FactOf(OrderRow o) => new(o.Id, o.Number, o.Window, o.Shift, o.Clerk, BusinessDay.FromNumber(o.VisitDay), o.People, o.TotalFen,
        o.OnOneTicket, o.PriceVersion, [.. o.Lines.Select(l => new OrderLineFact(l.TypeId, l.TypeCode, l.TypeName, l.TypeNameEn, l.Quantity, l.People, l.UnitFen, l.TotalFen, l.Papers,
            l.OffFen, l.TaxFen, l.Terms, l.Slot, l.Complimentary, l.Shared, l.Returns, l.Rebooking, l.LeastFen))],
        [.. o.Payments.Select(p => new PaymentFact(p.Method, p.AmountFen, p.TenderedFen, p.ChangeFen, p.Reference))],
        o.Basis, o.Origin, Complimentary: o.Complimentary, Agency: o.Agency, RebookedFrom: o.RebookedFrom, RebookedTimes: o.RebookedTimes, Vouchers: o.Vouchers);
}
