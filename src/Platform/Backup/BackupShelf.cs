using System.Globalization;
using System.Text.Json;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Backup;

/// <summary>The last backup that was completed, for the status page.</summary>
public sealed record LastBackup(DateTimeOffset At, string File, long Bytes, long Rows);

/// <summary>The folder of an installation's backups: names, the note of the last one, and what is kept.</summary>
public sealed class BackupShelf(StoreOptions options)
{
    private const string ScheduledPrefix = "shanmen-daily-";
    private string NoteFile => Path.Combine(options.BackupFolder, "last.json");

    /// <summary>The last completed backup, or null when there was none or its note cannot be read.</summary>
    public LastBackup? Last()
    {
        try { return JsonSerializer.Deserialize<LastBackup>(File.ReadAllText(NoteFile), Json.Options); }
        catch (Exception none) when (none is IOException or JsonException or UnauthorizedAccessException) { return null; }
    }

    /// <summary>Writes a backup with its recovery sheet beside it, and notes it.</summary>
    /// <param name="file">Where to; null for a dated name in the backup folder.</param>
    /// <param name="printPassphrase">Puts the passphrase itself on the recovery sheet.</param>
    public Task<BackupWritten> Write(Database database, KeyRing keys, string passphrase, string? file, bool printPassphrase, TimeProvider clock, CancellationToken cancel = default) =>
        Write(database, keys, passphrase, file ?? PathOf("shanmen-", clock.GetUtcNow()), printPassphrase ? passphrase : null, clock, cancel);

    /// <summary>Writes a scheduled backup and drops the oldest ones of the schedule. Those written by hand stay.</summary>
    public async Task<BackupWritten> WriteScheduled(Database database, KeyRing keys, string passphrase, int keep, TimeProvider clock, CancellationToken cancel)
    {
        var written = await Write(database, keys, passphrase, PathOf(ScheduledPrefix, clock.GetUtcNow()), null, clock, cancel);
        foreach (var old in Directory.GetFiles(options.BackupFolder, ScheduledPrefix + "*" + BackupFile.Ending).OrderDescending(StringComparer.Ordinal).Skip(keep))
        {
            File.Delete(old);
            File.Delete(RecoverySheet.PathFor(old));
        }
        return written;
    }

    private async Task<BackupWritten> Write(Database database, KeyRing keys, string passphrase, string file, string? shown, TimeProvider clock, CancellationToken cancel)
    {
        var written = await BackupWriter.Write(database, keys.Export(), passphrase, file, clock, cancel);
        await WriteWhole(RecoverySheet.PathFor(file), RecoverySheet.Html(written, shown), secret: shown is not null);
        Directory.CreateDirectory(options.BackupFolder);
        await WriteWhole(NoteFile, JsonSerializer.Serialize(new LastBackup(written.Manifest.Created, written.File, written.Bytes, written.Rows), Json.Options), secret: false);
        return written;
    }

    private string PathOf(string prefix, DateTimeOffset now) =>
        Path.Combine(options.BackupFolder, prefix + now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + BackupFile.Ending);

    private static async Task WriteWhole(string path, string text, bool secret)
    {
        var draft = path + ".new";
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (secret && !OperatingSystem.IsWindows()) how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await using (var stream = new FileStream(draft, how))
        {
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }
        File.Move(draft, path, overwrite: true);
    }
}
