using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>A debt for tickets that went back (待退款).</summary>
/// <param name="DayReturn">The return of a whole day that it is of; null where a window took the tickets back.</param>
/// <param name="CashOpenFen">What of it came in cash and is not paid yet.</param>
/// <param name="CardOpenFen">What of it came by card and is not paid yet.</param>
public sealed record OwedLine(Guid Id, DateTimeOffset At, Guid OrderId, long Number, DateOnly VisitDay, Guid? DayReturn, string Reason, long CashFen, long CardFen, long CashOpenFen, long CardOpenFen);

/// <summary>What some debts come to.</summary>
public sealed record OwedTotals(long Debts, long Fen, long CashOpenFen, long CardOpenFen);

/// <summary>Which debts are looked at.</summary>
public enum OwedChoice { Open, Cards, Paid, All }

/// <summary>Lists what the park owes for tickets that went back, the oldest first: who waits longest comes first.</summary>
public sealed class OwedRefunds(Database database)
{
    /// <param name="dayReturn">Of one return of a whole day; null = of any.</param>
    /// <param name="number">Of the order with this number; null = of any.</param>
    public async Task<(List<OwedLine> Rows, OwedTotals Totals)> Read(int park, OwedChoice choice, Guid? dayReturn, long? number, int limit, int offset)
    {
        var (where, values) = ("d.park = @1", new List<object?> { park });
        if (choice is OwedChoice.Open) where += " and d.cash_open_fen + d.card_open_fen > 0";
        if (choice is OwedChoice.Cards) where += " and d.cash_open_fen + d.card_open_fen > 0 and d.card_open_fen > 0";
        if (choice is OwedChoice.Paid) where += " and d.cash_open_fen + d.card_open_fen = 0";
        if (dayReturn is { } work) { values.Add(work); where += $" and d.day_return = @{values.Count}"; }
        if (number is { } asked) { values.Add(asked); where += $" and o.number = @{values.Count}"; }
        await using var store = await database.OpenSnapshot();
        const string From = " from owed_refund d join orders o on o.id = d.order_id where ";
        var totals = (await store.Query(r => new OwedTotals(r.Long(0), r.Long(1), r.Long(2), r.Long(3)),
            "select count(*), cast(coalesce(sum(d.cash_fen + d.card_fen), 0) as bigint), cast(coalesce(sum(d.cash_open_fen), 0) as bigint), cast(coalesce(sum(d.card_open_fen), 0) as bigint)" + From + where, [.. values])).Single();
        return (await store.Query(r => new OwedLine(r.Id(0), Moments.From(r.Long(1)), r.Id(2), r.Long(3), BusinessDay.FromNumber(r.Int(4)), r.IdOrNull(5), r.Text(6), r.Long(7), r.Long(8), r.Long(9), r.Long(10)),
            "select d.id, d.at, d.order_id, o.number, o.visit_day, d.day_return, d.reason, d.cash_fen, d.card_fen, d.cash_open_fen, d.card_open_fen" + From + where + $" order by d.at, d.id limit {limit} offset {offset}", [.. values]), totals);
    }
}
