using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Log;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Web;

/// <summary>A state-changing request on its way from HTTP to the write path.</summary>
public sealed class WriteContext(HttpContext http, Principal principal, Guid key)
{
    public HttpContext Http => http;
    public Principal Principal => principal;
    public int Park => principal.Park;
    /// <summary>The client's key: the id of what the request creates.</summary>
    public Guid Key => key;
    public Fields Fields { get; } = new(http, http.RequestServices.GetRequiredService<Texts>());
    public T Get<T>() where T : notnull => http.RequestServices.GetRequiredService<T>();
    public Guid RouteId(string name = "id") => Guid.Parse((string)http.Request.RouteValues[name]!);

    public Prepared Run(IWrite write) => Fields.Errors is { } errors ? Wrong(errors) : new Prepared(write, null, null);
    public Prepared Refuse(Refusal refusal) => new(null, refusal, null);

    public Prepared Refuse(Enum reason, int status, params object[] args) => new(null, new Refusal(reason, status, args), null);
    public static Prepared Unknown => new(null, Problems.NotFound, null);
    public static Prepared Wrong(Dictionary<string, string[]> errors) => new(null, new Refusal(RequestRefusal.WrongFields, 400), errors);
}

/// <summary>What the preparation of a request came to: something to decide, or a refusal.</summary>
public sealed record Prepared(IWrite? Write, Refusal? Refusal, Dictionary<string, string[]>? Errors);

public static class Writing
{
    private const int BodyMax = 64 * 1024;

    /// <summary>
    /// A route that changes state: permission, key, body within limits, preparation (signatures and reads happen here,
    /// outside the writer), then the write path, then the kept answer.
    /// </summary>
    public static RouteHandlerBuilder MapWrite<TRequest, TAnswer>(this IEndpointRouteBuilder routes, string method, string pattern,
        Permission permission, Func<TRequest, WriteContext, Task<Prepared>> prepare) where TRequest : class
    {
        var route = routes.MapMethods(pattern, [method], (Delegate)((HttpContext http) => Handle<TRequest, TAnswer>(http, prepare)))
            .RequireAuthorization(permission.ToString())
            .WithMetadata(new KeyedRoute(), Slice.Of(prepare));
        if (typeof(TAnswer) == typeof(Nothing)) route.Produces(204); else route.Produces<TAnswer>();
        return typeof(TRequest) == typeof(Nothing) || typeof(TRequest) == typeof(RawBody) ? route : route.Accepts<TRequest>("application/json");
    }

    private static async Task Handle<TRequest, TAnswer>(HttpContext http, Func<TRequest, WriteContext, Task<Prepared>> prepare) where TRequest : class
    {
        var principal = http.Principal();
        var clock = http.RequestServices.GetRequiredService<TimeProvider>();
        if (!Guid.TryParse(http.Request.Headers["Idempotency-Key"], out var key) || key.Version != 7)
        { await http.Refuse(new(WriteRefusal.KeyMissing, 400)); return; }
        if (await ReadBody(http) is not { } body) { await http.Refuse(new(RequestRefusal.TooLarge, 413)); return; }

        TRequest? request;
        try
        {
            request = typeof(TRequest) == typeof(Nothing) ? (TRequest)(object)new Nothing()
                : typeof(TRequest) == typeof(RawBody) ? (TRequest)(object)new RawBody(body) : JsonSerializer.Deserialize<TRequest>(body, Json.Options);
        }
        catch (JsonException wrong)
        {
            var errors = wrong.Path is { Length: > 2 } path ? new Dictionary<string, string[]> { [path[2..]] = ["?"] } : null;
            await http.Refuse(new(RequestRefusal.Malformed, 400), errors);
            return;
        }
        if (request is null) { await http.Refuse(new(RequestRefusal.Malformed, 400)); return; }

        var context = new WriteContext(http, principal, key);
        var isFar = Math.Abs((ClientKey.MomentOf(key) - clock.GetUtcNow()).TotalMinutes) > ClientKey.MinutesMax;
        var prepared = isFar ? context.Refuse(WriteRefusal.KeyFarFromServerTime, 422) : await prepare(request, context);
        if (prepared.Write is { } write && http.GetEndpoint()?.Metadata.GetMetadata<ISecondLook>() is { } look) prepared = await look.Look(write, context);
        var hash = HashOf(http, body);
        var answer = await http.RequestServices.GetRequiredService<WriteQueue>()
            .Send(new WriteKey(principal.Park, principal.Id, key, http.RequestServices.GetRequiredService<KeyRing>().Fingerprint(hash), hash), prepared.Write ?? new RefusedEarly(prepared.Refusal!));
        if (answer.Refusal is { } refusal) { await http.Refuse(refusal, ReferenceEquals(refusal, prepared.Refusal) ? prepared.Errors : null); return; }
        if (answer.Repeated) http.Response.Headers["Idempotency-Replayed"] = "true";
        if (answer.IsRefusal()) { await http.Refuse(KeptAnswers.ReasonOf(answer), answer.Status); return; }
        http.Response.StatusCode = answer.Body.Length == 0 ? 204 : answer.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (answer.Body.Length == 0) return;
        http.Response.ContentType = "application/json; charset=utf-8";
        var text = KeptAnswers.TextOf<TAnswer>(answer, http);
        http.Response.ContentLength = text.Length;
        await http.Response.Body.WriteAsync(text, http.RequestAborted);
    }

