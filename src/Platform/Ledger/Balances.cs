using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Ledger;

/// <summary>Reads balances outside the write path. By the time they are shown they may have moved; nothing is decided on them.</summary>
public static class Balances
{
    private const int AtOnce = 16;
    private static readonly string ByIds =
        $"select code, balance, coming from account where id in ({string.Join(", ", Enumerable.Range(1, AtOnce).Select(i => "@" + i))})";

    /// <summary>The balances of these accounts by their full code; an account that was never used is absent.</summary>
    public static Task<Dictionary<string, long>> Read(Database database, IReadOnlyList<Account> accounts) => Read(database, accounts, holds: 0);

    /// <summary>The balances with what holds will bring: how many have a place or hold one.</summary>
    public static Task<Dictionary<string, long>> ReadTaken(Database database, IReadOnlyList<Account> accounts) => Read(database, accounts, holds: 1);

    private static async Task<Dictionary<string, long>> Read(Database database, IReadOnlyList<Account> accounts, int holds)
    {
        var found = new Dictionary<string, long>();
        foreach (var some in accounts.SelectMany(a => a.Stripes()).Chunk(AtOnce))
        {
            // The statement's text is constant, so the rest is filled up with an id that no account has.
            var ids = Enumerable.Range(0, AtOnce).Select(i => (object?)(i < some.Length ? some[i].Id : -1L)).ToArray();
            foreach (var (code, balance) in await database.Query(r => (r.Text(0), r.Long(1) + (holds * r.Long(2))), ByIds, ids))
                found[Account.CodeOf(code)] = found.GetValueOrDefault(Account.CodeOf(code)) + balance;
        }
        return found;
    }
}
