using Shanmen.Modules.Sales.Bank;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>Holds agencies' accounts, and the money of the bank that was booked for them and for orders, against their facts.</summary>
internal sealed class AccountProof : IProof
{
    private readonly RowReplay<string, AgencyAccount> _accounts = new(AgencyAccount.Table);
    private readonly RowReplay<string, AgencyMoney> _money = new(AgencyMoney.Table);
    private readonly RowReplay<string, BankTransfer> _transfers = new(BankTransfer.Table);
    private string? _bad;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every account of an agency and all money of the bank, for it or for an order, is in each column what its facts say, and none is missing."),
        new("I2", "Money of the bank is booked once under its number, and reversed once."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(AgencyAccountSaved), nameof(AgencyMoneyBooked), nameof(AgencyMoneyReversed), nameof(BankTransferBooked), nameof(BankTransferReversed)];

    public void Hear(LoggedFact fact, object read)
    {
        switch (fact.Kind)
        {
            case nameof(AgencyAccountSaved): _accounts.Put(fact.As<AgencyAccountSaved>().Account); break;
            case nameof(AgencyMoneyBooked):
                var booked = fact.As<AgencyMoneyBooked>();
                if (_money.Find(AgencyMoney.IdOf(fact.Park, booked.Agency, booked.Reference)) is { ReversedBy: null }) _bad ??= $"{fact.Name}: {booked.Reference} of {booked.Agency} is booked twice";
                _money.Put(new(fact.Park, booked.Agency, booked.Reference, booked.Kind, booked.Fen, booked.Note, booked.StaffId, fact.At, fact.Day));
                break;
            case nameof(BankTransferBooked):
                var came = fact.As<BankTransferBooked>();
                if (_transfers.Find(BankTransfer.IdOf(fact.Park, came.Reference)) is { ReversedBy: null }) _bad ??= $"{fact.Name}: bank transfer {came.Reference} is booked twice";
                _transfers.Put(new(fact.Park, came.Reference, came.Number, came.Kind, came.Fen, came.Note, came.StaffId, fact.At, fact.Day));
                break;
            case nameof(BankTransferReversed):
                var undone = fact.As<BankTransferReversed>();
                if (_transfers.Find(BankTransfer.IdOf(fact.Park, undone.Reference)) is { ReversedBy: null } transfer && transfer.Fen == undone.Fen && transfer.Number == undone.Number)
                    _transfers.Put(transfer with { ReversedBy = undone.StaffId, ReversedAt = fact.At, ReversedWhy = undone.Reason });
                else _bad ??= $"{fact.Name}: bank transfer {undone.Reference} did not stand";
                break;
            default:
                var reversed = fact.As<AgencyMoneyReversed>();
                if (_money.Find(AgencyMoney.IdOf(fact.Park, reversed.Agency, reversed.Reference)) is { ReversedBy: null } stood && stood.Fen == reversed.Fen)
                    _money.Put(stood with { ReversedBy = reversed.StaffId, ReversedAt = fact.At, ReversedWhy = reversed.Reason });
                else _bad ??= $"{fact.Name}: {reversed.Reference} of {reversed.Agency} did not stand";
                break;
        }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _accounts, _money, _transfers), new Finding("", _bad)];
}

/// <summary>Counts what each agency has ahead and owes and what the bank brought for orders, by paid orders and the money of the bank.</summary>
internal static class AccountCount
{
    public static async Task<Finding> Conclude(Snapshot store)
    {
        var should = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where state = 'Paid' and (agency is not null or payments like '%\"bankTransfer\"%')"))
            foreach (var payment in order.Payments.Where(p => p.Method.IsOnAccount()))
                Add(OrderAccounts.Of(order).Of(payment.Method)!.Value.Code, payment.AmountFen - payment.RefundedFen);
        foreach (var money in await store.Query(AgencyMoney.Table.Read, AgencyMoney.Table.Select + " where reversed_by is null"))
            Add(money.Account.Code, money.Kind == AgencyMoneyKind.PayOut ? money.Fen : -money.Fen);
        foreach (var money in await store.Query(BankTransfer.Table.Read, BankTransfer.Table.Select + " where reversed_by is null"))
            Add(BankTransfer.AccountOf(money.Park, $"{money.Number:D17}").Code, money.Kind == BankTransferKind.SentBack ? money.Fen : -money.Fen);
        var booked = (await store.Query(r => (Code: r.Text(0), Balance: r.Long(1)), "select code, balance from account where code like '%/prepaid/%' or code like '%/signed/%' or code like @1", $"%/{BankTransfer.AccountPrefix}%")).ToDictionary(a => a.Code, a => a.Balance);
        var figure = $"{should.Count} accounts, {new Money(-Sum("/prepaid/"))} ahead, {new Money(Sum("/signed/"))} signed, {new Money(-Sum("/" + BankTransfer.AccountPrefix))} of the bank not used";
        foreach (var code in should.Keys.Union(booked.Keys))
        {
            var (fen, balance) = (should.GetValueOrDefault(code), booked.GetValueOrDefault(code));
            if (fen != balance) return new(figure, $"account {code}: {new Money(balance)} in the ledger, {new Money(fen)} by orders and the bank");
            if (balance > 0 && !code.Contains("/signed/", StringComparison.Ordinal)) return new(figure, $"account {code}: more was bought than was paid ahead");
        }
        return new(figure, null);

        long Sum(string kind) => should.Where(a => a.Key.Contains(kind, StringComparison.Ordinal)).Sum(a => a.Value);
        void Add(string code, long fen) => should[code] = should.GetValueOrDefault(code) + fen;
    }
}
