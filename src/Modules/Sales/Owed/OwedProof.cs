using Shanmen.Modules.Sales.DayReturns;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Owed;

/// <summary>Holds what the park owes against the refunds that were not paid at once, and the returns of whole days against their facts.</summary>
internal sealed class OwedProof : IProof
{
    private readonly RowReplay<Guid, OwedRefund> _debts = new(OwedRefund.Table);
    private readonly RowReplay<Guid, DayReturnRow> _days = new(DayReturnRow.Table);
    /// <summary>By debt, what its tickets brought, and by park what is open.</summary>
    private readonly Dictionary<(Guid Debt, PaymentMethod Method), long> _refunds = [];
    private readonly Dictionary<int, long> _open = [];
    private string? _bad;
    private int _count;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every debt of a refund and every return of a whole day is in each column what its facts say, and none is missing."),
        new("I2", "Every debt is what its tickets brought back, by each way; none is paid by more than it is; and what is open of all of them = the ledger's account of what is owed."),
    ];

    public IReadOnlyList<string> Kinds { get; } =
    [
        nameof(RefundPaid), nameof(RefundOwed), nameof(OwedPaid), nameof(DayReturnBegun), nameof(DayReturnTook), nameof(DayReturnSkipped), nameof(DayReturnStopped), nameof(DayReturnResumed), nameof(DayReturnEnded),
    ];

    public void Hear(LoggedFact fact, object read)
    {
        switch (fact.Kind)
        {
            case nameof(RefundPaid):
                var refund = fact.As<RefundPaid>();
                if (refund.Owed is { } owed) _refunds[(owed, refund.Method)] = _refunds.GetValueOrDefault((owed, refund.Method)) + refund.AmountFen;
                break;
            case nameof(RefundOwed):
                var arisen = fact.As<RefundOwed>();
                _count++;
                foreach (var (method, fen) in new[] { (PaymentMethod.Cash, arisen.CashFen), (PaymentMethod.Card, arisen.CardFen) })
                {
                    _refunds.Remove((arisen.OwedId, method), out var brought);
                    if (brought != fen) _bad ??= $"debt {arisen.OwedId}: its tickets brought {new Money(brought)} by {method}, not {new Money(fen)}";
                }
                if (_debts.Find(arisen.OwedId) is not null) _bad ??= $"debt {arisen.OwedId} arose twice";
                _debts.Put(new(arisen.OwedId, fact.Park, arisen.OrderId, fact.At, fact.Day, arisen.DayReturn, arisen.Reason, arisen.CashFen, arisen.CardFen, arisen.CashFen, arisen.CardFen));
                Owe(fact.Park, arisen.CashFen + arisen.CardFen);
                break;
            case nameof(OwedPaid):
                var paid = fact.As<OwedPaid>();
                if (_debts.Find(paid.OwedId)?.After(paid) is not { CashOpenFen: >= 0, CardOpenFen: >= 0 } left) { _bad ??= $"{fact.Name}: debt {paid.OwedId} is paid by more than it is"; break; }
                _debts.Put(left);
                Owe(fact.Park, -paid.CashFen - paid.CardFen);
                break;
            case nameof(DayReturnBegun): _days.Put(DayReturnRow.Of(fact.As<DayReturnBegun>(), fact.Park, fact.At)); break;
            case nameof(DayReturnTook): Put(fact.As<DayReturnTook>().Id, d => d.Took(fact.As<DayReturnTook>())); break;
            case nameof(DayReturnSkipped): Put(fact.As<DayReturnSkipped>().Id, d => d.Skipped(fact.As<DayReturnSkipped>())); break;
            case nameof(DayReturnStopped): Put(fact.As<DayReturnStopped>().Id, d => d with { State = DayReturnState.Stopped }); break;
            case nameof(DayReturnResumed): Put(fact.As<DayReturnResumed>().Id, d => d with { State = DayReturnState.Running }); break;
            default: Put(fact.As<DayReturnEnded>().Id, d => d with { State = DayReturnState.Ended, EndedAt = fact.At }); break;
        }

        void Put(Guid id, Func<DayReturnRow, DayReturnRow> after)
        {
            if (_days.Find(id) is { } row) _days.Put(after(row));
            else _bad ??= $"{fact.Name}: no return of a day {id} was begun";
        }
    }

    private void Owe(int park, long fen) => _open[park] = _open.GetValueOrDefault(park) + fen;

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        foreach (var (debt, _) in _refunds.Keys) _bad ??= $"debt {debt}: tickets went back for it, and it did not arise";
        var booked = (await store.Query(r => (Park: r.Int(0), Code: Account.CodeOf(r.Text(1)), Fen: -r.Long(2)), "select park, code, balance from account where code like '%/owed%'"))
            .Where(a => a.Code.EndsWith("/owed", StringComparison.Ordinal)).ToArray();
        foreach (var park in booked.Select(b => b.Park).Union(_open.Keys))
        {
            var (should, fen) = (_open.GetValueOrDefault(park), booked.Where(b => b.Park == park).Sum(b => b.Fen));
            if (should != fen) _bad ??= $"park {park}: {new Money(should)} is owed by the facts, {new Money(fen)} by the ledger";
        }
        return [await IRowReplay.Compare(store, _debts, _days), new Finding($"{_count} debts, {new Money(_open.Values.Sum())} open", _bad)];
    }
}
