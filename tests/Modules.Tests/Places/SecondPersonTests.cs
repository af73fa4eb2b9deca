using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Places;

/// <summary>双人复核: where a park wants it, nobody alone changes what is sold and for how much (M03, M20).</summary>
public abstract class SecondPersonTests(TestPark park)
{
    private async Task<Reply> Put(Caller who, string path, object body, Caller? second = null, string? password = null, string? raw = null)
    {
        var request = who.Request(HttpMethod.Put, path, JsonSerializer.Serialize(body, Caller.Json));
        request.Headers.Add("Idempotency-Key", who.NewKey().ToString());
        if (raw is not null || second is not null)
            request.Headers.Add("Shanmen-Approval", raw ?? Convert.ToBase64String(Encoding.UTF8.GetBytes($"{second!.Login}:{password ?? second.Password}")));
        return await who.Send(request);
    }

    private async Task<Reply> Switch(int on, Caller? second)
    {
        var now = await park.Admin.Read<JsonObject>("/api/parameters");
        var values = now["values"]!.AsObject().DeepClone().AsObject();
        values["secondPerson"] = on;
        return await Put(park.Admin, "/api/parameters", new JsonObject { ["edit"] = (int)now["edit"]!, ["values"] = values }, second);
    }

    private object Type(string code, long fen) => TestPark.Type(code, "两人票", fen, null, fen, 1, 1, "00:00", "23:59", [park.Site], true);

    [Fact]
    public async Task Where_two_are_asked_for_nobody_changes_a_price_alone()
    {
        var (manager, clerk) = (await park.The("manager"), await park.The("clerk"));
        var type = park.Admin.NewKey();
        (await Put(park.Admin, $"/api/ticket-types/{type}", Type("TWO", 100), manager)).MustBeDone();
        // Nobody can begin it alone, or there might be nobody to end it with.
        (await Switch(1, null)).MustBe(403, "secondPersonNeeded");
        (await Switch(1, manager)).MustBeDone();

        var path = $"/api/ticket-types/{type}";
        (await Put(park.Admin, path, Type("TWO", 90))).MustBe(403, "secondPersonNeeded");
        (await Put(park.Admin, path, Type("TWO", 90), park.Admin)).MustBe(403, "supervisorSelf");
        (await Put(park.Admin, path, Type("TWO", 90), clerk)).MustBe(403, "supervisorNotAllowed");
        (await Put(park.Admin, path, Type("TWO", 90), manager, "not the password")).MustBe(403, "supervisorWrong");
        foreach (var raw in new[] { "%%%", "bm8gY29sb24=", "Og==", new string('A', 4000) }) (await Put(park.Admin, path, Type("TWO", 90), raw: raw)).MustBe(403, "supervisorWrong");
        // Nobody is called for what would be refused anyway, or changes nothing of the kind.
        (await Put(park.Admin, path, Type("two words", 90))).MustBe(400, "wrongFields");
        (await Put(park.Admin, $"/api/sites/{park.Site}", new { name = "主园", nameEn = "Site", capacity = 500, active = true, countsInside = true })).MustBeDone();
        Assert.Equal(100, Fen(await park.Admin.Read<JsonObject[]>("/api/ticket-types"), type));

        (await Put(park.Admin, path, Type("TWO", 90), manager)).MustBeDone();
        (await Put(manager, path, Type("TWO", 80), park.Admin)).MustBeDone();
        Assert.Equal(80, Fen(await park.Admin.Read<JsonObject[]>("/api/ticket-types"), type));
        await using (var connection = await park.Store.Open())
        {
            var approved = await Store.Rows(connection, "select body, principal from log where kind = 'ChangeApproved' order by at, lane, seq");
            Assert.Equal([manager.StaffId, manager.StaffId, park.Admin.StaffId], approved.Select(r => (Guid)JsonNode.Parse((string)r[0]!)!["by"]!).Skip(approved.Count - 3));
            Assert.EndsWith(path, (string)JsonNode.Parse((string)approved[^1][0]!)!["route"]!);
        }

        // A file is looked at by one and taken in by two.
        var file = await park.Admin.Get("/api/catalogue");
        var changed = file.Text.Replace("\"weekdayFen\": 80", "\"weekdayFen\": 70", StringComparison.Ordinal).Replace("\"weekdayFen\":80", "\"weekdayFen\":70", StringComparison.Ordinal);
        Assert.NotEqual(file.Text, changed);
        (await Import("?dryRun=true")).MustBeDone();
        (await Import("")).MustBe(403, "secondPersonNeeded");

        (await Switch(0, null)).MustBe(403, "secondPersonNeeded");
        (await Switch(0, manager)).MustBeDone();
        (await Put(park.Admin, path, Type("TWO", 60))).MustBeDone();
        await park.MustVerify();

        Task<Reply> Import(string query)
        {
            var request = park.Admin.Request(HttpMethod.Post, "/api/catalogue" + query, changed);
            request.Headers.Add("Idempotency-Key", park.Admin.NewKey().ToString());
            return park.Admin.Send(request);
        }
    }

    private static long Fen(JsonObject[] types, Guid type) => (long)types.Single(t => (Guid)t["id"]! == type)["weekdayFen"]!;
}

public sealed class SecondPersonOnSqlite(SqlitePark park) : SecondPersonTests(park), IClassFixture<SqlitePark>;
public sealed class SecondPersonOnPostgres(PostgresPark park) : SecondPersonTests(park), IClassFixture<PostgresPark>;
