using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>Gives all that a park sells as one file (导出), in a fixed order, to be kept, compared, changed by hand and imported again.</summary>
internal static class ExportCatalog
{
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true, NewLine = "\n" };

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<CatalogFile>("/api/catalogue", Permission.SetUpPark, async (http, who) =>
    {
        var now = await CatalogNow.Read(http.RequestServices, who.Park);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"shanmen-catalogue-{now.Today:yyyy-MM-dd}.json\"";
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(TextOf(now)), http.RequestAborted);
        return null;
    });

    internal static string TextOf(CatalogNow now)
    {
        var (names, types) = (now.Names, now.Types.Values.OrderBy(t => t.Number).ToArray());
        var order = types.Select((t, at) => (t.Id, at)).ToDictionary(t => t.Id, t => t.at);
        var quotas = now.Quotas.OrderBy(q => q.Terms.Name, StringComparer.Ordinal).ThenBy(q => q.Terms.Id).ToArray();
        var text = new StringBuilder($"{{\n  \"format\": {CatalogFile.FormatNow},\n  \"park\": {JsonSerializer.Serialize(now.Park.Terms.Name, Json.Options)}");
        List(text, CatalogFile.TypesPart, types.Select(t => Block(names.Of(t), 4)));
        List(text, CatalogFile.DaysPart, now.Days.Values.Where(CatalogNow.IsSet).OrderBy(d => order[d.TypeId]).ThenBy(d => d.Day)
            .Select(d => JsonSerializer.Serialize(new FileDay(names.CodeOf(d.TypeId), d.Day, d.PriceFen, d.Quota, d.Unlimited), Json.Options)));
        List(text, CatalogFile.QuotasPart, quotas.Select(q => Block(names.Of(q.Terms), 4)));
        List(text, CatalogFile.QuotaDaysPart, quotas.SelectMany(q => q.Days.Values.Where(d => d.IsSet && d.Day >= now.Today && (d.Slot is not { } at || q.Terms.Slots?.Find(at) is not null)).OrderBy(d => d.Day).ThenBy(d => d.Slot)
            .Select(d => JsonSerializer.Serialize(new FileQuotaDay(quotas.Count(o => o.Terms.Name == q.Terms.Name) == 1 ? q.Terms.Name : q.Terms.Id.ToString(), d.Day, d.Limit, d.Unlimited, d.Slot), Json.Options))));
        text.Append($",\n  \"{CatalogFile.PricesPart}\": ").Append(now.Prices is null ? "null" : Block(names.Of(now.Prices), 2)).Append("\n}\n");
        return text.ToString();
    }

    private static void List(StringBuilder text, string part, IEnumerable<string> entries)
    {
        text.Append($",\n  \"{part}\": [");
        var any = false;
        foreach (var entry in entries)
        {
            text.Append(any ? ",\n    " : "\n    ").Append(entry);
            any = true;
        }
        text.Append(any ? "\n  ]" : "]");
    }

    private static string Block(JsonObject whole, int indent) => whole.ToJsonString(Indented).Replace("\n", "\n" + new string(' ', indent), StringComparison.Ordinal);
}
