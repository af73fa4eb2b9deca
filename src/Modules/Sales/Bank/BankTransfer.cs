using Shanmen.Modules.Sales.Accounts;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Bank;

/// <summary>汇款登记: money of the bank for an order, as it was booked last under the bank's number of it. docs/algorithms/bank-transfers.md.</summary>
/// <param name="Number">The number of the order that it is for.</param>
/// <param name="ReversedBy">Who reversed it (冲正); null = it stands.</param>
internal sealed record BankTransfer(int Park, string Reference, long Number, BankTransferKind Kind, long Fen, string Note, Guid Staff, long At, int Day, Guid? ReversedBy = null, long? ReversedAt = null, string ReversedWhy = "")
{
    public static string IdOf(int park, string reference) => $"{park}/{reference}";

    public static readonly RowTable<string, BankTransfer> Table = new("bank_transfer", "id, park, reference, order_number, kind, fen, note, staff, at, day, reversed_by, reversed_at, reversed_why",
        r => new(r.Int(1), r.Text(2), r.Long(3), Enum.Parse<BankTransferKind>(r.Text(4)), r.Long(5), r.Text(6), r.Id(7), r.Long(8), r.Int(9), r.IdOrNull(10), r.LongOrNull(11), r.Text(12)),
        t => [IdOf(t.Park, t.Reference), t.Park, t.Reference, t.Number, t.Kind.ToString(), t.Fen, t.Note, t.Staff, t.At, t.Day, t.ReversedBy, t.ReversedAt, t.ReversedWhy], t => IdOf(t.Park, t.Reference));

    /// <summary>Of the account of an order; the number follows it.</summary>
    public const string AccountPrefix = "bankin/";

    /// <summary>What was sent for an order and is not used, less than nothing: it is the sender's money.</summary>
    public static Account AccountOf(int park, string number) => Account.Of(park, AccountPrefix + number, Unit.Fen) with { KeepsEntries = true };

    /// <summary>Books it, or its reversal, in the ledger.</summary>
    public void Move(WriteGroup group, bool reverses)
    {
        var (bank, own) = (AgencyAccount.Bank(Park), AccountOf(Park, $"{Number:D17}"));
        var (from, to) = (Kind == BankTransferKind.SentBack) != reverses ? (bank, own) : (own, bank);
        group.Ledger.Move(from, to, Fen, reverses ? "bank transfer reversed" : "bank transfer");
    }

    /// <summary>Whether it takes from what was sent.</summary>
    public bool Takes(bool reverses) => Kind == (reverses ? BankTransferKind.Received : BankTransferKind.SentBack);
}

/// <summary>到账登记: money of the bank was booked for an order.</summary>
/// <param name="Reference">The bank's own number of it.</param>
internal sealed record BankTransferBooked(string Reference, Guid OrderId, long Number, BankTransferKind Kind, long Fen, string Note, Guid StaffId);

/// <summary>冲正: such a booking was undone, as it was wrong.</summary>
internal sealed record BankTransferReversed(string Reference, Guid OrderId, long Number, long Fen, string Reason, Guid StaffId);
