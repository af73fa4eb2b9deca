using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Verify;

/// <summary>
/// The ledger built up again from the log alone, and compared with the account rows. Accounts are the one table that is
/// held in memory: their number follows the days and the ticket types, not the sales.
/// </summary>
/// <param name="entry">Told each entry that an account which keeps them must have.</param>
internal sealed class LedgerReplay(Action<Entry> entry)
{
    private sealed class Replayed(AccountTerms terms)
    {
        public AccountTerms Terms = terms;
        public Int128 Balance, Leaving, Coming;
        public long Entries;
        public bool Seen;
        public string Name => $"account {Terms.Code}";
    }

    private readonly Dictionary<long, Replayed> _accounts = [];
    public Complaint Limits { get; } = new();
    private readonly Dictionary<Guid, HoldRow> _open = [];
    /// <summary>Holds that have ended, and once all is read those that stand; beside them what the rows say.</summary>
    public RowBalance Holds { get; } = new();
    public long HoldsOpened { get; private set; }

    public void Open(AccountTerms terms)
    {
        var id = Account.IdOf(terms.Code);
        if (_accounts.TryGetValue(id, out var known)) known.Terms = terms;
        else _accounts.Add(id, new Replayed(terms));
    }

    /// <summary>Moves or reserves what a transfer row says, in the order of the lanes' turns, which is the order for each account that has a limit. A complaint names the transfer.</summary>
    public void Move(TransferRow t)
    {
        if (t.Phase is < (int)Phase.AtOnce or > (int)Phase.TimedOut) { Limits.Add($"{t.Name} has phase {t.Phase}, and there is none"); return; }
        // A forged amount may be of any size, so it is added up where it cannot run over.
        var (phase, moved, reserved) = ((Phase)t.Phase, (Int128)(t.Phase is (int)Phase.AtOnce or (int)Phase.Posted ? t.Amount : 0), (Int128)0);
        if (phase == Phase.Held) reserved = Begin(t) ? t.Amount : 0;
        else if (phase != Phase.AtOnce)
        {
            if (End(t) is not { } hold) return;
            reserved = -(Int128)hold.Amount;
        }
        // Posting asks no limit: room was taken by the hold.
        var asks = phase is Phase.AtOnce or Phase.Held;
        if (Find(t, t.Source) is { } from)
        {
            from.Balance -= moved;
            from.Leaving += reserved;
            if (asks && from.Terms.Min is { } min && from.Balance - from.Leaving < min) Limits.Add($"{t.Name} takes {from.Name} to {from.Balance - from.Leaving}, below its limit {min}");
            if (moved != 0) Note(t, t.Source, from, -moved);
        }
        if (Find(t, t.Target) is { } to)
        {
            to.Balance += moved;
            to.Coming += reserved;
            if (asks && to.Terms.Max is { } max && to.Balance + to.Coming > max) Limits.Add($"{t.Name} takes {to.Name} to {to.Balance + to.Coming}, above its limit {max}");
            if (moved != 0) Note(t, t.Target, to, moved);
        }
    }

    private bool Begin(TransferRow t)
    {
        if (t.Hold is { } id && _open.TryAdd(id, new HoldRow(id, t.Park, t.Source, t.Target, t.Amount, (Unit)t.Unit, t.What, t.Until, Phase.Held, 0)))
        {
            HoldsOpened++;
            return true;
        }
        Limits.Add(t.Hold is null ? $"{t.Name} opens a hold without an id" : $"{t.Name} opens hold {t.Hold} a second time");
        return false;
    }

