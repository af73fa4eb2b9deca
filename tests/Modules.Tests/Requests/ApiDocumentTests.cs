using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanmen.Modules.Tests.SignIn;

namespace Shanmen.Modules.Tests.Requests;

/// <summary>
/// The API document is what the screens' types are made from, so its approved text must be what the program serves, and what
/// the program answers must be what it says. SHANMEN_APPROVE=1 writes the approved text anew; npm --prefix web run api does
/// that and makes the types.
/// </summary>
public sealed class ApiDocumentTests(SqlitePark park) : IClassFixture<SqlitePark>
{
    private static readonly string Approved = Path.Combine(Checkout.Root, "docs", "protocols", "openapi.json");
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Task<JsonObject> Served() => park.Admin.Read<JsonObject>("/openapi/v1.json");
    private static async Task<JsonObject> Kept() => JsonNode.Parse(await File.ReadAllTextAsync(Approved))!.AsObject();
    private static IEnumerable<(string Method, string Route, JsonObject Operation)> Operations(JsonObject document) =>
        document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(m => (m.Key.ToUpperInvariant(), path.Key, m.Value!.AsObject())));

    [Fact]
    public async Task The_approved_text_is_what_the_program_serves()
    {
        var served = (await Served()).ToJsonString(Written) + "\n";
        if (Environment.GetEnvironmentVariable("SHANMEN_APPROVE") == "1") await File.WriteAllTextAsync(Approved, served);
        Assert.Null(FirstDifference(await File.ReadAllTextAsync(Approved), served));
    }

    [Fact]
    public async Task Every_answer_keeps_what_the_document_promises()
    {
        var (clerk, manager) = (await park.The("clerk"), await park.The("manager"));
        var samples = new RouteSamples(park, await park.TheDesk(), manager);
        await samples.Prepare();
        var shape = new ApiShape(await Served());
        var (wrong, done, refused) = (new List<string>(), 0, 0);
        // Signing out comes last, for the clerk's own routes are asked by the clerk.
        foreach (var route in samples.Routes.Where(r => r.Contains(" /api/") && !r.EndsWith("/nothing-here") && !r.EndsWith("/stream")).OrderBy(r => r == "DELETE /api/session"))
            foreach (var caller in new[] { park.NewCaller(), clerk, park.Admin })
            {
                var reply = await samples.Send(route, caller);
                if (reply.Done) done++; else refused++;
                wrong.AddRange(shape.Complaints(route.Split(' ')[0], route.Split(' ')[1], reply));
            }
        foreach (var caller in new[] { clerk, park.Admin }) await caller.SignIn(caller.Login, caller.Password);
        Assert.Empty(wrong.Distinct());
        Assert.True(done > 60 && refused > 40, $"{done} answers and {refused} refusals were looked at.");
    }

    [Fact]
    public async Task Every_route_has_a_name_a_sentence_and_its_address()
    {
        var operations = Operations(await Served()).ToArray();
        Assert.True(operations.Length > 40, $"Only {operations.Length} routes are described.");
        Assert.Equal(operations.Length, operations.Select(o => (string?)o.Operation["operationId"]).OfType<string>().Distinct().Count());
        foreach (var (method, route, operation) in operations)
        {
            Assert.False(string.IsNullOrEmpty((string?)operation["summary"]), $"{method} {route} has no sentence.");
            var named = (operation["parameters"] as JsonArray ?? []).Where(p => (string?)p!["in"] == "path").Select(p => (string)p!["name"]!);
            Assert.Equal(route.Split('{').Skip(1).Select(part => part.Split('}')[0]), named);
        }
    }

    [Fact]
    public async Task No_value_is_left_open()
    {
        var open = new List<string>();
        foreach (var (name, schema) in (await Served())["components"]!["schemas"]!.AsObject()) Look(schema!.AsObject(), name);
        Assert.Empty(open);

        void Look(JsonObject schema, string at)
        {
            if (schema["type"] is null && schema["$ref"] is null && schema["oneOf"] is null) open.Add($"{at} is not said");
            // A number that may come as text would reach the screens as "string | number".
            if (schema["type"] is JsonArray several && several.Count(t => (string?)t != "null") > 1) open.Add($"{at} is of several types");
            foreach (var (name, member) in schema["properties"] as JsonObject ?? []) Look(member!.AsObject(), $"{at}.{name}");
            if (schema["items"] is JsonObject items) Look(items, at + "[]");
        }
    }

    [Fact]
    public async Task Control_a_changed_document_and_a_broken_promise_are_named()
    {
        var document = await Kept();
        var text = document.ToJsonString(Written);
        Assert.Null(FirstDifference(text, text));
        Assert.Contains("floatFen", FirstDifference(text, text.Replace("\"floatFen\"", "\"float\"")));
        Assert.Contains("ends", FirstDifference(text, text + "\n{}"));

        var shape = new ApiShape(document);
        string[] Said(string body, int status = 200) => [.. shape.Complaints("POST", "/api/exits", new Reply(status, body, "application/json", [], "", ""))];
        Assert.Empty(Said("""{"inside":1}"""));
        Assert.Contains("absent", Assert.Single(Said("{}")));
        Assert.Contains("string", Assert.Single(Said("""{"inside":"1"}""")));
        Assert.Contains("not described", Assert.Single(Said("""{"inside":1,"more":1}""")));
        Assert.Contains("418", Assert.Single(Said("{}", 418)));
    }

    private static string? FirstDifference(string kept, string served)
    {
        if (kept == served) return null;
        var (was, now) = (kept.Split('\n'), served.Split('\n'));
        var at = Enumerable.Range(0, Math.Min(was.Length, now.Length)).FirstOrDefault(i => was[i] != now[i], -1);
        var what = at < 0 ? $"one of them ends at line {Math.Min(was.Length, now.Length)}" : $"line {at + 1}: the program serves {now[at].Trim()} and not {was[at].Trim()}";
        return $"docs/protocols/openapi.json is not what the program serves; {what}. Run npm --prefix web run api and read what changed.";
    }
}
