using System.Data.Common;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>Whoever changes the tables by hand is found, column by column, and told which row (I10, S17).</summary>
public abstract class TamperTests(TestPark park)
{
    private static readonly (string Table, string Where, string[] Names)[] Rows =
    [
        // The row that is changed, and the columns of which one must stand in the complaint.
        ("log", "kind = 'TicketAdmitted'", ["seq"]),
        ("transfer", "what = 'places'", ["seq"]),
        ("account", "code like '%/drawer/%'", ["code", "id"]),
        ("answer", "body like '%\"tickets\":[{%'", ["id", "key"]),
        ("ticket", "used > 0", ["short_code", "id"]),
        ("orders", "refunded_fen > 0", ["id", "number"]),
        ("hold", "state = 1", ["id"]),
    ];

    /// <summary>Which columns this store is tried on: the proofs are the same code on both, so one of the two takes them all.</summary>
    protected abstract bool Tries(string column);

    [Fact]
    public async Task A_change_in_any_column_is_found_and_its_row_named()
    {
        var (desk, manager) = (await park.TheDesk(), await park.The("manager"));
        var order = await desk.Sell(await park.NewType(), quantity: 3);
        await park.Admit(order.Tickets[0].Qr);
        (await desk.Return(order.Tickets[1].Id, manager)).MustBeDone();
        await desk.Sell(await park.NewType(), payments: []);
        await park.Centre.Close();
        await park.MustVerify();

        await using var connection = await park.Store.Open();
        List<string> unseen = [];
        var victims = new List<Victim>();
        foreach (var (table, where, names) in Rows)
        {
            var columns = await ColumnsOf(connection, table);
            var keys = columns.Where(c => c.IsKey).Select(c => c.Name);
            victims.Add(new Victim(table, names, columns, (await Store.Rows(connection, $"select {string.Join(", ", columns.Select(c => c.Name))} from {table} where {where} order by {string.Join(", ", keys)} limit 1")).Single()));
        }
        foreach (var (changed, at) in Rounds(victims)) unseen.AddRange(await Unseen(connection, changed, at));
        unseen.AddRange(await Removed(connection));
        unseen.AddRange(await Alike(connection, victims.Single(v => v.Table == "orders")));
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
        await park.MustVerify();
    }

    /// <summary>
    /// Which column of which rows is changed at once. What the log and the transfers say, all proofs compare with, so each of their columns has a
    /// round of its own; the other tables are each proven by themselves and say themselves what is wrong with them.
    /// </summary>
    private IEnumerable<(Victim[] Changed, int At)> Rounds(List<Victim> victims)
    {
        foreach (var some in victims.GroupBy(v => v.Table is "log" or "transfer" ? v.Table : "rows"))
            for (var at = 0; at < some.Max(v => v.Columns.Count); at++)
                if (some.Where(v => at < v.Columns.Count && Tries($"{v.Table}.{v.Columns[at].Name}")).ToArray() is { Length: > 0 } changed) yield return (changed, at);
    }

    private async Task<List<string>> Unseen(DbConnection connection, Victim[] changed, int at)
    {
        List<string> unseen = [];
        foreach (var v in changed) Assert.Equal(1, await v.Set(connection, at, v.Row[at], Altered(v.Row[at], v.Columns[at].IsKey)));
        var complaint = await Complaint();
        foreach (var v in changed)
        {
            var (before, after) = (v.Row[at], Altered(v.Row[at], v.Columns[at].IsKey));
            Assert.Equal(1, await v.Set(connection, at, after, before));
            var column = $"{v.Table}.{v.Columns[at].Name}";
            if (complaint is null) unseen.Add($"{column} changed from {Shown(before)} to {Shown(after)}: verify says ok");
            // Said of this table, and of this row.
            else if (!complaint.Split(" | ").Any(said => said.Contains(v.Word, StringComparison.Ordinal)
                && v.Names.Any(n => v.Columns.FindIndex(c => c.Name == n) is var i && Spellings(v.Row[i], i == at ? after : v.Row[i]).Any(said.Contains))))
                unseen.Add($"{column}: the row is not named: {complaint}");
        }
        return unseen;
    }

    /// <summary>A row to be changed.</summary>
    /// <param name="Names">The columns of which one must stand in the complaint.</param>
    private sealed record Victim(string Table, string[] Names, List<(string Name, bool IsKey)> Columns, object?[] Row)
    {
        /// <summary>How a complaint names the table.</summary>
        public string Word => Table == "orders" ? "order" : Table;

        /// <summary>Puts a value into a column; the row is found by its key, of which the column may be a part.</summary>
        public Task<int> Set(DbConnection connection, int at, object? from, object? to)
        {
            var keys = Columns.Select((c, i) => (c, i)).Where(c => c.c.IsKey).ToArray();
            return Store.Change(connection, $"update {Table} set {Columns[at].Name} = @p0 where {string.Join(" and ", keys.Select((k, i) => $"{k.c.Name} = @p{i + 1}"))}",
                [to, .. keys.Select(k => k.i == at ? from : Row[k.i])]);
        }
    }

