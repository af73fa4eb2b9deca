using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>What money of the bank is for.</summary>
internal enum AgencyMoneyKind
{
    /// <summary>收到预存: the agency paid ahead.</summary>
    Prepay,
    /// <summary>收到签单款: it paid what it had signed for.</summary>
    BillPaid,
    /// <summary>退还预存: it got back what it had paid ahead.</summary>
    PayOut,
}

/// <summary>到账登记: money of the bank for an agency, as it was booked last under the bank's number of it.</summary>
/// <param name="ReversedBy">Who reversed it (冲正); null = it stands.</param>
internal sealed record AgencyMoney(int Park, string Agency, string Reference, AgencyMoneyKind Kind, long Fen, string Note, Guid Staff, long At, int Day, Guid? ReversedBy = null, long? ReversedAt = null, string ReversedWhy = "")
{
    public static string IdOf(int park, string agency, string reference) => $"{park}/{agency}/{reference}";

    public static readonly RowTable<string, AgencyMoney> Table = new("agency_money", "id, park, agency, reference, kind, fen, note, staff, at, day, reversed_by, reversed_at, reversed_why",
        r => new(r.Int(1), r.Text(2), r.Text(3), Enum.Parse<AgencyMoneyKind>(r.Text(4)), r.Long(5), r.Text(6), r.Id(7), r.Long(8), r.Int(9), r.IdOrNull(10), r.LongOrNull(11), r.Text(12)),
        m => [IdOf(m.Park, m.Agency, m.Reference), m.Park, m.Agency, m.Reference, m.Kind.ToString(), m.Fen, m.Note, m.Staff, m.At, m.Day, m.ReversedBy, m.ReversedAt, m.ReversedWhy], m => IdOf(m.Park, m.Agency, m.Reference));

    /// <summary>The agency's account that it is booked on.</summary>
    public Account Account => Kind == AgencyMoneyKind.BillPaid ? AgencyAccount.Signed(Park, Agency) : AgencyAccount.Prepaid(Park, Agency);

    /// <summary>Books it, or its reversal, in the ledger.</summary>
    public void Move(WriteGroup group, bool reverses)
    {
        var bank = AgencyAccount.Bank(Park);
        var (from, to) = (Kind == AgencyMoneyKind.PayOut) != reverses ? (bank, Account) : (Account, bank);
        group.Ledger.Move(from, to, Fen, reverses ? "agency money reversed" : "agency money");
    }

    /// <summary>Whether it takes from what the agency paid ahead.</summary>
    public bool TakesPrepaid(bool reverses) => Kind == (reverses ? AgencyMoneyKind.Prepay : AgencyMoneyKind.PayOut);
}

/// <summary>到账登记: money of the bank was booked for an agency.</summary>
internal sealed record AgencyMoneyBooked(string Agency, string Reference, AgencyMoneyKind Kind, long Fen, string Note, Guid StaffId);

/// <summary>冲正: such a booking was undone, as it was wrong.</summary>
internal sealed record AgencyMoneyReversed(string Agency, string Reference, long Fen, string Reason, Guid StaffId);
