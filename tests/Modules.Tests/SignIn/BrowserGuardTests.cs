namespace Shanmen.Modules.Tests.SignIn;

/// <summary>What a browser is told on every answer, and what another site's page cannot do (S9, S24).</summary>
public sealed class BrowserGuardTests(BrowserGuardTests.ParkWithScreens park) : IClassFixture<BrowserGuardTests.ParkWithScreens>
{
    /// <summary>A park whose screens are a few lines each: what is tested here is what the program says about them.</summary>
    public sealed class ParkWithScreens : SqlitePark
    {
        protected override IReadOnlyDictionary<string, string> Environment { get; } = Screens.InPlaceOfTheBuilt();
    }

    private static readonly Dictionary<string, string> Expected = new()
    {
        ["X-Content-Type-Options"] = "nosniff",
        ["Referrer-Policy"] = "same-origin",
        ["Cross-Origin-Opener-Policy"] = "same-origin",
        ["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()",
        ["Content-Security-Policy"] = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    };

    [Theory]
    [InlineData("/", 200), InlineData("/login", 200), InlineData("/setup", 200), InlineData("/counter", 200), InlineData("/gate", 200), InlineData("/board", 200), InlineData("/office", 200),
     InlineData("/report", 200), InlineData("/assets/app-1234.js", 200), InlineData("/nothing-here", 404), InlineData("/api/nothing-here", 404), InlineData("/api/session", 200),
     InlineData("/api/orders", 401), InlineData("/health/live", 200), InlineData("/metrics", 200), InlineData("/openapi/v1.json", 200), InlineData("/../keys.json", 404), InlineData("/%2e%2e/keys.json", 404)]
    public async Task Every_answer_carries_the_same_guards(string path, int status)
    {
        var reply = await park.NewCaller().Get(path);
        Assert.Equal(status, reply.Status);
        foreach (var (name, value) in Expected) Assert.Equal(value, reply.Headers.GetValueOrDefault(name));
        foreach (var name in new[] { "Server", "X-Powered-By", "Access-Control-Allow-Origin" }) Assert.False(reply.Headers.ContainsKey(name), name);
        if (path.StartsWith("/api/", StringComparison.Ordinal)) Assert.Equal("no-store", reply.Headers["Cache-Control"]);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_for_scripts_and_other_sites()
    {
        var admin = park.NewCaller();
        var reply = await admin.TrySignIn(park.Admin.Login, park.Admin.Password);
        var cookie = reply.Headers["Set-Cookie"].ToLowerInvariant();
        foreach (var part in new[] { "httponly", "samesite=strict", "path=/" }) Assert.Contains(part, cookie);
        Assert.DoesNotContain("domain", cookie);
        Assert.True(admin.Cookie!.Length >= 64);
        // Each sign-in has a session of its own, and one that a stranger set is not taken over.
        var fixated = park.NewCaller();
        fixated.Cookie = new string('A', 64);
        await fixated.TrySignIn(park.Admin.Login, park.Admin.Password);
        Assert.NotEqual(new string('A', 64), fixated.Cookie);
        Assert.NotEqual(admin.Cookie, fixated.Cookie);
    }

    [Theory]
    [InlineData("Origin", "https://evil.example"), InlineData("Origin", "null"), InlineData("Sec-Fetch-Site", "cross-site"), InlineData("Sec-Fetch-Site", "same-site"), InlineData("Origin", "http://127.0.0.1:1")]
    public async Task A_change_asked_for_by_another_site_is_refused(string header, string value)
    {
        foreach (var (method, path) in new[] { ("POST", "/api/session"), ("POST", "/api/setup"), ("DELETE", "/api/session"), ("POST", "/api/orders"), ("PUT", "/api/park"), ("POST", "/api/session/password") })
        {
            var request = park.Admin.Request(new HttpMethod(method), path, "{}");
            request.Headers.Add(header, value);
            request.Headers.Add("Idempotency-Key", park.Admin.NewKey().ToString());
            (await park.Admin.Send(request)).MustBe(403, "crossOrigin");
        }
        (await park.Admin.Get("/api/park")).MustBeDone();
        var own = park.Admin.Request(HttpMethod.Post, "/api/session", """{"login":"x","password":"y"}""");
        own.Headers.Add("Origin", park.Centre.Address);
        own.Headers.Add("Sec-Fetch-Site", "same-origin");
        (await park.Admin.Send(own)).MustBe(401, "wrongSignIn");
    }
}
