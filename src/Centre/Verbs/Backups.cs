using System.CommandLine;
using System.Text.Json;
using Shanmen.Centre.Hosting;
using Shanmen.Platform.Backup;
using Shanmen.Platform.Web;

namespace Shanmen.Centre.Verbs;

/// <summary>backup, restore, verify-backup: one encrypted file that holds the store and its keys, of either kind of database.</summary>
internal static class Backups
{
    public static void AddTo(RootCommand root, Func<ParseResult, Settings> read)
    {
        var passphraseFile = new Option<FileInfo?>("--passphrase-file") { Description = $"口令文件；也可用环境变量 {Passphrase.EnvironmentName} / file with the passphrase; or the environment" };
        root.Add(Backup(read, passphraseFile));
        root.Add(Restore(read, passphraseFile));
        root.Add(Verify(passphraseFile));
    }

    private static Command Backup(Func<ParseResult, Settings> read, Option<FileInfo?> passphraseFile)
    {
        var file = new Argument<FileInfo>("file") { Description = "备份文件 / backup file" };
        var print = new Option<bool>("--print-passphrase") { Description = "把口令印在恢复单上 / print the passphrase on the recovery sheet" };
        var verb = new Command("backup", "备份，可在营业中进行 / back up, also while selling") { file, passphraseFile, print };
        verb.SetAction((parsed, cancel) => Explained(async () =>
        {
            var settings = read(parsed);
            await using var store = await OpenedStore.ForReading(settings);
            var given = Passphrase.Given(parsed.GetValue(passphraseFile)?.FullName);
            var (own, isNew) = given is null ? Passphrase.Own(settings.Store.DataFolder) : (given, false);
            var path = parsed.GetRequiredValue(file).FullName;
            var written = await new BackupShelf(settings.Store).Write(store.Database, store.Keys, own, path, parsed.GetValue(print), TimeProvider.System, cancel);
            Console.WriteLine($"备份完成 / backed up: {written.File}  {written.Rows:N0} 行 rows  {written.Bytes / 1048576.0:F1} MB");
            Console.WriteLine($"恢复单，请打印保管 / recovery sheet, print and keep it: {Path.ChangeExtension(written.File, ".recovery.html")}");
            if (isNew) Console.WriteLine($"口令只显示这一次 / the passphrase, shown only now: {own}");
            else if (given is null) Console.WriteLine($"口令在 / the passphrase is in {Passphrase.FileIn(settings.Store.DataFolder)}");
        }));
        return verb;
    }

    private static Command Restore(Func<ParseResult, Settings> read, Option<FileInfo?> passphraseFile)
    {
        var file = new Argument<FileInfo>("file") { Description = "备份文件 / backup file" };
        var verb = new Command("restore", "恢复到空目录或空数据库 / restore into an empty folder or database") { file, passphraseFile };
        verb.SetAction((parsed, cancel) => Explained(async () =>
        {
            var settings = read(parsed);
            var restored = await RestoreStore.Run(Existing(parsed.GetRequiredValue(file)), Given(parsed, passphraseFile), settings.Store, TimeProvider.System, cancel);
            Console.WriteLine($"已恢复 / restored: {restored.Rows:N0} 行 rows, 备份时间 / backed up {restored.Manifest.Created:u}, 纪元 / epoch {restored.Epoch}");
            Console.WriteLine($"启动 / start: ./run --data {settings.Store.DataFolder}");
        }));
        return verb;
    }

    private static Command Verify(Option<FileInfo?> passphraseFile)
    {
        var file = new Argument<FileInfo>("file") { Description = "备份文件 / backup file" };
        var json = new Option<bool>("--json") { Description = "一行 JSON / one line of JSON" };
        var verb = new Command("verify-backup", "验证备份可以恢复 / prove that a backup can be restored") { file, passphraseFile, json };
        verb.SetAction((parsed, cancel) => Explained(async () =>
        {
            var check = await VerifyBackup.Run(Existing(parsed.GetRequiredValue(file)), Given(parsed, passphraseFile), cancel);
            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(new { verify = check.Ok ? "ok" : "bad", check.Rows, check.FirstBad }, Json.Options));
            else Console.WriteLine(check.Ok ? $"备份完好 / the backup is whole: {check.Rows:N0} 行 rows, {check.Manifest!.Created:u}" : $"备份有误 / the backup is bad: {check.FirstBad}");
            if (!check.Ok) throw new OperatorException("请换一份备份 / use another backup.");
        }));
        return verb;
    }

    private static string Given(ParseResult parsed, Option<FileInfo?> passphraseFile) => Passphrase.Given(parsed.GetValue(passphraseFile)?.FullName)
        ?? throw new OperatorException($"需要口令：--passphrase-file 或 {Passphrase.EnvironmentName} / a passphrase is needed");

    private static string Existing(FileInfo file) => file.Exists ? file.FullName : throw new OperatorException($"{file.FullName}: 没有这个文件 / there is no such file.");

    /// <summary>What an operator can put right is told in a sentence.</summary>
    private static async Task<int> Explained(Func<Task> work)
    {
        try { await work(); return 0; }
        catch (Exception problem) when (problem is BackupDamagedException or RestoreRefusedException or IOException or UnauthorizedAccessException)
        {
            throw new OperatorException(problem.Message);
        }
    }
}
