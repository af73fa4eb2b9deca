using System.Data.Common;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Centre.Desk;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Centre.Hosting;

/// <summary>What every request passes through, in this order.</summary>
internal static class Pipeline
{
    private static readonly string[] Pages = ["login", "setup", "counter", "refund", "gate", "board", "office", "report"];

    public static void Use(WebApplication app, Settings settings)
    {
        app.Use(Guarded);
        app.Use(Headers);
        app.Use(SameOrigin);
        Screens(app, settings);
        app.UseRouting();
        app.Use(Known);
        app.UseAuthentication();
        app.UseAuthorization();
        ParksModule.UseFirstPasswordGuard(app);
    }

    /// <summary>The one place where faults become answers. What was being attempted is logged with the trace that the person sees.</summary>
    private static async Task Guarded(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
            if (http.Response is { HasStarted: false, StatusCode: 404 or 405, ContentLength: null } && http.Request.Path.StartsWithSegments("/api"))
                await http.Refuse(new(http.Response.StatusCode == 405 ? RequestRefusal.WrongMethod : RequestRefusal.Unknown, http.Response.StatusCode));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested) { http.Abort(); }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            var refusal = fault switch
            {
                BadHttpRequestException bad => new Refusal(bad.StatusCode == 413 ? RequestRefusal.TooLarge : RequestRefusal.Malformed, bad.StatusCode),
                WriteFaultException or DbException when StoreFault.IsDiskFull(fault as DbException ?? fault.InnerException, () => http.RequestServices.GetRequiredService<StatusDesk>().FreeBytes) =>
                    new Refusal(RequestRefusal.DiskFull, 503),
                WriteFaultException => new Refusal(RequestRefusal.StoreAway, 503),
                // Reading: nothing was to be changed, so nothing is unknown.
                DbException => new Refusal(RequestRefusal.DatabaseAway, 503),
                _ => new Refusal(RequestRefusal.Fault, 500),
            };
            if (refusal.Status >= 500)
                http.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Shanmen.Requests").LogError(fault, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
            await http.Refuse(refusal);
        }
    }

    /// <summary>An address or method that does not exist is said to be so, before anybody is asked who he is.</summary>
    private static Task Known(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is RouteEndpoint) return next(http);
        if (http.GetEndpoint()?.RequestDelegate is { } wrongMethod) return wrongMethod(http);
        http.Response.StatusCode = 404;
        return Task.CompletedTask;
    }

    private static Task Headers(HttpContext http, RequestDelegate next)
    {
        var headers = http.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(self), microphone=(), geolocation=()";
        headers.ContentSecurityPolicy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
        if (http.Request.IsHttps) headers.StrictTransportSecurity = "max-age=31536000";
        return next(http);
    }

    /// <summary>A change asked for by another site's page is refused. Browsers say where a request comes from; programs send neither header.</summary>
    private static Task SameOrigin(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method)) return next(http);
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = http.Request.Headers.Origin.ToString();
        var foreign = site is not ("" or "same-origin" or "none")
            || (origin.Length > 0 && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Authority == http.Request.Host.Value));
        return foreign ? http.Refuse(new(SignInRefusal.CrossOrigin, 403)) : next(http);
    }

    private static void Screens(WebApplication app, Settings settings)
    {
        if (!Directory.Exists(settings.Web)) return;
        var files = new PhysicalFileProvider(settings.Web);
        app.Use((http, next) =>
        {
            // /counter is counter.html: addresses that a person types have no ending.
            var page = http.Request.Path.Value?.Trim('/') ?? "";
            if (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
            {
                if (page.Length == 0) http.Request.Path = "/index.html";
                else if (Pages.Contains(page)) http.Request.Path = $"/{page}.html";
            }
            return next(http);
        });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = context => context.Context.Response.Headers.CacheControl =
                context.Context.Request.Path.StartsWithSegments("/assets") ? "public, max-age=31536000, immutable" : "no-cache",
        });
    }
}
