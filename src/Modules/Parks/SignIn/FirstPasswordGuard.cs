using Microsoft.AspNetCore.Http;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>
/// Who still has a first password may sign in, sign out and change it, and nothing else: the one who handed it out knows it too,
/// and what it did could not be laid to anybody.
/// </summary>
internal sealed class FirstPasswordGuard(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext http)
    {
        var isGuarded = http.Request.Path.StartsWithSegments("/api") && !http.Request.Path.StartsWithSegments("/api/session");
        return isGuarded && http.PrincipalOrNull() is { MustChangePassword: true }
            ? http.Refuse(new(SignInRefusal.MustChangePassword, 403))
            : next(http);
    }
}
