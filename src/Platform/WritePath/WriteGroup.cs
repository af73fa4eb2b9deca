using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;

namespace Shanmen.Platform.WritePath;

/// <summary>Collects the rows that the requests of one group need.</summary>
public sealed class Touch(WriteGroup group)
{
    public DateTimeOffset Now => group.Now;
    public DateOnly BusinessDay(int park) => group.BusinessDay(park);
    public void Row<TKey, TRow>(RowTable<TKey, TRow> table, TKey key) where TKey : notnull where TRow : class =>
        group.Set(table).Want(key);
    /// <summary>An account to move to or from.</summary>
    public void Account(Account account) => Row(LedgerTables.Accounts, account.On(group.Lane).Id);
    /// <summary>All of an account, to decide on the balance of one that the lanes share out among themselves.</summary>
    public void Whole(Account account)
    {
        foreach (var stripe in account.Stripes()) Row(LedgerTables.Accounts, stripe.Id);
    }
    /// <summary>All accounts of a park whose code, without the park, begins so. Only for requests that run alone: to others more may come.</summary>
    public void Accounts(int park, string prefix) =>
        group.Set(LedgerTables.Accounts).Search(new Statement($"{LedgerTables.Accounts.Select} where code like @1", $"{park}/{prefix}%"));
    /// <summary>All rows of a park. Only for requests that run alone: to others more may come.</summary>
    public void RowsOf<TKey, TRow>(RowTable<TKey, TRow> table, int park) where TKey : notnull where TRow : class =>
        group.Set(table).Search(new Statement($"{table.Select} where park = @1", park));
    /// <summary>The lane that commits, from 1.</summary>
    public int Lane => group.Lane;
}

/// <summary>
/// The requests that are committed together, and the rows between reading and writing. One request at a time decides;
/// what it changed is undone when it ends in a refusal or a fault.
/// </summary>
public sealed class WriteGroup
{
    private readonly Dictionary<object, IRowSet> _sets = [];
    private readonly List<Draft> _drafts = [];
    private readonly Time.ParkTimes _times;
    private readonly Dictionary<int, DateOnly> _days = [];
    private Draft? _current;

    internal WriteGroup(DateTimeOffset now, Time.ParkTimes times, int lane, int lanes)
    {
        (Now, _times, Lane, LanesOfStore) = (now, times, lane, lanes);
        Ledger = new LedgerSheet(this);
    }

    /// <summary>The moment of this commit, the same for all its requests.</summary>
    public DateTimeOffset Now { get; }
    public LedgerSheet Ledger { get; }
    /// <summary>The lane that commits, from 1.</summary>
    public int Lane { get; }
    /// <summary>How many lanes may write this store: 1 on the embedded one.</summary>
    public int LanesOfStore { get; }

    /// <summary>The business day that this commit is stamped with: one and the same, though the park's hours be changed meanwhile.</summary>
    public DateOnly BusinessDay(int park)
    {
        if (!_days.TryGetValue(park, out var day)) _days.Add(park, day = _times.DayAt(park, Now));
        return day;
    }

    /// <summary>The moment of this commit on the park's wall clock.</summary>
    public DateTime LocalTime(int park) => _times.Local(park, Now);

    public TRow? Find<TKey, TRow>(RowTable<TKey, TRow> table, TKey key) where TKey : notnull where TRow : class => Set(table).Get(key);
    public void Put<TKey, TRow>(RowTable<TKey, TRow> table, TRow row) where TKey : notnull where TRow : class
    {
        if (table.Settled && !Current.Alone) throw new InvalidOperationException($"{table.Name} is changed only by requests that run alone.");
        Set(table).Put(row);
    }

    /// <summary>Records a fact: once, for ever, in the log. The subject is the id of the thing that it happened to.</summary>
    public void Record(string kind, Guid subject, object body) => Current.Facts.Add(new DraftFact(kind, subject, body));

    /// <summary>Whether the current request has changed anything yet.</summary>
    public bool HasRecorded => Current.Facts.Count > 0;

    /// <summary>Who the current request acts for.</summary>
    public WriteKey Key => Current.Key;

    internal Draft Current => _current ?? throw new InvalidOperationException("No request is deciding.");
    internal IReadOnlyList<Draft> Drafts => _drafts;

    internal void Begin(WriteKey key, bool alone)
    {
        foreach (var set in _sets.Values) set.Mark();
        _current = new Draft(key, alone);
    }

    internal Draft Keep() { var kept = Current; _drafts.Add(kept); _current = null; return kept; }

    internal void Drop()
    {
        foreach (var set in _sets.Values) set.Undo();
        _current = null;
    }

    internal RowSet<TKey, TRow> Set<TKey, TRow>(RowTable<TKey, TRow> table) where TKey : notnull where TRow : class
    {
        if (_sets.TryGetValue(table, out var set)) return (RowSet<TKey, TRow>)set;
        var made = new RowSet<TKey, TRow>(table);
        _sets.Add(table, made);
        return made;
    }

    /// <summary>All rows that were named, in the order of the tables' names: every group locks in the same order.</summary>
    internal List<KeyedRead> Reads() =>
        [.. _sets.Values.Select(s => s.Read()).OfType<KeyedRead>().OrderBy(r => r.Table, StringComparer.Ordinal)];

    /// <summary>Reads the rows that were named by what they have in common. The rows of <see cref="Reads"/> are there, so no other lane is at work.</summary>
    internal async Task Search(WriteSession session, bool alone, CancellationToken cancel)
    {
        foreach (var set in _sets.Values)
            foreach (var search in set.Searches)
            {
                if (!alone) throw new InvalidOperationException($"Rows of {set.Table} are searched only by requests that run alone.");
                foreach (var found in await session.Query(set.Reader, search, cancel)) found();
            }
    }

    /// <summary>All rows that were named or found, as they are now.</summary>
    public IEnumerable<TRow> Rows<TKey, TRow>(RowTable<TKey, TRow> table) where TKey : notnull where TRow : class => Set(table).All;

    /// <summary>The rows to write, in the same order as they are read: new rows of two lanes must not wait for each other crosswise.</summary>
    internal IEnumerable<Statement> RowChanges() => _sets.Values.OrderBy(s => s.Table, StringComparer.Ordinal).SelectMany(s => s.Changes());
}

/// <summary>What one request wants written beside its rows.</summary>
internal sealed class Draft(WriteKey key, bool alone)
{
    public WriteKey Key { get; } = key;
    public bool Alone { get; } = alone;
    public List<DraftFact> Facts { get; } = [];
    public List<Transfer> Transfers { get; } = [];
    public List<AccountTerms> Accounts { get; } = [];
    public List<DraftEntry> Entries { get; } = [];
    public StoredRow? Answer { get; set; }
    /// <summary>What goes from the store: old rows that no request decides on any more.</summary>
    public List<Statement> Sweeps { get; } = [];
}

internal sealed record DraftFact(string Kind, Guid Subject, object Body);
