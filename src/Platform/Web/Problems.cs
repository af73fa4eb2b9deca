using System.Diagnostics;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Web;

/// <summary>An RFC 9457 answer: what is wrong in a sentence, and what to do next.</summary>
/// <param name="Code">Stable word for programs, camelCase.</param>
/// <param name="Errors">Sentences by field, for a form.</param>
public sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string Action, string TraceId, Dictionary<string, string[]>? Errors);

/// <summary>Refusals of the boundary itself.</summary>
public enum RequestRefusal { Malformed, WrongFields, TooLarge, Unknown, Fault, StoreAway, DiskFull, DatabaseAway, WrongMethod }

public static class Problems
{
    public static Task Refuse(this HttpContext http, Refusal refusal, Dictionary<string, string[]>? errors = null)
    {
        if (refusal.Status is 429 or 503)
            http.Response.Headers.RetryAfter = refusal.Args.FirstOrDefault()?.ToString() ?? "1";
        errors ??= refusal.Errors ?? (refusal.Field is { } field ? new() { [field] = [http.SentenceOf(refusal)] } : null);
        return http.Refuse(Texts.KeyOf(refusal.Reason), refusal.Status, errors, refusal.Args);
    }

    private static string SentenceOf(this HttpContext http, Refusal refusal) =>
        http.RequestServices.GetRequiredService<Texts>().Get(Texts.KeyOf(refusal.Reason), Texts.WantsEnglish(http), refusal.Args);

    /// <param name="key">The reason as the texts name it: its enumeration, a dot, its word.</param>
    internal static Task Refuse(this HttpContext http, string key, int status, Dictionary<string, string[]>? errors = null, params object[] args)
    {
        var texts = http.RequestServices.GetRequiredService<Texts>();
        var english = Texts.WantsEnglish(http);
        var code = JsonNamingPolicy.CamelCase.ConvertName(key[(key.IndexOf('.') + 1)..]);
        var problem = new Problem($"urn:shanmen:problem:{code}", texts.Get(key, english, args), status, texts.Get(key, english, args),
            code, texts.Get(key + ".action", english, args), Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier, errors);
        http.Response.StatusCode = status;
        http.Response.ContentType = "application/problem+json";
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsync(JsonSerializer.Serialize(problem, Json.Options), http.RequestAborted);
    }

    /// <summary>Unknown, or another park's: both look the same from outside.</summary>
    public static readonly Refusal NotFound = new(RequestRefusal.Unknown, 404);
}
