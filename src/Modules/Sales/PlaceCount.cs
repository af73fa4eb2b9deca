using System.Globalization;
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
    private readonly Dictionary<(Places Places, TimeOnly Slot), long> _inSlots = [];

    /// <summary>Counts a paid order, by its fact.</summary>
    public void Sell(OrderRow order)
    {
        foreach (var line in order.Lines) Add(_sold, new(order.Park, line.TypeId, order.VisitDay), (long)line.Quantity * line.People);
        CountSlots(order);
    }

    private void CountSlots(OrderRow order)
    {
        foreach (var line in order.Lines)
            if (line.Slot is { } slot) Add(_inSlots, (new(order.Park, line.TypeId, order.VisitDay), slot.At), (long)line.Quantity * line.People);
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        var open = (await store.Query(r => r.Id(0), "select id from hold where state = 1 and what = 'places'")).ToHashSet();
        // Unpaid orders, and no others, have a moment at which they let go of their places.
        foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where hold_until is not null"))
        {
            CountSlots(order);
            foreach (var lines in order.Lines.GroupBy(l => l.TypeId))
            {
                // An order of an earlier program is unpaid and has no hold: its places were moved when it was placed.
                var holds = open.Remove(HoldRow.IdOf(order.Id, lines.Key));
                Add(holds ? _held : _sold, new(order.Park, lines.Key, order.VisitDay), lines.Sum(l => (long)l.Quantity * l.People));
            }
        }
        foreach (var back in await store.Query(r => (Places: new Places(r.Int(0), r.Id(1), r.Int(2)), Slot: r.TextOrNull(3), People: Convert.ToInt64(r.Any(4))),
            "select park, type, visit_day, slot, sum(people) from ticket where state in ('Returned', 'Voided') and external_code is null group by park, type, visit_day, slot"))
        {
            Add(_sold, back.Places, -back.People);
            if (back.Slot is { Length: >= 5 } slot && TimeOnly.TryParse(slot[..5], CultureInfo.InvariantCulture, out var at)) Add(_inSlots, (back.Places, at), -back.People);
        }

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

    /// <summary>A quota has taken what its types have, sold and held alike, on every day from which it counts; and in every slot what the lines for it have.</summary>
    private async Task<string?> WrongQuota(Snapshot store)
    {
        var counted = (await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), "select code, balance from account where code like '%quota/%'")).ToDictionary(a => a.Code, a => a.Balance);
        var sold = _sold.Concat(_held).Select(p => (p.Key, Slot: (TimeOnly?)null, People: p.Value)).ToArray();
        var inSlots = _inSlots.Select(p => (Key: p.Key.Places, Slot: (TimeOnly?)p.Key.Slot, People: p.Value)).ToArray();
        foreach (var quota in await QuotaBook.ReadActive(store))
        {
            var (begins, prefix) = (BusinessDay.Number(quota.CountsFrom), $"{quota.Park}/quota/{quota.Id:N}/");
            var (mustBe, types) = (new Dictionary<string, long>(), quota.TypeIds.ToHashSet());
            foreach (var (key, slot, people) in quota.Slots is null ? sold : inSlots)
                if (key.Park == quota.Park && key.Day >= begins && (types.Count == 0 || types.Contains(key.Type)) && quota.Slots?.HoldsOn(BusinessDay.FromNumber(key.Day)) != false)
                    Add(mustBe, slot is { } at ? $"{key.Day}/{at:HHmm}" : $"{key.Day}", people);
            var cells = counted.Keys.Where(code => code.StartsWith(prefix, StringComparison.Ordinal)).Select(code => code[prefix.Length..])
                .Where(cell => int.TryParse(cell.Split('/')[0], out var day) && day >= begins);
            foreach (var cell in cells.Union(mustBe.Keys))
                if (counted.GetValueOrDefault(prefix + cell) != mustBe.GetValueOrDefault(cell))
                    return $"account {prefix}{cell}: {counted.GetValueOrDefault(prefix + cell)} places taken where the quota's types have {mustBe.GetValueOrDefault(cell)}";
        }
        return null;
    }

    private static void Add<TKey>(Dictionary<TKey, long> places, TKey key, long people) where TKey : notnull => places[key] = places.GetValueOrDefault(key) + people;
}
