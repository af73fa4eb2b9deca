using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;

namespace Shanmen.Platform.Backup;

/// <summary>What was written.</summary>
public sealed record BackupWritten(string File, long Bytes, long Rows, BackupManifest Manifest);

/// <summary>
/// Writes a backup of one moment of the store while it goes on selling. The file gets its name only when it is complete, on the
/// disk, and has been read back.
/// </summary>
public static class BackupWriter
{
    /// <summary>Writes to <paramref name="file"/>, which must not exist.</summary>
    /// <param name="keys">The ring as <see cref="KeyRing.Export"/> gives it.</param>
    public static Task<BackupWritten> Write(Database database, byte[] keys, string passphrase, string file, TimeProvider clock, CancellationToken cancel = default) =>
        Write(database, keys, passphrase, file, clock, BackupFile.Rounds, cancel);

    internal static async Task<BackupWritten> Write(Database database, byte[] keys, string passphrase, string file, TimeProvider clock, int rounds, CancellationToken cancel)
    {
        if (passphrase.Trim().Length < Passphrase.LengthMin) throw new InvalidOperationException($"A backup's passphrase has at least {Passphrase.LengthMin} characters.");
        if (File.Exists(file)) throw new InvalidOperationException($"{file} exists already.");
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var draft = file + ".partial";
        try
        {
            var manifest = await WriteDraft(database, keys, passphrase, draft, clock, rounds, cancel);
            var check = await VerifyBackup.Run(draft, passphrase, cancel);
            if (check.FirstBad is { } bad) throw new BackupDamagedException($"The backup was written, but reading it back failed: {bad}");
            // Never over a file that appeared meanwhile.
            File.Move(draft, file, overwrite: false);
            DurableFile.SyncFolderOf(file);
            return new BackupWritten(file, new FileInfo(file).Length, manifest.Rows.Values.Sum(), manifest);
        }
        catch
        {
            // A full disk or a stop must leave no half backup. After a power cut a .partial may stay; its name says what it is.
            try { File.Delete(draft); }
            catch (IOException) { /* The fault that brought us here matters more than a draft that cannot be removed. */ }
            throw;
        }
    }

    private static async Task<BackupManifest> WriteDraft(Database database, byte[] keys, string passphrase, string draft, TimeProvider clock, int rounds, CancellationToken cancel)
    {
        await using var store = await database.OpenSnapshot(cancel);
        // A store may still have an older schema: before an upgrade, it is the old tables that must be saved.
        var schema = (int)await store.Number("select max(version) from schema_version");
        var tables = TableCatalogue.At(schema);
        await TableCatalogue.MustEqual(database, store, tables);
        var manifest = await ManifestOf(database, store, schema, tables, keys, clock);
        var header = BackupFile.NewHeader(rounds);
        await using var target = new FileStream(draft, Options());
        target.Write(header);
        await using var sealing = new SealingStream(target, BackupFile.KeyOf(header, passphrase), header);
        await using (var packed = new BrotliStream(sealing, CompressionLevel.Fastest, leaveOpen: true))
        await using (var writer = new BinaryWriter(packed, Encoding.UTF8, leaveOpen: true))
        {
            CellCodec.Write(writer, JsonSerializer.SerializeToUtf8Bytes(manifest, Json.Options));
            CellCodec.Write(writer, keys);
            foreach (var table in tables) await WriteTable(store, table, writer, cancel);
            writer.Write("");
        }
        sealing.Finish();
        target.Flush(flushToDisk: true);
        return manifest;
    }

    private static async Task WriteTable(Snapshot store, StoreTable table, BinaryWriter writer, CancellationToken cancel)
    {
        writer.Write(table.Name);
        writer.Write7BitEncodedInt(table.Columns.Count);
        foreach (var column in table.Columns) { writer.Write(column.Name); writer.Write((byte)column.Kind); }
        var rows = 0L;
        // The log is chained, so it is written in the order in which its chain is proven.
        var order = table.Name == "log" ? " order by lane, seq" : "";
        await foreach (var written in store.Stream(row => WriteRow(row, table, writer), $"select {table.ColumnNames} from {table.Name}{order}"))
        {
            cancel.ThrowIfCancellationRequested();
            if (written) rows++;
        }
        writer.Write(false);
        writer.Write(rows);
    }

    private static bool WriteRow(Row row, StoreTable table, BinaryWriter writer)
    {
        writer.Write(true);
        for (var i = 0; i < table.Columns.Count; i++)
        {
            try { CellCodec.Write(writer, table.Columns[i].Kind, row.Any(i)); }
            catch (InvalidDataException wrong)
            {
                throw new InvalidOperationException($"{table.Name} {row.Any(0)}: column {table.Columns[i].Name} cannot be backed up, {wrong.Message}. Run verify.");
            }
        }
        return true;
    }

    private static async Task<BackupManifest> ManifestOf(Database database, Snapshot store, int schema, IReadOnlyList<StoreTable> tables, byte[] keys, TimeProvider clock)
    {
        var rows = new Dictionary<string, long>();
        foreach (var table in tables) rows[table.Name] = await store.Number($"select count(*) from {table.Name}");
        var (id, epoch, simulation, demo) = (await store.Query(r => (r.Id(0), r.Int(1), r.Bool(2), r.Bool(3)), "select store_id, epoch, simulation, demo from store where id = 1")).Single();
        return new BackupManifest(schema, id, epoch, simulation, demo, database.Kind, clock.GetUtcNow(),
            rows, await LaneHead.AllOf(store), BackupFile.FingerprintOf(keys));
    }

    private static FileStreamOptions Options()
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write, BufferSize = 1 << 20 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
