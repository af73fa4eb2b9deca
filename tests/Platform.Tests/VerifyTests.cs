using System.Text.Json;
using System.Text.RegularExpressions;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Tests;

public class VerifyTests
{
    public static TheoryData<string> Kinds() => TestStore.Kinds();

    private static readonly (string Table, string[] Key)[] Tables =
        [("log", ["lane", "seq"]), ("transfer", ["lane", "seq", "n"]), ("account", ["code"]), ("answer", ["id"])];

    [Theory, MemberData(nameof(Kinds))]
    public async Task An_untouched_store_is_proven(string kind)
    {
        await using var store = await (await TestStore.Create(kind)).Filled();
        var report = await StoreVerifier.Run(store.Database, store.Keys, []);
        Assert.True(report.Ok, report.ToText());
        Assert.Equal(0, report.LedgerSum);
        Assert.Contains("13 records", report.ToText());
        Assert.Contains("16 transfers", report.ToText());
        using var json = JsonDocument.Parse(report.ToJson());
        Assert.Equal("ok", json.RootElement.GetProperty("verify").GetString());
        Assert.Equal(0, json.RootElement.GetProperty("ledger_sum").GetInt64());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_flipped_byte_in_any_column_of_any_row_is_found_and_the_row_is_named(string kind)
    {
        await using var store = await (await TestStore.Create(kind)).Filled();
        await store.Stop();
        var missed = new List<string>();
        var flips = 0;
        foreach (var (table, key) in Tables)
        {
            var rows = await store.Database.Query(ToCells, $"select * from {table}");
            Assert.NotEmpty(rows);
            foreach (var row in rows)
                foreach (var column in row.Keys)
                {
                    var flipped = new Dictionary<string, object?>(row) { [column] = Flip(row[column], column) };
                    await Change(store, table, key, row, column, flipped[column]);
                    var report = await StoreVerifier.Run(store.Database, store.Keys, []);
                    var names = report.Lines.Select(l => l.FirstBad).OfType<string>();
                    if (!names.Any(n => Names(n, table, key, row) || Names(n, table, key, flipped)))
                        missed.Add($"{Name(table, key, row)} {column}: {string.Join("; ", names)}");
                    await Change(store, table, key, flipped, column, row[column]);
                    flips++;
                }
        }
        Assert.True(missed.Count == 0, string.Join('\n', missed));
        Assert.True(flips > 13 * 14 + 16 * 11 + 4 * 7, $"{flips} flips");
        Assert.True((await StoreVerifier.Run(store.Database, store.Keys, [])).Ok, "every change was taken back");
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_removed_row_is_found(string kind)
    {
        foreach (var (table, key) in Tables)
        {
            await using var store = await (await TestStore.Create(kind)).Filled();
            await store.Stop();
            var row = (await store.Database.Query(ToCells, $"select * from {table} order by {string.Join(", ", key)} desc"))[0];
            await store.Run($"delete from {table} where {Where(key, 1)}", [.. key.Select(k => row[k])]);
            Assert.False((await StoreVerifier.Run(store.Database, store.Keys, [])).Ok, Name(table, key, row));
        }
    }

    [Fact]
    public async Task A_number_replaced_by_a_word_is_named_and_not_a_crash()
    {
        await using var store = await (await TestStore.Create("sqlite")).Filled();
        await store.Stop();
        await store.Run("update transfer set amount = @1 where seq = 1 and n = 0", "many");
        await store.Run("update account set balance = @1 where code = '1/drawer/one'", new byte[] { 7 });
        var report = await StoreVerifier.Run(store.Database, null, []);
        Assert.Contains("transfer lane 1 seq 1 n 0: column amount holds no whole number", report.ToText());
        Assert.Contains("account 1/drawer/one: column balance holds no whole number", report.ToText());
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task A_sealed_day_cannot_be_changed_by_whoever_has_no_keys(string kind)
    {
        await using var store = await (await TestStore.Create(kind)).Filled();
        await store.Stop();
        LaneHead[] heads;
        await using (var snapshot = await store.Database.OpenSnapshot()) heads = await LaneHead.AllOf(snapshot);
        Assert.Equal(new LaneHead(1, 13, Assert.Single(heads).Hash), heads[0]);
        const string Sheet = """{"sales":5500}""";
        var root = DaySeal.RootOf(heads);
        await store.Run("insert into closing_sheet (id, park, day, sheet, lane_heads, root, seal) values (@1, @2, @3, @4, @5, @6, @7)",
            "1/20261003", 1L, 20261003L, Sheet, JsonSerializer.Serialize(heads, Json.Options), root, DaySeal.Of(store.Keys, 1, 20261003, Sheet, root));
        Assert.True((await StoreVerifier.Run(store.Database, store.Keys, [])).Ok);

        var row = (await store.Database.Query(ToCells, "select * from closing_sheet"))[0];
        foreach (var column in row.Keys)
        {
            await Change(store, "closing_sheet", ["id"], row, column, Flip(row[column]));
            var report = await StoreVerifier.Run(store.Database, store.Keys, []);
            Assert.Contains("closing sheet", string.Join(' ', report.Lines.Select(l => l.FirstBad)));
            await store.Run("delete from closing_sheet");
            await store.Run($"insert into closing_sheet ({string.Join(", ", row.Keys)}) values ({string.Join(", ", row.Keys.Select((_, i) => $"@{i + 1}"))})", [.. row.Values]);
        }
    }

    internal static Dictionary<string, object?> ToCells(Row r) => Enumerable.Range(0, r.Columns).ToDictionary(r.Name, r.Any);

    internal static object Flip(object? value, string column = "") => value switch
    {
        // PostgreSQL takes nothing but an id there.
        null when column == "hold" => new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        null => 0L,
        long number => number ^ 0x40,
        string { Length: 0 } => "x",
        string text => text[..(text.Length / 2)] + (char)(text[text.Length / 2] ^ 1) + text[(text.Length / 2 + 1)..],
        byte[] { Length: 0 } => new byte[] { 1 },
        byte[] bytes => bytes.Select((b, i) => i == bytes.Length / 2 ? (byte)(b ^ 1) : b).ToArray(),
        Guid id => new Guid(((byte[])Flip(id.ToByteArray(bigEndian: true))), bigEndian: true),
        _ => throw new InvalidOperationException(value.GetType().Name),
    };

    private static string Where(string[] key, int first) => string.Join(" and ", key.Select((k, i) => $"{k} = @{first + i}"));

    internal static Task Change(TestStore store, string table, string[] key, Dictionary<string, object?> row, string column, object? value) =>
        value is null
            ? store.Run($"update {table} set {column} = null where {Where(key, 1)}", [.. key.Select(k => row[k])])
            : store.Run($"update {table} set {column} = @1 where {Where(key, 2)}", [value, .. key.Select(k => row[k])]);

    internal static string Name(string table, string[] key, Dictionary<string, object?> row) => table switch
    {
        "account" => $"account {row["code"]}",
        "answer" or "hold" => $"{table} {(row["id"] is byte[] bytes ? new Guid(bytes, bigEndian: true) : row["id"])}",
        _ => $"{table} " + string.Join(' ', key.Select(k => $"{k} {row[k]}")),
    };

    internal static bool Names(string complaint, string table, string[] key, Dictionary<string, object?> row) =>
        Regex.IsMatch(complaint, Regex.Escape(Name(table, key, row)) + @"(?![\w/])");
}
