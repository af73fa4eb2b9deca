using Microsoft.Extensions.Logging;
using Shanmen.Platform.Backup;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;

namespace Shanmen.Centre.Hosting;

/// <summary>
/// What happens before the first migration of an older store (升级): a backup, so that whatever goes wrong can be undone with the
/// program that was there before. It is sealed with the passphrase of the nightly backups, because nobody may be at hand to type one.
/// </summary>
internal static class Upgrade
{
    /// <summary>Backs up a store of an older schema; without the backup nothing is migrated. An empty store has nothing to lose.</summary>
    public static async Task Prepare(Database database, KeyRing keys, StoreOptions options, int version, CancellationToken cancel)
    {
        if (version == 0 || version == Migrations.Newest) return;
        if (await database.Number("select count(*) from (select 1 from log limit 1) as recorded") == 0) return;
        using var loggers = LoggerFactory.Create(CentreHost.LogTo);
        var log = loggers.CreateLogger(typeof(Upgrade));
        log.LogInformation("The store has schema {Schema}, this program {Newest}: it is backed up, then upgraded", version, Migrations.Newest);
        try
        {
            var (passphrase, isNew) = Passphrase.Own(options.DataFolder);
            if (isNew) log.LogWarning("A passphrase for the backups was made: {File}. Print it and keep it away from this machine", Passphrase.FileIn(options.DataFolder));
            var written = await new BackupShelf(options).WriteBeforeUpgrade(database, keys, passphrase, version, TimeProvider.System, cancel);
            log.LogInformation("Backup before the upgrade: {File}, {Bytes} bytes, {Rows} rows, read back and whole", written.File, written.Bytes, written.Rows);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            log.LogError(failed, "The backup before the upgrade failed; the store was left at schema {Schema}", version);
            throw new OperatorException($"升级前的备份没有成功，所以没有升级，数据未动 / The backup before the upgrade failed, so nothing was upgraded or changed: {failed.Message}\n"
                + $"请腾出空间或修好 {options.BackupFolder}，再启动；急用可先运行原来的程序 / Make room or repair that folder and start again; until then the program from before still runs.");
        }
    }
}
