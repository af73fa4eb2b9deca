using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Soundness;

/// <summary>Whoever changes places, people, devices, days or prices by hand is found, column by column, and told which row (I10, S17).</summary>
public abstract class OfficeTamperTests(TestPark park)
{
    private static readonly string[] Tables =
    [
        "park", "site", "gate", "lane", "sales_window", "business_day", "staff", "staff_login", "session", "device_key", "ticket_type", "ticket_type_code", "named_day", "price_version", "price_head", "quota", "quota_day", "quota_head",
        "dictionary", "parameter", "complimentary_budget", "external_list", "voucher_kind", "voucher_batch", "owed_refund", "day_return", "ticket_paper", "paper_holding", "spent_paper", "agency_account", "agency_money", "bank_transfer", "delivery",
    ];

    private sealed record Victim(string Table, string[] Columns, object?[] Row)
    {
        public string Key => Columns[0];
        public string Shown => Spell(Row[0]);
    }

    /// <summary>Which columns, by their place in the table, this store is tried on: the proofs are the same code on both.</summary>
    protected abstract bool Tries(int column);

    [Fact]
    public async Task A_change_in_any_column_is_found_and_its_row_and_column_named()
    {
        await Furnish();
        await park.Centre.Close();
        await park.MustVerify();
        await using var connection = await park.Store.Open();
        var victims = new List<Victim>();
        foreach (var table in Tables) victims.Add(await VictimOf(connection, table));
        List<string> unseen = [];
        for (var at = 0; at < victims.Max(v => v.Columns.Length); at++)
        {
            if (!Tries(at)) continue;
            // One column of every table at once: each table has a complaint of its own.
            var changed = victims.Where(v => at < v.Columns.Length).ToArray();
            foreach (var v in changed) Assert.Equal(1, await Store.Change(connection, $"update {v.Table} set {v.Columns[at]} = @p0 where {v.Key} = @p1", Altered(v.Row[at], at == 0), v.Row[0]));
            var complaints = await Complaints();
            foreach (var v in changed)
            {
                Assert.Equal(1, await Store.Change(connection, $"update {v.Table} set {v.Columns[at]} = @p0 where {v.Key} = @p1", v.Row[at], at == 0 ? Altered(v.Row[0], true) : v.Row[0]));
                var expected = at == 0 ? $"{v.Table} {Spell(Altered(v.Row[0], true))}: no fact made it" : $"{v.Table} {v.Shown}: column {v.Columns[at]} is not what its facts say";
                if (!complaints.Contains(expected)) unseen.Add($"{v.Table}.{v.Columns[at]}: expected \"{expected}\" in {complaints}");
            }
        }
        foreach (var v in victims) Assert.Equal(1, await Store.Change(connection, $"delete from {v.Table} where {v.Key} = @p0", v.Row[0]));
        var missed = await Complaints();
        foreach (var v in victims)
        {
            if (!missed.Contains($"{v.Table} {v.Shown}: its row is missing")) unseen.Add($"{v.Table}: a removed row is not missed in {missed}");
            await Store.Change(connection, $"insert into {v.Table} ({string.Join(", ", v.Columns)}) values ({string.Join(", ", v.Row.Select((_, i) => "@p" + i))})", v.Row);
        }
        Assert.True(unseen.Count == 0, string.Join('\n', unseen));
        await ADamagedNameKeepsNobodyOut(connection, victims.Single(v => v.Table == "staff"));
        await park.MustVerify();
    }

    /// <summary>The park opens, the office shows that something is wrong with this person, and saving him again puts it right.</summary>
    private async Task ADamagedNameKeepsNobodyOut(DbConnection connection, Victim staff)
    {
        foreach (var column in new[] { "name", "phone" })
            await Store.Change(connection, $"update staff set {column} = @p0 where id = @p1", Altered(staff.Row[Array.IndexOf(staff.Columns, column)], false), staff.Row[0]);
        park.Centre = await Centre.Start(park.Store);
        Assert.Equal("ok", (await park.Admin.Get("/health/ready")).Text);
        var shown = (await park.Admin.Read<JsonObject[]>("/api/staff")).Single(s => (string)s["login"]! == "renamed");
        Assert.Equal("？", (string)shown["name"]!);
        (await park.Admin.Put($"/api/staff/{(Guid)shown["id"]!}", new { login = "renamed", name = "改了名", phone = "13912345678", roles = shown["roles"], active = true })).MustBeDone();
    }

