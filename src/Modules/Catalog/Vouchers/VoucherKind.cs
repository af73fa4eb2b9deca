using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>What a voucher does, and how much all of its kind may take off (券种). docs/algorithms/vouchers.md.</summary>
/// <param name="BudgetFen">What all its vouchers together may take off; 0 = no bound.</param>
/// <param name="ComesBack">Whether a voucher may be used again when everything of its order was returned.</param>
/// <param name="Active">Whether vouchers of it are issued; those that were are good all the same.</param>
/// <param name="Edit">How often it was saved; who changes it says which edit was on the screen.</param>
/// <param name="HasVouchers">Whether any were issued, so that its terms stay.</param>
internal sealed record VoucherKind(Guid Id, int Park, string Name, string NameEn, VoucherTerms Terms, long BudgetFen, bool ComesBack, bool Active, int Edit, bool HasVouchers)
{
    public static readonly RowTable<Guid, VoucherKind> Table = new("voucher_kind", "id, park, name, name_en, terms, budget_fen, comes_back, active, edit, has_vouchers",
        r => new(r.Id(0), r.Int(1), r.Text(2), r.Text(3), JsonSerializer.Deserialize<VoucherTerms>(r.Text(4), Json.Options)!, r.Long(5), r.Bool(6), r.Bool(7), r.Int(8), r.Bool(9)),
        k => [k.Id, k.Park, k.Name, k.NameEn, JsonSerializer.Serialize(k.Terms, Json.Options), k.BudgetFen, k.ComesBack, k.Active, k.Edit, k.HasVouchers], k => k.Id, settled: true);

    /// <summary>What the vouchers of a kind took off orders that are paid or wait for payment. No upper bound: the budget is asked.</summary>
    public static Account TakenOff(int park, Guid kind) => Account.Of(park, $"{VoucherUses.Accounts}{kind:N}", Unit.Fen, min: 0);

    /// <summary>Where it comes from and goes back to.</summary>
    public static Account NotTaken(int park, Guid kind) => Account.Of(park, $"full-price/{kind:N}", Unit.Fen);

    /// <summary>Reads a kind of the park; null when it has none with this id.</summary>
    public static Task<VoucherKind?> Of(Database database, int park, Guid id) => database.First(Table.Read, Table.Select + " where id = @1 and park = @2", id, park);

    /// <summary>Whether it does the same as another: two lists in one order are the same.</summary>
    public bool DoesAs(VoucherKind other) => (Terms.Effect, Terms.Units, Terms.LeastFen) == (other.Terms.Effect, other.Terms.Units, other.Terms.LeastFen) && Terms.Products.ToHashSet().SetEquals(other.Terms.Products);
}

/// <summary>A kind of voucher was created or changed; the body holds all of it.</summary>
internal sealed record VoucherKindSaved(VoucherKind Kind);

/// <summary>Why a kind is not saved, or vouchers are not issued, changed or voided.</summary>
public enum VoucherBookRefusal
{
    /// <summary>Somebody else saved it meanwhile.</summary>
    VoucherEdited,
    /// <summary>Vouchers of the kind were issued, so what they do stays.</summary>
    KindIssued,
    /// <summary>The park has as many kinds in use as it may.</summary>
    TooManyKinds,
    /// <summary>Its vouchers took off more than it would have.</summary>
    BelowTaken,
    /// <summary>There is no such kind in use.</summary>
    KindUnknown,
    /// <summary>So many uses at once want a second person.</summary>
    IssueNeedsApproval,
    /// <summary>The park has a voucher with this code.</summary>
    CodeTaken,
    /// <summary>The park has as many batches as it may.</summary>
    TooManyBatches,
    /// <summary>All of it was voided already.</summary>
    AlreadyVoid,
}
