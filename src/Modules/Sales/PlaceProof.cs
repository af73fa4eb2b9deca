using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;

namespace Shanmen.Modules.Sales;

/// <summary>Holds the places of orders and tickets against the ledger: what is paid is sold, what is unpaid is held.</summary>
internal static class PlaceProof
{
    public static async Task<Finding> Run(Snapshot store)
    {
        var (sold, held) = (new Dictionary<string, long>(), new Dictionary<string, long>());
        var open = (await store.Query(r => r.Id(0), "select id from hold where state = 1 and what = 'places'")).ToHashSet();
        await foreach (var order in store.Stream(OrderRow.Table.Read, OrderRow.Table.Select + " where state in ('Ordered', 'Paid')"))
            foreach (var lines in order.Lines.GroupBy(l => l.TypeId))
            {
                // An order of an earlier program is unpaid and has no hold: its places were moved when it was placed.
                var holds = order.State == OrderState.Ordered && open.Remove(HoldRow.IdOf(order.Id, lines.Key));
                Add(holds ? held : sold, order.Park, lines.Key, order.VisitDay, lines.Sum(l => (long)l.Quantity * l.People));
            }
        await foreach (var back in store.Stream(r => (Park: r.Int(0), Type: r.Id(1), Day: r.Int(2), People: r.Long(3)),
            "select park, type, visit_day, people from ticket where state in ('Returned', 'Voided')"))
            Add(sold, back.Park, back.Type, back.Day, -back.People);

        var figure = $"{sold.Keys.Union(held.Keys).Count()} types and days, {sold.Values.Sum()} places sold, {held.Values.Sum()} held";
        if (open.Count > 0) return new Finding(figure, $"hold {open.Min()}: no unpaid order has it");
        var places = await store.Query(r => (Code: r.Text(0), Balance: r.Long(1), Coming: r.Long(2)), "select code, balance, coming from account where code like '%places/%'");
        var accounts = places.ToDictionary(p => p.Code);
        foreach (var code in sold.Keys.Union(held.Keys))
        {
            var (_, balance, coming) = accounts.GetValueOrDefault(code);
            var (mustBe, mustCome) = (sold.GetValueOrDefault(code), held.GetValueOrDefault(code));
            if (balance != mustBe) return new Finding(figure, $"account {code}: {balance} places sold where orders have {mustBe}");
            if (coming != mustCome) return new Finding(figure, $"account {code}: {coming} places held where orders hold {mustCome}");
            accounts.Remove(code);
        }
        return new Finding(figure, accounts.Values.FirstOrDefault(a => a.Balance != 0 || a.Coming != 0).Code is { } alone ? $"account {alone}: places that no order has" : null);
    }

    private static void Add(Dictionary<string, long> places, int park, Guid type, int day, long people)
    {
        var code = $"{park}/places/{type:N}/{day}";
        places[code] = places.GetValueOrDefault(code) + people;
    }
}
