using System.Reflection;
using Microsoft.AspNetCore.Http;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Modules.Parks;

/// <summary>What a screen must know before it shows anything: who is signed in, in which park, and what time the server has.</summary>
public sealed record SessionAnswer(bool SignedIn, bool SetupNeeded, bool Simulation, bool Demo, SessionPark? Park, SessionStaff? Staff,
    DateTimeOffset ServerTime, DateOnly? BusinessDay, string Version);

public sealed record SessionPark(string Name, string TimeZone);

public sealed record SessionStaff(Guid Id, string Login, string Name, Role[] Roles, Permission[] Permissions, bool MustChangePassword);

/// <summary>Builds the answer of all sign-in routes, and sets or clears the cookie.</summary>
internal sealed class SessionDesk(ParkDirectory directory, StoreState store, Database database, ParkTimes times, TimeProvider clock)
{
    private static readonly string Version =
        typeof(SessionDesk).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];
    private volatile bool _isSetUp;

    public async Task<SessionAnswer> Answer(Principal? principal)
    {
        var person = principal is { Lane: null } ? principal : null;
        // Before sign-in the one park is shown by name; a store with several shows none.
        int? park = person?.Park ?? (directory.Parks.Count == 1 ? directory.Parks.First() : null);
        var terms = park is { } number ? directory.Of(number).Terms : null;
        var now = clock.GetUtcNow();
        return new(person is not null, !await IsSetUp(), store.Simulation, store.Demo,
            terms is null ? null : new(terms.Name, terms.TimeZone),
            person is null ? null : new(person.Id, person.Login, person.Name, person.Roles, [.. person.Permissions.Order()], person.MustChangePassword),
            now, park is { } day ? times.DayAt(day, now) : null, Version);
    }

    /// <summary>Whether anybody is enrolled. Once true it stays true: people are never deleted.</summary>
    public async Task<bool> IsSetUp() => _isSetUp || (_isSetUp = await database.Number("select count(*) from staff") > 0);

    public static string AddressOf(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";

    public static void SetCookie(HttpContext http, string token) => http.Response.Cookies.Append(Sessions.CookieName, token, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/", MaxAge = Sessions.Lifetime, IsEssential = true,
    });

    public static void ClearCookie(HttpContext http) => http.Response.Cookies.Delete(Sessions.CookieName, new CookieOptions
    {
        HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/",
    });
}
