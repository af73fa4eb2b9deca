using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Vouchers;

/// <summary>What becomes of the vouchers of an order when it is over, or goes back.</summary>
internal static class OrderVouchers
{
    /// <summary>Whether a voucher may be used again when nothing of its order stays: it goes along with a rebooking, was never meant to be used where all was voided, and else as its kind says.</summary>
    /// <param name="returned">Whether any of the tickets went back by a return.</param>
    /// <param name="rebooked">Whether any was rebooked.</param>
    public static bool ComesBack(OrderVoucher voucher, bool returned, bool rebooked) => voucher.ComesBack || rebooked || !returned;

    /// <summary>Names what <see cref="GiveBack"/> changes.</summary>
    public static void Touch(Touch touch, OrderRow order)
    {
        foreach (var voucher in order.Vouchers ?? []) VoucherDraw.TouchBack(touch, order.Park, voucher);
    }

    /// <summary>Nothing of the order stays: gives back what comes back.</summary>
    public static void GiveBack(WriteGroup group, OrderRow order, bool returned, bool rebooked)
    {
        foreach (var voucher in order.Vouchers ?? [])
            if (ComesBack(voucher, returned, rebooked)) VoucherDraw.GiveBack(group, order.Park, order.Id, voucher);
    }
}
