using System.Diagnostics;
using Npgsql;

namespace Shanmen.Modules.Tests.Operating;

/// <summary>A copy of a store that an earlier program left behind.</summary>
public static class KeptStore
{
    /// <summary>What the program says when it makes its backup before an upgrade.</summary>
    public const string BackedUp = "Backup before the upgrade";

    /// <summary>The schema of this program: as many migrations as there are.</summary>
    public static int Newest { get; } = Directory.GetFiles(Path.Combine(Checkout.Root, "src", "Platform", "Storage", "Migrations"), "*.sql").Length;

    public static async Task<Store> Copy(bool postgres, int schema = 1)
    {
        var folder = Path.Combine(Checkout.Root, "tests", "fixtures", $"schema-{schema:D3}");
        var store = postgres ? await Store.Postgres() : Store.Sqlite();
        File.Copy(Path.Combine(folder, "keys.json"), Path.Combine(store.Folder, "keys.json"));
        if (!postgres) File.Copy(Path.Combine(folder, "shanmen.db"), Path.Combine(store.Folder, "shanmen.db"));
        else
        {
            await using var connection = new NpgsqlConnection(store.Database + ";Pooling=false");
            await connection.OpenAsync();
            await using var load = new NpgsqlCommand(await File.ReadAllTextAsync(Path.Combine(folder, "postgres.sql")), connection);
            await load.ExecuteNonQueryAsync();
        }
        return store;
    }

    public static async Task<long> SchemaOf(Store store)
    {
        await using var connection = await store.Open();
        // The dump of a kept store names no search path.
        return Convert.ToInt64((await Store.Rows(connection, $"select max(version) from {(store.IsPostgres ? "public." : "")}schema_version")).Single()[0]);
    }

    public static string[] Backups(Store store) =>
        Directory.Exists(Path.Combine(store.Folder, "backups")) ? Directory.GetFiles(Path.Combine(store.Folder, "backups"), "shanmen-before-upgrade-*.shanmen-backup") : [];

    /// <summary>Starts the program and kills it when it has said something, and a little later.</summary>
    public static async Task StartAndKill(Store store, string when, TimeSpan later)
    {
        var start = Centre.StartInfo(["--port", "0", .. store.Arguments]);
        using var process = Process.Start(start)!;
        var said = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, e) => { if (e.Data?.Contains(when, StringComparison.Ordinal) == true) said.TrySetResult(); };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var heard = await Task.WhenAny(said.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60))) == said.Task;
        if (heard) await Task.Delay(later);
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        Assert.True(heard, $"The program never said: {when}");
    }
}
