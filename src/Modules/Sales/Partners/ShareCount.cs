using System.Globalization;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Partners;

/// <summary>Holds partners' shares against terms, facts and ledger; of orders of which something went back also against what stays of them.</summary>
internal sealed class ShareCount
{
    private readonly Dictionary<string, long> _balances = [];
    private readonly Dictionary<(Guid Order, Guid Type, string Partner), long> _back = [];
    private readonly HashSet<Guid> _returned = [];
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
        _returned.Add(refund.OrderId);
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

    public async Task<Finding> Conclude(Snapshot store, IReadOnlyDictionary<(int Park, int Number), RuleSet> rules)
    {
        var ledger = new Dictionary<string, long>();
        foreach (var (code, balance) in await store.Query(r => (Account.CodeOf(r.Text(0)), r.Long(1)), "select code, balance from account where code like '%/share/%' or code like '%/shareback/%'"))
            ledger[code] = ledger.GetValueOrDefault(code) + balance;
        foreach (var code in ledger.Keys.Union(_balances.Keys).Order(StringComparer.Ordinal))
            if (ledger.GetValueOrDefault(code) != _balances.GetValueOrDefault(code))
                _bad ??= $"account {code}: {ledger.GetValueOrDefault(code)} fen where sales and returns come to {_balances.GetValueOrDefault(code)}";
        // Only orders that partners share in are reckoned anew, and of these only such of which something went back.
        if (_bad is null && _lines > 0)
            foreach (var order in _returned) _bad ??= await Wrong(store, order, rules);
        return new Finding($"{_lines} shared lines", _bad);
    }

    private async Task<string?> Wrong(Snapshot store, Guid id, IReadOnlyDictionary<(int Park, int Number), RuleSet> rules)
    {
        if ((await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where id = @1", id)).SingleOrDefault() is not { } order || !OrderShares.AreIn(order)) return null;
        var staying = (await store.Query(r => (State: Enum.Parse<TicketState>(r.Text(0)), Ticket: new StayingTicket(r.Int(1), r.Int(2), r.Long(3))),
            "select t.state, t.line, t.people, s.price_fen from ticket t join sold_ticket s on s.id = t.id where t.order_id = @1", id)).Where(t => StayingTicket.Is(t.State)).Select(t => t.Ticket).ToArray();
        var rest = order.Basis is { } basis && rules.TryGetValue((order.Park, basis.Version), out var version) ? new RestPrice(version, basis) : null;
        foreach (var (key, fen) in OrderShares.Of(order, rest, order.PaidFen - order.RefundedFen, staying))
        {
            var sold = order.Lines.Where(l => l.TypeId == key.Type && l.Shared is not null).Sum(l => l.Shared!.Parts.Where(p => p.Partner == key.Partner).Sum(p => p.Fen));
            if (sold - _back.GetValueOrDefault((id, key.Type, key.Partner)) != fen)
                return $"order {order.Number:D17}: {key.Partner} has {sold - _back.GetValueOrDefault((id, key.Type, key.Partner))} fen of it, and what stays gives it {fen}";
        }
        return null;
    }
}
