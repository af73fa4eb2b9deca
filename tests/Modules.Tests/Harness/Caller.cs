using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>Somebody or something that talks to the program: a person with a cookie, a device with a key, or nobody.</summary>
public sealed class Caller : IDisposable
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    private readonly Func<string> _address;
    private readonly HttpClient _client;

    /// <param name="address">Where the program listens now; it may change when the program is started again.</param>
    /// <param name="from">The loopback address to call from: the program tells callers apart by it.</param>
    public Caller(Func<string> address, IPAddress? from = null)
    {
        _address = address;
        var handler = new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, PooledConnectionIdleTimeout = TimeSpan.FromMinutes(2) };
        if (from is not null)
            handler.ConnectCallback = async (context, cancel) =>
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                socket.Bind(new IPEndPoint(from, 0));
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            };
        _client = new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public string? Cookie { get; set; }
    public string? DeviceKey { get; set; }
    public string Language { get; set; } = "zh-CN";
    public Guid StaffId { get; set; }
    public string Login { get; set; } = "";
    public string Password { get; set; } = "";
    /// <summary>Keys are made from the server's time, as screens make them.</summary>
    public Func<DateTimeOffset> Clock { get; set; } = () => TimeProvider.System.GetUtcNow();

    public Guid NewKey() => Guid.CreateVersion7(Clock());

    public Task<Reply> Get(string path) => Send(Request(HttpMethod.Get, path));
    public Task<Reply> Post(string path, object? body = null, Guid? key = null) => Send(Keyed(HttpMethod.Post, path, body, key));
    public Task<Reply> Put(string path, object? body = null, Guid? key = null) => Send(Keyed(HttpMethod.Put, path, body, key));
    public Task<Reply> Delete(string path, Guid? key = null) => Send(Keyed(HttpMethod.Delete, path, null, key));

    public async Task<T> Read<T>(string path) => (await Get(path)).As<T>();

    public HttpRequestMessage Request(HttpMethod method, string path, string? json = null)
    {
        var request = new HttpRequestMessage(method, _address() + path);
        request.Headers.AcceptLanguage.ParseAdd(Language);
        if (Cookie is not null) request.Headers.Add("Cookie", $"shanmen={Cookie}");
        if (DeviceKey is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Device", DeviceKey);
        if (json is not null) request.Content = new StringContent(json, Encoding.UTF8, "application/json");
        return request;
    }

    private HttpRequestMessage Keyed(HttpMethod method, string path, object? body, Guid? key)
    {
        var request = Request(method, path, body switch { null => null, string text => text, JsonNode node => node.ToJsonString(), _ => JsonSerializer.Serialize(body, Json) });
        request.Headers.Add("Idempotency-Key", (key ?? NewKey()).ToString());
        return request;
    }

    public async Task<Reply> Send(HttpRequestMessage request)
    {
        using var _ = request;
        using var response = await _client.SendAsync(request);
        return await Reply.Of(response, Language);
    }

    /// <summary>The head of an answer that goes on: a live stream.</summary>
    public Task<HttpResponseMessage> Begin(string path) => _client.SendAsync(Request(HttpMethod.Get, path), HttpCompletionOption.ResponseHeadersRead);

    public async Task<Reply> TrySignIn(string login, string password)
    {
        var reply = await Send(Request(HttpMethod.Post, "/api/session", JsonSerializer.Serialize(new { login, password })));
        if (reply.SetCookie is { } cookie) Cookie = cookie;
        (Login, Password) = (login, password);
        return reply;
    }

    public async Task<Session> SignIn(string login, string password)
    {
        var session = (await TrySignIn(login, password)).As<Session>();
        StaffId = session.Staff!.Id;
        return session;
    }

    public async Task<Reply> ChangePassword(string current, string next)
    {
        var reply = await Send(Request(HttpMethod.Post, "/api/session/password", JsonSerializer.Serialize(new { currentPassword = current, newPassword = next })));
        if (reply.SetCookie is { } cookie) Cookie = cookie;
        if (reply.Status == 200) Password = next;
        return reply;
    }

    public void Dispose() => _client.Dispose();
}
