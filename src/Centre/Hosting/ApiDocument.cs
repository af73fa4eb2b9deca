using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Shanmen.Platform.Web;

namespace Shanmen.Centre.Hosting;

/// <summary>What /openapi/v1.json says beyond the routes' own records.</summary>
internal static class ApiDocument
{
    public static void Describe(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Shanmen 山门", Version = "1", Description = "Ticketing for scenic areas. Money in fen; instants in UTC." };
            // The address is wherever the reader got the document from.
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (!context.Description.ActionDescriptor.EndpointMetadata.OfType<KeyedRoute>().Any()) return Task.CompletedTask;
            (operation.Parameters ??= []).Add(new OpenApiParameter
            {
                Name = "Idempotency-Key", In = ParameterLocation.Header, Required = true,
                Description = "A version-7 UUID made by the client; the id of what the request creates. The same key and body get the same answer.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
            });
            return Task.CompletedTask;
        });
    }
}
