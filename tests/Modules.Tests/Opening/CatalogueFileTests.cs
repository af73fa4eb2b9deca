using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Shanmen.Modules.Tests.SignIn;
using Xunit.Abstractions;

namespace Shanmen.Modules.Tests.Opening;

/// <summary>导入导出: what a park sells as one file, all of it or nothing, and who changed what (M01, M02, M03, M04).</summary>
public abstract class CatalogueFileTests(ITwoParks parks, ITestOutputHelper output)
{
    private const string Path = "/api/catalogue";
    private readonly TestPark _park = parks.First;
    private Caller Admin => _park.Admin;

    private sealed record Count(int New, int Changed, int Same);
    private sealed record Field(string Name, JsonNode? Before, JsonNode? Now);
    private sealed record Result(string State, Count TicketTypes, Count Days, Count Quotas, Count QuotaDays, Count Prices, int PastDays, bool PricesStayOut, JsonObject[] Changes, int ChangesLeftOut);

    private static readonly System.Text.Json.JsonSerializerOptions Written = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private string DayText(int ahead) => _park.Today.AddDays(ahead).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
    private static int Told(JsonNode? json) => int.Parse((string)json!, CultureInfo.InvariantCulture);
    private static async Task<JsonObject> Exported(Caller caller) => JsonNode.Parse((await caller.Get(Path)).Text)!.AsObject();
    private static async Task<Result> Sent(Caller caller, JsonNode file, string query = "") => (await caller.Post(Path + query, file.ToJsonString())).As<Result>();
    private static JsonObject File(params JsonNode[] types) => new() { ["format"] = 1, ["park"] = "", ["ticketTypes"] = new JsonArray(types) };

    private static JsonObject Type(string code, string name, long fen = 8_000, string site = "主园") => new()
    {
        ["code"] = code, ["name"] = name, ["nameEn"] = "", ["tab"] = "single", ["visitorType"] = "any", ["keySlot"] = null, ["proof"] = "none", ["heightLimitCm"] = null,
        ["minPeople"] = 1, ["maxPeople"] = 1, ["siteIds"] = new JsonArray(site), ["fromTime"] = "08:00", ["toTime"] = "18:00", ["weekdayFen"] = fen, ["holidayFen"] = fen,
        ["dailyQuota"] = null, ["attention"] = "", ["active"] = true,
    };

