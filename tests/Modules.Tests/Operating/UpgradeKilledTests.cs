namespace Shanmen.Modules.Tests.Operating;

/// <summary>A program that is killed in its upgrade leaves the old store or the new one, and the next start ends the work (D9).</summary>
public abstract class UpgradeKilledTests(bool postgres)
{
    /// <summary>The migration is held up by a lock, the program killed where it waits: after its backup, and on PostgreSQL with its changes made but not committed.</summary>
    [Fact]
    public async Task A_program_killed_in_its_upgrade_starts_again_cleanly_and_backs_up_once()
    {
        await using var store = await KeptStore.Copy(postgres);
        await using (var holding = await store.Open())
        {
            await using var transaction = await holding.BeginTransactionAsync();
            await Store.Change(holding, postgres ? "lock table public.schema_version in share mode" : "update schema_version set applied_at = applied_at");
            await KeptStore.StartAndKill(store, KeptStore.BackedUp, TimeSpan.FromMilliseconds(700));
            await KeptStore.StartAndKill(store, KeptStore.BackedUp, TimeSpan.FromMilliseconds(700));
            await transaction.RollbackAsync();
        }
        // PostgreSQL needs a moment to notice that the killed program has gone.
        for (var i = 0; postgres && i < 100 && await Busy(store); i++) await Task.Delay(100);
        Assert.Equal(1, await KeptStore.SchemaOf(store));
        await using (var centre = await Centre.Start(store)) await centre.Close();
        Assert.Equal(KeptStore.Newest, await KeptStore.SchemaOf(store));
        Assert.Single(KeptStore.Backups(store));
        (await store.Verb("verify")).MustSucceed();
    }

    private static async Task<bool> Busy(Store store)
    {
        await using var connection = await store.Open();
        return Convert.ToInt64((await Store.Rows(connection, "select count(*) from pg_stat_activity where application_name = 'Shanmen' and datname = current_database()")).Single()[0]) > 0;
    }

    [Fact]
    public async Task Killed_at_any_moment_of_the_upgrade_there_is_the_old_schema_or_the_new_one()
    {
        var seen = new HashSet<long>();
        foreach (var milliseconds in new[] { 0, 20, 400 })
        {
            await using var store = await KeptStore.Copy(postgres);
            await KeptStore.StartAndKill(store, KeptStore.BackedUp, TimeSpan.FromMilliseconds(milliseconds));
            var schema = await KeptStore.SchemaOf(store);
            Assert.True(schema == 1 || schema == KeptStore.Newest, $"schema {schema}");
            seen.Add(schema);
            for (var i = 0; postgres && i < 100 && await Busy(store); i++) await Task.Delay(100);
            await using (var centre = await Centre.Start(store)) await centre.Close();
            Assert.Equal(KeptStore.Newest, await KeptStore.SchemaOf(store));
            Assert.Single(KeptStore.Backups(store));
            (await store.Verb("verify")).MustSucceed();
        }
        Assert.Contains(KeptStore.Newest, seen);
    }
}

public sealed class UpgradeKilledOnSqlite() : UpgradeKilledTests(postgres: false);
[Trait("Category", "Proof")]
public sealed class UpgradeKilledOnPostgres() : UpgradeKilledTests(postgres: true);
