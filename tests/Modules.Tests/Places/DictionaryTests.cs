using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Places;

/// <summary>字典: the park's own words for what types, tickets and orders keep by code (M01; S-000-57, S-002-28).</summary>
public abstract class DictionaryTests(TestPark park)
{
    private sealed record Entry(string Code, string Name, string NameEn, bool Active);
    private sealed record List(string Kind, int Edit, Entry[] Entries, Entry[] BuiltIn);
    private sealed record Change(string Code, Entry? Before, Entry? Now);
    private sealed record History(DateTimeOffset At, string Who, JsonObject? Parameters, DictionaryFact? Dictionary);
    private sealed record DictionaryFact(string Kind, int Edit, Change[] Changes);

    private async Task<List> Read(string kind) => (await park.Admin.Read<List[]>("/api/dictionaries")).Single(l => l.Kind == kind);
    private Task<Reply> Put(List list, params Entry[] entries) => park.Admin.Put("/api/dictionaries", new { kind = list.Kind, edit = list.Edit, entries });

    private object Type(string code, string tab = "single", string visitorType = "adult", string proof = "none") => new
    {
        code, name = code, nameEn = "", tab, visitorType, keySlot = (int?)null, proof, heightLimitCm = (int?)null, minPeople = 1, maxPeople = 1,
        siteIds = new[] { park.Site }, fromTime = "00:00", toTime = "23:59", weekdayFen = 100, holidayFen = 100, dailyQuota = (int?)null, attention = "", active = true,
    };

    [Fact]
    public async Task A_park_begins_with_the_built_in_words_and_shows_its_own_after_a_change()
    {
        var list = await Read("visitorType");
        Assert.Equal(["adult", "child", "student", "senior", "group", "any"], list.BuiltIn.Select(e => e.Code));
        Assert.Equal(34 + 1, (await Read("origin")).BuiltIn.Length);
        var vip = new Entry("vip", "贵宾", "VIP", true);
        var wanted = list.Entries.Where(e => e.Code != "vip").Select(e => e.Code == "adult" ? e with { Name = " 大人 ", NameEn = "Grown-up" } : e.Code == "any" ? e with { Active = false } : e).Prepend(vip).ToArray();
        var saved = (await Put(list, wanted)).As<List>();
        Assert.Equal((list.Edit + 1, "vip", "大人"), (saved.Edit, saved.Entries[0].Code, saved.Entries[1].Name));
        Assert.Equal(saved.Entries, (await (await park.The("clerk")).Read<List[]>("/api/dictionaries")).Single(l => l.Kind == "visitorType").Entries);

        // The counter's price sheet says it in the park's words, and the log who changed what.
        var type = park.Admin.NewKey();
        (await park.Admin.Put($"/api/ticket-types/{type}", Type("VIP1", visitorType: "vip"))).MustBeDone();
        var words = (await (await park.The("clerk")).Read<JsonObject>($"/api/price-sheet?day={park.Today:yyyy-MM-dd}"))["words"]!;
        Assert.Equal("贵宾", words["visitorTypes"]!.AsArray().Single(w => (string)w!["code"]! == "vip")!["name"]!.GetValue<string>());
        Assert.Equal(["single", "group", "discount", "external", "member"], words["tabs"]!.AsArray().Select(w => (string)w!["code"]!));
        var said = (await park.Admin.Read<History[]>("/api/setting-changes")).First(h => h.Dictionary?.Kind == "visitorType");
        Assert.Equal("管理员", said.Who);
        Assert.Equal([("vip", null, "贵宾"), ("adult", "成人", "大人"), ("any", "不限", "不限")], said.Dictionary!.Changes.Select(c => (c.Code, c.Before?.Name, c.Now!.Name)));

        // Back again: the order alone is another, and codes stay.
        (await Put(saved, [.. saved.Entries.Skip(1), saved.Entries[0] with { Active = false }])).MustBeDone();
        await park.MustVerify();
    }

