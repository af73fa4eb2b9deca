using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>Holds the places of orders and tickets against the ledger: what is paid is sold, what is unpaid is held.</summary>
internal sealed class PlaceCount
{
    private readonly record struct Places(int Park, Guid Type, int Day);

    private readonly Dictionary<Places, long> _sold = [], _held = [];

    /// <summary>Counts a paid order, by its fact.</summary>
    public void Sell(OrderRow order)
    {
        foreach (var line in order.Lines) Add(_sold, new(order.Park, line.TypeId, order.VisitDay), (long)line.Quantity * line.People);
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        var open = (await store.Query(r => r.Id(0), "select id from hold where state = 1 and what = 'places'")).ToHashSet();
        // Unpaid orders, and no others, have a moment at which they let go of their places.
        foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where hold_until is not null"))
            foreach (var lines in order.Lines.GroupBy(l => l.TypeId))
            {
                // An order of an earlier program is unpaid and has no hold: its places were moved when it was placed.
                var holds = open.Remove(HoldRow.IdOf(order.Id, lines.Key));
                Add(holds ? _held : _sold, new(order.Park, lines.Key, order.VisitDay), lines.Sum(l => (long)l.Quantity * l.People));
            }
        foreach (var back in await store.Query(r => (Places: new Places(r.Int(0), r.Id(1), r.Int(2)), People: Convert.ToInt64(r.Any(3))),
            "select park, type, visit_day, sum(people) from ticket where state in ('Returned', 'Voided') group by park, type, visit_day"))
            Add(_sold, back.Places, -back.People);

        var figure = $"{_sold.Keys.Union(_held.Keys).Count()} types and days, {_sold.Values.Sum()} places sold, {_held.Values.Sum()} held";
        if (open.Count > 0) return new Finding(figure, $"hold {open.Min()}: no unpaid order has it");
        var places = await store.Query(r => (Code: r.Text(0), Balance: r.Long(1), Coming: r.Long(2)), "select code, balance, coming from account where code like '%places/%'");
        var accounts = places.ToDictionary(p => p.Code);
        foreach (var key in _sold.Keys.Union(_held.Keys))
        {
            var code = $"{key.Park}/places/{key.Type:N}/{key.Day}";
            var (_, balance, coming) = accounts.GetValueOrDefault(code);
            var (mustBe, mustCome) = (_sold.GetValueOrDefault(key), _held.GetValueOrDefault(key));
            if (balance != mustBe) return new Finding(figure, $"account {code}: {balance} places sold where orders have {mustBe}");
            if (coming != mustCome) return new Finding(figure, $"account {code}: {coming} places held where orders hold {mustCome}");
            accounts.Remove(code);
        }
        if (await WrongQuota(store) is { } quota) return new Finding(figure, quota);
        return new Finding(figure, accounts.Values.FirstOrDefault(a => a.Balance != 0 || a.Coming != 0).Code is { } alone ? $"account {alone}: places that no order has" : null);
    }

    /// <summary>A quota has taken what its types have, sold and held alike, on every day from which it counts.</summary>
    private async Task<string?> WrongQuota(Snapshot store)
    {
        var counted = (await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), "select code, balance from account where code like '%quota/%'")).ToDictionary(a => a.Code, a => a.Balance);
        foreach (var quota in await QuotaBook.ReadActive(store))
        {
            var (begins, prefix) = (BusinessDay.Number(quota.CountsFrom), $"{quota.Park}/quota/{quota.Id:N}/");
            var (mustBe, types) = (new Dictionary<int, long>(), quota.TypeIds.ToHashSet());
            foreach (var (key, people) in _sold.Concat(_held))
                if (key.Park == quota.Park && key.Day >= begins && (types.Count == 0 || types.Contains(key.Type))) mustBe[key.Day] = mustBe.GetValueOrDefault(key.Day) + people;
            var days = counted.Keys.Where(code => code.StartsWith(prefix, StringComparison.Ordinal)).Select(code => int.TryParse(code[prefix.Length..], out var day) ? day : 0).Where(day => day >= begins);
            foreach (var day in days.Union(mustBe.Keys))
                if (counted.GetValueOrDefault(prefix + day) != mustBe.GetValueOrDefault(day))
                    return $"account {prefix}{day}: {counted.GetValueOrDefault(prefix + day)} places taken where the quota's types have {mustBe.GetValueOrDefault(day)}";
        }
        return null;
    }

    private static void Add(Dictionary<Places, long> places, Places key, long people) => places[key] = places.GetValueOrDefault(key) + people;
}
