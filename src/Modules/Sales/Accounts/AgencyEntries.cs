using System.Text.Json;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>One of the two accounts of an agency.</summary>
public enum AgencySide
{
    /// <summary>预存: what it paid ahead.</summary>
    Prepayment,
    /// <summary>签单: what it signed for.</summary>
    SignedBill,
}

/// <summary>What moved an agency's account.</summary>
public enum AgencyEntryKind { Order, Refund, Prepay, BillPaid, PayOut, Reversal }

/// <summary>One movement of an agency's account: an order that was paid by it, what went back of one, or money of the bank.</summary>
/// <param name="Fen">By how much the balance rose; less than nothing where it fell.</param>
/// <param name="BalanceFen">The balance after it.</param>
/// <param name="OrderId">Null for money of the bank.</param>
/// <param name="Reference">The bank's number, or who signed.</param>
/// <param name="Note">What was written down with it, or why it was reversed.</param>
public sealed record AgencyEntry(DateTimeOffset At, DateOnly BusinessDay, AgencyEntryKind Kind, long Fen, long BalanceFen, Guid? OrderId, long? OrderNumber, string Reference, string Note, Guid StaffId);

/// <summary>What moved one account over some business days.</summary>
/// <param name="OpeningFen">The balance before the first of them.</param>
/// <param name="ClosingFen">The balance after the last of them.</param>
/// <param name="Count">Entries of all pages.</param>
public sealed record AgencyEntryTotals(long OpeningFen, long UpFen, long DownFen, long ClosingFen, long Count);

/// <summary>Reads the accounts of agencies entry by entry (往来明细).</summary>
public sealed class AgencyEntries(Database database)
{
    private const string Days = " from account_entry e join log d on d.lane = e.lane and d.seq = e.seq where e.account = @1 and d.day >= @2 and d.day <= @3";
    // All transfers of a request lie under the first of its facts; what it was about is said by a later one.
    private const string Rows = "select e.at, d.day, e.what, e.amount, e.balance, l.subject, l.principal, case when l.kind like 'AgencyMoney%' then l.body else '' end, o.number, o.payments"
        + " from account_entry e join log d on d.lane = e.lane and d.seq = e.seq"
        + " join log l on l.lane = e.lane and l.seq = (select x.seq from log x where x.lane = e.lane and x.seq >= e.seq and x.kind = case e.what when 'payment' then 'OrderPaid' when 'refund' then 'RefundPaid'"
        + " when 'agency money' then 'AgencyMoneyBooked' else 'AgencyMoneyReversed' end order by x.seq limit 1)"
        + " left join orders o on o.id = l.subject where e.account = @1 and d.day >= @2 and d.day <= @3 order by e.number";

    /// <summary>The entries of some business days in the order in which they came, and what they come to.</summary>
    public async Task<(List<AgencyEntry> Rows, AgencyEntryTotals Totals)> Read(int park, string agency, AgencySide side, DateOnly from, DateOnly to, int limit, long offset)
    {
        // What was paid ahead lies below nothing in the ledger, because it is not the park's.
        var (account, sign) = side == AgencySide.Prepayment ? (AgencyAccount.Prepaid(park, agency), -1) : (AgencyAccount.Signed(park, agency), 1);
        await using var store = await database.OpenSnapshot();
        object?[] asked = [account.Id, BusinessDay.Number(from), BusinessDay.Number(to)];
        var (count, up, down) = (await store.Query(r => (r.Long(0), r.Long(1), r.Long(2)),
            "select count(*), cast(coalesce(sum(case when e.amount > 0 then e.amount else 0 end), 0) as bigint), cast(coalesce(sum(case when e.amount < 0 then e.amount else 0 end), 0) as bigint)" + Days, asked)).Single();
        var before = (await store.Query(r => r.Long(0), "select e.balance from account_entry e join log d on d.lane = e.lane and d.seq = e.seq where e.account = @1 and d.day < @2 order by e.number desc limit 1", account.Id, asked[1])).FirstOrDefault();
        var rows = await store.Query(r => Entry(r, sign), Rows + $" limit {limit} offset {offset}", asked);
        return (rows, new(sign * before, sign > 0 ? up : -down, sign > 0 ? -down : up, sign * (before + up + down), count));
    }

    private static AgencyEntry Entry(Row r, int sign)
    {
        var (at, day, fen, balance, staff) = (Moments.From(r.Long(0)), BusinessDay.FromNumber(r.Int(1)), sign * r.Long(3), sign * r.Long(4), r.Id(6));
        if (r.LongOrNull(8) is { } number)
        {
            var signer = JsonSerializer.Deserialize<OrderPayment[]>(r.Text(9), Json.Options)!.FirstOrDefault(p => p.Method == PaymentMethod.SignedBill)?.Reference ?? "";
            return new(at, day, r.Text(2) == "refund" ? AgencyEntryKind.Refund : AgencyEntryKind.Order, fen, balance, r.Id(5), number, signer, "", staff);
        }
        if (r.Text(2) == "agency money")
        {
            var booked = JsonSerializer.Deserialize<AgencyMoneyBooked>(r.Text(7), Json.Options)!;
            return new(at, day, booked.Kind switch { AgencyMoneyKind.Prepay => AgencyEntryKind.Prepay, AgencyMoneyKind.BillPaid => AgencyEntryKind.BillPaid, _ => AgencyEntryKind.PayOut }, fen, balance, null, null, booked.Reference, booked.Note, staff);
        }
        var reversed = JsonSerializer.Deserialize<AgencyMoneyReversed>(r.Text(7), Json.Options)!;
        return new(at, day, AgencyEntryKind.Reversal, fen, balance, null, null, reversed.Reference, reversed.Reason, staff);
    }
}