    [Fact]
    public async Task A_word_is_taken_out_of_use_and_stays_where_it_is_used()
    {
        var list = await Read("proof");
        var pass = new Entry("pass", "通行证", "", true);
        var with = (await Put(list, [.. list.Entries, pass])).As<List>();
        var type = park.Admin.NewKey();
        (await park.Admin.Put($"/api/ticket-types/{type}", Type("PASS1", proof: "pass"))).MustBeDone();
        (await Put(with, list.Entries)).MustBe(409, "wordDeleted");
        (await Put(with, [.. with.Entries.Where(e => e.Code != "idCard")])).MustBe(409, "wordDeleted");
        var without = (await Put(with, [.. with.Entries.Select(e => e.Code == "pass" ? e with { Active = false } : e)])).As<List>();
        // The type is saved and sold as before; no other one gets the word.
        (await park.Admin.Put($"/api/ticket-types/{type}", Type("PASS1", proof: "pass"))).MustBeDone();
        var desk = await park.TheDesk();
        var verdict = await park.Admit((await desk.Sell(type)).Tickets[0].Qr);
        Assert.Equal("admitted", verdict.Word);
        Assert.Equal(["proof"], (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type("PASS2", proof: "pass"))).MustBe(400, "wrongFields").Errors!.Keys);
        Assert.False(without.Entries.Single(e => e.Code == "pass").Active);
        await park.MustVerify();
    }

    [Fact]
    public async Task An_unknown_code_is_refused_and_its_field_named_by_form_and_file()
    {
        var refused = (await park.Admin.Put($"/api/ticket-types/{park.Admin.NewKey()}", Type("X1", "nothing", "Adult", ""))).MustBe(400, "wrongFields");
        Assert.Equal(["proof", "tab", "visitorType"], refused.Errors!.Keys.Order());
        var type = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(Type("X2", visitorType: "martian"), Caller.Json))!;
        type["siteIds"] = new JsonArray("主园");
        var file = (await park.Admin.Post("/api/catalogue", new { format = 1, park = "", ticketTypes = new[] { type } })).MustBe(400, "fileRefused");
        Assert.Equal(["ticketTypes[0].visitorType"], file.Errors!.Keys);
    }

    [Fact]
    public async Task Of_two_managers_who_edit_one_list_the_second_is_told_and_bad_words_are_named()
    {
        var list = await Read("returnReason");
        var (first, second) = (list.Entries[0] with { Name = "一" }, list.Entries[0] with { Name = "二" });
        var both = await Task.WhenAll(Put(list, [first, .. list.Entries.Skip(1)]), Put(list, [second, .. list.Entries.Skip(1)]));
        Assert.Single(both, r => r.Done);
        Assert.Single(both, r => r.Status == 409).MustBe(409, "dictionaryEdited");
        list = await Read("returnReason");
        Entry[] Plus(Entry word) => [.. list.Entries, word];
        var good = new Entry("rain", "下雨", "Rain", true);
        foreach (var bad in new[]
        {
            good with { Code = "" }, good with { Code = "rain!" }, good with { Code = "雨" }, good with { Code = new string('a', 25) }, good with { Code = "PLANS" }, good with { Name = "" },
            good with { Name = "一\n二" }, good with { Name = new string('雨', 21) }, good with { Name = list.Entries[1].Name }, good with { NameEn = new string('r', 41) },
        })
            (await Put(list, Plus(bad))).MustBe(400, "wrongFields");
        (await Put(list, [.. list.Entries.Select(e => e with { Active = false })])).MustBe(400, "wrongFields");
        (await Put(list)).MustBe(400, "wrongFields");
        (await Put(list, Plus(null!))).MustBe(400, "wrongFields");
        (await Put(list, [.. list.Entries, .. Enumerable.Range(0, 200).Select(n => good with { Code = $"r{n}", Name = $"雨{n}" })])).MustBe(400, "wrongFields");
        (await park.Admin.Put("/api/dictionaries", new { kind = "colours", edit = 0, entries = list.Entries })).MustBe(400, "malformed");
        (await park.Admin.Put("/api/dictionaries", new { kind = "returnReason", edit = list.Edit, entries = new object[] { new { code = "rain", name = "雨" } } })).MustBe(400, "malformed");
        (await (await park.The("clerk")).Put("/api/dictionaries", new { kind = "returnReason", edit = list.Edit, entries = list.Entries })).MustBe(403, "notAllowed");
        Assert.Equal(list.Edit, (await Read("returnReason")).Edit);
        // The same key twice is one change.
        var (key, body) = (park.Admin.NewKey(), new { kind = "returnReason", edit = list.Edit, entries = Plus(good) });
        (await park.Admin.Put("/api/dictionaries", body, key)).MustBeDone();
        Assert.True((await park.Admin.Put("/api/dictionaries", body, key)).Replayed);
        Assert.Equal(list.Edit + 1, (await Read("returnReason")).Edit);
    }
}

public sealed class DictionaryOnSqlite(SqlitePark park) : DictionaryTests(park), IClassFixture<SqlitePark>;

public sealed class DictionaryOnPostgres(PostgresPark park) : DictionaryTests(park), IClassFixture<PostgresPark>;