    [Fact]
    public async Task A_catalogue_goes_to_another_park_and_comes_out_the_same()
    {
        var (one, two) = (await _park.NewType(quota: 9, name: "往返票"), await _park.NewType(5_000, name: "单程票"));
        (await Admin.Put($"/api/ticket-types/{one}/days/{DayText(3)}", new { priceFen = 7_000, quota = 4, unlimited = false })).MustBeDone();
        var quota = Admin.NewKey();
        (await Admin.Put($"/api/quotas/{quota}", new { edit = 0, name = "缆车", typeIds = new[] { one, two }, limit = 50, warnPercent = 80, stops = true, keeps = new[] { new { channel = "web", places = 5, releaseDays = 1, releaseAt = "18:00" } }, active = true })).MustBeDone();
        (await Admin.Put($"/api/quotas/{quota}/days", new { days = new[] { DayText(5), DayText(6) }, limit = 20, unlimited = false })).MustBeDone();
        // Two with time slots, one ending where the other begins: the second is held against the first of the same file.
        foreach (var (name, first, last) in new (string, int, int?)[] { ("观光车冬", 21, null), ("观光车夏", 10, 20) })
        {
            var slotted = Admin.NewKey();
            var slots = new { from = DayText(first), until = last is { } end ? DayText(end) : null, first = "09:00", minutes = 30, count = 16, earlyMinutes = 10, lateMinutes = 0, own = new[] { new { at = "12:00", limit = 0 } } };
            (await Admin.Put($"/api/quotas/{slotted}", new { edit = 0, name, typeIds = new[] { one }, limit = 50, warnPercent = 80, stops = true, keeps = Array.Empty<object>(), active = true, slots })).MustBeDone();
            (await Admin.Put($"/api/quotas/{slotted}/days", new { days = new[] { DayText(first) }, limit = 0, unlimited = false, slots = new[] { "09:30", "10:00" } })).MustBeDone();
        }
        var code = (string)(await Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == one)["code"]!;
        var terms = Type(code, "往返票", 10_000, _park.Site.ToString());
        terms["admission"] = JsonNode.Parse($$"""{"validity":{"kind":"fromVisitDay","days":3},"perDay":2,"inAll":6,"sites":[{"siteId":"{{_park.Site}}","perDay":1,"inAll":2}],"intervalMinutes":30,"notOn":["holiday"],"blackout":[]}""");
        (await Admin.Put($"/api/ticket-types/{one}", terms)).MustBeDone();
        var file = await Exported(Admin);
        Assert.Contains("\"siteId\":\"主园\"", file.ToJsonString(Written));
        // Others of this class may have set many days.
        JsonArray DaysOfOne() => new([.. file["days"]!.AsArray().Where(d => (string)d!["type"]! == code).Select(d => d!.DeepClone())]);
        file["days"] = DaysOfOne();
        file["prices"] = System.Text.Json.JsonSerializer.SerializeToNode(new { products = new[] { new { typeId = code, per = "person", taxRate = 600 } }, rules = Array.Empty<object>(), sets = Array.Empty<object>(), roundToFen = 100, roundingMode = "halfUp", taxPer = "line" });

        // Unchanged but for prices, which wait for a start.
        var same = await Sent(Admin, file);
        Assert.All([same.TicketTypes, same.Days, same.Quotas, same.QuotaDays], part => Assert.True(part is { New: 0, Changed: 0, Same: > 0 }, $"{part}"));
        Assert.True(same.PricesStayOut);
        Assert.Empty(await Admin.Read<JsonObject[]>("/api/price-versions"));
        (await Admin.Post(Path + "?pricesFrom=2020-01-01T00:00:00Z", file.ToJsonString())).MustBe(409, "fileRefused");
        var from = Uri.EscapeDataString(_park.Clock().AddYears(1).ToString("O", CultureInfo.InvariantCulture));
        Assert.Equal(new Count(1, 0, 0), (await Sent(Admin, file, $"?pricesFrom={from}")).Prices);
        file = await Exported(Admin);
        file["days"] = DaysOfOne();
        Assert.Equal(new Count(0, 0, 1), (await Sent(Admin, file, $"?pricesFrom={from}")).Prices);

        var other = parks.OtherAdmin;
        var unknown = (await other.Post(Path, file.ToJsonString())).MustBe(400, "fileRefused");
        Assert.Contains("“主园”", Assert.Single(unknown.Errors!["ticketTypes[0].siteIds[0]"]));
        (await other.Put($"/api/sites/{other.NewKey()}", new { name = "主园", nameEn = "", capacity = 9, active = true })).MustBeDone();
        Assert.Equal(same.TicketTypes.Same, (await Sent(other, file, $"?pricesFrom={from}")).TicketTypes.New);
        var there = await Exported(other);
        Assert.Equal(Bare(file), Bare(there));
        Assert.DoesNotContain(there["ticketTypes"]!.AsArray(), t => (Guid)t!["id"]! == one || (Guid)t["id"]! == two);
        // The second time everything is known there by its code or name.
        var again = await Sent(other, file, $"?pricesFrom={from}");
        Assert.Equal((same.TicketTypes, same.Days, same.Quotas, same.QuotaDays), (again.TicketTypes, again.Days, again.Quotas, again.QuotaDays));
        await _park.MustVerify();

        // Without ids, and without what the two parks are called.
        string Bare(JsonObject whole)
        {
            var copy = whole.DeepClone().AsObject();
            foreach (var entry in copy["ticketTypes"]!.AsArray().Concat(copy["quotas"]!.AsArray())) entry!.AsObject().Remove("id");
            copy["park"] = "";
            return copy.ToJsonString();
        }
    }

