using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Requests;

/// <summary>Whatever is sent, the answer is a sentence and nothing is half done (C11, S3, S4, S14).</summary>
public abstract class BadInputTests(TestPark park)
{
    private static readonly string[] Numbers = ["0", "-1", "1000000000", "9223372036854775807", "9223372036854775808", "-9223372036854775809", "1e99", "1.5", "\"2\"", "null", "true", "[]"];

    [Fact]
    public async Task No_number_makes_a_quantity_that_wraps_or_sells()
    {
        var desk = await park.NewDesk();
        var draft = await desk.Draft(await park.NewType(fen: 100, quota: 1_000, minPeople: 1, maxPeople: 500));
        foreach (var field in new[] { "quantity", "people" })
            foreach (var number in Numbers)
            {
                var reply = await desk.Clerk.Post("/api/orders", With(draft, s => s["lines"]![0]![field] = JsonNode.Parse(number)));
                reply.MustBeProblem();
                Assert.True(reply.Status is 400 or 422, $"{field} {number}: {reply.Status} {reply.Text}");
            }
        foreach (var number in Numbers.Where(n => n != "1000000000"))
            Assert.Equal(400, (await Sent(desk, draft, s => s["payments"]![0]!["tenderedFen"] = JsonNode.Parse(number), "0")).Status);
        foreach (var number in Numbers) (await Sent(desk, draft, s => s["totalFen"] = JsonNode.Parse(number))).MustBeProblem();
        // The largest allowed in every field at once overflows nothing.
        (await desk.Clerk.Post("/api/orders", With(draft, s => s["lines"] = new JsonArray([.. Enumerable.Range(0, 20).Select(_ => Line(draft, 500, 500))])))).MustBeProblem();
        (await desk.Clerk.Post("/api/orders", With(draft, s => s["lines"] = new JsonArray([.. Enumerable.Range(0, 21).Select(_ => Line(draft, 1, 1))])))).MustBe(400, "wrongFields");
        Assert.Equal(1_000, (await desk.Offer(draft.Lines[0].TypeId)).Left);
    }

    // A cash tender below the amount is a rule's refusal, not a malformed one.
    private static async Task<Reply> Sent(Desk desk, Sale draft, Action<JsonObject> change, string? rule = null)
    {
        var body = With(draft, change);
        var reply = await desk.Clerk.Post("/api/orders", body);
        return rule is not null && body["payments"]![0]!["tenderedFen"]?.ToJsonString() == rule && reply.Status == 422 ? reply with { Status = 400 } : reply;
    }

    private static JsonObject With(Sale sale, Action<JsonObject> change)
    {
        var json = JsonSerializer.SerializeToNode(sale, Caller.Json)!.AsObject();
        change(json);
        return json;
    }

    private static JsonObject Line(Sale sale, int quantity, int people) => new() { ["typeId"] = sale.Lines[0].TypeId, ["quantity"] = quantity, ["people"] = people };

    [Fact]
    public async Task Unknown_fields_and_fields_that_only_the_server_sets_change_nothing()
    {
        var desk = await park.TheDesk();
        var draft = await desk.Draft(await park.NewType(fen: 4_200));
        var order = (await desk.Clerk.Post("/api/orders", With(draft, s =>
        {
            foreach (var (name, value) in new (string, JsonNode)[] { ("id", Guid.Empty), ("park", 2), ("parkId", 2), ("state", "cancelled"), ("paidFen", 1), ("refundedFen", -100), ("number", "1"), ("clerkId", Guid.Empty), ("unitFen", 1) })
                s[name] = value;
            s["lines"]![0]!["unitFen"] = 1;
            s["lines"]![0]!["totalFen"] = 1;
            s["payments"]![0]!["refundedFen"] = -4_200;
        }))).As<Order>();
        Assert.Equal(("paid", 4_200, 4_200, 0, 4_200), (order.State, order.TotalFen, order.PaidFen, order.RefundedFen, order.Lines[0].UnitFen));
        Assert.Equal(17, order.Number.Length);
    }

    [Fact]
    public async Task A_missing_or_wrong_field_is_named()
    {
        var desk = await park.TheDesk();
        var draft = await desk.Draft(await park.NewType());
        foreach (var field in new[] { "shiftId", "visitDay", "priceVersion", "totalFen", "lines", "payments", "onOneTicket" })
            (await desk.Clerk.Post("/api/orders", With(draft, s => s.Remove(field)))).MustBe(400, "malformed");
        foreach (var day in new[] { "2026-02-30", "yesterday", "20261003", "" })
            (await desk.Clerk.Post("/api/orders", With(draft, s => s["visitDay"] = day))).MustBe(400, "malformed");
        var named = (await park.Admin.Put($"/api/sites/{park.Admin.NewKey()}", new { name = "", nameEn = "x", capacity = -1, active = true })).MustBe(400, "wrongFields");
        Assert.Equal(["capacity", "name"], named.Errors!.Keys.Order());
        Assert.All(named.Errors.Values, sentences => Assert.NotEmpty(Assert.Single(sentences)));
        (await park.Admin.Put($"/api/sites/{park.Admin.NewKey()}", new { name = "行\n尾", nameEn = "", capacity = 1, active = true })).MustBe(400, "wrongFields");
        (await park.Admin.Get("/api/price-sheet?day=2026-13-01")).MustBe(400, "wrongFields");
        (await park.Admin.Get("/api/no-such-route")).MustBe(404, "unknown");
        (await desk.Clerk.Get($"/api/orders/{Guid.CreateVersion7()}")).MustBe(404, "unknown");
        (await desk.Clerk.Delete("/api/orders")).MustBe(405, "wrongMethod");
    }

