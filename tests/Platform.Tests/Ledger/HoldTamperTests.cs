using Shanmen.Platform.Ledger;
using Shanmen.Platform.Verify;

namespace Shanmen.Platform.Tests.Ledger;

/// <summary>Whoever changes holds, their steps or an account's history by hand is found, and the row is named.</summary>
public class HoldTamperTests
{
    private static readonly (string Table, string[] Key)[] Tables =
        [("transfer", ["lane", "seq", "n"]), ("account", ["code"]), ("hold", ["id"]), ("account_entry", ["account", "number"])];
    private static readonly Account Purse = Account.Of(1, "purse/one", Unit.Fen, min: 0, max: 10_000) with { KeepsEntries = true }, Shop = Account.Of(1, "shop/one", Unit.Fen, min: 0),
        Bank = Account.Of(1, "bank", Unit.Fen, min: -1_000_000);

    public static TheoryData<string> Kinds() => TestStore.Kinds();

    /// <summary>A hold of each kind: open with a moment and without, posted in part, voided, timed out.</summary>
    private static async Task<TestStore> Filled(string kind)
    {
        var store = await Acting.Open(kind);
        Guid[] ids = [.. Enumerable.Range(0, 5).Select(_ => Guid.CreateVersion7(store.Clock.GetUtcNow()))];
        Assert.Null(await store.Move(Bank, Purse, 1_000));
        var soon = store.Clock.GetUtcNow().AddMinutes(1);
        for (var i = 0; i < ids.Length; i++) Assert.Null(await store.Hold(ids[i], Purse, Shop, 100 + i, i is 0 or 4 ? soon : null));
        Assert.Null(await store.Post(ids[2], 50));
        Assert.Null(await store.Void(ids[3]));
        store.Clock.TrySet(soon.AddHours(1));
        Assert.Null(await store.TimeOut(ids[4]));
        await store.Stop();
        return store;
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_flipped_byte_in_any_column_is_found_and_the_row_is_named(string kind)
    {
        await using var store = await Filled(kind);
        await store.MustVerify();
        List<string> missed = [];
        var flips = 0;
        // The proofs are the same code on both stores; only how a row is read differs.
        var tables = kind == "sqlite" ? Tables : Tables[2..];
        foreach (var (table, key) in tables)
            foreach (var row in await store.Database.Query(VerifyTests.ToCells, $"select * from {table}"))
                foreach (var column in row.Keys)
                {
                    var flipped = new Dictionary<string, object?>(row) { [column] = VerifyTests.Flip(row[column], column) };
                    await VerifyTests.Change(store, table, key, row, column, flipped[column]);
                    var names = (await StoreVerifier.Run(store.Database, store.Keys, [])).Lines.Select(l => l.FirstBad).OfType<string>().ToArray();
                    if (!names.Any(n => VerifyTests.Names(n, table, key, row) || VerifyTests.Names(n, table, key, flipped)))
                        missed.Add($"{VerifyTests.Name(table, key, row)} {column}: {string.Join("; ", names)}");
                    await VerifyTests.Change(store, table, key, flipped, column, row[column]);
                    flips++;
                }
        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Assert.True(flips >= (5 * 10) + (2 * 9) + (kind == "sqlite" ? (9 * 14) + (3 * 10) : 0), $"{flips} flips");
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_removed_row_and_an_invented_one_are_named(string kind)
    {
        await using var store = await Filled(kind);
        foreach (var (table, key) in Tables)
        {
            var row = (await store.Database.Query(VerifyTests.ToCells, $"select * from {table} order by {string.Join(", ", key)} desc"))[0];
            await store.Run($"delete from {table} where {string.Join(" and ", key.Select((k, i) => $"{k} = @{i + 1}"))}", [.. key.Select(k => row[k])]);
            Assert.Contains(VerifyTests.Name(table, key, row), await Complaints(store));
            await Insert(store, table, row);
            // Its twin under another key: somebody's work, but not the log's.
            var twin = new Dictionary<string, object?>(row);
            foreach (var k in key.Append(table == "account" ? "id" : key[0]).Distinct()) twin[k] = VerifyTests.Flip(row[k]);
            await Insert(store, table, twin);
            Assert.Contains(VerifyTests.Name(table, key, twin), await Complaints(store));
            await store.Run($"delete from {table} where {string.Join(" and ", key.Select((k, i) => $"{k} = @{i + 1}"))}", [.. key.Select(k => twin[k])]);
        }
        await store.MustVerify();
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_hold_that_was_taken_away_and_opened_again_is_named(string kind)
    {
        await using var store = await Acting.Open(kind);
        var id = Guid.CreateVersion7(store.Clock.GetUtcNow());
        Assert.Null(await store.Move(Bank, Purse, 1_000));
        Assert.Null(await store.Hold(id, Purse, Shop, 100));
        Assert.Null(await store.Void(id));
        await store.Stop();
        await store.MustVerify();
        await store.Run("delete from hold where id = @1", id);
        // Its row now is what the last steps left, and the log has it twice.
        Assert.Null(await store.Hold(id, Purse, Shop, 100));
        await store.Stop();
        Assert.Contains($"hold {id}", await Complaints(store));
    }

    private static Task Insert(TestStore store, string table, Dictionary<string, object?> row)
    {
        var filled = row.Where(c => c.Value is not null).ToArray();
        return store.Run($"insert into {table} ({string.Join(", ", filled.Select(c => c.Key))}) values ({string.Join(", ", filled.Select((_, i) => $"@{i + 1}"))})", [.. filled.Select(c => c.Value)]);
    }

    private static async Task<string> Complaints(TestStore store) =>
        string.Join("; ", (await StoreVerifier.Run(store.Database, store.Keys, [])).Lines.Select(l => l.FirstBad).OfType<string>());
}
