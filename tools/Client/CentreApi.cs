using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Shanmen.Client;

/// <summary>Who asks: a person by cookie, renewed when the session ends, or a device by key.</summary>
sealed class Badge
{
    public string? Cookie { get; set; }
    public AuthenticationHeaderValue? Device { get; init; }
}

/// <summary>An answer as it came.</summary>
readonly record struct Answer(int Status, byte[] Body)
{
    public bool IsDone => Status is >= 200 and < 300;
    public T Read<T>() => (T)JsonSerializer.Deserialize(Body, typeof(T), Wire.Default)!;
    /// <summary>The stable word of a refusal.</summary>
    public string Code => Read<Problem>().Code;
    public string Sentence => Status + " " + (Body.Length > 0 && Body[0] == '{' ? $"{Code}: {Read<Problem>().Detail}" : Encoding.UTF8.GetString(Body));
}

/// <summary>The public HTTP interface of the server, as any program would use it, and the clock by which keys are made.</summary>
sealed class CentreApi : IDisposable
{
    /// <summary>As many requests may be under way at once.</summary>
    public const int AtOnceMax = 64;
    private const int TriesMax = 5;
    private readonly HttpClient _http;

    public CentreApi(Uri address)
    {
        var handler = new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false, MaxConnectionsPerServer = AtOnceMax, ActivityHeadersPropagator = null };
        _http = new HttpClient(handler) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
    }

    /// <summary>The server's moment: the simulated one, which stands still between two settings, or the machine's own.</summary>
    public DateTimeOffset Now => Simulated ?? TimeProvider.System.GetUtcNow();
    /// <summary>What the clock of a simulation was set to; null while it was not.</summary>
    public DateTimeOffset? Simulated { get; private set; }
    public long Requests => Interlocked.Read(ref _requests);
    private long _requests;

    /// <summary>A key for a request that changes something: the server wants it made by its own clock.</summary>
    public Guid NewKey() => Guid.CreateVersion7(Now);

    public async Task SetClock(Badge admin, DateTimeOffset moment)
    {
        var body = Encode(new ClockRequest(moment.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture)));
        Demand(await Send(HttpMethod.Post, "/api/simulation/clock", admin, body), "/api/simulation/clock");
        Simulated = moment;
    }

    /// <summary>Signs in, changing a first password, and puts the cookie on the badge. Returns the password that is good from now on.</summary>
    public async Task<string> SignIn(Badge badge, string login, string password)
    {
        var session = Demand(await Open("/api/session", Encode(new SignInRequest(login, password))), "/api/session").Read<Session>();
        if (session.Staff is not { MustChangePassword: true }) return password;
        var own = Guid.NewGuid().ToString("N");
        Demand(await Open("/api/session/password", Encode(new PasswordRequest(password, own))), "/api/session/password");
        return own;

        async Task<Answer> Open(string path, byte[] body)
        {
            using var request = RequestOf(HttpMethod.Post, path, badge, body, null);
            using var response = await _http.SendAsync(request);
            if (response.Headers.TryGetValues("Set-Cookie", out var cookies)) badge.Cookie = cookies.First(c => c.StartsWith("shanmen=", StringComparison.Ordinal)).Split(';')[0];
            return new Answer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
        }
    }

    /// <summary>Reads. Anything but an answer is the end of the day.</summary>
    public async Task<T> Get<T>(Badge who, string path) => Demand(await Send(HttpMethod.Get, path, who, null), path).Read<T>();

    /// <summary>Changes something that must succeed.</summary>
    public async Task<T> Change<T>(HttpMethod method, Badge who, string path, object body, Guid? key = null) =>
        Demand(await Send(method, path, who, Encode(body), key ?? NewKey()), path).Read<T>();

    public static byte[] Encode(object body) => JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), Wire.Default);

    /// <summary>Sends and takes the answer as it comes. A full queue or a broken line is tried again with the same key, as every screen does.</summary>
    public async Task<Answer> Send(HttpMethod method, string path, Badge who, byte[]? body, Guid? key = null)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var request = RequestOf(method, path, who, body, key);
                using var response = await _http.SendAsync(request);
                Interlocked.Increment(ref _requests);
                if (response.StatusCode != HttpStatusCode.ServiceUnavailable || attempt == TriesMax)
                    return new Answer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync());
            }
            catch (HttpRequestException broken) when (attempt == TriesMax) { throw new ClientException($"{path}: 服务不可达 / the server cannot be reached: {broken.Message}"); }
            catch (HttpRequestException) { }
            await Task.Delay(100 * attempt);
        }
    }

    private static HttpRequestMessage RequestOf(HttpMethod method, string path, Badge who, byte[]? body, Guid? key)
    {
        var request = new HttpRequestMessage(method, path);
        if (who.Device is { } device) request.Headers.Authorization = device;
        else if (who.Cookie is { } cookie) request.Headers.TryAddWithoutValidation("Cookie", cookie);
        if (key is { } id) request.Headers.TryAddWithoutValidation("Idempotency-Key", id.ToString());
        if (body is not null) request.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return request;
    }

    private static Answer Demand(Answer answer, string path) => answer.IsDone ? answer : throw new ClientException($"{path}: {answer.Sentence}");

    public void Dispose() => _http.Dispose();
}
