using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shanmen.Platform.Web;

namespace Shanmen.Centre.Hosting;

/// <summary>Says of each value what the way in which Shanmen writes JSON adds to its type.</summary>
internal sealed class ApiSchemas(ApiComments comments) : IOpenApiSchemaTransformer
{
    private const string Time = "^[0-9]{2}:[0-9]{2}$";

    public Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancel)
    {
        var inner = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type);
        var type = inner ?? context.JsonTypeInfo.Type;
        var text = inner is null ? JsonSchemaType.String : JsonSchemaType.String | JsonSchemaType.Null;
        // Whoever may be null says so where it is used; the list of words is the same everywhere.
        if (type.IsEnum) (schema.Type, schema.Enum) = (JsonSchemaType.String, Words(Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName)));
        if (type == typeof(DateTimeOffset)) schema.Type = text;
        if (type == typeof(TimeOnly)) (schema.Type, schema.Format, schema.Pattern) = (text, null, Time);
        if (type == typeof(TimeOnly[])) schema.Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = Time };
        if (type.Assembly.GetName().Name!.StartsWith("Shanmen.", StringComparison.Ordinal)) schema.Description = comments.Of(type) ?? schema.Description;
        else if (context.JsonPropertyInfo?.AttributeProvider is PropertyInfo property)
        {
            schema.Description = comments.Of(property) ?? schema.Description;
            if (property.GetCustomAttribute<OneOfAttribute>() is { } oneOf) schema.Enum = Words(oneOf.Words);
        }
        return Task.CompletedTask;
    }

    private static List<JsonNode> Words(IEnumerable<string> words) => [.. words.Select(word => JsonValue.Create(word)!)];
}
