using System.Diagnostics;
using System.Net;

namespace Shanmen.Modules.Tests.SignIn;

/// <summary>Guessing is slow, colleagues are not locked out by it, and what is taken away is gone within seconds (S7, S8).</summary>
public abstract class SigningInTests(TestPark park)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(5);
    private static int _address = 10;

    private Caller Elsewhere() => park.NewCaller(IPAddress.Parse($"127.0.0.{Interlocked.Increment(ref _address)}"));

    [Fact]
    public async Task Guessing_one_login_is_refused_before_a_password_is_computed()
    {
        var victim = await park.Hire("clerk");
        var guesser = Elsewhere();
        var (slow, fast) = (new List<double>(), new List<double>());
        async Task<Reply> Guess(List<double> times, string password)
        {
            var watch = Stopwatch.GetTimestamp();
            var reply = await guesser.TrySignIn(victim.Login, password);
            times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
            return reply;
        }
        for (var i = 0; i < 6; i++)
        {
            var reply = await Guess(slow, $"wrong password {i}");
            if (reply.Status == 429) { slow.RemoveAt(slow.Count - 1); break; }
            reply.MustBe(401, "wrongSignIn");
        }
        Assert.Equal(5, slow.Count);
        Reply refused = null!;
        for (var i = 0; i < 6; i++)
        {
            refused = await Guess(fast, victim.Password);
            if (refused.Status != 429) break;
            Assert.True(int.Parse(refused.Headers["Retry-After"]) >= 1);
            refused.MustBe(429, "tooManyTries");
        }
        Assert.True(fast.Count >= 2 && fast.Order().ElementAt(fast.Count / 2) < slow.Order().ElementAt(2) / 2, $"refused in {string.Join(", ", fast)} ms, computed in {string.Join(", ", slow)} ms");

        // The clerk at her own terminal, and a colleague at the guesser's, still get in.
        (await Elsewhere().SignIn(victim.Login, victim.Password)).Staff!.Login.Contains(victim.Login);
        var colleague = await park.The("finance");
        (await guesser.TrySignIn(colleague.Login, colleague.Password)).MustBeDone();
        // And the guesser's address, after the wait.
        for (var waited = 0; waited < 20; waited++)
        {
            var reply = await guesser.TrySignIn(victim.Login, victim.Password);
            if (reply.Done) return;
            await Task.Delay(TimeSpan.FromSeconds(int.Parse(reply.Headers["Retry-After"])));
        }
        Assert.Fail("The wait never ended.");
    }

    [Fact]
    public async Task An_unknown_login_looks_like_a_wrong_password()
    {
        var caller = Elsewhere();
        var known = await caller.TrySignIn("admin", "not the password");
        var unknown = await caller.TrySignIn("nobody-here", "not the password");
        Assert.Equal(known.MustBe(401, "wrongSignIn") with { TraceId = "" }, unknown.MustBe(401, "wrongSignIn") with { TraceId = "" });
        foreach (var (login, password) in new[] { ("", ""), ("admin", ""), ("admin", new string('x', 5_000)), (new string('a', 5_000), "x"), ("admin' or 1=1 --", "x") })
            (await Elsewhere().TrySignIn(login, password)).MustBe(401, "wrongSignIn");
    }

    [Fact]
    public async Task A_first_password_opens_nothing_but_its_own_change()
    {
        var saved = (await park.Admin.Put($"/api/staff/{park.Admin.NewKey()}", new { login = "newcomer", name = "新来的", phone = "", roles = new[] { "administrator" }, active = true })).As<StaffSaved>();
        var caller = park.NewCaller();
        Assert.True((await caller.SignIn("newcomer", saved.InitialPassword!)).Staff!.MustChangePassword);
        foreach (var path in new[] { "/api/park", "/api/orders", "/api/staff", "/api/board", "/api/board/stream", "/api/status" }) (await caller.Get(path)).MustBe(403, "mustChangePassword");
        (await caller.Post("/api/shifts", new { })).MustBe(403, "mustChangePassword");
        (await caller.ChangePassword("wrong", "a long new password")).MustBe(422, "wrongPassword");
        (await caller.ChangePassword(saved.InitialPassword!, "short")).MustBe(400, "passwordTooWeak");
        (await caller.ChangePassword(saved.InitialPassword!, saved.InitialPassword!)).MustBe(400, "passwordTooWeak");
        (await caller.ChangePassword(saved.InitialPassword!, new string('p', 129))).MustBe(400, "passwordTooWeak");
        (await caller.ChangePassword(saved.InitialPassword!, "a long new password")).MustBeDone();
        (await caller.Get("/api/park")).MustBeDone();
    }

    [Fact]
    public async Task A_changed_post_a_lock_out_and_a_new_password_end_sessions_and_live_screens()
    {
        // Name, what is done to the person.
        await Ends("roles", person => Save(person, ["gateGuard"], active: true));
        await Ends("active", person => Save(person, ["clerk"], active: false));
        await Ends("reset", person => park.Admin.Post($"/api/staff/{person.StaffId}/password-reset"));
        await Ends("own change", async person =>
        {
            var elsewhere = park.NewCaller();
            await elsewhere.SignIn(person.Login, person.Password);
            return await elsewhere.ChangePassword(person.Password, "another sentence of mine");
        });
        await Ends("sign out", person => person.Send(person.Request(HttpMethod.Delete, "/api/session")));
    }

    private Task<Reply> Save(Caller person, string[] roles, bool active) =>
        park.Admin.Put($"/api/staff/{person.StaffId}", new { login = person.Login, name = "改过的", phone = "", roles, active });

    private async Task Ends(string what, Func<Caller, Task<Reply>> change)
    {
        var person = await park.Hire("clerk");
        using var stream = await person.Begin("/api/board/stream");
        Assert.Equal(HttpStatusCode.OK, stream.StatusCode);
        var ended = Task.Run(async () =>
        {
            using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
            Assert.StartsWith("id: ", await reader.ReadLineAsync());
            while (await reader.ReadLineAsync() is not null) { }
        });
        (await person.Get("/api/board")).MustBeDone();
        (await change(person)).MustBeDone();
        var watch = Stopwatch.StartNew();
        while ((await person.Get("/api/board")).Status != 401)
        {
            Assert.True(watch.Elapsed < Soon, $"{what}: the session still works after {watch.Elapsed}");
            await Task.Delay(100);
        }
        Assert.True(await Task.WhenAny(ended, Task.Delay(Soon + TimeSpan.FromSeconds(1) - watch.Elapsed)) == ended, $"{what}: the live screen still runs after {watch.Elapsed}");
        await ended;
    }

    [Fact]
    public async Task A_revoked_device_key_opens_nothing_after_five_seconds()
    {
        var lane = await park.NewLane(park.Gate);
        var device = park.NewCaller();
        async Task<string> NewKeyOf() => (await park.Admin.Post($"/api/lanes/{lane}/device-key")).As<Admitting.AdmittingTests.DeviceKeyMade>().DeviceKey;
        device.DeviceKey = await NewKeyOf();
        (await device.Get("/api/admission/lanes")).MustBeDone();
        (await park.Admin.Delete($"/api/lanes/{lane}/device-key")).MustBeDone();
        await Stops(device);
        device.DeviceKey = await NewKeyOf();
        (await device.Get("/api/admission/lanes")).MustBeDone();
        // A new key is the end of the old one.
        await NewKeyOf();
        await Stops(device);
    }

    private static async Task Stops(Caller device)
    {
        var watch = Stopwatch.StartNew();
        while ((await device.Get("/api/admission/lanes")).Status != 401)
        {
            Assert.True(watch.Elapsed < Soon, $"The key still works after {watch.Elapsed}.");
            await Task.Delay(100);
        }
    }

    [Fact]
    public async Task The_last_administrator_stays_and_nobody_takes_his_own_post()
    {
        (await Save(park.Admin, ["clerk"], active: true)).MustBe(409, "ownPost");
        (await Save(park.Admin, ["administrator"], active: false)).MustBe(409, "ownPost");
        var second = await park.Hire("administrator");
        (await second.Put($"/api/staff/{second.NewKey()}", new { login = "admin", name = "夺权", phone = "", roles = new[] { "administrator" }, active = true })).MustBe(409, "loginTaken");
    }
}


public sealed class SigningInOnSqlite(SqlitePark park) : SigningInTests(park), IClassFixture<SqlitePark>;
public sealed class SigningInOnPostgres(PostgresPark park) : SigningInTests(park), IClassFixture<PostgresPark>;
