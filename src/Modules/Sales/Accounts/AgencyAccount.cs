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

    public static void TouchBalances(Touch touch, int park, string agency)
    {
        touch.Account(Prepaid(park, agency));
        touch.Account(Signed(park, agency));
    }
}

/// <summary>往来账已设: an agency's account was opened or changed.</summary>
internal sealed record AgencyAccountSaved(AgencyAccount Account);

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
    /// <summary>The bank's number is booked already.</summary>
    ReferenceUsed,
    /// <summary>The booking was reversed already.</summary>
    MoneyReversed,
    /// <summary>The bank brought less for the order than that.</summary>
    TransferShort,
}
