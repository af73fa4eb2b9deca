using Shanmen.Modules.Sales.Bank;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>The ways of paying that go by an account and through no drawer, in the order in which money goes back by them.</summary>
internal static class OnAccount
{
    public static readonly PaymentMethod[] Ways = [PaymentMethod.SignedBill, PaymentMethod.Prepayment, PaymentMethod.BankTransfer];

    public static bool IsOnAccount(this PaymentMethod method) => Ways.Contains(method);
}

/// <summary>The accounts by which an order may be paid.</summary>
/// <param name="Agency">In whose name it is; null = nobody's, and it has none of an agency's accounts.</param>
/// <param name="Number">The number that money of the bank was sent for; null where the order was never placed without being paid.</param>
internal sealed record OrderAccounts(int Park, string? Agency, string? Number)
{
    public static OrderAccounts Of(OrderRow order) => new(order.Park, order.Agency, order.BankNumber);

    /// <summary>Null where the order has no such account.</summary>
    public Account? Of(PaymentMethod method) => method switch
    {
        PaymentMethod.BankTransfer => Number is null ? null : BankTransfer.AccountOf(Park, Number),
        _ => Agency is null ? null : method == PaymentMethod.Prepayment ? AgencyAccount.Prepaid(Park, Agency) : AgencyAccount.Signed(Park, Agency),
    };

    /// <summary>Names those of the given ways.</summary>
    public void Touch(Touch touch, IEnumerable<PaymentMethod> ways)
    {
        foreach (var way in ways.Where(w => w.IsOnAccount()).Distinct()) if (Of(way) is { } account) touch.Account(account);
    }
}

/// <summary>What an order's accounts let it be paid with.</summary>
/// <param name="ways">How it may be paid when that is decided.</param>
internal sealed class AccountTill(OrderAccounts accounts, IEnumerable<PaymentMethod> ways)
{
    private readonly PaymentMethod[] _asked = [.. ways.Where(w => w.IsOnAccount() && accounts.Of(w) is not null)];
    private readonly string _agency = AgencyAccount.IdOf(accounts.Park, accounts.Agency ?? "");

    public void Touch(Touch touch)
    {
        if (_asked.Any(w => w != PaymentMethod.BankTransfer)) touch.Row(AgencyAccount.Table, _agency);
        accounts.Touch(touch, _asked);
    }

    /// <summary>Why it may not be paid so, or null.</summary>
    /// <param name="coming">What comes back to the accounts in the same step, by its ways.</param>
    public Refusal? RefusalOf(WriteGroup group, OrderPayment[] payments, IReadOnlyList<Returns.WaysBack.Part> coming)
    {
        foreach (var way in OnAccount.Ways)
        {
            var fen = payments.Where(p => p.Method == way).Sum(p => p.AmountFen) - coming.Where(p => p.Method == way).Sum(p => p.Fen);
            if (fen <= 0) continue;
            var (balance, credit) = (0L, 0L);
            if (_asked.Contains(way)) balance = group.Ledger.Balance(accounts.Of(way)!.Value);
            if (way != PaymentMethod.BankTransfer)
            {
                if (!_asked.Contains(way) || group.Find(AgencyAccount.Table, _agency) is not { Active: true } account) return new(AccountRefusal.NoAccount, 409);
                if (way == PaymentMethod.SignedBill) credit = account.CreditLineFen;
            }
            // Whoever paid ahead or sent money has less than nothing on the account.
            if (fen > credit - balance) return new(ShortOf(way), 409, new Money(Math.Max(0, credit - balance)), new Money(fen));
        }
        return null;
    }

    private static AccountRefusal ShortOf(PaymentMethod way) => way switch
    {
        PaymentMethod.Prepayment => AccountRefusal.PrepaidShort, PaymentMethod.SignedBill => AccountRefusal.CreditShort, _ => AccountRefusal.TransferShort,
    };
}
