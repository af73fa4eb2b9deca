using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using Shanmen.Platform.Web;

namespace Shanmen.Centre.Hosting;

/// <summary>Says of each route what stands behind it, what it reads from its address and how it refuses.</summary>
internal sealed partial class ApiOperations(ApiComments comments) : IOpenApiOperationTransformer
{
    private static readonly Dictionary<int, string> Refusals = new()
    {
        [400] = "Malformed, or fields outside their limits.",
        [401] = "Nobody is signed in, or login and password do not belong together.",
        [403] = "The person or device may not do this.",
        [404] = "Unknown, or another park's.",
        [409] = "Refused by the state of the world; nothing was changed.",
        [413] = "The body is too long.",
        [422] = "Well formed, and still impossible.",
        [429] = "Too many tries; Retry-After says how many seconds to wait.",
        [503] = "The store is away or too much waits; nothing is known to have changed. Repeat with the same key.",
    };

    private static string NameOf(int status) => $"Refused{status}";

    /// <summary>The refusals, described once for all routes.</summary>
    public static async Task AddRefusals(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancel)
    {
        document.AddComponent(nameof(Problem), await context.GetOrCreateSchemaAsync(typeof(Problem), cancellationToken: cancel));
        foreach (var (status, description) in Refusals)
            document.AddComponent(NameOf(status), new OpenApiResponse
            {
                Description = description,
                Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchemaReference(nameof(Problem), document) } },
            });
    }

    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<Slice>().FirstOrDefault()?.Type is { } slice)
        {
            operation.OperationId = metadata.OfType<IEndpointNameMetadata>().LastOrDefault()?.EndpointName ?? slice.Name;
            operation.Summary = comments.Of(slice);
            operation.Tags = new HashSet<OpenApiTagReference> { new(ApiDocument.ModuleOf(slice), context.Document) };
        }
        operation.Parameters = [.. await Parameters(metadata, context, cancel)];
        if (operation.Parameters.Count == 0) operation.Parameters = null;
        Answers(operation, metadata);

        var isGuarded = !metadata.OfType<IAllowAnonymous>().Any();
        if (isGuarded) operation.Security = [Needs(ApiDocument.Session), Needs(ApiDocument.Device)];
        foreach (var status in StatusesOf(operation, context, isGuarded, metadata.OfType<KeyedRoute>().Any()).Concat(metadata.OfType<Refuses>().Select(r => r.Status)))
            operation.Responses![status.ToString()] = new OpenApiResponseReference(NameOf(status), context.Document);

        OpenApiSecurityRequirement Needs(string scheme) => new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
    }

    private static int[] StatusesOf(OpenApiOperation operation, OpenApiOperationTransformerContext context, bool isGuarded, bool isKeyed)
    {
        if (isKeyed) return [400, 401, 403, 404, 409, 413, 422, 503];
        if (isGuarded) return operation.Parameters is null ? [401, 403, 503] : [400, 401, 403, 404, 503];
        return context.Description.HttpMethod == "GET" ? [503] : operation.RequestBody is null ? [403, 503] : [400, 401, 403, 409, 413, 422, 429, 503];
    }

    private static async Task<List<IOpenApiParameter>> Parameters(IList<object> metadata, OpenApiOperationTransformerContext context, CancellationToken cancel)
    {
        var all = new List<IOpenApiParameter>();
        foreach (Match part in InPath().Matches(context.Description.RelativePath ?? ""))
            all.Add(new OpenApiParameter { Name = part.Groups[1].Value, In = ParameterLocation.Path, Required = true, Schema = await Of(part.Groups[1].Value == "day" ? typeof(DateOnly) : typeof(Guid)) });
        foreach (var asked in metadata.OfType<QueryValue>())
            all.Add(new OpenApiParameter { Name = asked.Name, In = ParameterLocation.Query, Required = asked.Required, Schema = await Of(asked.Type) });
        if (metadata.OfType<KeyedRoute>().Any())
            all.Add(new OpenApiParameter
            {
                Name = "Idempotency-Key", In = ParameterLocation.Header, Required = true, Schema = await Of(typeof(Guid)),
                Description = "A version-7 UUID made by the client; the id of what the request creates. The same key and body get the same answer.",
            });
        return all;

        async Task<IOpenApiSchema> Of(Type type) => await context.GetOrCreateSchemaAsync(type, cancellationToken: cancel);
    }

    private static void Answers(OpenApiOperation operation, IList<object> metadata)
    {
        foreach (var (type, body) in operation.Responses!.Values.SelectMany(r => r.Content ?? new Dictionary<string, OpenApiMediaType>()))
        {
            if (type == "text/event-stream")
                operation.Description = "Events named \"board\", each with the whole board as its data and its version as its id: one at once, then at most one a second when it has changed. A comment every 15 seconds keeps the line open.";
            if (metadata.OfType<NullAnswer>().Any()) body.Schema = new OpenApiSchema { OneOf = [new OpenApiSchema { Type = JsonSchemaType.Null }, body.Schema!] };
        }
    }

    [GeneratedRegex(@"\{(\w+)")]
    private static partial Regex InPath();
}
