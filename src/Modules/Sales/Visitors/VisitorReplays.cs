using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>The second look of <see cref="VisitorProof"/>, at visitors that may be wrong: it names the first.</summary>
internal sealed class VisitorReplay(VisitorProof proof)
{
    private readonly Dictionary<Guid, RowPrint> _should = [];
    private readonly Dictionary<Guid, VisitorProof.Named> _unpaid = [];

    public async Task<string?> FirstBad(Snapshot store)
    {
        await foreach (var fact in store.Facts([.. proof.Kinds]))
            if (proof.Read(fact) is VisitorProof.Named named)
            {
                Put(named);
                if (named.Rows[0].Ticket is null) _unpaid[named.Order] = named;
                else _unpaid.Remove(named.Order);
            }
            else if (_unpaid.Remove((Guid)proof.Read(fact), out var over)) Put(over.Forgotten());
        await foreach (var bad in store.Stream(Wrong, VisitorRow.Table.Select + " order by order_id, line, place"))
            if (bad is not null) return bad;
        return _should.Count == 0 ? "visitors: rows and facts differ" : $"visitor {_should.Keys.Min()}: its row is missing";
    }

    private void Put(VisitorProof.Named named)
    {
        for (var i = 0; i < named.Rows.Length; i++)
            if (proof.IsSuspect(named.Rows[i].Id)) _should[named.Rows[i].Id] = proof.PrintOf(named.Rows[i], named.Digests[i]);
    }

    private string? Wrong(Row row)
    {
        var key = VisitorProof.KeyOf(row);
        if (!proof.IsSuspect(key)) return null;
        if (key is not Guid id || !_should.Remove(id, out var should)) return $"visitor {key}: no fact made it";
        return proof.PrintOf(row) == should ? null : $"visitor {id}: it is not what its facts say";
    }
}

/// <summary>The second look at what numbers bought: it counts those that may be wrong once more, and names the first.</summary>
internal sealed class PurchaseReplay(Func<object?, bool> isSuspect, DateOnly today)
{
    private readonly Dictionary<Guid, Dictionary<(int Visit, int Sold), int>> _should = [];

    public async Task<string?> FirstBad(Snapshot store)
    {
        await store.Each(row => Add(row, 1), VisitorRow.Table.Select);
        await store.Each(row => Add(row, -1), VisitorProof.GoneBack);
        await foreach (var bad in store.Stream(Wrong, BoughtRow.Table.Select + " order by id"))
            if (bad is not null) return bad;
        return _should.FirstOrDefault(s => s.Value.Values.Any(n => n != 0)) is { Value: not null } missing ? $"bought {missing.Key}: its row is missing" : "bought: rows and visitors differ";
    }

    private void Add(Row row, int by)
    {
        if (VisitorProof.BuyerIn(row) is not { } buyer || !BoughtCount.Counts(BusinessDay.FromNumber(buyer.Visit), BusinessDay.FromNumber(buyer.Sold), today)) return;
        var id = BoughtRow.IdOf(buyer.Type, buyer.Hash);
        if (!isSuspect(id)) return;
        if (!_should.TryGetValue(id, out var days)) _should.Add(id, days = []);
        days[(buyer.Visit, buyer.Sold)] = days.GetValueOrDefault((buyer.Visit, buyer.Sold)) + by;
    }

    private string? Wrong(Row row)
    {
        var key = VisitorProof.KeyOf(row);
        if (!isSuspect(key)) return null;
        if (key is not Guid id) return $"bought {key}: no number has this id";
        _should.Remove(id, out var should);
        var bought = BoughtRow.Table.Read(row);
        if (id != (bought.IdHash.Length == 16 ? BoughtRow.IdOf(bought.Type, bought.IdHash) : Guid.Empty)) return $"bought {id}: no visitor has this number and type";
        var has = bought.Cells.Where(c => BoughtCount.Counts(c.Visit, c.Sold, today)).Select(c => (BusinessDay.Number(c.Visit), BusinessDay.Number(c.Sold), c.Tickets)).Order();
        return has.SequenceEqual((should ?? []).Where(d => d.Value != 0).Select(d => (d.Key.Visit, d.Key.Sold, d.Value)).Order()) ? null : $"bought {id}: it is not what its visitors have";
    }
}
