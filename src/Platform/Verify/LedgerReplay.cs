using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>
/// The ledger built up again from the log alone, and compared with the account rows. Accounts are the one table that is
/// held in memory: their number follows the days and the ticket types, not the sales.
/// </summary>
internal sealed class LedgerReplay
{
    private sealed class Replayed(AccountTerms terms)
    {
        public AccountTerms Terms = terms;
        public Int128 Balance;
        public bool Seen;
        public string Name => $"account {Terms.Code}";
    }

    private readonly Dictionary<long, Replayed> _accounts = [];
    public Complaint Limits { get; } = new();

    public void Open(AccountTerms terms)
    {
        var id = Account.IdOf(terms.Code);
        if (_accounts.TryGetValue(id, out var known)) known.Terms = terms;
        else _accounts.Add(id, new Replayed(terms));
    }

    /// <summary>Moves what a transfer row moves, in the order of the lanes' turns, which is the order for each account that has a limit. A complaint names the transfer.</summary>
    public void Move(string transfer, long source, long target, long amount, long unit)
    {
        if (Find(transfer, source, unit) is { } from)
        {
            from.Balance -= amount;
            if (from.Terms.Min is { } min && from.Balance < min) Limits.Add($"{transfer} takes {from.Name} to {from.Balance}, below its limit {min}");
        }
        if (Find(transfer, target, unit) is { } to)
        {
            to.Balance += amount;
            if (to.Terms.Max is { } max && to.Balance > max) Limits.Add($"{transfer} takes {to.Name} to {to.Balance}, above its limit {max}");
        }
    }

    private Replayed? Find(string transfer, long id, long unit)
    {
        if (!_accounts.TryGetValue(id, out var account)) Limits.Add($"{transfer} names account {id}, which no record opened");
        else if ((long)account.Terms.Unit != unit) Limits.Add($"{transfer} has unit {unit}, {account.Name} counts {account.Terms.Unit}");
        else return account;
        return null;
    }

    /// <summary>Compares every account row with what the log says it must be, and sums the balances by unit.</summary>
    public async Task<(Finding Rows, Dictionary<long, Int128> Sums)> Compare(Snapshot store)
    {
        var wrong = new Complaint();
        var sums = new Dictionary<long, Int128>();
        long rows = 0;
        await foreach (var cells in store.Stream(r => new Cells(r, LedgerTables.Accounts.Columns), LedgerTables.Accounts.Select + " order by id"))
        {
            rows++;
            try
            {
                sums[cells.Long(3)] = sums.GetValueOrDefault(cells.Long(3)) + cells.Long(6);
                CompareRow(cells, wrong);
            }
            catch (InvalidDataException unreadable) { wrong.Add($"account {cells.Shown(2)}: {unreadable.Message}"); }
        }
        foreach (var gone in _accounts.Values.Where(a => !a.Seen)) wrong.Add($"{gone.Name} is missing");
        return (wrong.Finding($"{rows:N0} accounts"), sums);
    }

    private void CompareRow(Cells cells, Complaint wrong)
    {
        if (!_accounts.TryGetValue(cells.Long(0), out var account))
        {
            var expected = Account.IdOf(cells.Text(2));
            wrong.Add($"account {cells.Shown(2)}: "
                + (expected == cells.Long(0) ? "no record of the log opened it" : $"its id is {cells.Shown(0)} instead of {expected}"));
            return;
        }
        account.Seen = true;
        var (id, terms) = (cells.Long(0), account.Terms);
        var row = new AccountTerms(cells.Int(1), cells.Text(2), (Unit)cells.Int(3), cells.LongOrNull(4), cells.LongOrNull(5));
        if (row != terms) wrong.Add($"{account.Name}: the row says {row}, the log {terms}");
        else if (Account.IdOf(row.Code) != id) wrong.Add($"{account.Name}: its id does not follow from its code");
        else if (cells.Long(6) != account.Balance) wrong.Add($"{account.Name}: the row says {cells.Long(6)}, the transfers {account.Balance}");
        else if (terms.Min is { } min && account.Balance < min) Limits.Add($"{account.Name}: {account.Balance} is below its limit {min}");
    }
}
