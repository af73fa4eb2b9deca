using System.Net;
using System.Net.NetworkInformation;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Shanmen.Modules.Tests.Operating;

/// <summary>./run https: the park's own network reaches the program under a certificate that its devices trust once they have enrolled.</summary>
public class HttpsTests
{
    private const string Secret = "collector of the mountain park";
    private static readonly int Port = FreePort();

    [Fact]
    public async Task Enrolled_devices_trust_the_program_under_each_of_its_names_and_addresses()
    {
        await using var store = Store.Sqlite();
        var lan = LanAddress();
        string[] hosts = ["localhost", "127.0.0.1", Environment.MachineName, lan.ToString()];
        string fingerprint;
        await using (var centre = await Start(store))
        {
            using var authority = await Authority(lan);
            fingerprint = authority.GetCertHashString(HashAlgorithmName.SHA256);
            Assert.True(authority.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
            using var trusting = Client(authority);
            foreach (var host in hosts)
            {
                Assert.Equal("ok", await trusting.GetStringAsync(Url(host, "/health/ready")));
                var page = await trusting.GetStringAsync(Url(host, "/enrol"));
                Assert.Contains(fingerprint, page);
                Assert.Contains("/enrol/authority.crt", page);
            }
            // The control: who has not enrolled is refused by his own side, and no other name is vouched for.
            using var stranger = Client(null);
            Assert.IsType<AuthenticationException>((await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync(Url("localhost", "/enrol")))).InnerException);
            using var misled = Client(authority);
            Assert.IsType<AuthenticationException>((await Assert.ThrowsAsync<HttpRequestException>(() => misled.GetStringAsync(Url("park.example", "/enrol")))).InnerException);

            await CookiesMustBeSecure(centre, trusting, lan);
            await centre.Close();
        }
        // A restart makes a new certificate, but phones stay enrolled.
        await using var again = await Start(store);
        using var same = await Authority(lan);
        Assert.Equal(fingerprint, same.GetCertHashString(HashAlgorithmName.SHA256));
        using var client = Client(same);
        Assert.Equal("ok", await client.GetStringAsync(Url(lan.ToString(), "/health/live")));
        // Nobody but its user reads the authority's key.
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(store.Folder, "authority.pfx")));
    }

    private static async Task CookiesMustBeSecure(Centre centre, HttpClient https, IPAddress lan)
    {
        using var http = new HttpClient();
        static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");
        // Plain HTTP goes on at the machine itself.
        using (var setUp = await http.PostAsync(centre.Address + "/api/setup", Json("""{"parkName":"试验景区","login":"admin","name":"管理员","password":"first administrator"}""")))
            Assert.Equal(HttpStatusCode.Created, setUp.StatusCode);
        const string signIn = """{"login":"admin","password":"first administrator"}""";
        foreach (var (client, url, secure) in new[] { (https, Url(lan.ToString(), "/api/session"), true), (https, Url("localhost", "/api/session"), true), (http, centre.Address + "/api/session", false) })
        {
            using var answer = await client.PostAsync(url, Json(signIn));
            answer.EnsureSuccessStatusCode();
            var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
            Assert.Equal(secure, cookie.Contains("; secure", StringComparison.OrdinalIgnoreCase));
            Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(secure, answer.Headers.Contains("Strict-Transport-Security"));
        }
        // And nowhere else: a password must not cross the network in clear.
        var port = new Uri(centre.Address).Port;
        await Assert.ThrowsAsync<HttpRequestException>(() => http.GetStringAsync($"http://{lan}:{port}/health/live"));
    }

    [Fact]
    public async Task Metrics_are_for_this_machine_or_for_who_has_the_token()
    {
        var lan = LanAddress();
        await using var store = Store.Sqlite();
        await using (var centre = await Start(store))
        {
            using var authority = await Authority(lan);
            using var client = Client(authority);
            Assert.Equal(200, await Metrics(client, Url("localhost", "/metrics")));
            Assert.Equal(200, await Metrics(client, centre.Address + "/metrics"));
            Assert.Equal(401, await Metrics(client, Url(lan.ToString(), "/metrics")));
            Assert.Equal(401, await Metrics(client, Url(lan.ToString(), "/metrics"), Secret));
            await centre.Close();
        }
        await using (var centre = await Start(store, new() { ["SHANMEN__METRICSTOKEN"] = Secret }))
        {
            using var authority = await Authority(lan);
            using var client = Client(authority);
            foreach (var url in new[] { centre.Address + "/metrics", Url("localhost", "/metrics"), Url(lan.ToString(), "/metrics") })
            {
                Assert.Equal(200, await Metrics(client, url, Secret));
                Assert.Equal(401, await Metrics(client, url));
                Assert.Equal(401, await Metrics(client, url, Secret + "."));
            }
            await centre.Close();
        }
        await Assert.ThrowsAsync<InvalidOperationException>(() => Start(store, new() { ["SHANMEN__METRICSTOKEN"] = "short" }));
    }

    private static async Task<int> Metrics(HttpClient client, string url, string? token = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, url);
        if (token is not null) request.Headers.Authorization = new("Bearer", token);
        using var answer = await client.SendAsync(request);
        Assert.Equal(answer.IsSuccessStatusCode, (await answer.Content.ReadAsStringAsync()).Contains("shanmen_disk_free_bytes", StringComparison.Ordinal));
        return (int)answer.StatusCode;
    }

    private static Task<Centre> Start(Store store, Dictionary<string, string>? environment = null) =>
        Centre.Start(store, new Dictionary<string, string>(environment ?? []) { ["SHANMEN__HTTPSPORT"] = Port.ToString() }, verb: "https");

    private static string Url(string host, string path) => $"https://{host}:{Port}{path}";

    /// <summary>What a phone downloads before it trusts anybody.</summary>
    private static async Task<X509Certificate2> Authority(IPAddress lan)
    {
        using var trustful = new HttpClient(new SocketsHttpHandler { SslOptions = { RemoteCertificateValidationCallback = (_, _, _, _) => true } });
        return X509CertificateLoader.LoadCertificate(await trustful.GetByteArrayAsync(Url(lan.ToString(), "/enrol/authority.crt")));
    }

    /// <summary>A device that trusts this authority and no other; without one, the machine's usual authorities. Names that no server of names knows lead here.</summary>
    private static HttpClient Client(X509Certificate2? authority)
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            ConnectCallback = async (context, cancel) =>
            {
                var address = IPAddress.TryParse(context.DnsEndPoint.Host, out var named) ? named : IPAddress.Loopback;
                var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(address, context.DnsEndPoint.Port, cancel);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        if (authority is not null)
            handler.SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, CustomTrustStore = { authority } },
            };
        return new HttpClient(handler);
    }

    private static IPAddress LanAddress()
    {
        var found = NetworkInterface.GetAllNetworkInterfaces().Where(n => n.OperationalStatus == OperationalStatus.Up && n.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .SelectMany(n => n.GetIPProperties().UnicastAddresses).Select(a => a.Address).FirstOrDefault(a => a.AddressFamily == AddressFamily.InterNetwork);
        if (found is null) Assert.Fail("This machine has no IPv4 address besides loopback, so nothing was tested as from the park's network. Connect it to a network and run the test again.");
        return found!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
