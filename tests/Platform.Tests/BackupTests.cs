using Shanmen.Platform.Backup;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.WritePath;

namespace Shanmen.Platform.Tests;

public class BackupTests
{
    private const string Secret = "abcd-efgh-jkmn-pqrs";

    public static TheoryData<string, string> Moves()
    {
        var moves = new TheoryData<string, string>();
        string[] kinds = TestStore.PostgresServer is null ? ["sqlite"] : ["sqlite", "postgres"];
        foreach (var from in kinds) foreach (var to in kinds) moves.Add(from, to);
        return moves;
    }

    private static Task<BackupWritten> Write(TestStore store, string name = "a.shanmen-backup", CancellationToken cancel = default) =>
        BackupWriter.Write(store.Database, store.Keys.Export(), Secret, Path.Combine(store.Folder, name), store.Clock, BackupFile.RoundsMin, cancel);

    [Theory, MemberData(nameof(Moves))]
    public async Task A_store_comes_back_whole_in_a_store_of_either_kind(string from, string to)
    {
        await using var source = await (await TestStore.Create(from)).Filled();
        await source.Run("insert into order_buyer (id, park, name, phone, id_number, phone_hash, id_hash) values (@1, @2, @3, @4, @5, @6, @7)",
            Guid.CreateVersion7(), 1L, new byte[] { 1, 2 }, Array.Empty<byte>(), new byte[16], new byte[16], Array.Empty<byte>());
        var written = await Write(source);
        Assert.True((await VerifyBackup.Run(written.File, Secret)).Ok);

        await using var target = await TestStore.Empty(to);
        var restored = await RestoreStore.Run(written.File, Secret, target.Options, target.Clock);
        Assert.Equal(2, restored.Epoch);
        Assert.Equal(written.Rows, restored.Rows);
        foreach (var table in TableCatalogue.All.Where(t => t.Name is not ("log" or "answer" or "store")))
            Assert.Equal(await Rows(source, table), await Rows(target, table));
        Assert.Equal(source.Keys.Export(), File.ReadAllBytes(target.Options.KeyFile));

        var keys = KeyRing.Open(target.Options.KeyFile, mayCreate: false);
        var report = await StoreVerifier.Run(target.Database, keys, []);
        Assert.True(report.Ok, report.ToText());
        Assert.Contains("14 records", report.ToText());
        Assert.Equal(1, await target.Database.Number("select count(*) from log where kind = 'StoreRestored' and epoch = 2"));

        // It goes on selling, and can be backed up again.
        await target.Filled();
        report = await StoreVerifier.Run(target.Database, keys, []);
        Assert.True(report.Ok, report.ToText());
        await Assert.ThrowsAsync<RestoreRefusedException>(() => RestoreStore.Run(written.File, Secret, target.Options, target.Clock));
    }

    [Theory, MemberData(nameof(TestStore.Kinds), MemberType = typeof(TestStore))]
    public async Task A_backup_taken_while_the_store_sells_is_of_one_moment(string kind)
    {
        await using var source = await (await TestStore.Create(kind)).Filled();
        var queue = await source.Queue();
        using var stop = new CancellationTokenSource();
        var selling = Task.Run(async () =>
        {
            var sales = 0;
            while (!stop.IsCancellationRequested) { await queue.Send(WriteKey.Own(1, Guid.CreateVersion7()), new TestStore.Sell(1, false)); if (++sales >= 900) break; }
            return sales;
        });
        var written = await Write(source);
        await stop.CancelAsync();
        Assert.True(await selling > 0);
        await using var target = await TestStore.Empty("sqlite");
        await RestoreStore.Run(written.File, Secret, target.Options, target.Clock);
        var report = await StoreVerifier.Run(target.Database, KeyRing.Open(target.Options.KeyFile, false), []);
        Assert.True(report.Ok, report.ToText());
    }