    /// <summary>At least one row of each table, and each kind of fact that makes or changes one.</summary>
    private async Task Furnish()
    {
        var type = await park.NewType(quota: 50);
        (await park.Admin.Put($"/api/ticket-types/{type}/days/{park.Today:yyyy-MM-dd}", new { priceFen = 1_234, quota = 7, unlimited = false })).MustBeDone();
        (await park.Admin.Put($"/api/price-versions/{park.Admin.NewKey()}", new
        {
            number = 1, from = park.Clock().AddYears(1),
            rules = new { products = new[] { new { typeId = type, per = "person", taxRate = 0 } }, rules = Array.Empty<object>(), sets = Array.Empty<object>(), roundToFen = 1, roundingMode = "halfUp", taxPer = "line" },
        })).MustBeDone();
        var quota = park.Admin.NewKey();
        (await park.Admin.Put($"/api/quotas/{quota}", new
        {
            edit = 0, name = "限流", typeIds = new[] { type }, limit = 5, warnPercent = 80, stops = true, keeps = new[] { new { channel = "web", places = 1, releaseDays = 0, releaseAt = "08:00" } }, active = true,
        })).MustBeDone();
        (await park.Admin.Put($"/api/quotas/{quota}/days", new { days = new[] { park.Today }, limit = 3, unlimited = false })).MustBeDone();
        (await park.Admin.Put("/api/dictionaries", new { kind = "countReason", edit = 0, entries = new[] { Word("change", "找错"), Word("note", "残币"), Word("unbooked", "漏记"), Word("wind", "风大") } })).MustBeDone();
        (await park.Admin.Put("/api/parameters", new { edit = 0, values = new { holdMinutes = 20, daysAhead = 90, ticketsMax = 400, countToleranceFen = 100 } })).MustBeDone();
        var kind = park.Admin.NewKey();
        (await park.Admin.Put($"/api/voucher-kinds/{kind}", new { edit = 0, name = "立减", nameEn = "Off", terms = new { effect = "less", amount = 500, typeIds = Array.Empty<Guid>(), units = 0, leastFen = 0 }, budgetFen = 1, comesBack = true, active = true })).MustBeDone();
        var approver = await park.The("manager");
        (await park.Admin.Post("/api/voucher-batches", new { kindId = kind, vouchers = 2, uses = 1, code = "", from = park.Today, to = park.Today, issuer = "市场部", receiver = "云岭", target = "客", note = "注", approval = new { login = approver.Login, password = approver.Password } })).MustBeDone();
        (await park.Admin.Put($"/api/complimentary-budgets/{park.Admin.NewKey()}", new { edit = 0, name = "办公室", nameEn = "", from = park.Today, to = park.Today, people = 5, leftToClerk = 1, active = true })).MustBeDone();
        var (external, list) = (park.Admin.NewKey(), park.Admin.NewKey());
        var elsewhere = JsonSerializer.SerializeToNode(TestPark.Type("EXT1", "外部票", 0, null, 0, 1, 1, "00:00", "23:59", [park.Site], true))!.AsObject();
        elsewhere["sale"] = new JsonObject { ["opensDays"] = null, ["opensAt"] = null, ["minInOrder"] = null, ["maxInOrder"] = null, ["way"] = "external" };
        (await park.Admin.Put($"/api/ticket-types/{external}", elsewhere)).MustBeDone();
        (await park.Admin.Put($"/api/external-lists/{list}", new { edit = 0, name = "名单", issuer = "发码方", typeId = external, from = park.Today, to = park.Today, priceFen = 100, note = "合同" })).MustBeDone();
        (await park.Admin.Post($"/api/external-lists/{list}/codes", new { lines = new[] { new { number = 1, code = "CT-00000001", people = 1 } } })).MustBeDone();
        var paper = park.Admin.NewKey();
        await park.NewAgency("tampered", 500_00);
        (await park.Admin.Post("/api/agency-accounts/money", new { agency = "tampered", kind = "prepay", fen = 100_00, reference = "B1", note = "对公" })).MustBeDone();
        (await park.Admin.Post("/api/agency-accounts/reversals", new { agency = "tampered", reference = "B1", reason = "记错" })).MustBeDone();
        var desk = await park.NewDesk();
        var sold = await desk.Sell(type);
        (await desk.Clerk.Post($"/api/orders/{sold.Id}/delivery", new { way = "express", name = "收件人", phone = "13911112222", address = "府前路 18 号", note = "" })).MustBeDone();
        (await park.Admin.Post("/api/bank-transfers", new { number = sold.Number, kind = "received", fen = 100_00, reference = "T1", note = "学校" })).MustBeDone();
        (await park.Admin.Post("/api/bank-transfers/reversals", new { reference = "T1", reason = "记错" })).MustBeDone();
        (await park.Admin.Put($"/api/papers/{paper}", new { edit = 0, name = "票纸", nameEn = "", prefix = "A", digits = 6, typeIds = new[] { type }, active = true })).MustBeDone();
        foreach (var (move, to) in new[] { ("receive", 100), ("issue", 10) })
            (await park.Admin.Post($"/api/papers/{paper}/moves", new { move, from = "1", to = $"{to}", sellerId = move == "issue" ? desk.Clerk.StaffId : (Guid?)null, reason = "" })).MustBeDone();
        await desk.Sell(type, day: park.Today.AddDays(1));
        var work = (await park.Admin.Post("/api/day-returns", new { visitDay = park.Today.AddDays(1), types = new[] { type }, reason = "forceMajeure", remark = "大风", supervisorLogin = approver.Login, supervisorPassword = approver.Password })).As<JsonObject>()["id"];
        while ((string)(await park.Admin.Read<JsonObject>($"/api/day-returns/{work}"))["state"]! != "ended") await Task.Delay(50);
        (await desk.Clerk.Post($"/api/shifts/{desk.Shift}/close", new { countedFen = 50_000 + 10_000 + sold.TotalFen, reason = "" })).MustBeDone();
        foreach (var _ in new[] { 1, 2 }) (await park.Admin.Post($"/api/lanes/{park.Lane}/device-key")).MustBeDone();
        (await park.Admin.Delete($"/api/lanes/{park.Lane}/device-key")).MustBeDone();
        var (clerk, phone) = (await park.Hire("clerk"), "13912345678");
        (await park.Admin.Put($"/api/staff/{clerk.StaffId}", new { login = "renamed", name = "改了名", phone, roles = new[] { "clerk", "gateGuard" }, active = true })).MustBeDone();
        (await park.Admin.Post($"/api/staff/{(await park.Hire("finance")).StaffId}/password-reset")).MustBeDone();
        using (var leaving = park.NewCaller())
        {
            await leaving.SignIn("renamed", clerk.Password);
            (await leaving.Send(leaving.Request(HttpMethod.Delete, "/api/session"))).MustBeDone();
        }
        (await park.Admin.Post($"/api/days/{park.Today:yyyy-MM-dd}/close", new { })).MustBeDone();
    }

