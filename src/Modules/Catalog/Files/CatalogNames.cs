using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>
/// The catalogue's records as a file shows them: as the office's forms, with names of sites, numbers of windows and codes of ticket types where those have ids.
/// It knows no other field, so whatever a record gains passes through a file as it is.
/// </summary>
internal sealed class CatalogNames(ParkSnapshot park, IReadOnlyDictionary<Guid, TicketTypeTerms> types)
{
    private readonly ILookup<string, Guid> _sites = park.Sites.ToLookup(s => s.Value.Name, s => s.Key);

    public JsonObject Of(TicketTypeTerms type) => Named(TicketTypeAnswer.Of(type));

    public JsonObject Of(QuotaTerms quota)
    {
        var whole = Named(QuotaAnswer.Of(quota));
        whole.Remove("edit");
        whole.Remove("countsFrom");
        return whole;
    }

    public JsonObject Of(PriceRulesTerms rules) => Named(rules);

    public string CodeOf(Guid type) => types.GetValueOrDefault(type)?.Code ?? type.ToString();

    /// <summary>The site of a name, or with an id; null where there is none, or where two have the name.</summary>
    public Guid? SiteOf(string text) => Guid.TryParse(text, out var id) && park.Sites.ContainsKey(id) ? id : _sites[text.Trim()].ToArray() is [var one] ? one : null;

    private JsonObject Named(object record)
    {
        var whole = JsonSerializer.SerializeToNode(record, record.GetType(), Json.Options)!.AsObject();
        Swap(whole, "", (of, text, _) => !Guid.TryParse(text, out var id) ? text : of switch { Meant.Site => NameOf(id), Meant.Window => NumberOf(id), _ => CodeOf(id) });
        return whole;
    }

    /// <summary>The window in use with a number, or any with an id; null where there is none. A closed window's number may be another's by now.</summary>
    public Guid? WindowOf(string text) => Guid.TryParse(text, out var id) && park.Windows.ContainsKey(id) ? id
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && park.Windows.FirstOrDefault(w => w.Value.Active && w.Value.Number == number) is { Value: not null } one ? one.Key : null;

    private string NumberOf(Guid window) => park.Windows.GetValueOrDefault(window) is { Active: true } used ? used.Number.ToString(CultureInfo.InvariantCulture) : window.ToString();

    private string NameOf(Guid site) => park.Sites.GetValueOrDefault(site)?.Name is { } name && _sites[name].Count() == 1 ? name : site.ToString();

    /// <summary>What an id or a name in a record stands for.</summary>
    public enum Meant { Type, Site, Window }

    /// <summary>Puts another text wherever a site, a window or a ticket type is meant.</summary>
    /// <param name="other">Which is meant, what stands there, and where; what shall stand there.</param>
    public static void Swap(JsonNode? node, string place, Func<Meant, string, string, string> other)
    {
        if (node is JsonArray list)
            for (var n = 0; n < list.Count; n++) Swap(list[n], $"{place}[{n}]", other);
        if (node is not JsonObject whole) return;
        foreach (var (name, value) in whole.ToArray())
        {
            var inside = place.Length == 0 ? name : $"{place}.{name}";
            Meant? meant = name switch { "siteId" or "siteIds" => Meant.Site, "windowIds" => Meant.Window, "typeId" or "typeIds" or "types" => Meant.Type, _ => null };
            if (meant is not { } of) Swap(value, inside, other);
            else if (TextIn(value) is { } text) whole[name] = other(of, text, inside);
            else if (value is JsonArray some)
                for (var n = 0; n < some.Count; n++)
                    if (TextIn(some[n]) is { } one) some[n] = other(of, one, $"{inside}[{n}]");
        }
    }

    /// <summary>The text of a value; null where it is none, or holds half of a sign (which reading the entry refuses).</summary>
    public static string? TextIn(JsonNode? node)
    {
        try { return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null; }
        catch (InvalidOperationException) { return null; }
    }
}
