using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Ledger;

/// <summary>Reads balances outside the write path. By the time they are shown they may have moved; nothing is decided on them.</summary>
public static class Balances
{
    private const int AtOnce = 16;
    private static readonly string ByIds =
        $"select code, balance from account where id in ({string.Join(", ", Enumerable.Range(1, AtOnce).Select(i => "@" + i))})";

    /// <summary>The balances of all accounts of a park whose code begins with the prefix, by code without the park's part.</summary>
    public static async Task<Dictionary<string, long>> Read(Database database, int park, string codePrefix)
    {
        var prefix = $"{park}/{codePrefix}";
        // Not a range of texts: PostgreSQL sorts by the database's language, in which punctuation may not count.
        var rows = await database.Query(r => (Code: r.Text(0), Balance: r.Long(1)),
            "select code, balance from account where park = @1 and substr(code, 1, cast(@3 as integer)) = @2", park, prefix, prefix.Length);
        return rows.ToDictionary(r => r.Code[(r.Code.IndexOf('/') + 1)..], r => r.Balance);
    }

    /// <summary>The balances of these accounts by their full code; an account that was never used is absent.</summary>
    public static async Task<Dictionary<string, long>> Read(Database database, IReadOnlyList<Account> accounts)
    {
        var found = new Dictionary<string, long>();
        foreach (var some in accounts.Chunk(AtOnce))
        {
            // The statement's text is constant, so the rest is filled up with an id that no account has.
            var ids = Enumerable.Range(0, AtOnce).Select(i => (object?)(i < some.Length ? some[i].Id : -1L)).ToArray();
            foreach (var (code, balance) in await database.Query(r => (r.Text(0), r.Long(1)), ByIds, ids)) found[code] = balance;
        }
        return found;
    }
}
