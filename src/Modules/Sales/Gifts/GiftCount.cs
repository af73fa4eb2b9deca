using Shanmen.Modules.Catalog.Complimentary;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Sales.Gifts;

/// <summary>Holds what each budget of complimentary tickets has given against the ledger: paid and unpaid, less what went back.</summary>
internal sealed class GiftCount
{
    private readonly Dictionary<string, long> _given = [];

    /// <summary>Counts an order, by its fact or by its row.</summary>
    public void Give(OrderRow order)
    {
        if (order.Complimentary is { } gift) Add(order.Park, gift.BudgetId, order.Given());
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        // Unpaid orders, and no others, have a moment at which they let go.
        foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where hold_until is not null and complimentary is not null")) Give(order);
        var back = (await store.Query(r => (Order: r.Id(0), Type: r.Id(1), People: Convert.ToInt64(r.Any(2))),
            "select order_id, type, sum(people) from ticket where state in ('Returned', 'Voided') and order_id in (select id from orders where complimentary is not null) group by order_id, type")).ToLookup(b => b.Order);
        foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where complimentary is not null and state = 'Paid'"))
            foreach (var ticket in back[order.Id])
                if (order.Given(ticket.Type) > 0) Add(order.Park, order.Complimentary!.BudgetId, -ticket.People);

        var figure = $"{_given.Count} budgets, {_given.Values.Sum()} people";
        var accounts = (await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), $"select code, balance from account where code like '%/{ComplimentaryBudget.Accounts}%'")).ToDictionary(a => a.Code, a => a.Balance);
        foreach (var code in _given.Keys.Union(accounts.Keys).Order(StringComparer.Ordinal))
            if (accounts.GetValueOrDefault(code) != _given.GetValueOrDefault(code))
                return new Finding(figure, $"account {code}: {accounts.GetValueOrDefault(code)} people given where orders have {_given.GetValueOrDefault(code)}");
        return new Finding(figure, null);
    }

    private void Add(int park, Guid budget, long people)
    {
        var code = ComplimentaryBudget.Given(park, budget).Code;
        _given[code] = _given.GetValueOrDefault(code) + people;
    }
}
