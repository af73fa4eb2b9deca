using Shanmen.Modules.Sales.Accounts;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>
/// The money accounts of selling. Revenue falls when something is sold and a drawer rises by the same fen; clearing joins
/// the lines of an order with its payments and is zero after each.
/// </summary>
internal sealed class Books(int park, DateOnly day)
{
    private string Day => BusinessDay.Number(day).ToString(System.Globalization.CultureInfo.InvariantCulture);

    public Account Revenue(Guid type) => Account.Of(park, $"revenue/{Day}/{type:N}", Unit.Fen);
    public Account Returns(Guid type) => Account.Of(park, $"returns/{Day}/{type:N}", Unit.Fen);
    /// <summary>What a partner's part of sales is, less than nothing.</summary>
    public Account Share(Guid type, string partner) => Account.Of(park, $"share/{Day}/{type:N}/{partner}", Unit.Fen);
    /// <summary>What returns took from a partner.</summary>
    public Account ShareBack(Guid type, string partner) => Account.Of(park, $"shareback/{Day}/{type:N}/{partner}", Unit.Fen);
    /// <summary>What of a type's revenue is not the park's.</summary>
    public Account Shared(Guid type) => Account.Of(park, $"shared/{Day}/{type:N}", Unit.Fen);
    /// <summary>What a shift refunded without a supervisor, and whence it is counted. No money lies on either.</summary>
    /// <param name="maxFen">How much it may.</param>
    public Account Alone(Guid shift, long maxFen) => Account.Of(park, $"alone/{shift:N}", Unit.Fen, min: 0, max: maxFen);
    public Account AloneFrom => Account.Of(park, $"alonefrom/{Day}", Unit.Fen);
    public Account Clearing => Account.Of(park, $"clearing/{Day}", Unit.Fen);
    public Account Card => Account.Of(park, $"card/{Day}", Unit.Fen);
    public Account OverShort => Account.Of(park, $"overshort/{Day}", Unit.Fen);
    public Account Safe => Account.Of(park, "safe", Unit.Fen);
    /// <summary>The cash in a clerk's drawer; it cannot hold less than nothing.</summary>
    public Account Drawer(Guid shift) => Account.Of(park, $"drawer/{shift:N}", Unit.Fen, min: 0);
    /// <param name="order">What is paid, or was.</param>
    public Account Of(PaymentMethod method, Guid shift, OrderRow order) => method.IsOnAccount() ? OrderAccounts.Of(order).Of(method)!.Value : OverTheCounter(method, shift);

    private Account OverTheCounter(PaymentMethod method, Guid shift) => method == PaymentMethod.Cash ? Drawer(shift) : Card;

    /// <summary>What the park owes for tickets that went back (待退款), less than nothing.</summary>
    public Account Owed => Account.Of(park, "owed", Unit.Fen);

    /// <summary>What was paid for new paper (工本费), less than nothing.</summary>
    private Account ExchangeFees => Account.Of(park, $"fees/{Day}/exchange", Unit.Fen);

    /// <summary>Names what <see cref="Fee"/> moves.</summary>
    public void TouchFee(Touch touch, Guid shift)
    {
        foreach (var account in new[] { ExchangeFees, Card, Drawer(shift) }) touch.Account(account);
    }

    /// <summary>Books what was paid for new paper.</summary>
    public void Fee(WriteGroup group, Guid shift, OrderPayment[] payments)
    {
        foreach (var payment in payments) group.Ledger.Move(ExchangeFees, OverTheCounter(payment.Method, shift), payment.AmountFen, "exchange fee");
    }

    /// <summary>Names what a window hands out from and hands over to.</summary>
    public void TouchWindow(Touch touch, Guid shift)
    {
        foreach (var account in new[] { Card, OverShort, Safe, Drawer(shift) }) touch.Account(account);
    }

    /// <summary>Names what a return of some types moves, but for what pays it.</summary>
    public void TouchReturn(Touch touch, IEnumerable<Guid> types)
    {
        touch.Account(Clearing);
        foreach (var type in types) touch.Account(Returns(type));
    }

    /// <summary>Names what <see cref="Sale"/> moves: each account that is named is read.</summary>
    /// <param name="partners">Who has a part in which type.</param>
    public void TouchSale(Touch touch, Guid shift, IEnumerable<Guid> types, IEnumerable<(Guid Type, string Partner)> partners)
    {
        foreach (var account in new[] { Clearing, Card, Drawer(shift) }) touch.Account(account);
        foreach (var type in types) touch.Account(Revenue(type));
        foreach (var (type, partner) in partners) { touch.Account(Share(type, partner)); touch.Account(Shared(type)); }
    }

    /// <summary>Names what <see cref="TakeShares"/> moves.</summary>
    public void TouchShares(Touch touch, IEnumerable<(Guid Type, string Partner)> partners)
    {
        foreach (var (type, partner) in partners) { touch.Account(ShareBack(type, partner)); touch.Account(Shared(type)); }
    }

    /// <summary>Books a paid order: what was sold against how it was paid.</summary>
    public void Sale(WriteGroup group, OrderRow paid)
    {
        foreach (var line in paid.Lines)
        {
            group.Ledger.Move(Revenue(line.TypeId), Clearing, line.TotalFen, "sale");
            foreach (var part in line.Shared?.Parts ?? []) group.Ledger.Move(Share(line.TypeId, part.Partner), Shared(line.TypeId), part.Fen, "share");
        }
        foreach (var payment in paid.Payments) group.Ledger.Move(Clearing, Of(payment.Method, paid.Shift, paid), payment.AmountFen, "payment");
    }

    /// <summary>Books what a return took from partners, or brought them.</summary>
    public void TakeShares(WriteGroup group, ShareBack[] back)
    {
        foreach (var part in back)
        {
            var (from, to) = part.Fen > 0 ? (Shared(part.TypeId), ShareBack(part.TypeId, part.Partner)) : (ShareBack(part.TypeId, part.Partner), Shared(part.TypeId));
            group.Ledger.Move(from, to, Math.Abs(part.Fen), "share back");
        }
    }
}
