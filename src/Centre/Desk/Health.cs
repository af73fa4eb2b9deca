using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Centre.Desk;

/// <summary>What machines ask: is the program alive, may it get requests, how is it doing.</summary>
internal static class Health
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => Results.Text("ok")).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/health/ready", async (Database database, StoreOptions options, StatusDesk status) =>
        {
            Durability durability;
            try
            {
                await database.Number("select count(*) from store");
                durability = await Durability.Of(database, options);
            }
            catch (System.Data.Common.DbException) { return Results.Text("database", statusCode: 503); }
            if (status.Disk().State == CheckState.Bad) return Results.Text("disk", statusCode: 503);
            // It serves, so it is ready; what it promises may be lost in a power cut, so it does not say "ok".
            return Results.Text(durability.Holds ? "ok" : $"serving, but not durable: {string.Join(", ", durability.Careless)}");
        }).AllowAnonymous().ExcludeFromDescription();
        routes.MapGet("/metrics", async (HttpContext http, Settings settings, WriteQueue queue, StatusDesk status) =>
        {
            if (MayCollect(http, settings.MetricsToken)) return Results.Text(Metrics(queue.Figures, status, await status.IsDurable()), "text/plain; version=0.0.4");
            http.Response.Headers.WWWAuthenticate = "Bearer";
            return Results.Text("Only from this machine, or with the token of SHANMEN__METRICSTOKEN.", statusCode: 401);
        }).AllowAnonymous().ExcludeFromDescription();
    }

    /// <summary>
    /// How busy a park is concerns nobody in its network. A token that is set is asked of everybody: behind a proxy on this machine
    /// all the world comes from loopback.
    /// </summary>
    private static bool MayCollect(HttpContext http, string? token)
    {
        if (token is null) return http.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from);
        const string scheme = "Bearer ";
        var shown = http.Request.Headers.Authorization.ToString();
        return shown.StartsWith(scheme, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(shown[scheme.Length..])), SHA256.HashData(Encoding.UTF8.GetBytes(token)));
    }

    private static string Metrics(WriteFigures figures, StatusDesk status, bool? durable)
    {
        var text = new StringBuilder();
        void Add(string name, string kind, string help, double value) =>
            text.Append(CultureInfo.InvariantCulture, $"# HELP shanmen_{name} {help}\n# TYPE shanmen_{name} {kind}\nshanmen_{name} {value}\n");
        Add("write_groups_total", "counter", "Groups committed since start.", figures.Groups);
        Add("write_requests_total", "counter", "Requests decided since start.", figures.Requests);
        Add("write_refused_total", "counter", "Requests refused by a rule since start.", figures.Refused);
        Add("write_faults_total", "counter", "Groups that could not be committed since start.", figures.Faults);
        Add("write_conflicts_total", "counter", "Groups that met another lane's and were decided anew.", figures.Conflicts);
        Add("write_waiting", "gauge", "Requests waiting for the writer.", figures.Waiting);
        Add("write_last_commit_seconds", "gauge", "Duration of the last commit.", figures.LastCommitMs / 1000);
        Add("disk_free_bytes", "gauge", "Free space where the data lies.", status.FreeBytes);
        if (durable is { } holds) Add("durable", "gauge", "1 when an answer leaves only after the disk has it; 0 when a power cut would lose acknowledged sales.", holds ? 1 : 0);
        Add("backup_age_seconds", "gauge", "Age of the last backup; -1 when there is none.", status.BackupAge?.TotalSeconds ?? -1);
        Add("memory_bytes", "gauge", "Resident memory of the program.", Environment.WorkingSet);
        Add("uptime_seconds", "gauge", "Seconds since start.", (TimeProvider.System.GetUtcNow() - status.StartedAt).TotalSeconds);
        return text.ToString();
    }
}
