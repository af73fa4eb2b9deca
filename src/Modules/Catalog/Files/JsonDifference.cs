using System.Text.Json.Nodes;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>Field by field, what is otherwise in one record than in another.</summary>
internal static class JsonDifference
{
    /// <param name="before">Null = there was none.</param>
    public static FieldChange[] Of(JsonNode? before, JsonNode? now)
    {
        var changes = new List<FieldChange>();
        Add(changes, "", before, now);
        return [.. changes];
    }

    private static void Add(List<FieldChange> changes, string place, JsonNode? before, JsonNode? now)
    {
        if (JsonNode.DeepEquals(before, now)) return;
        if (before is JsonObject or null && now is JsonObject or null)
        {
            var (old, wanted) = (before as JsonObject ?? [], now as JsonObject ?? []);
            foreach (var name in wanted.Select(p => p.Key).Union(old.Select(p => p.Key)).Where(n => n != "id"))
                Add(changes, place.Length == 0 ? name : $"{place}.{name}", old[name], wanted[name]);
        }
        else if (Keyed(before) is { } olds && Keyed(now) is { } wanted && olds.Count + wanted.Count > 0)
            foreach (var key in wanted.Keys.Union(olds.Keys))
                Add(changes, $"{place}[{NameIn(wanted.GetValueOrDefault(key) ?? olds[key]) ?? key}]", olds.GetValueOrDefault(key), wanted.GetValueOrDefault(key));
        else changes.Add(new(place, before?.ToJsonString(Json.Options), now?.ToJsonString(Json.Options)));
    }

    /// <summary>The items of a list by what tells them apart; null where it is no such list.</summary>
    private static Dictionary<string, JsonObject>? Keyed(JsonNode? node)
    {
        if (node is null) return [];
        if (node is not JsonArray list || !list.All(item => item is JsonObject one && KeyIn(one) is not null)) return null;
        var items = list.OfType<JsonObject>().DistinctBy(item => KeyIn(item)!).ToDictionary(item => KeyIn(item)!);
        return items.Count == list.Count ? items : null;
    }

    private static string? KeyIn(JsonObject item) => item["id"]?.ToString() ?? item["typeId"]?.ToString();

    private static string? NameIn(JsonObject item) => item["name"]?.ToString() ?? item["typeId"]?.ToString();
}
