using Microsoft.Extensions.Logging.Abstractions;
using Shanmen.Platform.Log;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Backup;

/// <summary>A store was restored from a backup (恢复); its epoch rose.</summary>
public sealed record StoreRestored(int EpochBefore, int EpochAfter, DateTimeOffset BackupCreated, string BackupKind);

/// <summary>What was restored.</summary>
public sealed record Restored(BackupManifest Manifest, long Rows, int Epoch);

/// <summary>The target cannot take a backup; the message says why. Nothing was changed.</summary>
public sealed class RestoreRefusedException(string message) : Exception(message);

/// <summary>
/// Brings a backup back into an empty store of either kind, so it also moves a park from SQLite to PostgreSQL. All rows come in
/// one transaction that is committed only when the whole file has been proven. The epoch rises, so that whoever still holds
/// records of the lost store can tell them from the new ones.
/// </summary>
public static class RestoreStore
{
    private const int Batch = 500;

    public static async Task<Restored> Run(string file, string passphrase, StoreOptions target, TimeProvider clock, CancellationToken cancel = default)
    {
        // Proven first, so that a damaged backup or a wrong passphrase leaves the target untouched.
        var check = await VerifyBackup.Run(file, passphrase, cancel);
        if (check.FirstBad is { } bad) throw new BackupDamagedException(bad);
        if (check.Manifest!.Schema > Migrations.Newest)
            throw new RestoreRefusedException($"The backup has schema {check.Manifest.Schema}, this program knows {Migrations.Newest}. Install the newer program; a downgrade is refused.");

        using var reader = BackupReader.Open(file, passphrase);
        Directory.CreateDirectory(target.DataFolder);
        await using var database = Database.Open(target);
        var (schema, kind) = (reader.Manifest.Schema, new StoreKind(reader.Manifest.Simulation, reader.Manifest.Demo));
        await MustBeEmpty(database, target, schema, reader.Keys);
        await Migrations.Apply(database, kind, schema, clock, cancel);
        // The keys come first: a store without its keys is lost, keys without a store are not.
        KeyRing.Write(target.KeyFile, reader.Keys);
        await Fill(database, schema, reader, cancel);
        // The rows are back as they were; an older schema goes the way of every upgrade. The backup before it is the file itself.
        await Migrations.Apply(database, kind, clock, cancel);
        return new Restored(reader.Manifest, check.Rows, await Record(database, reader.Manifest, clock));
    }

    private static async Task MustBeEmpty(Database database, StoreOptions target, int schema, byte[] keys)
    {
        if (File.Exists(target.KeyFile) && !(await File.ReadAllBytesAsync(target.KeyFile)).AsSpan().SequenceEqual(keys))
            throw new RestoreRefusedException($"{target.KeyFile} holds other keys. Restore into an empty data folder.");
        if (await Migrations.VersionOf(database) is var version && version == 0) return;
        if (version != schema) throw new RestoreRefusedException($"The target has schema {version}, the backup {schema}. Restore into an empty store.");
        // An interrupted restore leaves the bare schema; that may be filled.
        foreach (var table in TableCatalogue.At(schema).Where(t => t.Name is not ("store" or "schema_version")))
            if (await database.Number($"select count(*) from (select 1 from {table.Name} limit 1) as filled") != 0)
                throw new RestoreRefusedException($"The target is not empty: table {table.Name} has rows. Restore into an empty store.");
    }

    private static async Task Fill(Database database, int schema, BackupReader reader, CancellationToken cancel)
    {
        await using var session = await database.OpenSoleSession(cancel);
        await session.Begin(cancel);
        try
        {
            await session.Execute([new Statement("delete from store"), new Statement("delete from schema_version")], cancel);
            var known = TableCatalogue.At(schema).ToDictionary(t => t.Name);
            var waiting = new List<Statement>(Batch);
            StoreTable? current = null;
            reader.ReadTables(
                table =>
                {
                    if (!known.TryGetValue(table.Name, out current) || !current.Columns.SequenceEqual(table.Columns))
                        throw new RestoreRefusedException($"Table {table.Name} of the backup is not that of schema {schema}.");
                },
                (table, cells) =>
                {
                    if (table.Name == "store") Raise(table, cells);
                    waiting.Add(new Statement(current!.Insert, cells));
                    if (waiting.Count == Batch) Send();
                });
            Send();
            // The server draws the next turn; after a restore it must go on from the last one.
            if (schema >= Migrations.LanesSince && database.Translate(Database.Server + "select setval('turn', (select max(turn) + 1 from log))") is { } goOn)
                await session.Execute([new Statement(goOn)], cancel);
            await session.Commit(cancel);

            // The reader hands out rows as they come from the file; the writer takes them in turn.
            void Send()
            {
                session.Execute(waiting, cancel).GetAwaiter().GetResult();
                waiting.Clear();
            }
        }
        catch
        {
            await session.Rollback();
            throw;
        }
    }

    private static void Raise(StoreTable store, object?[] cells)
    {
        var epoch = Array.FindIndex([.. store.Columns], c => c.Name == "epoch");
        cells[epoch] = (long)cells[epoch]! + 1;
    }

    /// <summary>Writes the restore into the log, as the first fact of the new epoch.</summary>
    private static async Task<int> Record(Database database, BackupManifest manifest, TimeProvider clock)
    {
        var state = new StoreState();
        await state.Load(database);
        var times = new ParkTimes();
        var parks = await database.Query(r => (Id: r.Int(0), Zone: r.Text(1), CutOff: r.Int(2)), "select id, time_zone, cut_off_hour from park order by id");
        foreach (var park in parks) times.Set(park.Id, TimeZoneInfo.FindSystemTimeZoneById(park.Zone), park.CutOff);
        await using var queue = new WriteQueue(database, state, times, new FactFeed(database), lanes: 1, clock, NullLogger<WriteQueue>.Instance);
        await queue.Start(CancellationToken.None);
        var fact = new StoreRestored(manifest.Epoch, state.Epoch, manifest.Created, manifest.Kind);
        foreach (var park in parks.Count == 0 ? [0] : parks.Select(p => p.Id))
            await queue.Send(WriteKey.Own(park, Guid.CreateVersion7()), new NoteRestore(state.StoreId, fact));
        return state.Epoch;
    }

    private sealed class NoteRestore(Guid store, StoreRestored fact) : IWrite
    {
        public void Touch(Touch touch) { }

        public Outcome Decide(WriteGroup group)
        {
            group.Record(nameof(StoreRestored), store, fact);
            return Outcome.Done(null);
        }
    }
}
