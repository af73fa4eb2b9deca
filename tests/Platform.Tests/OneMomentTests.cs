using Microsoft.Data.Sqlite;

namespace Shanmen.Platform.Tests;

/// <summary>Several views are of one and the same moment, however fast others write and bring their log into the file.</summary>
public class OneMomentTests
{
    private const int Moments = 300, RoundsMax = 100_000;

    public static TheoryData<string> Kinds() => TestStore.Kinds();

    [Theory, MemberData(nameof(Kinds))]
    public async Task Two_views_see_the_same_while_somebody_writes(string kind)
    {
        await using var store = await TestStore.Create(kind);
        // The program that sells: while it has the store open, the log stays.
        await using var seller = await store.Database.OpenWriteSession(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var writing = Task.Run(() => Write(store, stop.Token));
        var seen = new HashSet<long>();
        try
        {
            for (var round = 0; seen.Count < Moments; round++)
            {
                var views = await store.Database.OpenSnapshots(2);
                var numbers = new List<long>();
                foreach (var view in views) numbers.Add(await view.Number("select created_at from store"));
                foreach (var view in views) await view.DisposeAsync();
                Assert.Equal(numbers[0], numbers[1]);
                Assert.True(round < RoundsMax, $"{seen.Count} moments were seen: nobody writes.");
                seen.Add(numbers[0]);
            }
        }
        finally { await stop.CancelAsync(); }
        await writing;
    }

    private static async Task Write(TestStore store, CancellationToken stop)
    {
        if (store.Database.Kind != "sqlite")
        {
            for (var n = 0L; !stop.IsCancellationRequested; n++) await store.Run("update store set created_at = @1", n);
            return;
        }
        // As the writer of the embedded store does between two groups: after the checkpoint the next change begins the log from the start again.
        await using var connection = new SqliteConnection($"Data Source={store.Options.SqliteFile};Pooling=False");
        await connection.OpenAsync(CancellationToken.None);
        await using var change = connection.CreateCommand();
        for (var n = 0L; !stop.IsCancellationRequested; n++)
        {
            change.CommandText = $"update store set created_at = {n}; pragma wal_checkpoint(passive)";
            await change.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }
}
