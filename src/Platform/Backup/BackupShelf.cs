using System.Globalization;
using System.Text;
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
    private const string ScheduledPrefix = "shanmen-daily-", UpgradePrefix = "shanmen-before-upgrade-";
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

    /// <summary>
    /// Writes the backup that stands before an upgrade; it stays until somebody takes it away. A program that was killed in its
    /// upgrade, and is started again and again, finds the backup of the same moment and writes no second one.
    /// </summary>
    public async Task<BackupWritten> WriteBeforeUpgrade(Database database, KeyRing keys, string passphrase, int schema, TimeProvider clock, CancellationToken cancel)
    {
        var prefix = $"{UpgradePrefix}{schema}-";
        if (Directory.Exists(options.BackupFolder))
            foreach (var earlier in Directory.GetFiles(options.BackupFolder, prefix + "*" + BackupFile.Ending).OrderDescending(StringComparer.Ordinal))
                if (await IsOfNow(earlier, database, keys, passphrase, cancel) is { } same) return same;
        return await Write(database, keys, passphrase, PathOf(prefix, clock.GetUtcNow()), null, clock, cancel);
    }

    /// <summary>Proves that a backup can be restored and that nothing has happened in the store since: every change is a record of the log.</summary>
    private static async Task<BackupWritten?> IsOfNow(string file, Database database, KeyRing keys, string passphrase, CancellationToken cancel)
    {
        if (await VerifyBackup.Run(file, passphrase, cancel) is not { Ok: true, Manifest: { } manifest } check) return null;
        await using var store = await database.OpenSnapshot(cancel);
        var heads = await Verify.LaneHead.AllOf(store);
        var same = manifest.StoreId == (await store.Query(r => r.Id(0), "select store_id from store where id = 1")).Single()
            && manifest.Epoch == await store.Number("select epoch from store where id = 1") && manifest.Keys == BackupFile.FingerprintOf(keys.Export())
            && Enumerable.SequenceEqual(manifest.Heads, heads);
        return same ? new BackupWritten(file, new FileInfo(file).Length, check.Rows, manifest) : null;
    }

    private async Task<BackupWritten> Write(Database database, KeyRing keys, string passphrase, string file, string? shown, TimeProvider clock, CancellationToken cancel)
    {
        var written = await BackupWriter.Write(database, keys.Export(), passphrase, file, clock, cancel);
        DurableFile.Replace(RecoverySheet.PathFor(file), Encoding.UTF8.GetBytes(RecoverySheet.Html(written, shown)), ownerOnly: shown is not null);
        Directory.CreateDirectory(options.BackupFolder);
        var note = new LastBackup(written.Manifest.Created, written.File, written.Bytes, written.Rows);
        DurableFile.Replace(NoteFile, JsonSerializer.SerializeToUtf8Bytes(note, Json.Options), ownerOnly: false);
        return written;
    }

    private string PathOf(string prefix, DateTimeOffset now) =>
        Path.Combine(options.BackupFolder, prefix + now.UtcDateTime.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture) + BackupFile.Ending);
}
