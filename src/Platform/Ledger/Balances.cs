using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Ledger;

/// <summary>Reads balances outside the write path. By the time they are shown they may have moved; nothing is decided on them.</summary>
public static class Balances
{
    // The texts of the statements are constant: one for a screen's few accounts, one for the slots of a month.
    private const int Few = 16, Many = 256;
    private static readonly string ByFew = ByIds(Few), ByMany = ByIds(Many);

    /// <summary>The balances of these accounts by their full code; an account that was never used is absent.</summary>
    public static Task<Dictionary<string, long>> Read(Database database, IReadOnlyList<Account> accounts) => Read(database, accounts, holds: 0);

    /// <summary>The balances with what holds will bring: how many have a place or hold one.</summary>
    public static Task<Dictionary<string, long>> ReadTaken(Database database, IReadOnlyList<Account> accounts) => Read(database, accounts, holds: 1);

    private static async Task<Dictionary<string, long>> Read(Database database, IReadOnlyList<Account> accounts, int holds)
    {
        var found = new Dictionary<string, long>();
        var rows = accounts.SelectMany(a => a.Stripes()).ToArray();
        for (int at = 0, size; at < rows.Length; at += size)
        {
            size = rows.Length - at > Few ? Many : Few;
            // The rest is filled up with an id that no account has.
            var ids = Enumerable.Range(at, size).Select(i => (object?)(i < rows.Length ? rows[i].Id : -1L)).ToArray();
            foreach (var (code, balance) in await database.Query(r => (r.Text(0), r.Long(1) + (holds * r.Long(2))), size == Few ? ByFew : ByMany, ids))
                found[Account.CodeOf(code)] = found.GetValueOrDefault(Account.CodeOf(code)) + balance;
        }
        return found;
    }

    private static string ByIds(int count) => $"select code, balance, coming from account where id in ({string.Join(", ", Enumerable.Range(1, count).Select(i => "@" + i))})";
}
