using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Routes around sign-in carry no key, because who repeats them repeats nothing that counts; so they are mapped here and not as writes.</summary>
internal static class SignInRoute
{
    private const int BodyMax = 16 * 1024;

    public static void MapOpen<TRequest>(this IEndpointRouteBuilder routes, string pattern, int status, Func<HttpContext, TRequest, Task> handle) where TRequest : class =>
        routes.MapPost(pattern, (Delegate)(async (HttpContext http) =>
        {
            if (await Read<TRequest>(http) is { } request) await handle(http, request);
        })).AllowAnonymous().WithMetadata(Slice.Of(handle)).Accepts<TRequest>("application/json").Produces<SessionAnswer>(status);

    public static async Task Send(this HttpContext http, SessionAnswer answer, int status = 200)
    {
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsJsonAsync(answer, Json.Options, http.RequestAborted);
    }

    /// <summary>The body within its limit, or null after the refusal was sent.</summary>
    private static async Task<T?> Read<T>(HttpContext http) where T : class
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = BodyMax;
        Refusal refusal;
        try
        {
            if (http.Request.ContentLength > BodyMax) refusal = new(RequestRefusal.TooLarge, 413);
            else if (await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json.Options, http.RequestAborted) is { } request) return request;
            else refusal = new(RequestRefusal.Malformed, 400);
        }
        catch (JsonException) { refusal = new(RequestRefusal.Malformed, 400); }
        catch (BadHttpRequestException wrong) when (wrong.StatusCode == 413) { refusal = new(RequestRefusal.TooLarge, 413); }
        // What was not read stays in the connection: nobody may send another request after it.
        if (refusal.Status == 413) http.Response.Headers.Connection = "close";
        await http.Refuse(refusal);
        return null;
    }
}
