using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Ledger;

/// <summary>
/// The accounts of one group. Everything that moves — money, places, people inside — moves here, from one account to
/// another, so the sum of all balances of a unit is zero at every commit.
/// </summary>
public sealed class LedgerSheet
{
    private readonly WriteGroup _group;
    internal LedgerSheet(WriteGroup group) => (_group, Holds) = (group, new HoldSheet(group, this));

    /// <summary>What is reserved and not final yet.</summary>
    public HoldSheet Holds { get; }

    /// <summary>
    /// The balance now, in fen or pieces; 0 for an account that was never used. Of an unlimited one it is the sum of all lanes:
    /// it must have been named by <see cref="Touch.Whole"/>, and rests only where no other lane writes.
    /// </summary>
    public long Balance(Account account) => account.Stripes().Sum(a => _group.Find(LedgerTables.Accounts, a.Id)?.Balance ?? 0);

    /// <summary>The balance with what holds will bring: what the account's upper bound is asked of. The account is a limited one.</summary>
    public long Taken(Account account) => _group.Find(LedgerTables.Accounts, account.Id) is { } row ? row.Balance + row.Coming : 0;

    /// <summary>The same of every limited account of a park whose code begins so, by its code without the park. They must have been named by <see cref="Touch.Accounts"/>.</summary>
    public IEnumerable<(string Code, long Taken)> TakenOf(int park, string prefix) => _group.Rows(LedgerTables.Accounts)
        .Where(a => a.Code.StartsWith($"{park}/{prefix}", StringComparison.Ordinal)).Select(a => (a.Code[(a.Code.IndexOf('/') + 1)..], a.Balance + a.Coming));

    /// <summary>The balance without what holds will take: what the account's lower bound is asked of. The account is a limited one.</summary>
    public long Free(Account account) => _group.Find(LedgerTables.Accounts, account.Id) is { } row ? row.Balance - row.Leaving : 0;

    /// <summary>True when the transfer, or a hold of as much, would keep both accounts within their bounds; what others hold is counted.</summary>
    public bool Allows(Account from, Account to, long amount)
    {
        var source = Row(from);
        var target = Row(to);
        return (source.Min is not { } min || source.Balance - source.Leaving - amount >= min)
            && (target.Max is not { } max || target.Balance + target.Coming + amount <= max);
    }

    /// <summary>
    /// Moves an amount. A transfer outside the bounds is a bug of the caller, who asks <see cref="Allows"/> first:
    /// it throws, and the request leaves nothing.
    /// </summary>
    public void Move(Account from, Account to, long amount, string what)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        if (amount == 0) return;
        MustAllow(from, to, amount);
        var source = Row(from);
        Put(source with { Balance = source.Balance - amount }, -amount);
        var target = Row(to);
        Put(target with { Balance = target.Balance + amount }, amount);
        _group.Current.Transfers.Add(new Transfer(source.Id, target.Id, amount, from.Unit, what));
    }

    internal void MustAllow(Account from, Account to, long amount)
    {
        if (from.Unit != to.Unit || from.Id == to.Id) throw new InvalidOperationException($"No transfer from {from.Code} to {to.Code}.");
        if (!Allows(from, to, amount)) throw new InvalidOperationException($"{amount} from {from.Code} to {to.Code} breaks a limit.");
    }

    /// <summary>Puts a row whose balance has moved by so much, and its entry where it keeps them, for the transfer that is added next.</summary>
    internal void Put(AccountRow row, long moved)
    {
        if (row.Entries is { } last && moved != 0)
        {
            row = row with { Entries = last + 1 };
            _group.Current.Entries.Add(new DraftEntry(row.Id, last + 1, _group.Current.Transfers.Count, moved, row.Balance));
        }
        _group.Put(LedgerTables.Accounts, row);
    }

    internal AccountRow Row(Account whole)
    {
        var account = whole.On(_group.Lane);
        var row = _group.Find(LedgerTables.Accounts, account.Id);
        var keepsEntries = account.KeepsEntries || row?.Entries is not null;
        if (row is not null && row.Code == account.Code && row.Park == account.Park && row.Min == account.Min && row.Max == account.Max && keepsEntries == row.Entries is not null) return row;
        if (row is not null && (row.Code != account.Code || row.Park != account.Park))
            throw new InvalidOperationException($"Accounts {row.Code} and {account.Code} have the same id.");
        row = (row ?? new AccountRow(account.Id, account.Park, account.Code, account.Unit, null, null, 0)) with { Min = account.Min, Max = account.Max, Entries = keepsEntries ? row?.Entries ?? 0 : null };
        _group.Put(LedgerTables.Accounts, row);
        _group.Current.Accounts.Add(new AccountTerms(row.Park, row.Code, row.Unit, row.Min, row.Max) { KeepsEntries = keepsEntries });
        return row;
    }
}
