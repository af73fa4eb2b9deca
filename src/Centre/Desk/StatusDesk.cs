using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Backup;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Centre.Desk;

internal enum CheckState { Ok, Warn, Bad }

/// <summary>One thing that the IT person looks at, and what to do about it.</summary>
internal sealed record Check([property: OneOf("disk", "clock", "backup", "database", "durability", "queue", "signingKey")] string Name, CheckState State, string Value, string Text, string Action);

/// <summary>状态: how this installation is doing.</summary>
internal sealed class StatusDesk(Settings settings, Database database, StoreState state, KeyRing keys, WriteQueue queue, Texts texts, TimeProvider clock)
{
    private const long DiskWarnBytes = 5L << 30, DiskBadBytes = 256L << 20;
    private const double SkewWarnSeconds = 30, BackupWarnHours = 26;

    internal sealed record Answer(string Version, [property: OneOf("sqlite", "postgres")] string Store, string DataFolder, DateTimeOffset StartedAt, int Epoch, List<Check> Checks);

    public DateTimeOffset StartedAt { get; } = TimeProvider.System.GetUtcNow();
    public long FreeBytes => new DriveInfo(settings.Store.DataFolder).AvailableFreeSpace;
    public static string Version => typeof(StatusDesk).Assembly.GetName().Version?.ToString(3) ?? "0";

    public TimeSpan? BackupAge => new BackupShelf(settings.Store).Last() is { } last ? TimeProvider.System.GetUtcNow() - last.At : null;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<Answer>("/api/status", Permission.ReadStatus,
        (http, _) => http.RequestServices.GetRequiredService<StatusDesk>().Read(http)!).WithName("ReadStatus");

    private async Task<Answer> Read(HttpContext http)
    {
        var english = Texts.WantsEnglish(http);
        List<Check> checks = [Disk(english), await Clock(english), await Backup(english), await DatabaseCheck(english), await Durable(english), Queue(english), SigningKey(english)];
        return new Answer(Version, database.Kind, settings.Store.DataFolder, StartedAt, state.Epoch, checks);
    }

    public Check Disk(bool english = false)
    {
        var free = FreeBytes;
        return Make("disk", free < DiskBadBytes ? CheckState.Bad : free < DiskWarnBytes ? CheckState.Warn : CheckState.Ok, $"{free / 1073741824.0:F1} GB", english);
    }

    /// <summary>The machine's clock against the newest fact, and against the database server where there is one.</summary>
    private async Task<Check> Clock(bool english)
    {
        if (clock is Platform.Time.SimulatedClock) return Make("clock", CheckState.Warn, clock.GetUtcNow().ToString("u"), english, "simulated");
        var newest = await database.Number("select max(at) from log");
        var now = Platform.Time.Moments.Micros(TimeProvider.System.GetUtcNow());
        var behind = Math.Max(0, (newest - now) / 1e6);
        if (database.Kind == "postgres")
            behind = Math.Max(behind, Math.Abs(await database.Number("select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint)") - now) / 1e6);
        return Make("clock", behind > SkewWarnSeconds * 10 ? CheckState.Bad : behind > SkewWarnSeconds ? CheckState.Warn : CheckState.Ok, $"{behind:F1} s", english);
    }

    private async Task<Check> Backup(bool english)
    {
        // One of several programs writes the backups; the others have none to show.
        if (!await database.TakeDuty(CancellationToken.None)) return Make("backup", CheckState.Ok, "–", english, "elsewhere");
        return BackupAge is not { } age ? Make("backup", CheckState.Warn, "–", english, "none") : Make("backup", age.TotalHours > BackupWarnHours * 3 ? CheckState.Bad : age.TotalHours > BackupWarnHours ? CheckState.Warn : CheckState.Ok, $"{age.TotalHours:F1} h", english);
    }

    private async Task<Check> DatabaseCheck(bool english)
    {
        var watch = System.Diagnostics.Stopwatch.GetTimestamp();
        await database.Number("select count(*) from store");
        return Make("database", CheckState.Ok, $"{database.Kind}, {System.Diagnostics.Stopwatch.GetElapsedTime(watch).TotalMilliseconds:F1} ms", english);
    }

    /// <summary>Whether an answer is on the disk when it leaves.</summary>
    private async Task<Check> Durable(bool english)
    {
        var found = await Durability.Of(database, settings.Store);
        return found.Holds ? Make("durability", CheckState.Ok, database.Kind == "postgres" ? "synchronous_commit" : $"synchronous={settings.Store.Synchronous}", english)
            : Make("durability", CheckState.Bad, string.Join(", ", found.Careless), english, database.Kind);
    }

    /// <summary>Null while the database does not answer.</summary>
    public async Task<bool?> IsDurable()
    {
        try { return (await Durability.Of(database, settings.Store)).Holds; }
        catch (System.Data.Common.DbException) { return null; }
    }

    private Check Queue(bool english)
    {
        var waiting = queue.Figures.Waiting;
        return Make("queue", waiting > WriteQueue.WaitingMax / 2 ? CheckState.Bad : waiting > WriteQueue.WaitingMax / 8 ? CheckState.Warn : CheckState.Ok, waiting.ToString(), english);
    }

    private Check SigningKey(bool english) => Make("signingKey", CheckState.Ok, $"#{keys.SigningKeyId} P-256", english);

    private Check Make(string name, CheckState found, string value, bool english, string? kind = null)
    {
        var key = $"Check.{name}.{kind ?? found.ToString().ToLowerInvariant()}";
        return new Check(name, found, value, texts.Get(key, english), found == CheckState.Ok ? "" : texts.Get(key + ".action", english));
    }
}
