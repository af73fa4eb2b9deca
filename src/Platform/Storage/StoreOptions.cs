namespace Shanmen.Platform.Storage;

/// <summary>Where this installation keeps its data. Checked once at start; a wrong value stops the program with a sentence.</summary>
/// <param name="DataFolder">Folder of the embedded database, the keys and the backups. Absolute.</param>
/// <param name="Database">PostgreSQL connection string, or null for the embedded SQLite database in the data folder.</param>
public sealed record StoreOptions(string DataFolder, string? Database)
{
    public string SqliteFile => Path.Combine(DataFolder, "shanmen.db");
    public string KeyFile => Path.Combine(DataFolder, "keys.json");
    public string LockFile => Path.Combine(DataFolder, "shanmen.lock");
    public string BackupFolder => Path.Combine(DataFolder, "backups");

    /// <summary>
    /// SQLite's durability setting. FULL is the only one that keeps an acknowledged sale through a power cut;
    /// anything else exists so that the power-cut rig can show that it would notice.
    /// </summary>
    public string Synchronous { get; init; } = "FULL";
}
