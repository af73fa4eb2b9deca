using System.Text.Json;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Log;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;

namespace Shanmen.Modules.Reporting;

/// <summary>
/// One business day of one park, counted from its facts alone (客流与销售统计). A pure fold: the same records give the same
/// figures, whether they came one by one as they happened or from the log a year later. Not safe for several threads.
/// </summary>
internal sealed class DayTally
{
    private static readonly Dictionary<string, Action<DayTally, LogRecord, DateTime>> Kinds = new()
    {
        [nameof(OrderPaid)] = (t, r, at) => t.Sold(Body<OrderPaid>(r).Order, at),
        [nameof(RefundPaid)] = (t, r, _) => t.Refunded(Body<RefundPaid>(r)),
        [nameof(OwedPaid)] = (t, r, _) => t.PaidLater(Body<OwedPaid>(r)),
        [nameof(TicketsExchanged)] = (t, r, _) => t.Exchanged(Body<TicketsExchanged>(r)),
        [nameof(TicketAdmitted)] = (t, r, at) => t.Admit(Body<TicketAdmitted>(r), at),
        [nameof(ScanRefused)] = (t, r, _) => t.Refuse(Body<ScanRefused>(r)),
        [nameof(VisitorsLeft)] = (t, r, _) => t.Left(Body<VisitorsLeft>(r)),
        [nameof(ShiftOpened)] = (t, r, _) => { var f = Body<ShiftOpened>(r); t.Window(f.WindowId).Clerk = f.ClerkId; },
        [nameof(ShiftClosed)] = (t, r, _) => t.Window(Body<ShiftClosed>(r).WindowId).Clerk = null,
    };

    /// <summary>The kinds of facts that count; all others pass by.</summary>
    public static IReadOnlyCollection<string> KindsCounted => Kinds.Keys;

    private readonly Dictionary<int, long> _seen = [];

    public long Orders, Tickets, People, SalesFen, RefundsFen, OwedFen, FeesFen, Admitted, Exited, Refused;
    public readonly Dictionary<Guid, TypeTally> Types = [];
    public readonly Dictionary<Guid, WindowTally> Windows = [];
    public readonly Dictionary<Guid, ClerkTally> Clerks = [];
    public readonly Dictionary<Guid, GateTally> Gates = [];
    public readonly Dictionary<PaymentMethod, PaymentTally> Payments = [];
    public readonly Dictionary<AdmissionRefusal, long> Reasons = [];
    /// <summary>By minute of the park's clock, in the order of time: a business day may pass midnight.</summary>
    public readonly SortedDictionary<DateTime, MinuteTally> Minutes = [];

    /// <summary>Counts a record of this park and day. A record that was counted already is passed over.</summary>
    /// <param name="local">Its moment on the park's clock.</param>
    public void Add(LogRecord record, DateTime local)
    {
        if (record.Seq <= _seen.GetValueOrDefault(record.Lane)) return;
        _seen[record.Lane] = record.Seq;
        if (Kinds.TryGetValue(record.Kind, out var count)) count(this, record, local);
    }

    private void Sold(OrderFact order, DateTime at)
    {
        long tickets = order.Lines.Sum(l => l.Papers), people = order.Lines.Sum(l => (long)l.Quantity * l.People);
        Orders++;
        Tickets += tickets;
        People += people;
        SalesFen += order.TotalFen;
        foreach (var line in order.Lines)
        {
            var type = Type(line.TypeId);
            type.Name = line.TypeName;
            type.Tickets += line.Papers;
            type.People += (long)line.Quantity * line.People;
            type.Fen += line.TotalFen;
        }
        var window = Window(order.WindowId);
        window.Tickets += tickets;
        window.People += people;
        window.Fen += order.TotalFen;
        var clerk = Clerks.Of(order.ClerkId);
        clerk.Tickets += tickets;
        clerk.Fen += order.TotalFen;
        foreach (var payment in order.Payments) Payments.Of(payment.Method).Fen += payment.AmountFen;
        var minute = Minute(at);
        minute.Tickets += tickets;
        minute.People += people;
        minute.Fen += order.TotalFen;
    }

