using System.Text.Json.Nodes;

namespace Shanmen.Modules.Tests.Operating;

/// <summary>An older store is backed up before it is upgraded; nothing that happens on the way loses it (D9, D10).</summary>
public class UpgradeTests
{
    [Fact, Trait("Category", "Proof")]
    public Task An_upgrade_backs_up_first_and_the_backup_comes_back_into_either_store() => BackUpAndUpgrade(postgres: false);

    [Fact, Trait("Category", "Proof")]
    public Task An_upgrade_of_PostgreSQL_backs_up_first_and_the_backup_comes_back_into_either_store() => BackUpAndUpgrade(postgres: true);

    private static async Task BackUpAndUpgrade(bool postgres)
    {
        await using var store = await KeptStore.Copy(postgres);
        Assert.Equal(1, await KeptStore.SchemaOf(store));
        await using (var centre = await Centre.Start(store))
        {
            Assert.Contains(KeptStore.BackedUp, centre.Said);
            await centre.Close();
        }
        Assert.Equal(KeptStore.Newest, await KeptStore.SchemaOf(store));
        (await store.Verb("verify")).MustSucceed();

        var backup = Assert.Single(KeptStore.Backups(store));
        Assert.StartsWith("shanmen-before-upgrade-1-", Path.GetFileName(backup));
        var passphrase = Path.Combine(store.Folder, "backup.passphrase");
        (await store.Verb("verify-backup", backup, "--passphrase-file", passphrase)).MustSucceed();
        await using var sqlite = Store.Sqlite();
        await using var other = await Store.Postgres();
        foreach (var target in new[] { sqlite, other })
        {
            (await target.Verb("restore", backup, "--passphrase-file", passphrase)).MustSucceed();
            Assert.Equal(KeptStore.Newest, await KeptStore.SchemaOf(target));
            (await target.Verb("verify")).MustSucceed();
            Assert.Empty(KeptStore.Backups(target));
            await TicketsMustBeKnown(target);
        }
        await TicketsMustBeKnown(store);

        // A second start finds nothing to do.
        await using (var again = await Centre.Start(store)) await again.Close();
        Assert.Single(KeptStore.Backups(store));
    }

    /// <summary>The signatures of the old program's tickets are good: they are refused for their day, or because they were used, and for nothing else.</summary>
    private static async Task TicketsMustBeKnown(Store store)
    {
        var password = (await store.Verb("reset-password", "admin")).MustSucceed().Output.Split(' ')[^1].Trim();
        await using var centre = await Centre.Start(store);
        using var admin = new Caller(() => centre.Address);
        await admin.SignIn("admin", password);
        (await admin.ChangePassword(password, "another long password")).MustBeDone();
        await using var connection = await store.Open();
        var ids = await Store.Rows(connection, $"select id from {(store.IsPostgres ? "public." : "")}orders");
        Assert.NotEmpty(ids);
        var lane = (await admin.Read<JsonObject[]>("/api/admission/lanes")).Select(l => (Guid)l["laneId"]!).First();
        foreach (var row in ids)
        {
            var order = await admin.Read<Order>($"/api/orders/{(row[0] is Guid id ? id : new Guid((byte[])row[0]!, bigEndian: true))}");
            Assert.NotEmpty(order.Tickets);
            foreach (var ticket in order.Tickets)
            {
                var verdict = (await admin.Post("/api/admissions", new { laneId = lane, code = ticket.Qr, people = (int?)null })).As<Verdict>();
                Assert.Contains(verdict.Reason, new[] { "wrongDay", "alreadyUsed", "wrongSite" });
                Assert.Equal(ticket.ShortCode, verdict.ShortCode);
            }
        }
        await centre.Close();
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task Without_its_backup_nothing_is_upgraded(bool postgres)
    {
        await using var store = await KeptStore.Copy(postgres);
        // Where the backups should lie there is a file: as bad as a full disk, and the same on every machine.
        var folder = Path.Combine(store.Folder, "backups");
        await File.WriteAllTextAsync(folder, "");
        var told = await store.Verb("--port", "0");
        Assert.Equal(2, told.ExitCode);
        Assert.Contains("升级前的备份没有成功", told.Errors);
        Assert.Contains("nothing was upgraded", told.Errors);
        Assert.Equal(1, await KeptStore.SchemaOf(store));

        File.Delete(folder);
        await using (var centre = await Centre.Start(store)) await centre.Close();
        Assert.Equal(KeptStore.Newest, await KeptStore.SchemaOf(store));
        (await store.Verb("verify")).MustSucceed();
    }

    [Fact]
    public async Task An_empty_store_of_an_older_schema_is_upgraded_without_a_backup()
    {
        await using var store = await KeptStore.Copy(postgres: false);
        File.Delete(Path.Combine(store.Folder, "shanmen.db"));
        await using (var connection = await store.Open())
        {
            var spine = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "src", "Platform", "Storage", "Migrations", "001-spine.sql"));
            await Store.Change(connection, spine.Replace("{ID}", "blob").Replace("{BYTES}", "blob"));
            await Store.Change(connection, "create table schema_version (version bigint primary key, applied_at bigint not null)");
            await Store.Change(connection, "insert into schema_version (version, applied_at) values (1, 0)");
            await Store.Change(connection, "insert into store (id, store_id, epoch, simulation, demo, created_at) values (1, @p0, 1, 0, 0, 0)", Guid.CreateVersion7().ToByteArray(bigEndian: true));
        }
        await using (var centre = await Centre.Start(store)) await centre.Close();
        Assert.Equal(KeptStore.Newest, await KeptStore.SchemaOf(store));
        Assert.Empty(KeptStore.Backups(store));
        Assert.False(File.Exists(Path.Combine(store.Folder, "backup.passphrase")));
    }

    [Fact]
    public async Task A_store_of_a_newer_program_is_refused_with_a_sentence()
    {
        await using var store = await KeptStore.Copy(postgres: false);
        await using (var connection = await store.Open()) await Store.Change(connection, "insert into schema_version (version, applied_at) values (99, 0)");
        var told = await store.Verb("--port", "0");
        Assert.Equal(2, told.ExitCode);
        Assert.Contains("A downgrade is refused", told.Errors);
        Assert.DoesNotContain("   at ", told.Errors);
    }
}