    [Fact]
    public async Task A_hostile_body_is_refused_quickly()
    {
        var desk = await park.TheDesk();
        var good = JsonSerializer.Serialize(await desk.Draft(await park.NewType(quota: 1)), Caller.Json);
        var bodies = new Dictionary<string, (string Body, int Status)>
        {
            ["depth 10,000"] = ($"{{\"lines\":{new string('[', 10_000)}{new string(']', 10_000)}}}", 400),
            ["duplicate property"] = (good.Insert(1, "\"totalFen\":1,"), 400),
            // An order may name five hundred visitors, and no more.
            ["300 KB"] = (good.Insert(1, $"\"padding\":\"{new string('x', 300_000)}\","), 413),
            ["half"] = (good[..(good.Length / 2)], 400),
            ["two"] = (good + good, 400),
            ["nothing"] = ("", 400),
            ["null"] = ("null", 400),
            ["list"] = ("[]", 400),
            ["form"] = ("a=b&c=d", 400),
            ["comment"] = ("/* */" + good, 400),
            ["number as enumeration"] = (good.Replace("\"cash\"", "0"), 400),
            ["other case"] = (good.Replace("\"lines\"", "\"LINES\""), 400),
            ["lone surrogate"] = (good.Replace("\"reference\":\"\"", "\"reference\":\"\\ud800\""), 400),
            ["control character"] = (good.Replace("\"reference\":\"\"", "\"reference\":\"\\u0000\""), 400),
        };
        foreach (var (name, (body, status)) in bodies)
        {
            var watch = System.Diagnostics.Stopwatch.StartNew();
            var reply = await desk.Clerk.Post("/api/orders", body);
            Assert.True(reply.Status == status, $"{name}: {reply.Status} instead of {status}: {reply.Text}");
            reply.MustBeProblem();
            Assert.True(watch.ElapsedMilliseconds < 2_000, $"{name} took {watch.ElapsedMilliseconds} ms");
        }
        var bytes = desk.Clerk.Request(HttpMethod.Post, "/api/orders");
        bytes.Headers.Add("Idempotency-Key", desk.Clerk.NewKey().ToString());
        bytes.Content = new ByteArrayContent([0xff, 0xfe, 0x00, 0x7b]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        (await desk.Clerk.Send(bytes)).MustBe(400, "malformed");
        // None of them sold the one place.
        Assert.Equal(1, (await desk.Offer(JsonNode.Parse(good)!["lines"]![0]!["typeId"]!.GetValue<Guid>())).Left);
        await park.MustVerify();
    }

    [Fact]
    public async Task Text_is_kept_as_text_wherever_it_goes()
    {
        foreach (var text in new[] { "'; drop table log; --", "<script>alert(1)</script>", "=1+1", "%_\\", "{0} {1}", "😀 山门", "@1 $1" })
        {
            var site = await park.NewSite(text, 10);
            Assert.Contains((await park.Admin.Read<JsonObject[]>("/api/sites")), s => (string?)s["name"] == text && (Guid)s["id"]! == site);
            Assert.Empty((await park.Admin.Read<OrderList>($"/api/orders?q={Uri.EscapeDataString(text)}")).Rows);
            (await park.Admin.Get($"/api/log?kind={Uri.EscapeDataString(text)}&page=-5")).MustBeDone();
            Assert.Equal("refused", (await park.Admit(text)).Word);
        }
        Assert.True((await park.Admin.Read<JsonObject>("/api/status"))["checks"]!.AsArray().Count > 3);
    }

    [Fact]
    public async Task A_scanned_text_of_four_kilobytes_or_nothing_is_refused_without_a_verdict()
    {
        var guard = await park.The("gateGuard");
        foreach (var code in new[] { new string('A', 4_096), new string('A', 201), "", "   " })
            (await guard.Post("/api/admissions", new { laneId = park.Lane, code, people = (int?)null })).MustBe(400, "wrongFields");
        foreach (var people in new[] { 0, -1, 501, int.MaxValue })
            (await guard.Post("/api/admissions", new { laneId = park.Lane, code = "abc", people })).MustBe(400, "wrongFields");
        (await guard.Post("/api/admissions", new { laneId = Guid.CreateVersion7(), code = "abc", people = 1 })).MustBe(404, "unknown");
        foreach (var people in new[] { 0, -1, 51 })
            (await guard.Post("/api/exits", new { laneId = park.Lane, people })).MustBe(400, "wrongFields");
    }

    [Fact]
    public async Task A_refusal_speaks_the_language_of_the_reader()
    {
        var clerk = (await park.TheDesk()).Clerk;
        foreach (var (language, english) in new[] { ("en", true), ("en-GB,en;q=0.9", true), ("zh-CN,zh;q=0.9,en;q=0.5", false), ("de", false) })
        {
            var request = clerk.Request(HttpMethod.Get, $"/api/orders/{Guid.Empty}");
            request.Headers.Remove("Accept-Language");
            request.Headers.TryAddWithoutValidation("Accept-Language", language);
            var problem = (await clerk.Send(request) with { Language = "" }).MustBe(404, "unknown");
            foreach (var sentence in new[] { problem.Detail, problem.Action }) Assert.Equal(english, !Reply.Chinese().IsMatch(sentence));
        }
        var guard = await park.The("gateGuard");
        guard.Language = "en";
        try { Assert.DoesNotMatch(Reply.Chinese(), (await park.Admit("no such code")).Text); }
        finally { guard.Language = "zh-CN"; }
    }
}

public sealed class BadInputOnSqlite(SqlitePark park) : BadInputTests(park), IClassFixture<SqlitePark>;
public sealed class BadInputOnPostgres(PostgresPark park) : BadInputTests(park), IClassFixture<PostgresPark>;