    [Fact]
    public async Task A_damaged_or_cut_backup_and_a_wrong_passphrase_are_named_and_leave_the_target_untouched()
    {
        await using var source = await (await TestStore.Create("sqlite")).Filled();
        var written = await Write(source);
        var whole = await File.ReadAllBytesAsync(written.File);
        Assert.False((await VerifyBackup.Run(written.File, Secret + "x")).Ok);

        var damaged = Path.Combine(source.Folder, "damaged");
        // Each byte of the header, and every 97th after it; the chunks themselves have a test that flips every byte.
        foreach (var at in Enumerable.Range(0, 29).Where(i => i is < 9 or > 12).Concat(Enumerable.Range(0, whole.Length).Where(i => i > 28 && i % 97 == 0)))
        {
            var flipped = whole.ToArray();
            flipped[at] ^= 1;
            await File.WriteAllBytesAsync(damaged, flipped);
            Assert.NotNull((await VerifyBackup.Run(damaged, Secret)).FirstBad);
        }
        foreach (var length in new[] { 0, 5, 28, 29, 40, whole.Length / 2, whole.Length - 1 })
        {
            await File.WriteAllBytesAsync(damaged, whole[..length]);
            Assert.NotNull((await VerifyBackup.Run(damaged, Secret)).FirstBad);
        }
        await using var target = await TestStore.Empty("sqlite");
        await Assert.ThrowsAsync<BackupDamagedException>(() => RestoreStore.Run(damaged, Secret, target.Options, target.Clock));
        Assert.Empty(Directory.GetFileSystemEntries(target.Folder));
    }

    [Fact]
    public async Task A_store_with_a_broken_chain_gets_no_backup_that_looks_good()
    {
        await using var source = await (await TestStore.Create("sqlite")).Filled();
        await source.Stop();
        await source.Run("update log set body = '{}' where seq = 3");
        var bad = await Assert.ThrowsAsync<BackupDamagedException>(() => Write(source));
        Assert.Contains("log lane 1 seq 3", bad.Message);
        Assert.DoesNotContain(Directory.GetFiles(source.Folder), f => f.Contains("a.shanmen-backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_backup_that_was_stopped_leaves_no_file()
    {
        await using var source = await (await TestStore.Create("sqlite")).Filled();
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Write(source, cancel: stopped.Token));
        Assert.DoesNotContain(Directory.GetFiles(source.Folder), f => f.Contains("a.shanmen-backup", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_table_that_the_program_does_not_know_stops_the_backup()
    {
        await using var source = await TestStore.Create("sqlite");
        await source.Run("create table added_by_hand (id bigint primary key)");
        var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => Write(source));
        Assert.Contains("added_by_hand", refused.Message);
    }

    [Fact]
    public async Task The_shelf_notes_the_last_backup_keeps_as_many_as_planned_and_prints_the_passphrase_only_when_asked()
    {
        await using var source = await (await TestStore.Create("sqlite")).Filled();
        var shelf = new BackupShelf(source.Options);
        Assert.Null(shelf.Last());
        var (own, isNew) = Passphrase.Own(source.Folder);
        Assert.True(isNew);
        Assert.Equal((own, false), Passphrase.Own(source.Folder));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Passphrase.FileIn(source.Folder)));
        for (var day = 0; day < 4; day++)
        {
            source.Clock.TrySet(source.Clock.GetUtcNow().AddDays(1));
            await shelf.WriteScheduled(source.Database, source.Keys, own, 2, source.Clock, CancellationToken.None);
        }
        Assert.Equal(2, Directory.GetFiles(source.Options.BackupFolder, "*.shanmen-backup").Length);
        Assert.Equal(2, Directory.GetFiles(source.Options.BackupFolder, "*.recovery.html").Length);
        Assert.Equal(source.Clock.GetUtcNow(), shelf.Last()!.At);

        var blank = await File.ReadAllTextAsync(Directory.GetFiles(source.Options.BackupFolder, "*.recovery.html")[0]);
        Assert.DoesNotContain(own, blank);
        Assert.Contains("class=\"blank\"", blank);
        var byHand = await shelf.Write(source.Database, source.Keys, own, Path.Combine(source.Folder, "hand.shanmen-backup"), printPassphrase: true, source.Clock);
        Assert.Contains(own, await File.ReadAllTextAsync(Path.ChangeExtension(byHand.File, ".recovery.html")));
        Assert.Contains(byHand.Manifest.Keys, blank);
    }

    private static async Task<string[]> Rows(TestStore store, StoreTable table) =>
        [.. (await store.Database.Query(r => string.Join('|', table.Columns.Select((c, i) => Shown(c.Kind, r, i))), $"select {table.ColumnNames} from {table.Name}")).Order(StringComparer.Ordinal)];

    private static string Shown(CellKind kind, Row row, int column) =>
        row.IsNull(column) ? "null" : kind switch { CellKind.Id => row.Id(column).ToString(), CellKind.Bytes => Convert.ToHexString(row.Bytes(column)), _ => row.Any(column)!.ToString()! };
}