    [Fact]
    public async Task Of_a_hundred_thousand_lines_one_bad_one_refuses_them_all_and_sales_go_on_beside_an_import()
    {
        const int types = 30, lines = 100_000, most = 5_000;
        string Day(int n) => $"{{\"type\":\"M{n % types}\",\"day\":\"{DayText(1 + (n / types))}\",\"priceFen\":{1_000 + n},\"quota\":{n % 500}}}";
        string Whole(int count, int bad)
        {
            var text = new StringBuilder("{\"format\":1,\"park\":\"\",\n\"ticketTypes\":").Append(new JsonArray([.. Enumerable.Range(0, types).Select(n => Type($"M{n}", $"票{n}"))]).ToJsonString()).Append(",\n\"days\":[\n");
            for (var n = 0; n < count; n++) text.Append(n == bad ? Day(n).Replace("\"quota\":", "\"quota\":-") : Day(n)).Append(n == count - 1 ? "\n" : ",\n");
            return text.Append("]}").ToString();
        }

        var (bad, good) = (Whole(lines, 77_777), Whole(most, -1));
        var watch = Stopwatch.StartNew();
        var refused = (await Admin.Post(Path, bad)).MustBe(400, "fileRefused");
        output.WriteLine($"{lines} lines with a bad one: refused in {watch.ElapsedMilliseconds} ms");
        Assert.Equal("days[77777].quota", refused.Errors!.Keys.Single());
        Assert.StartsWith("第 77781 行：", Assert.Single(refused.Errors!.Values.Single()));
        refused = (await Admin.Post(Path, Whole(most + 1, -1))).MustBe(400, "fileRefused");
        Assert.Contains("5001", Assert.Single(refused.Errors!["days"]));
        Assert.DoesNotContain(await Admin.Read<JsonObject[]>("/api/ticket-types"), t => (string)t["code"]! == "M0");

        watch.Restart();
        var looked = (await Admin.Post(Path + "?dryRun=true", good)).As<Result>();
        output.WriteLine($"{most} looked at in {watch.ElapsedMilliseconds} ms");
        Assert.Equal((types, most, 500, most + types - 500), (looked.TicketTypes.New, looked.Days.New, looked.Changes.Length, looked.ChangesLeftOut));

        // A window goes on selling meanwhile: the longest that one of its sales waits is the stop.
        var desk = await _park.NewDesk();
        var draft = await desk.Draft(await _park.NewType());
        var (slowest, done) = (0L, false);
        var selling = Task.Run(async () =>
        {
            while (!Volatile.Read(ref done))
            {
                var sale = Stopwatch.StartNew();
                (await desk.Send(draft)).MustBeDone();
                slowest = Math.Max(slowest, sale.ElapsedMilliseconds);
            }
        });
        watch.Restart();
        var stored = (await Admin.Post(Path, good)).As<Result>();
        var took = watch.ElapsedMilliseconds;
        Volatile.Write(ref done, true);
        await selling;
        output.WriteLine($"{most} days stored in {took} ms; the slowest sale beside it took {slowest} ms");
        Assert.Equal(most, stored.Days.New);
        Assert.Equal(new Count(0, 0, most), (await Sent(Admin, JsonNode.Parse(good)!)).Days);
        await _park.MustVerify();
    }

