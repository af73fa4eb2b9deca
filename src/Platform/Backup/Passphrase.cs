using System.Security.Cryptography;

namespace Shanmen.Platform.Backup;

/// <summary>The passphrase of backups (备份口令). Whoever loses it has no backups.</summary>
public static class Passphrase
{
    public const int LengthMin = 12;
    public const string EnvironmentName = "SHANMEN_BACKUP_PASSPHRASE";
    // No letters and digits that look or sound alike: it is read from paper and typed on a bad day.
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789";

    /// <summary>Eight groups of four; 158 bits.</summary>
    public static string Random() => string.Join('-', Enumerable.Range(0, 8).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));

    /// <summary>Where the scheduled backups keep theirs.</summary>
    public static string FileIn(string dataFolder) => Path.Combine(dataFolder, "backup.passphrase");

    /// <summary>The passphrase that was given by file or environment, or null when none was.</summary>
    public static string? Given(string? file) =>
        file is not null ? File.ReadAllText(file).Trim()
        : Environment.GetEnvironmentVariable(EnvironmentName) is { Length: > 0 } set ? set.Trim() : null;

    /// <summary>The passphrase of this installation's scheduled backups; made at random when there is none.</summary>
    public static (string Text, bool IsNew) Own(string dataFolder)
    {
        var path = FileIn(dataFolder);
        if (File.Exists(path)) return (File.ReadAllText(path).Trim(), false);
        var made = Random();
        Secrets.KeyRing.Write(path, System.Text.Encoding.UTF8.GetBytes(made + "\n"));
        return (made, true);
    }
}