    /// <summary>The newest record cut off with all that it did is the one thing that only the printed seal shows; anything older is found.</summary>
    private async Task<List<string>> Removed(DbConnection connection)
    {
        List<string> unseen = [];
        foreach (var (table, where, _) in Rows)
        {
            if (!Tries(table)) continue;
            await using var transaction = await connection.BeginTransactionAsync();
            var columns = string.Join(", ", (await ColumnsOf(connection, table)).Select(c => c.Name));
            var row = (await Store.Rows(connection, $"select {columns} from {table} where {where} limit 1")).Single();
            var key = columns.Split(", ")[table is "log" or "transfer" ? 1 : 0];
            var value = row[table is "log" or "transfer" ? 1 : 0];
            await Store.Change(connection, $"delete from {table} where {where} and {key} = @p0", value);
            await transaction.CommitAsync();
            if (await Complaint() is null) unseen.Add($"{table}: a removed row is not missed");
            await Store.Change(connection, $"insert into {table} ({columns}) values ({string.Join(", ", row.Select((_, i) => "@p" + i))})", row);
        }
        return unseen;
    }

    /// <summary>What a program would read as the same: a state's name by its number, JSON with a blank or a word more, a yes by another number.</summary>
    private async Task<List<string>> Alike(DbConnection connection, Victim order)
    {
        List<string> unseen = [];
        foreach (var (column, alike) in new[] { ("state", "'1'"), ("lines", "lines || ' '"), ("payments", "' ' || payments"), ("payments", "replace(payments, '}', ',\"x\":1}')"), ("on_one_ticket", "on_one_ticket + 2") })
        {
            var at = order.Columns.FindIndex(c => c.Name == column);
            Assert.Equal(1, await Store.Change(connection, $"update orders set {column} = {alike} where id = @p0", order.Row[0]));
            var complaint = await Complaint();
            if (complaint?.Contains(Spellings(order.Row[0]).First(), StringComparison.Ordinal) != true && complaint?.Contains("there is no state 1", StringComparison.Ordinal) != true)
                unseen.Add($"orders.{column} = {alike}: {complaint ?? "verify says ok"}");
            Assert.Equal(1, await order.Set(connection, at, null, order.Row[at]));
        }
        return unseen;
    }

    private async Task<string?> Complaint()
    {
        var result = await park.Store.Verb("verify", "--json");
        var line = result.Output.Split('\n').FirstOrDefault(l => l.StartsWith('{')) ?? throw new Xunit.Sdk.XunitException($"verify gave no verdict: {result.Output}{result.Errors}");
        var report = JsonNode.Parse(line)!;
        Assert.Equal((string?)report["verify"] == "ok", result.ExitCode == 0);
        return (string?)report["verify"] == "ok" ? null : string.Join(" | ", report["proofs"]!.AsArray().Select(p => (string?)p!["firstBad"]).Where(b => b is not null));
    }

    private async Task<List<(string Name, bool IsKey)>> ColumnsOf(DbConnection connection, string table) => park.Store.IsPostgres
        ? [.. (await Store.Rows(connection, "select a.attname, coalesce(a.attnum = any(i.indkey), false) from pg_attribute a left join pg_index i on i.indrelid = a.attrelid and i.indisprimary where a.attrelid = @p0::regclass and a.attnum > 0 order by a.attnum", table)).Select(r => ((string)r[0]!, (bool)r[1]!))]
        : [.. (await Store.Rows(connection, $"select name, pk from pragma_table_info('{table}') order by cid")).Select(r => ((string)r[0]!, (long)r[1]! > 0))];

    // A neighbour's key is taken, so a key moves far away.
    private static object Altered(object? value, bool isKey) => value switch
    {
        null => 1L,
        long number => number + (isKey ? 1_000_003 : 1),
        int number => number + 1,
        Guid id => Flipped(id),
        byte[] { Length: 0 } => new byte[] { 1 },
        byte[] bytes => Flipped(bytes),
        // A number inside JSON or text, where there is one: the change that pays.
        string text when text.LastIndexOfAny(['1', '2', '3', '4', '5', '6', '7', '8']) is var at and >= 0 => text[..at] + (char)(text[at] + 1) + text[(at + 1)..],
        string text => text + "x",
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static Guid Flipped(Guid id) => new(Flipped(id.ToByteArray(bigEndian: true)), bigEndian: true);

    private static byte[] Flipped(byte[] bytes)
    {
        var copy = bytes.ToArray();
        copy[copy.Length / 2] ^= 1;
        return copy;
    }

    private static IEnumerable<string> Spellings(params object?[] values) => values.SelectMany(v => v switch
    {
        byte[] { Length: 16 } bytes => new[] { new Guid(bytes, bigEndian: true).ToString(), new Guid(bytes, bigEndian: true).ToString("N") },
        Guid id => [id.ToString(), id.ToString("N")],
        _ => [v?.ToString() ?? "null"],
    });

    private static string Shown(object? value) => value is byte[] bytes ? Convert.ToHexString(bytes) : value?.ToString() ?? "null";
}

public sealed class TamperingOnSqlite(SqlitePark park) : TamperTests(park), IClassFixture<SqlitePark>
{
    protected override bool Tries(string column) => true;
}

// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class TamperingOnPostgres(PostgresPark park) : TamperTests(park), IClassFixture<PostgresPark>
{
    private static readonly string[] Tried = ["log", "log.body", "log.hash", "transfer.amount", "account.balance", "answer.body", "ticket.used", "ticket.sites", "orders.total_fen", "orders.hold_until"];
    protected override bool Tries(string column) => Tried.Contains(column);
}
