using System.Globalization;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Exchange;

/// <summary>Counts what was paid for new paper, by the facts alone, and holds it against the ledger, day by day.</summary>
internal sealed class FeeCount
{
    private readonly Dictionary<string, long> _fees = [];
    private long _tickets;
    private string? _bad;

    public void Take(TicketsExchanged fact, LoggedFact record)
    {
        _tickets += fact.Tickets.Length;
        if (fact.Payments.Sum(p => p.AmountFen) != fact.FeeFen || fact.FeeFen < 0) _bad ??= $"{record.Name}: {new Money(fact.FeeFen)} for new paper is not what was paid";
        var code = string.Create(CultureInfo.InvariantCulture, $"{record.Park}/fees/{record.Day}/exchange");
        _fees[code] = _fees.GetValueOrDefault(code) - fact.FeeFen;
    }

    public async Task<Finding> Conclude(Snapshot store)
    {
        var ledger = new Dictionary<string, long>();
        foreach (var (code, balance) in await store.Query(r => (Account.CodeOf(r.Text(0)), r.Long(1)), "select code, balance from account where code like '%/fees/%'"))
            ledger[code] = ledger.GetValueOrDefault(code) + balance;
        foreach (var code in ledger.Keys.Union(_fees.Keys).Order(StringComparer.Ordinal))
            if (ledger.GetValueOrDefault(code) != _fees.GetValueOrDefault(code)) _bad ??= $"account {code}: {ledger.GetValueOrDefault(code)} fen where exchanges come to {_fees.GetValueOrDefault(code)}";
        return new Finding($"{_tickets} exchanges, {new Money(-_fees.Values.Sum())}", _bad);
    }
}
