using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.SignIn;

/// <summary>Tells ASP.NET Core who is asking, by cookie or by "Authorization: Device …".</summary>
public sealed class SignInHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "Shanmen";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        Principal? principal = null;
        if (header.StartsWith("Device ", StringComparison.Ordinal)) principal = await sessions.Device(header["Device ".Length..]);
        else if (Request.Cookies[Sessions.CookieName] is { Length: > 0 and <= 128 } token) principal = await sessions.Person(token);
        if (principal is null) return AuthenticateResult.NoResult();
        Context.Items[typeof(Principal)] = principal;
        var identity = new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, principal.Id.ToString())], SchemeName);
        return AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(identity), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Context.Refuse(new(SignInRefusal.NotSignedIn, 401));
    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Context.Refuse(new(SignInRefusal.NotAllowed, 403));
}

/// <summary>Refusals of sign-in and of what it guards.</summary>
public enum SignInRefusal { NotSignedIn, NotAllowed, CrossOrigin, WrongSignIn, TooManyTries, MustChangePassword, WrongPassword, PasswordTooWeak, AlreadySetUp }

public static class PrincipalOfRequest
{
    /// <summary>The person or device of a request that passed its route's permission.</summary>
    public static Principal Principal(this HttpContext http) =>
        http.Items[typeof(Principal)] as Principal ?? throw new InvalidOperationException("This route is open to anonymous requests.");
    public static Principal? PrincipalOrNull(this HttpContext http) => http.Items[typeof(Principal)] as Principal;
}
