using Shanmen.Platform.Storage;

namespace Shanmen.Platform.Tests;

/// <summary>The embedded store's write-ahead log is copied into the database beside the writer, and begins from the start again.</summary>
public class CheckpointTests
{
    private const int PageBytes = 4096, Groups = 400, PagesAGroup = 100;
    private const long GoneThrough = (long)Groups * PagesAGroup * PageBytes;

    [Fact]
    public async Task The_log_stays_small_while_the_writer_never_rests()
    {
        await using var store = await TestStore.Create("sqlite");
        var largest = await Write(store);
        Assert.True(largest < GoneThrough / 2, $"The log grew to {largest:N0} bytes while {GoneThrough:N0} went through it.");
    }

    /// <summary>Many programs one after the other, each killed before it had written enough to copy the log by its own count.</summary>
    [Fact]
    public async Task The_log_stays_small_over_many_short_lives()
    {
        await using var store = await TestStore.Create("sqlite");
        // Whoever closes the last connection copies the log; a killed program does not, so one stays open.
        await using var open = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={store.Options.SqliteFile};Pooling=False");
        await open.OpenAsync();
        await using (var look = open.CreateCommand())
        {
            look.CommandText = "select count(*) from store";
            Assert.Equal(1L, await look.ExecuteScalarAsync());
        }
        var largest = 0L;
        for (var life = 0; life < Groups / 20; life++) largest = Math.Max(largest, await Write(store, groups: 20));
        Assert.True(largest < GoneThrough / 2, $"The log grew to {largest:N0} bytes while {GoneThrough:N0} went through it.");
    }

    /// <summary>One life after the other is killed before the log that it found was copied.</summary>
    [Fact]
    public async Task A_long_log_that_was_left_is_taken_in_before_anything_is_written()
    {
        await using var store = await TestStore.Create("sqlite");
        await using var open = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={store.Options.SqliteFile};Pooling=False");
        await open.OpenAsync();
        await using (var look = await store.Database.OpenSnapshot())
        {
            Assert.Equal(1, await look.Number("select count(*) from store"));
            Assert.True(await Write(store) > SqliteCheckpoints.FoundMax, "The log is not long, so nothing has to be taken in.");
        }
        Assert.InRange(await Write(store, groups: 1), 1, SqliteCheckpoints.FoundMax / 10);
    }

    /// <summary>The control: while somebody looks at an old moment, nothing of the log may be given up; afterwards it is.</summary>
    [Fact]
    public async Task An_old_moment_that_is_looked_at_keeps_the_log_and_lets_it_go()
    {
        await using var store = await TestStore.Create("sqlite");
        long grown;
        await using (var look = await store.Database.OpenSnapshot())
        {
            Assert.Equal(1, await look.Number("select count(*) from store"));
            grown = await Write(store);
            Assert.True(grown > GoneThrough / 2, "The log did not grow, so its length says nothing.");
        }
        // The file keeps its length, and is written again from its start.
        Assert.True(await Write(store) < grown + (GoneThrough / 2), "The log went on growing.");
    }

    [Fact]
    public void Many_rows_of_one_text_become_few_statements()
    {
        var rows = new ManyRows();
        Statement[] statements =
        [
            .. Enumerable.Range(0, 21).Select(n => new Statement("insert into a (x, y) values (@1, @2)", n, null)),
            .. Enumerable.Range(0, 5).Select(n => new Statement("update a set y = @2 where x = @1", n, n)),
            new Statement("update a set y = @2 where x = @1", 9, null),
            new Statement("insert into a (x, y) values (@1, @2) on conflict (x) do update set y = excluded.y", 1, 2),
            new Statement("delete from a where x < @1", 3),
        ];
        var made = rows.Of(statements).ToArray();
        Assert.Equal(
        [
            (16, 32), (4, 8), (1, 2),
            (4, 8), (1, 2), (1, 2),
            (1, 2), (1, 1),
        ], made.Select(m => (m.Sql.StartsWith("insert", StringComparison.Ordinal) ? m.Sql.Split("($").Length - 1 : m.Sql.Contains("values") ? m.Sql.Split("($").Length - 1 : 1, m.Values.Length)));
        Assert.Equal("update a as t set y = v.c2 from (values ($1, $2), ($3, $4), ($5, $6), ($7, $8)) as v (c1, c2) where t.x = v.c1", made[3].Sql);
        Assert.Equal(statements.Sum(s => s.Values.Length), made.Sum(m => m.Values.Length));
    }

    private static FileInfo Log(TestStore store) => new(store.Options.SqliteFile + "-wal");

    private static async Task<long> Write(TestStore store, int groups = Groups)
    {
        await using var session = await store.Database.OpenWriteSession(CancellationToken.None);
        var (body, largest) = (new string('x', (PageBytes * PagesAGroup) - 1000), 0L);
        for (var n = 0; n < groups; n++)
        {
            await session.Begin(CancellationToken.None);
            await session.Execute([new Statement("delete from answer"), new Statement("insert into answer (id, park, principal, key, request_hash, status, body, at) values (@1, 1, @1, @1, @2, 200, @3, 0)",
                Guid.NewGuid(), new byte[32], body)], CancellationToken.None);
            await session.Commit(CancellationToken.None);
            largest = Math.Max(largest, Log(store).Length);
        }
        return largest;
    }
}
