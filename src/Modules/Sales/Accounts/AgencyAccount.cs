using Shanmen.Platform.Ledger;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>往来账: whether an agency may pay from what it sent ahead and sign for what it buys. docs/algorithms/agency-accounts.md.</summary>
/// <param name="Agency">A code of the dictionary.</param>
/// <param name="CreditLineFen">For how much it may sign in all (授信).</param>
/// <param name="Edit">How often it was saved; who changes it says which edit was on the screen.</param>
internal sealed record AgencyAccount(int Park, string Agency, bool Active, long CreditLineFen, string Note, int Edit)
{
    public static string IdOf(int park, string agency) => $"{park}/{agency}";

    public static readonly RowTable<string, AgencyAccount> Table = new("agency_account", "id, park, agency, active, credit_line_fen, note, edit",
        r => new(r.Int(1), r.Text(2), r.Bool(3), r.Long(4), r.Text(5), r.Int(6)),
        a => [IdOf(a.Park, a.Agency), a.Park, a.Agency, a.Active, a.CreditLineFen, a.Note, a.Edit], a => IdOf(a.Park, a.Agency));

    /// <summary>What it paid ahead (预存), less than nothing: it is the agency's money.</summary>
    public static Account Prepaid(int park, string agency) => Account.Of(park, $"prepaid/{agency}", Unit.Fen) with { KeepsEntries = true };

    /// <summary>What it signed for and has not paid (签单). Below nothing where more was paid or went back than was signed.</summary>
    public static Account Signed(int park, string agency) => Account.Of(park, $"signed/{agency}", Unit.Fen) with { KeepsEntries = true };

    /// <summary>What finance saw on the park's statement of the bank.</summary>
    public static Account Bank(int park) => Account.Of(park, "bank", Unit.Fen);

    /// <summary>The account that a way of paying goes by; the way is one of the two that an agency has.</summary>
    public static Account Of(PaymentMethod method, int park, string agency) => method == PaymentMethod.Prepayment ? Prepaid(park, agency) : Signed(park, agency);

    public static void TouchBalances(Touch touch, int park, string agency)
    {
        touch.Account(Prepaid(park, agency));
        touch.Account(Signed(park, agency));
    }
}

/// <summary>往来账已设: an agency's account was opened or changed.</summary>
internal sealed record AgencyAccountSaved(AgencyAccount Account);

/// <summary>The ways of paying that go by an agency's account and through no drawer.</summary>
internal static class OnAccount
{
    public static readonly PaymentMethod[] Ways = [PaymentMethod.SignedBill, PaymentMethod.Prepayment];

    public static bool IsOnAccount(this PaymentMethod method) => Ways.Contains(method);
}

/// <summary>What an agency's account lets an order be paid with.</summary>
/// <param name="agency">In whose name the order is; null = nobody's.</param>
/// <param name="ways">How it may be paid when that is decided.</param>
internal sealed class AgencyTill(int park, string? agency, IEnumerable<PaymentMethod> ways)
{
    private readonly bool _asked = agency is not null && ways.Any(w => w.IsOnAccount());

    public void Touch(Touch touch)
    {
        if (!_asked) return;
        touch.Row(AgencyAccount.Table, AgencyAccount.IdOf(park, agency!));
        AgencyAccount.TouchBalances(touch, park, agency!);
    }

    /// <summary>Why the agency may not pay so, or null.</summary>
    /// <param name="coming">What comes back to the account in the same step, by its ways.</param>
    public Refusal? RefusalOf(WriteGroup group, OrderPayment[] payments, IReadOnlyList<Returns.WaysBack.Part> coming)
    {
        foreach (var way in OnAccount.Ways)
        {
            var fen = payments.Where(p => p.Method == way).Sum(p => p.AmountFen) - coming.Where(p => p.Method == way).Sum(p => p.Fen);
            if (fen <= 0) continue;
            if (!_asked || group.Find(AgencyAccount.Table, AgencyAccount.IdOf(park, agency!)) is not { Active: true } account) return new(AccountRefusal.NoAccount, 409);
            var balance = group.Ledger.Balance(AgencyAccount.Of(way, park, agency!));
            var left = way == PaymentMethod.Prepayment ? -balance : account.CreditLineFen - balance;
            if (fen > left) return new(way == PaymentMethod.Prepayment ? AccountRefusal.PrepaidShort : AccountRefusal.CreditShort, 409, new Money(Math.Max(0, left)), new Money(fen));
        }
        return null;
    }
}

/// <summary>Why an agency's account is not paid from, saved, or booked on.</summary>
public enum AccountRefusal
{
    /// <summary>The order is in no agency's name, or the agency may not pay by an account.</summary>
    NoAccount,
    /// <summary>It has paid less ahead than that.</summary>
    PrepaidShort,
    /// <summary>It may sign for less than that.</summary>
    CreditShort,
    /// <summary>Somebody else saved the account meanwhile.</summary>
    AccountEdited,
    /// <summary>The bank's number is booked already for this agency.</summary>
    ReferenceUsed,
    /// <summary>The booking was reversed already.</summary>
    MoneyReversed,
}
