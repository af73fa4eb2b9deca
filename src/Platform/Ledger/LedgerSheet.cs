using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>
/// The accounts of one group. Everything that moves — money, places, people inside — moves here, from one account to
/// another, so the sum of all balances of a unit is zero at every commit.
/// </summary>
public sealed class LedgerSheet
{
    private readonly WriteGroup _group;
    internal LedgerSheet(WriteGroup group) => _group = group;

    /// <summary>
    /// The balance now, in fen or pieces; 0 for an account that was never used. Of an unlimited one it is the sum of all lanes:
    /// it must have been named by <see cref="Touch.Whole"/>, and rests only where no other lane writes.
    /// </summary>
    public long Balance(Account account) => account.Stripes().Sum(a => _group.Find(LedgerTables.Accounts, a.Id)?.Balance ?? 0);

    /// <summary>True when the transfer would keep both accounts within their bounds.</summary>
    public bool Allows(Account from, Account to, long amount)
    {
        var source = Row(from);
        var target = Row(to);
        return (source.Min is not { } min || source.Balance - amount >= min)
            && (target.Max is not { } max || target.Balance + amount <= max);
    }

    /// <summary>
    /// Moves an amount. A transfer outside the bounds is a bug of the caller, who asks <see cref="Allows"/> first:
    /// it throws, and the request leaves nothing.
    /// </summary>
    public void Move(Account from, Account to, long amount, string what)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (amount == 0) return;
        if (from.Unit != to.Unit || from.Id == to.Id) throw new InvalidOperationException($"No transfer from {from.Code} to {to.Code}.");
        if (!Allows(from, to, amount)) throw new InvalidOperationException($"{amount} from {from.Code} to {to.Code} breaks a limit.");
        var source = Row(from);
        _group.Put(LedgerTables.Accounts, source with { Balance = source.Balance - amount });
        var target = Row(to);
        _group.Put(LedgerTables.Accounts, target with { Balance = target.Balance + amount });
        _group.Current.Transfers.Add(new Transfer(source.Id, target.Id, amount, from.Unit, what));
    }

    private AccountRow Row(Account whole)
    {
        var account = whole.On(_group.Lane);
        var row = _group.Find(LedgerTables.Accounts, account.Id);
        if (row is not null && row.Code == account.Code && row.Park == account.Park && row.Min == account.Min && row.Max == account.Max) return row;
        if (row is not null && (row.Code != account.Code || row.Park != account.Park))
            throw new InvalidOperationException($"Accounts {row.Code} and {account.Code} have the same id.");
        row = new AccountRow(account.Id, account.Park, account.Code, account.Unit, account.Min, account.Max, row?.Balance ?? 0);
        _group.Put(LedgerTables.Accounts, row);
        _group.Current.Accounts.Add(new AccountTerms(row.Park, row.Code, row.Unit, row.Min, row.Max));
        return row;
    }
}
