using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shanmen.Platform.SignIn;

namespace Shanmen.Centre.Hosting;

/// <summary>
/// What /openapi/v1.json says beyond the routes' own records. The screens' types are generated from it, so it must say what
/// is really sent: docs/protocols/openapi.json is its approved text.
/// </summary>
internal static class ApiDocument
{
    public const string Session = "session", Device = "device";

    public static void Describe(OpenApiOptions options)
    {
        var comments = new ApiComments();
        options.CreateSchemaReferenceId = NameOf;
        options.AddDocumentTransformer(async (document, context, cancel) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Shanmen 山门", Version = "1",
                Description = "Ticketing for scenic areas. Money in fen; instants in UTC; days and times of day in the park's zone.",
            };
            // The address is wherever the reader got the document from.
            document.Servers?.Clear();
            document.Tags = CentreHost.Modules.Select(m => m.GetType()).Append(typeof(ApiDocument)).Select(t => new OpenApiTag { Name = ModuleOf(t) }).ToHashSet();
            (document.Components ??= new OpenApiComponents()).SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Session] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Cookie, Name = Sessions.CookieName, Description = "A person who signed in at POST /api/session." },
                [Device] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "Authorization", Description = "A lane's device: \"Device\", a blank and its key." },
            };
            await ApiOperations.AddRefusals(document, context, cancel);
        });
        options.AddOperationTransformer(new ApiOperations(comments));
        options.AddSchemaTransformer(new ApiSchemas(comments));
    }

    public static string ModuleOf(Type type) => type.Assembly.GetName().Name!.Split('.')[^1];

    // Two modules may use a word for things of their own; then the document says whose it is.
    private static readonly Lazy<HashSet<string>> Ambiguous = new(() =>
        [.. CentreHost.Modules.SelectMany(m => m.GetType().Assembly.GetExportedTypes()).Where(t => !t.IsNested).GroupBy(t => t.Name).Where(g => g.Count() > 1).Select(g => g.Key)]);

    /// <summary>SellTickets.Request is SellTicketsRequest: the records inside slices have short names, a document has one list of all.</summary>
    private static string? NameOf(JsonTypeInfo json)
    {
        if (OpenApiOptions.CreateDefaultSchemaReferenceId(json) is null) return null;
        var type = Nullable.GetUnderlyingType(json.Type) ?? json.Type;
        if (type.DeclaringType is { } slice) return slice.Name + type.Name;
        return Ambiguous.Value.Contains(type.Name) ? ModuleOf(type) + type.Name : type.Name;
    }
}