    private void Refunded(RefundPaid refund)
    {
        RefundsFen += refund.AmountFen;
        var type = Type(refund.TypeId);
        // A ticket paid in two ways goes back in two refunds, but it is one ticket.
        if (type.Returned.Add(refund.TicketId)) type.ReturnedTickets++;
        type.RefundsFen += refund.AmountFen;
        if (refund.Owed is not null) { OwedFen += refund.AmountFen; return; }
        Window(refund.WindowId).RefundsFen += refund.AmountFen;
        Payments.Of(refund.Method).RefundsFen += refund.AmountFen;
    }

    /// <summary>What went back on some day is handed out on this one: it is no refund of this day, but it leaves this window.</summary>
    private void PaidLater(OwedPaid paid)
    {
        OwedFen -= paid.CashFen + paid.CardFen;
        foreach (var method in new[] { PaymentMethod.Cash, PaymentMethod.Card })
        {
            if (paid.WindowId != Guid.Empty) Window(paid.WindowId).RefundsFen += paid.Fen(method);
            if (paid.Fen(method) != 0) Payments.Of(method).RefundsFen += paid.Fen(method);
        }
    }

    private void Exchanged(TicketsExchanged exchanged)
    {
        FeesFen += exchanged.FeeFen;
        foreach (var payment in exchanged.Payments) Payments.Of(payment.Method).Fen += payment.AmountFen;
    }

    private void Admit(TicketAdmitted fact, DateTime at)
    {
        Admitted += fact.People;
        Gate(fact.GateId, fact.SiteId).Entered += fact.People;
        var type = Type(fact.TypeId);
        type.Admitted += fact.People;
        if (type.Name.Length == 0) type.Name = fact.TypeName;
        var minute = Minute(at);
        minute.Admitted += fact.People;
    }

    private void Refuse(ScanRefused fact)
    {
        Refused++;
        Gate(fact.GateId, fact.SiteId).Refused++;
        Reasons[fact.Reason] = Reasons.GetValueOrDefault(fact.Reason) + 1;
    }

    private void Left(VisitorsLeft fact)
    {
        Exited += fact.People;
        Gate(fact.GateId, fact.SiteId).Exited += fact.People;
    }

    private TypeTally Type(Guid id) => Types.Of(id);
    private WindowTally Window(Guid id) => Windows.Of(id);
    private MinuteTally Minute(DateTime at) => Minutes.Of(new DateTime(at.Year, at.Month, at.Day, at.Hour, at.Minute, 0, DateTimeKind.Unspecified));

    private GateTally Gate(Guid id, Guid site)
    {
        var gate = Gates.Of(id);
        gate.Site = site;
        return gate;
    }

    private static T Body<T>(LogRecord record) => JsonSerializer.Deserialize<T>(record.Body, Json.Options)!;
}

internal sealed class TypeTally
{
    public string Name = "";
    public long Tickets, People, Fen, ReturnedTickets, RefundsFen, Admitted;
    public readonly HashSet<Guid> Returned = [];
}

internal sealed class WindowTally { public Guid? Clerk; public long Tickets, People, Fen, RefundsFen; }
internal sealed class ClerkTally { public long Tickets, Fen; }
internal sealed class GateTally { public Guid Site; public long Entered, Exited, Refused; }
internal sealed class PaymentTally { public long Fen, RefundsFen; }
internal sealed class MinuteTally { public long Tickets, People, Fen, Admitted; }

internal static class Tallies
{
    public static TTally Of<TKey, TTally>(this IDictionary<TKey, TTally> tallies, TKey key) where TTally : new()
    {
        if (!tallies.TryGetValue(key, out var tally)) tallies.Add(key, tally = new TTally());
        return tally;
    }
}
