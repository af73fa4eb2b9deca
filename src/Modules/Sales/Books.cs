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
    public Account Clearing => Account.Of(park, $"clearing/{Day}", Unit.Fen);
    public Account Card => Account.Of(park, $"card/{Day}", Unit.Fen);
    public Account OverShort => Account.Of(park, $"overshort/{Day}", Unit.Fen);
    public Account Safe => Account.Of(park, "safe", Unit.Fen);
    /// <summary>The cash in a clerk's drawer; it cannot hold less than nothing.</summary>
    public Account Drawer(Guid shift) => Account.Of(park, $"drawer/{shift:N}", Unit.Fen, min: 0);
    public Account Of(PaymentMethod method, Guid shift) => method == PaymentMethod.Cash ? Drawer(shift) : Card;

    public void Touch(Touch touch, Guid shift, IEnumerable<Guid> types)
    {
        foreach (var account in new[] { Clearing, Card, OverShort, Safe, Drawer(shift) }) touch.Account(account);
        foreach (var type in types) { touch.Account(Revenue(type)); touch.Account(Returns(type)); }
    }

    /// <summary>Names what <see cref="Sale"/> moves: each account that is named is read.</summary>
    public void TouchSale(Touch touch, Guid shift, IEnumerable<Guid> types)
    {
        foreach (var account in new[] { Clearing, Card, Drawer(shift) }) touch.Account(account);
        foreach (var type in types) touch.Account(Revenue(type));
    }

    /// <summary>Books a paid order: what was sold against how it was paid.</summary>
    public void Sale(WriteGroup group, Guid shift, OrderLine[] lines, OrderPayment[] payments)
    {
        foreach (var line in lines) group.Ledger.Move(Revenue(line.TypeId), Clearing, line.TotalFen, "sale");
        foreach (var payment in payments) group.Ledger.Move(Clearing, Of(payment.Method, shift), payment.AmountFen, "payment");
    }
}
