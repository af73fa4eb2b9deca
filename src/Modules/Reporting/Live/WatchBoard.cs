using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Reporting.Live;

/// <summary>大屏: the board once, and as a stream that sends the whole board first and then at most one a second when it has changed.</summary>
internal static class WatchBoard
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1), Heartbeat = TimeSpan.FromSeconds(15);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<Board>("/api/board", Permission.Watch, async (http, who) =>
            await http.RequestServices.GetRequiredService<ReportShelf>().Board(who.Park, Texts.WantsEnglish(http))).WithName("ReadBoard");
        routes.MapGet("/api/board/stream", (Delegate)Stream).RequireAuthorization(nameof(Permission.Watch)).WithMetadata(Slice.Of(Stream))
            .Asks<string>("lang").Produces<Board>(200, "text/event-stream");
    }

    private static async Task Stream(HttpContext http)
    {
        var services = http.RequestServices;
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try { await Send(http, http.Principal(), services.GetRequiredService<ReportShelf>(), ends.Token); }
        catch (OperationCanceledException) when (ends.IsCancellationRequested) { /* The watcher left, or the program stops. */ }
    }

    private static async Task Send(HttpContext http, Principal who, ReportShelf shelf, CancellationToken ends)
    {
        // A browser that listens to a stream cannot choose its headers, so the page says the language in the address.
        var english = http.Request.Query["lang"].ToString() switch { "en" => true, "zh-CN" => false, _ => Texts.WantsEnglish(http) };
        (long, DateOnly)? sent = null;
        var written = TimeProvider.System.GetTimestamp();
        while (await StillMay(http, who))
        {
            if (shelf.Now(who.Park) != sent)
            {
                var board = await shelf.Board(who.Park, english);
                sent = (board.Version, board.BusinessDay);
                await Write($"id: {board.Version}\nevent: board\ndata: {JsonSerializer.Serialize(board, Json.Options)}\n\n");
            }
            else if (TimeProvider.System.GetElapsedTime(written) >= Heartbeat) await Write(": heartbeat\n\n");
            await Task.Delay(Step, ends);
        }

        async Task Write(string text)
        {
            await http.Response.WriteAsync(text, ends);
            await http.Response.Body.FlushAsync(ends);
            written = TimeProvider.System.GetTimestamp();
        }
    }

    /// <summary>Asks again who stands behind the request: a stream must not outlive the session or the right to watch. Sessions knows it for three seconds.</summary>
    private static async Task<bool> StillMay(HttpContext http, Principal who)
    {
        var sessions = http.RequestServices.GetRequiredService<Sessions>();
        var now = who.Lane is null
            ? await sessions.Person(http.Request.Cookies[Sessions.CookieName] ?? "")
            : await sessions.Device(http.Request.Headers.Authorization.ToString()["Device ".Length..]);
        return now is not null && now.Id == who.Id && now.Park == who.Park && now.May(Permission.Watch);
    }
}
