namespace Shanmen.Platform.Storage;

/// <summary>Settings of the store under which an answered sale can be lost in a power cut.</summary>
/// <param name="Careless">Each as "name=value"; empty when what is acknowledged is on the disk.</param>
public sealed record Durability(IReadOnlyList<string> Careless)
{
    public bool Holds => Careless.Count == 0;

    /// <summary>
    /// Asks the store. All connections of this program have one user, one database and one set of options, so what PostgreSQL tells
    /// a reading one, settings by user and database included, is what the writing one commits under. Nothing is forced: whoever
    /// switched it off must be told, and can still run a store whose loss does not matter.
    /// </summary>
    public static async Task<Durability> Of(Database database, StoreOptions options)
    {
        if (database.Kind != "postgres")
            return new(options.Synchronous is "FULL" or "EXTRA" ? [] : [$"SHANMEN__SYNCHRONOUS={options.Synchronous}"]);
        // Every value of synchronous_commit but "off" waits for the server's own disk; the others differ in what standbys must have done.
        return new(await database.Query(r => $"{r.Text(0)}={r.Text(1)}",
            "select name, setting from pg_settings where name in ('synchronous_commit', 'fsync', 'full_page_writes') and setting = 'off' order by name"));
    }
}
