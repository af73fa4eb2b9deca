using System.Text.Json;
using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>Holds what the program answers against what its API document promises.</summary>
public sealed class ApiShape(JsonObject document)
{
    /// <summary>Where an answer breaks the promise of its route; empty when it keeps it.</summary>
    public IReadOnlyList<string> Complaints(string method, string route, Reply reply)
    {
        if (document["paths"]?[route]?[method.ToLowerInvariant()]?["responses"] is not JsonObject responses) return [$"{method} {route} is not described"];
        if (Found(responses[reply.Status.ToString()]) is not { } response) return [$"{method} {route} answered {reply.Status}, which is not described"];
        if (response["content"] is not JsonObject content) return reply.Text.Length == 0 ? [] : [$"{method} {route} answered a body, none is described"];
        if (content[reply.ContentType]?["schema"] is not JsonObject schema) return [$"{method} {route} answered {reply.ContentType}, which is not described"];
        if (!reply.ContentType.EndsWith("json", StringComparison.Ordinal)) return [];
        var wrong = new List<string>();
        Check(schema, JsonNode.Parse(reply.Text), $"{method} {route}", wrong);
        return wrong;
    }

    /// <summary>The thing itself, where only its place in the document is named: #/components/schemas/Problem.</summary>
    private JsonNode? Found(JsonNode? node) =>
        (string?)node?["$ref"] is { } place ? place.Split('/').Skip(1).Aggregate((JsonNode?)document, (at, name) => at?[name]) : node;

    private void Check(JsonObject schema, JsonNode? value, string at, List<string> wrong)
    {
        if (schema["$ref"] is not null) { Check(Found(schema)!.AsObject(), value, at, wrong); return; }
        if (schema["oneOf"] is JsonArray choices)
        {
            if (!choices.Any(one => Fits(one!.AsObject(), value))) wrong.Add($"{at}: {value?.ToJsonString() ?? "null"} is none of the described forms");
            return;
        }
        var types = schema["type"] switch { JsonArray several => [.. several.Select(t => (string)t!)], { } one => [(string)one!], null => Array.Empty<string>() };
        var kind = value?.GetValueKind() switch
        {
            null => "null", JsonValueKind.String => "string", JsonValueKind.Number => "number", JsonValueKind.True or JsonValueKind.False => "boolean", JsonValueKind.Array => "array", _ => "object",
        };
        if (types.Length == 0) { wrong.Add($"{at}: nothing is said about it"); return; }
        if (!types.Contains(kind == "number" && types.Contains("integer") ? "integer" : kind)) { wrong.Add($"{at}: {kind} instead of {string.Join(" or ", types)}"); return; }
        if (kind == "string" && schema["enum"] is JsonArray words && !words.Any(w => (string?)w == (string?)value)) wrong.Add($"{at}: \"{value}\" is not one of the described words");
        if (kind == "array") foreach (var item in value!.AsArray()) Check(schema["items"]!.AsObject(), item, at + "[]", wrong);
        if (kind != "object") return;
        var members = value!.AsObject();
        if (schema["additionalProperties"] is JsonObject each) { foreach (var (name, member) in members) Check(each, member, $"{at}.{name}", wrong); return; }
        var described = schema["properties"] as JsonObject ?? [];
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(n => (string)n!)) if (!members.ContainsKey(name)) wrong.Add($"{at}.{name} is required and absent");
        foreach (var (name, member) in members)
            if (described[name] is JsonObject inner) Check(inner, member, $"{at}.{name}", wrong); else wrong.Add($"{at}.{name} is not described");
    }

    private bool Fits(JsonObject schema, JsonNode? value)
    {
        var wrong = new List<string>();
        Check(schema, value, "", wrong);
        return wrong.Count == 0;
    }
}
