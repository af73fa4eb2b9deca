using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Vouchers;

/// <summary>Counts how often each voucher is used and what each kind took off, by the orders that hold them. docs/algorithms/vouchers.md, “Proof”.</summary>
internal sealed class VoucherCount
{
    /// <summary>How tickets of an order went back, where any did.</summary>
    private readonly Dictionary<Guid, (bool Returned, bool Rebooked)> _back = [];

    public void Take(RefundPaid refund)
    {
        var (returned, rebooked) = _back.GetValueOrDefault(refund.OrderId);
        _back[refund.OrderId] = (returned || refund.Kind == ReturnKind.Return, rebooked || refund.Kind == ReturnKind.Rebook);
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        var (uses, off) = (new Dictionary<Guid, int>(), new Dictionary<string, long>());
        var staying = (await store.Query(r => r.Id(0), "select distinct order_id from ticket where state not in ('Returned', 'Voided') and order_id in (select id from orders where vouchers is not null)")).ToHashSet();
        foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where vouchers is not null and state in ('Ordered', 'Paid')"))
        {
            var isThere = order.State == OrderState.Ordered || staying.Contains(order.Id);
            var (returned, rebooked) = _back.GetValueOrDefault(order.Id);
            foreach (var voucher in order.Vouchers!.Where(v => isThere || !OrderVouchers.ComesBack(v, returned, rebooked)))
            {
                uses[voucher.Id] = uses.GetValueOrDefault(voucher.Id) + 1;
                var account = VoucherUses.AccountOf(order.Park, voucher.KindId);
                off[account] = off.GetValueOrDefault(account) + voucher.OffFen;
            }
        }

        var figure = $"{uses.Values.Sum()} uses of {uses.Count} vouchers";
        var kept = await VoucherUses.Read(store);
        foreach (var id in uses.Keys.Union(kept.Keys).Order())
            if (kept.GetValueOrDefault(id) != uses.GetValueOrDefault(id)) return new(figure, $"voucher {id}: used {kept.GetValueOrDefault(id)} times where orders hold it {uses.GetValueOrDefault(id)} times");
        var accounts = (await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), $"select code, balance from account where code like '%/{VoucherUses.Accounts}%'")).ToDictionary(a => a.Code, a => a.Balance);
        foreach (var code in off.Keys.Union(accounts.Keys).Order(StringComparer.Ordinal))
            if (accounts.GetValueOrDefault(code) != off.GetValueOrDefault(code)) return new(figure, $"account {code}: {accounts.GetValueOrDefault(code)} fen taken off where orders have {off.GetValueOrDefault(code)}");
        return new(figure, null);
    }
}
