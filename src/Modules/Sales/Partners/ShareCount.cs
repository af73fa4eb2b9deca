using System.Globalization;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Sales.Partners;

/// <summary>Holds partners' shares against terms, facts and ledger; of orders of which something went back also against what stays of them, order by order.</summary>
internal sealed class ShareCount
{
    private readonly Dictionary<string, long> _balances = [];
    private readonly Dictionary<(Guid Order, Guid Type, string Partner), long> _back = [];
    private long _lines;
    private string? _bad;

    public void Sell(OrderRow order, LoggedFact fact)
    {
        foreach (var line in order.Lines)
        {
            if (line.Shared is not { } shared) continue;
            _lines++;
            var should = SharedLine.Of(shared.Terms(), line.TotalFen, line.Quantity * line.People)!;
            if (!should.Parts.SequenceEqual(shared.Parts)) _bad ??= $"{fact.Name}: order {order.Number:D17} divides {line.TypeName} otherwise than its terms do";
            foreach (var part in shared.Parts) Add(fact, "share", line.TypeId, part.Partner, -part.Fen);
        }
    }

    public void Take(RefundPaid refund, LoggedFact fact)
    {
        foreach (var back in refund.Shares ?? [])
        {
            Add(fact, "shareback", back.TypeId, back.Partner, back.Fen);
            var key = (refund.OrderId, back.TypeId, back.Partner);
            _back[key] = _back.GetValueOrDefault(key) + back.Fen;
        }
    }

    private void Add(LoggedFact fact, string kind, Guid type, string partner, long fen)
    {
        var code = string.Create(CultureInfo.InvariantCulture, $"{fact.Park}/{kind}/{fact.Day}/{type:N}/{partner}");
        _balances[code] = _balances.GetValueOrDefault(code) + fen;
    }

    /// <summary>After the orders of which something went back were looked at.</summary>
    public async Task<Finding> Conclude(Snapshot store)
    {
        var ledger = new Dictionary<string, long>();
        foreach (var (code, balance) in await store.Query(r => (Account.CodeOf(r.Text(0)), r.Long(1)), "select code, balance from account where code like '%/share/%' or code like '%/shareback/%'"))
            ledger[code] = ledger.GetValueOrDefault(code) + balance;
        foreach (var code in ledger.Keys.Union(_balances.Keys).Order(StringComparer.Ordinal))
            if (ledger.GetValueOrDefault(code) != _balances.GetValueOrDefault(code))
                _bad ??= $"account {code}: {ledger.GetValueOrDefault(code)} fen where sales and returns come to {_balances.GetValueOrDefault(code)}";
        return new Finding($"{_lines} shared lines", _bad);
    }

    /// <summary>Holds what partners have of an order of which something went back against what stays of it.</summary>
    public void Look(OrderRow order, OrderWorth worth, IReadOnlyCollection<OrderTicket> tickets)
    {
        if (_bad is not null || !OrderShares.AreIn(order)) return;
        foreach (var (key, fen) in OrderShares.Of(order, worth, order.PaidFen - order.RefundedFen, tickets))
        {
            var sold = order.Lines.Where(l => l.TypeId == key.Type && l.Shared is not null).Sum(l => l.Shared!.Parts.Where(p => p.Partner == key.Partner).Sum(p => p.Fen));
            var back = _back.GetValueOrDefault((order.Id, key.Type, key.Partner));
            if (sold - back != fen) _bad ??= $"order {order.Number:D17}: {key.Partner} has {sold - back} fen of it, and what stays gives it {fen}";
        }
    }
}
