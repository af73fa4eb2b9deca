using Shanmen.Modules.Sales.Bank;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>What money of the bank did for an order.</summary>
public enum BankTransferKind
{
    /// <summary>到账: it came.</summary>
    Received,
    /// <summary>退汇: it was sent back.</summary>
    SentBack,
}

/// <summary>汇款登记: one booking of money of the bank for an order.</summary>
/// <param name="Reference">The bank's own number of it.</param>
/// <param name="Number">Of the order.</param>
/// <param name="ReversedBy">Who reversed it; null = it stands.</param>
public sealed record BankBooking(DateTimeOffset At, DateOnly BusinessDay, string Reference, long Number, BankTransferKind Kind, long Fen, string Note, Guid StaffId, DateTimeOffset? ReversedAt, Guid? ReversedBy, string ReversedWhy);

/// <summary>What was booked over some business days and stands.</summary>
public sealed record BankBookingTotals(long Bookings, long ReceivedFen, long SentBackFen);

/// <summary>Finds bookings by the business day on which they were made, the newest first.</summary>
public sealed class BankTransfers(Database database)
{
    private const string Where = " where park = @1 and day >= @2 and day <= @3";

    /// <param name="number">Only those for the order with this number, on whichever day; null = of all orders.</param>
    public async Task<(List<BankBooking> Rows, BankBookingTotals Totals)> Read(int park, DateOnly from, DateOnly to, long? number, int limit, long offset)
    {
        await using var store = await database.OpenSnapshot();
        var (where, asked) = number is { } order ? (" where park = @1 and order_number = @2", new object?[] { park, order }) : (Where, [park, BusinessDay.Number(from), BusinessDay.Number(to)]);
        var totals = (await store.Query(r => new BankBookingTotals(r.Long(0), r.Long(1), r.Long(2)), "select count(*), cast(coalesce(sum(case when kind = 'Received' and reversed_by is null then fen else 0 end), 0) as bigint),"
            + " cast(coalesce(sum(case when kind = 'SentBack' and reversed_by is null then fen else 0 end), 0) as bigint) from bank_transfer" + where, asked)).Single();
        var rows = await store.Query(BankTransfer.Table.Read, BankTransfer.Table.Select + where + $" order by at desc, id limit {limit} offset {offset}", asked);
        return ([.. rows.Select(t => new BankBooking(Moments.From(t.At), BusinessDay.FromNumber(t.Day), t.Reference, t.Number, t.Kind, t.Fen, t.Note, t.Staff, t.ReversedAt is { } at ? Moments.From(at) : null, t.ReversedBy, t.ReversedWhy))], totals);
    }
}