    /// <summary>The hold that a step ends, or null when there is none that it fits.</summary>
    private HoldRow? End(TransferRow t)
    {
        HoldRow? open = null;
        var why = t.Hold is not { } id || !_open.TryGetValue(id, out open) ? "which was never opened, or has ended"
            : (open.Source, open.Target, (int)open.Unit) != (t.Source, t.Target, t.Unit) ? "which is between other accounts"
            : t.Amount > open.Amount || (t.Phase != (int)Phase.Posted && t.Amount != open.Amount) ? $"which is of {open.Amount}"
            : t.Phase == (int)Phase.Posted && open.Until < t.At ? "whose time was over"
            : t.Phase == (int)Phase.TimedOut && open.Until >= t.At ? "whose time was not over"
            : null;
        if (why is not null) { Limits.Add($"{t.Name} ends hold {t.Hold}, {why}"); return null; }
        _open.Remove(open!.Id);
        Raise(open with { State = (Phase)t.Phase, Posted = t.Phase == (int)Phase.Posted ? t.Amount : 0 });
        return open;
    }

    private void Raise(HoldRow hold)
    {
        Ended?.Invoke(hold);
        Holds.Raise(Holds.PrintOf(HoldRow.Table.Values(hold)));
    }

    /// <summary>Told of each hold as its row must be, in its last state.</summary>
    public Action<HoldRow>? Ended { get; init; }

    /// <summary>All is read: what stands open must stand in its row.</summary>
    public void Close()
    {
        foreach (var hold in _open.Values) Raise(hold);
    }

    private void Note(TransferRow t, long id, Replayed account, Int128 amount)
    {
        // A forged one makes an entry that no row has.
        if (account.Terms.KeepsEntries) entry(new Entry(id, ++account.Entries, unchecked((int)t.Lane), t.Seq, t.N, unchecked((long)amount), unchecked((long)account.Balance), t.What, t.At));
    }

    private Replayed? Find(TransferRow t, long id)
    {
        if (!_accounts.TryGetValue(id, out var account)) Limits.Add($"{t.Name} names account {id}, which no record opened");
        else if ((long)account.Terms.Unit != t.Unit) Limits.Add($"{t.Name} has unit {t.Unit}, {account.Name} counts {account.Terms.Unit}");
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
        var row = new AccountTerms(cells.Int(1), cells.Text(2), (Unit)cells.Int(3), cells.LongOrNull(4), cells.LongOrNull(5)) { KeepsEntries = cells.LongOrNull(9) is not null };
        if (row != terms) wrong.Add($"{account.Name}: the row says {row}, the log {terms}");
        else if (Account.IdOf(row.Code) != id) wrong.Add($"{account.Name}: its id does not follow from its code");
        else if (cells.Long(6) != account.Balance) wrong.Add($"{account.Name}: the row says {cells.Long(6)}, the transfers {account.Balance}");
        else if (cells.Long(7) != account.Leaving) wrong.Add($"{account.Name}: the row says {cells.Long(7)} are leaving, the holds {account.Leaving}");
        else if (cells.Long(8) != account.Coming) wrong.Add($"{account.Name}: the row says {cells.Long(8)} are coming, the holds {account.Coming}");
        else if ((cells.LongOrNull(9) ?? 0) != account.Entries) wrong.Add($"{account.Name}: the row says {cells.Shown(9)} entries, the transfers {account.Entries}");
        else if (terms.Min is { } min && account.Balance < min) Limits.Add($"{account.Name}: {account.Balance} is below its limit {min}");
    }
}

/// <summary>A transfer as its row says.</summary>
internal sealed record TransferRow(long Lane, long Seq, int N, long Source, long Target, long Amount, int Unit, string What, long At, int Day, int Park, int Phase, Guid? Hold, long? Until)
{
    public string Name => $"transfer lane {Lane} seq {Seq} n {N}";

    public static TransferRow Of(Row r) => new(r.Long(0), r.Long(1), r.Int(2), r.Long(3), r.Long(4), r.Long(5), r.Int(6), r.Text(7), r.Long(8), r.Int(9), r.Int(10), r.Int(11), r.IdOrNull(12), r.LongOrNull(13));

    public byte[] Digest() => Log.LogRecord.DigestOf(Source, Target, Amount, Unit, What, At, Day, Park, N, Phase, Hold, Until);
}