    [Fact]
    public async Task What_is_wrong_in_a_file_is_named_and_nothing_of_it_is_taken()
    {
        var type = await _park.NewType(name: "日票");
        var code = (string)(await Admin.Read<JsonObject[]>("/api/ticket-types")).Single(t => (Guid)t["id"]! == type)["code"]!;
        var good = File(Type("X1", "一"), Type("X2", "二"));
        var day = new JsonObject { ["type"] = code, ["day"] = DayText(2), ["priceFen"] = 5 };

        async Task Refuses(string place, string word, string text, int status = 400)
        {
            var problem = (await Admin.Post(Path, text)).MustBe(status, "fileRefused");
            Assert.True(problem.Errors!.TryGetValue(place, out var sentences), $"{place} is not in {string.Join(", ", problem.Errors.Keys)}");
            Assert.Contains(word, sentences.Single());
        }
        string With(Action<JsonObject> change)
        {
            var file = good.DeepClone().AsObject();
            change(file);
            return file.ToJsonString(new() { WriteIndented = true });
        }

        await Refuses("file", "第 20 行", string.Join('\n', With(_ => { }).Split('\n')[..19]) + "\n");
        await Refuses("file", "第 1 行", "");
        await Refuses("format", "1", With(f => f["format"] = 2));
        await Refuses("tickettypes", "没有这一部分", With(f => f["tickettypes"] = new JsonArray()));
        await Refuses("ticketTypes[1].code", "第 5 行", With(f => f["ticketTypes"]![1]!["code"] = "x1"));
        await Refuses("ticketTypes[1].siteIds[0]", "“后山”", With(f => f["ticketTypes"]![1]!["siteIds"]![0] = "后山"));
        await Refuses("ticketTypes[0].weekdayFen", "第 21 行", With(f => f["ticketTypes"]![0]!["weekdayFen"] = -1));
        await Refuses("ticketTypes[0].weekdayFen", "写法", With(f => f["ticketTypes"]![0]!["weekdayFen"] = "12"));
        await Refuses("ticketTypes[0].weekdayfen", "weekdayfen", With(f => f["ticketTypes"]![0]!["weekdayfen"] = 1));
        await Refuses("ticketTypes[0]", "dailyQuota", With(f => f["ticketTypes"]![0]!.AsObject().Remove("dailyQuota")));
        await Refuses("days[0].type", "“NONE”", With(f => f["days"] = new JsonArray(new JsonObject { ["type"] = "NONE", ["day"] = DayText(1) })));
        await Refuses("days[1]", "同一个", With(f => f["days"] = new JsonArray(day.DeepClone(), day.DeepClone())));
        await Refuses("quotaDays[0].quota", "“无”", With(f => f["quotaDays"] = new JsonArray(new JsonObject { ["quota"] = "无", ["day"] = DayText(1), ["limit"] = 1 })));
        // What only the writer can know is named in the same way.
        (await Admin.Put($"/api/ticket-types/{type}", TestPark.Type("GIVENUP", "日票", 100, null, 100, 1, 1, "00:00", "23:59", [_park.Site], true))).MustBeDone();
        await Refuses("ticketTypes[1]", code, With(f => f["ticketTypes"]![1]!["code"] = code), 409);
        Assert.DoesNotContain(await Admin.Read<JsonObject[]>("/api/ticket-types"), t => (string)t["code"]! is "X1" or "X2");

        // Of many wrong lines a hundred are named, and all are counted.
        var many = (await Admin.Post(Path, With(f => f["days"] = new JsonArray([.. Enumerable.Range(0, 150).Select(n => new JsonObject { ["type"] = "NONE", ["day"] = DayText(n) })])))).MustBe(400, "fileRefused");
        Assert.Equal(100, many.Errors!.Count);
        Assert.Contains("150", many.Detail);
        var large = Admin.Request(HttpMethod.Post, Path, new string(' ', (16 << 20) + 1));
        large.Headers.Add("Idempotency-Key", Admin.NewKey().ToString());
        large.Headers.ExpectContinue = true;
        (await Admin.Send(large)).MustBe(413, "tooLarge");
        (await (await _park.The("clerk")).Post(Path, good.ToJsonString())).MustBe(403, "notAllowed");
    }

