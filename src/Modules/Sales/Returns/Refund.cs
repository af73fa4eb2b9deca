using Shanmen.Modules.Admission;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>One of the tickets that go back together.</summary>
/// <param name="BackFen">Its part of what comes back.</param>
/// <param name="LeastFen">What a return would have kept of it: so much is kept, at the least, of the ticket for which it is rebooked.</param>
internal readonly record struct RefundPart(TicketRight Right, SoldTicketRow Sold, long FeeFen, long BackFen, long LeastFen);

/// <summary>退款: what comes back for some tickets of an order at a moment.</summary>
internal sealed record Refund(long RefundFen, RefundPart[] Parts)
{
    public long PriceFen => Parts.Sum(p => p.Sold.PriceFen);
    public long FeeFen => Parts.Sum(p => p.FeeFen);

    /// <summary>Decides what comes back, or why nothing does.</summary>
    /// <param name="all">All tickets of the order.</param>
    /// <param name="going">Those of them that shall go back.</param>
    /// <param name="backRate">The rate of the reason; null where it has none.</param>
    /// <param name="shift">Who takes them back.</param>
    /// <param name="now">The park's wall clock.</param>
    /// <param name="cutOffHour">The hour at which its business day begins.</param>
    public static (Refusal? Refusal, Refund? Refund) Of(OrderWorth worth, OrderRow order, IReadOnlyList<(TicketRight Right, SoldTicketRow Sold)> all, IReadOnlySet<Guid> going, ReturnKind kind, int? backRate,
        Guid shift, DateTime now, int cutOffHour)
    {
        if (order.State != OrderState.Paid) return (new Refusal(SalesRefusal.NotPaid, 409), null);
        var (fees, least) = (new Dictionary<Guid, long>(), new Dictionary<Guid, long>());
        foreach (var (right, sold) in all.Where(t => going.Contains(t.Right.Id)))
        {
            var refusal = ReturnRefund.Of(kind, right.State, right.Used, order.Shift == shift);
            var (line, beginsIn) = (order.Lines[right.Line], BeginOf(right, cutOffHour) - now);
            var (byTerms, fee) = kind == ReturnKind.Void ? default
                : backRate is { } rate ? (ReturnRefusal.None, ReturnTerms.FeeOf(sold.PriceFen, rate))
                : kind == ReturnKind.Rebook ? ReturnTerms.RebookFeeOf(line.Rebooking, sold.PriceFen, right.People, beginsIn)
                : ReturnTerms.FeeOf(line.Returns, sold.PriceFen, right.People, beginsIn, line.LeastFen);
            if (refusal == ReturnRefusal.None) refusal = byTerms;
            if (refusal != ReturnRefusal.None) return (new Refusal(refusal, 409, right.ShortCode), null);
            fees[right.Id] = fee;
            least[right.Id] = backRate is not null ? fee : ReturnTerms.LossOf(line.Returns, sold.PriceFen, right.People, beginsIn, line.LeastFen);
        }
        if (fees.Count != going.Count) return (new Refusal(SalesRefusal.NotOfOneOrder, 409), null);

        var kept = worth.KeptFen([.. all.Select(t => OrderTicket.Of(t.Right, t.Sold)).Select(t => fees.TryGetValue(t.Id, out var fee) ? t.Back(fee) : t)]);
        if (kept is null) return (new Refusal(SalesRefusal.TooManyWays, 409), null);
        var back = Math.Max(0, order.PaidFen - order.RefundedFen - kept.Value);
        var chosen = all.Where(t => going.Contains(t.Right.Id)).ToArray();
        var (weights, parts) = (chosen.Select(t => t.Sold.PriceFen - fees[t.Right.Id]).ToArray(), new long[chosen.Length]);
        Shares.Split(back, weights.Sum() > 0 ? weights : [.. chosen.Select(_ => 1L)], parts);
        return (null, new(back, [.. chosen.Select((t, n) => new RefundPart(t.Right, t.Sold, fees[t.Right.Id], parts[n], least[t.Right.Id]))]));
    }

    private static DateTime BeginOf(TicketRight right, int cutOffHour) =>
        right.VisitDay.ToDateTime(default) + new EntryHours(right.Slot?.At ?? right.FromTime, right.Slot?.Until ?? right.ToTime).Begin(cutOffHour);
}
