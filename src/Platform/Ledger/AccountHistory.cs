using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Platform.Ledger;

/// <summary>A movement of an account on some day.</summary>
/// <param name="Turn">Orders the movements of all lanes.</param>
/// <param name="Amount">With its sign, in the account's unit.</param>
/// <param name="At">Microseconds since 1970, UTC.</param>
public sealed record Movement(long Turn, int Lane, long Seq, int N, long Amount, string What, long At);

/// <summary>What moved an account, page by page. Read outside the write path; nothing is decided on it.</summary>
public static class AccountHistory
{
    public const int PageMax = 500;

    /// <summary>The newest entries of an account that keeps them, each with the balance after it: neighbouring rows, however old the account.</summary>
    /// <param name="before">Number of the last entry of the page before; null for the newest.</param>
    public static Task<List<Entry>> Entries(Database database, Account account, long? before = null, int count = 50) =>
        database.Query(Entry.Read, $"select {Entry.Columns} from account_entry where account = @1 and number < @2 order by number desc limit @3",
            account.Id, before ?? long.MaxValue, (long)Math.Clamp(count, 1, PageMax));

    /// <summary>What moved an account on a business day, in the order in which it moved: the log's index by day finds the records, the transfers lie under their numbers.</summary>
    /// <param name="after">The last movement of the page before; null for the first page.</param>
    public static Task<List<Movement>> OfDay(Database database, Account account, DateOnly day, Movement? after = null, int count = 50)
    {
        // The statement's text is constant: a limited account has one row, and stands there for the other stripes too.
        var ids = account.Stripes().Select(s => s.Id).ToArray();
        return database.Query(r => new Movement(r.Long(0), r.Int(1), r.Long(2), r.Int(3), ids.Contains(r.Long(4)) ? -r.Long(5) : r.Long(5), r.Text(6), r.Long(7)), DaySql,
            [account.Park, BusinessDay.Number(day), after?.Turn ?? -1L, (long)(after?.Lane ?? 0), after?.Seq ?? 0L, (long)(after?.N ?? 0), (long)Math.Clamp(count, 1, PageMax),
                .. Enumerable.Range(0, Lanes.Max).Select(i => (object?)ids[i % ids.Length])]);
    }

    private static readonly string Stripes = string.Join(", ", Enumerable.Range(8, Lanes.Max).Select(i => "@" + i));
    private static readonly string DaySql =
        "select l.turn, t.lane, t.seq, t.n, t.source, t.amount, t.what, t.at from log l join transfer t on t.lane = l.lane and t.seq = l.seq "
        + $"where l.park = @1 and l.day = @2 and (t.source in ({Stripes}) or t.target in ({Stripes})) and t.phase in (0, 2) "
        + "and (l.turn, l.lane, l.seq, t.n) > (@3, @4, @5, @6) order by l.turn, l.lane, l.seq, t.n limit @7";
}