    private static object Word(string code, string name) => new { code, name, nameEn = "", active = true };

    private async Task<Victim> VictimOf(DbConnection connection, string table)
    {
        var columns = (await Store.Rows(connection, park.Store.IsPostgres
            ? "select column_name::text from information_schema.columns where table_name = @p0 and table_schema = 'public' order by ordinal_position"
            : "select name from pragma_table_info(@p0) order by cid", table)).Select(r => (string)r[0]!).ToArray();
        var where = table == "staff" ? " where length(phone) > 0" : "";
        return new Victim(table, columns, (await Store.Rows(connection, $"select {string.Join(", ", columns)} from {table}{where} order by {columns[0]} limit 1")).Single());
    }

    private async Task<string> Complaints()
    {
        var result = await park.Store.Verb("verify", "--json");
        var line = result.Output.Split('\n').FirstOrDefault(l => l.StartsWith('{')) ?? throw new Xunit.Sdk.XunitException($"verify gave no verdict: {result.Output}{result.Errors}");
        Assert.Equal(1, result.ExitCode);
        return string.Join(" | ", JsonNode.Parse(line)!["proofs"]!.AsArray().Select(p => (string?)p!["firstBad"]).Where(b => b is not null));
    }

    private static object Altered(object? value, bool isKey) => value switch
    {
        null => 1L,
        long number => number + (isKey ? 1_000_003 : 1),
        Guid id => new Guid(Flipped(id.ToByteArray(bigEndian: true)), bigEndian: true),
        byte[] { Length: 0 } => new byte[] { 1 },
        byte[] bytes => Flipped(bytes),
        string { Length: 0 } => "x",
        string text => text[..^1] + (char)(text[^1] ^ 1),
        _ => throw new NotSupportedException(value.GetType().Name),
    };

    private static byte[] Flipped(byte[] bytes)
    {
        var copy = bytes.ToArray();
        copy[^1] ^= 1;
        return copy;
    }

    private static string Spell(object? value) => value switch
    {
        byte[] { Length: 16 } bytes => new Guid(bytes, bigEndian: true).ToString(),
        _ => value?.ToString() ?? "null",
    };
}

public sealed class OfficeTamperingOnSqlite(SqlitePark park) : OfficeTamperTests(park), IClassFixture<SqlitePark>
{
    protected override bool Tries(int column) => true;
}

// One of the two stores is enough for every push; this one is tried with the long tests.
[Trait("Category", "Proof")]
public sealed class OfficeTamperingOnPostgres(PostgresPark park) : OfficeTamperTests(park), IClassFixture<PostgresPark>
{
    protected override bool Tries(int column) => column is 0 or 3 or 5 or 9;
}