    [Fact]
    public async Task What_is_new_was_looked_at_under_another_key_and_is_imported_all_the_same()
    {
        var file = await Exported(Admin);
        file["ticketTypes"]!.AsArray().Add((JsonNode)Type("FRESH", "新票", site: _park.Site.ToString()));
        var quota = new JsonObject { ["name"] = "新限流", ["typeIds"] = new JsonArray("FRESH"), ["limit"] = 9, ["warnPercent"] = null, ["stops"] = true, ["keeps"] = new JsonArray(), ["active"] = true };
        file["quotas"]!.AsArray().Add((JsonNode)quota);
        var looked = await Sent(Admin, file, "?dryRun=True");
        Assert.Equal((1, 1), (looked.TicketTypes.New, looked.Quotas.New));
        (await Admin.Post($"{Path}?dryRun=1", file.ToJsonString())).MustBe(400, "wrongFields");
        (await Admin.Post($"{Path}?expects={looked.State}", file.ToJsonString())).MustBeDone();
        looked = await Sent(Admin, file, "?dryRun=true");
        Assert.Equal((0, 0), (looked.TicketTypes.New, looked.Quotas.New));
        for (var twice = 0; twice < 2; twice++)
        {
            var another = quota.DeepClone();
            another["name"] = "又一个";
            file["quotas"]!.AsArray().Add(another);
        }
        file["days"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = "FRESH", ["day"] = "9999-12-31", ["priceFen"] = 1 });
        var refused = (await Admin.Post(Path, file.ToJsonString())).MustBe(400, "fileRefused");
        Assert.Equal(["days", "quotas"], refused.Errors!.Keys.Select(key => key.Split('[')[0]).Order());
        (await Admin.Post(Path, "{\"format\":1,\"park\":\"\",\"ticketTypes\":[{\"code\":\"\\ud800\"}]}")).MustBe(400, "fileRefused");
    }

    [Fact]
    public async Task What_was_looked_at_is_what_is_imported_and_the_list_says_who_changed_what()
    {
        var type = await _park.NewType(8_000, name: "山门票");
        var file = await Exported(Admin);
        var entry = file["ticketTypes"]!.AsArray().Single(t => (Guid)t!["id"]! == type)!.AsObject();
        (entry["weekdayFen"], entry["sale"]) = (9_000, new JsonObject { ["opensDays"] = 7, ["opensAt"] = "09:00", ["minInOrder"] = null, ["maxInOrder"] = 4 });
        file["days"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = (string)entry["code"]!, ["day"] = DayText(8), ["priceFen"] = 6_000 });
        file["days"]!.AsArray().Add((JsonNode)new JsonObject { ["type"] = (string)entry["code"]!, ["day"] = DayText(-1), ["priceFen"] = 6_000 });

        var looked = await Sent(Admin, file, "?dryRun=true");
        Assert.Equal((1, 1, 1), (looked.TicketTypes.Changed, looked.Days.New, looked.PastDays));
        var change = looked.Changes.Single(c => (string)c["part"]! == "ticketType");
        Assert.Equal(["weekdayFen", "sale.opensDays", "sale.opensAt", "sale.maxInOrder"], change["fields"]!.AsArray().Select(f => (string)f!["field"]!));
        Assert.Equal((8_000, 9_000), (Told(change["fields"]![0]!["before"]), Told(change["fields"]![0]!["now"])));
        // Nothing was done yet. Somebody edits meanwhile: what was looked at is not what would be done.
        (await Admin.Put($"/api/ticket-types/{type}", TestPark.Type((string)entry["code"]!, "山门票", 8_500, null, 8_000, 1, 1, "00:00", "23:59", [_park.Site], true))).MustBeDone();
        (await Admin.Post($"{Path}?expects={looked.State}", file.ToJsonString())).MustBe(409, "fileOutdated");
        looked = await Sent(Admin, file, "?dryRun=true");
        var (key, manager) = (Admin.NewKey(), await _park.The("manager"));
        key = manager.NewKey();
        var stored = (await manager.Post($"{Path}?expects={looked.State}", file.ToJsonString(), key)).As<Result>();
        Assert.Equal(stored, (await manager.Post($"{Path}?expects={looked.State}", file.ToJsonString(), key)).As<Result>() with { Changes = stored.Changes });

        var day = Assert.Single((await manager.Read<JsonObject[]>($"/api/ticket-types/{type}/days?from={DayText(8)}&to={DayText(8)}")));
        Assert.Equal((6_000, true), ((int)day["priceFen"]!, (bool)day["priceOverridden"]!));
        var history = await Admin.Read<JsonObject>($"/api/catalogue/changes?subject={type}");
        var entries = history["entries"]!.AsArray();
        Assert.Equal(["NamedDaysSet", "TicketTypeSaved", "TicketTypeSaved", "TicketTypeSaved"], entries.Select(e => (string)e!["kind"]!));
        Assert.NotEqual((string)entries[1]!["who"]!, (string)entries[2]!["who"]!);
        var fields = entries[1]!["changes"]![0]!["fields"]!.AsArray();
        Assert.Equal((8_500, 9_000), (Told(fields[0]!["before"]), Told(fields[0]!["now"])));
        Assert.Equal("sale", (string)fields[1]!["field"]!.ToString().Split('.')[0]);
        Assert.Equal(6_000, Told(entries[0]!["changes"]![0]!["fields"]![0]!["now"]));
        Assert.True((bool)entries[3]!["changes"]![0]!["isNew"]!);
        Assert.Null(entries[0]!["changes"]![0]!["fields"]![0]!["before"]);

        // Page by page, each fact once.
        var (cursor, seen) = ((string?)null, new HashSet<string>());
        do
        {
            var page = await Admin.Read<JsonObject>("/api/catalogue/changes" + (cursor is null ? "" : $"?cursor={cursor}"));
            foreach (var one in page["entries"]!.AsArray()) Assert.True(seen.Add($"{one!["at"]}{one["changes"]!.ToJsonString()}"));
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        Assert.Empty((await parks.OtherAdmin.Read<JsonObject>($"/api/catalogue/changes?subject={type}"))["entries"]!.AsArray());
        await _park.MustVerify();
    }
}

public sealed class CatalogueFileOnSqlite(TwoParksOnSqlite parks, ITestOutputHelper output) : CatalogueFileTests(parks, output), IClassFixture<TwoParksOnSqlite>;
public sealed class CatalogueFileOnPostgres(TwoParksOnPostgres parks, ITestOutputHelper output) : CatalogueFileTests(parks, output), IClassFixture<TwoParksOnPostgres>;