    /// <summary>
    /// What the preparation refused. It goes the way of all requests, because a repeat of what was booked is told what was booked, whatever has become of
    /// passwords, words and clocks since: who hears a refusal takes it that nothing was done. Where there are several lanes, a repeat that overtakes its original is
    /// refused like a new request; a till repeats only after it has waited for the answer.
    /// </summary>
    private sealed record RefusedEarly(Refusal Refusal) : IWrite
    {
        public bool Alone => false;
        public void Touch(Touch touch) { }
        public Outcome Decide(WriteGroup group) => Refusal;
    }

    private static byte[] HashOf(HttpContext http, byte[] body)
    {
        using var text = new HashedText(stackalloc byte[2048]);
        text.Add($"{http.Request.Method} {http.Request.Path}{http.Request.QueryString}\n");
        text.Add(body);
        return text.Hash();
    }

    private static async Task<byte[]?> ReadBody(HttpContext http)
    {
        var max = http.GetEndpoint()?.Metadata.GetMetadata<LargeBody>()?.BytesMax ?? BodyMax;
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit && limit.MaxRequestBodySize < max) limit.MaxRequestBodySize = max;
        if (http.Request.ContentLength > max) return null;
        var reader = http.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(http.RequestAborted);
            if (read.Buffer.Length > max) { reader.AdvanceTo(read.Buffer.End); return null; }
            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }
            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>A route that only reads. Null is answered 404.</summary>
    public static RouteHandlerBuilder MapRead<TAnswer>(this IEndpointRouteBuilder routes, string pattern, Permission permission,
        Func<HttpContext, Principal, Task<TAnswer?>> read) where TAnswer : class =>
        routes.MapGet(pattern, (Delegate)(async (HttpContext http) =>
        {
            var answer = await read(http, http.Principal());
            if (http.Response.HasStarted) return;
            if (answer is null) { await http.Refuse(Problems.NotFound); return; }
            http.Response.Headers.CacheControl = "no-store";
            await http.Response.WriteAsJsonAsync(answer, Json.Options, http.RequestAborted);
        })).RequireAuthorization(permission.ToString()).WithMetadata(Slice.Of(read)).Produces<TAnswer>();
}

/// <summary>A request without a body.</summary>
public sealed record Nothing;

/// <summary>A body that its use case reads by itself, to say where in it something is wrong.</summary>
public sealed record RawBody(byte[] Bytes);

/// <summary>Marks a route that takes a body of up to 1 MiB, or as much as it says, instead of 64 KiB: whole lists that are changed at once.</summary>
public sealed record LargeBody(int BytesMax = 1024 * 1024);

/// <summary>Marks a route that needs an Idempotency-Key.</summary>
public sealed record KeyedRoute;

public static class ClientKey
{
    /// <summary>A key further from server time than this is refused, online.</summary>
    public const int MinutesMax = 60;
    /// <summary>The moment that a version-7 UUID carries in its first 48 bits.</summary>
    public static DateTimeOffset MomentOf(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        long ms = 0;
        for (var i = 0; i < 6; i++) ms = (ms << 8) | bytes[i];
        return DateTimeOffset.UnixEpoch.AddTicks(Math.Min(ms, 253402300799999) * TimeSpan.TicksPerMillisecond);
    }
}
