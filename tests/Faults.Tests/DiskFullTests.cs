using Xunit.Abstractions;

namespace Shanmen.Faults.Tests;

/// <summary>
/// The disk fills while everybody sells (D5): whoever is not answered with a success is told why and what to do, what was promised stays,
/// reading goes on, and selling resumes by itself when there is room.
/// </summary>
public sealed class DiskFullTests(ITestOutputHelper output)
{
    [Fact]
    public async Task A_full_disk_under_SQLite_refuses_with_a_sentence_and_resumes_without_a_restart()
    {
        Tool.MustBeRootOnLinux();
        using var disk = new DiskImage(512);
        var rig = new Rig(Store.Sqlite(Directory.CreateDirectory(Path.Combine(disk.Mount, "data")).FullName));
        try
        {
            await rig.InitializeAsync();
            var selling = rig.Sell(patient: true);
            await Task.Delay(800);
            var program = rig.Centre.ProcessId;
            for (var round = 0; round < 2; round++)
            {
                using (disk.Fill())
                {
                    await Until(() => rig.Troubles.ContainsKey("503 diskFull"), "Nobody was told that the disk is full.");
                    await Task.Delay(1_500);
                    await MustBeTold(rig);
                }
                await MustSellAgain(rig);
                rig.Troubles.Clear();
            }
            Assert.Equal(program, rig.Centre.ProcessId);
            Assert.Equal("ok", await rig.Check("database"));
            await rig.Centre.Kill();
            await selling;
            await rig.Restart();
            var kept = await rig.MustAddUp();
            output.WriteLine($"full twice, {rig.Repeats} answers repeated, {kept} promises kept");
        }
        finally { await rig.Close(); }
    }

    /// <summary>The office learns it from its pages, monitoring from its probe, and a clerk from the answer.</summary>
    private static async Task MustBeTold(Rig rig)
    {
        foreach (var language in new[] { "zh-CN", "en" })
        {
            var (reply, _) = await Refused(rig);
            var problem = reply.MustBe(503, "diskFull");
            Assert.Contains("磁盘已满", problem.Detail);
            Assert.Equal("1", reply.Headers["Retry-After"]);
            rig.Admin.Language = language;
            Assert.Equal("bad", await rig.Check("disk"));
        }
        var ready = await rig.Admin.Get("/health/ready");
        Assert.Equal((503, "disk"), (ready.Status, ready.Text));
        Assert.Contains("shanmen_disk_free_bytes", (await rig.Admin.Get("/metrics")).Text);
        // Reading what was sold goes on, for all who read.
        var sale = rig.Acks.Read().Last(a => a.IsSale);
        (await rig.Admin.Get($"/api/orders/{sale.Key}")).MustBeDone();
        (await rig.Admin.Get("/api/board")).MustBeDone();
        (await rig.Admin.Get($"/api/reports/day?day={rig.Today:yyyy-MM-dd}")).MustBeDone();
    }

    /// <summary>A sale at the full disk. The log may have kept a block or two, so a few may still find their place before it.</summary>
    private static async Task<(Reply Reply, Asked Asked)> Refused(Rig rig)
    {
        for (var i = 0; i < 50; i++)
        {
            var (reply, asked) = await rig.SellOnce();
            if (!reply.Done) return (reply, asked);
            rig.Acks.Acknowledged(asked with { Answer = reply.Text });
        }
        throw new Xunit.Sdk.XunitException("Fifty sales were booked on a full disk.");
    }

    private static async Task MustSellAgain(Rig rig)
    {
        var before = rig.Acks.Read().Count;
        await Until(() => rig.Acks.Read().Count > before + 100, "Selling did not resume when there was room again.");
        var ready = await rig.Admin.Get("/health/ready");
        Assert.Equal((200, "ok"), (ready.Status, ready.Text));
    }

    [Fact]
    public async Task A_full_disk_under_PostgreSQL_loses_nothing_and_selling_resumes_without_a_restart()
    {
        Tool.MustBeRootOnLinux();
        using var disk = new DiskImage(768);
        using var cluster = new Cluster(disk.Mount, "-c synchronous_commit=on -c fsync=on -c restart_after_crash=on");
        var rig = new Rig(await Store.Postgres(cluster.ConnectionString, Directory.CreateDirectory(Path.Combine(disk.Mount, "data")).FullName));
        try
        {
            await rig.InitializeAsync();
            var selling = rig.Sell(patient: true);
            await Task.Delay(800);
            var program = rig.Centre.ProcessId;
            using (disk.Fill())
            {
                await Until(() => rig.Repeats > 0, "No client noticed anything, so nothing was tested.");
                await Task.Delay(2_000);
                var (reply, _) = await Refused(rig);
                // PostgreSQL says that its disk is full, or falls over it; both are answered, and both may be repeated.
                Assert.Contains(reply.MustBeProblem().Code, new[] { "diskFull", "storeAway", "databaseAway" });
                Assert.Equal(503, reply.Status);
                Assert.Equal(503, (await rig.Admin.Get("/health/ready")).Status);
            }
            var restarted = cluster.StartIfDown();
            await MustSellAgain(rig);
            Assert.Equal(program, rig.Centre.ProcessId);
            await rig.Centre.Kill();
            await selling;
            await rig.Restart();
            var kept = await rig.MustAddUp();
            output.WriteLine($"full once, PostgreSQL {(restarted ? "gave up and was started" : "stayed up")}, {string.Join(", ", rig.Troubles.Select(t => $"{t.Value} × {t.Key}"))}, {kept} promises kept");
        }
        finally { await rig.Close(); }
    }

    [Fact]
    public async Task Control_a_promise_made_on_a_full_disk_is_reported()
    {
        Tool.MustBeRootOnLinux();
        using var disk = new DiskImage(512);
        var rig = new Rig(Store.Sqlite(Directory.CreateDirectory(Path.Combine(disk.Mount, "data")).FullName));
        try
        {
            await rig.InitializeAsync();
            var selling = rig.Sell(patient: true);
            using (disk.Fill())
            {
                await Until(() => rig.Repeats > 0, "The disk did not fill.");
                await Task.Delay(1_000);
                // A program that promises what it could not write: the refused sale counted as acknowledged.
                rig.Acks.Acknowledged((await Refused(rig)).Asked with { Answer = rig.Acks.Read().Last(a => a.IsSale).Answer });
            }
            await rig.Centre.Kill();
            await selling;
            await rig.Restart();
            Assert.Single(await rig.Lost());
        }
        finally { await rig.Close(); }
    }

    internal static async Task Until(Func<bool> happened, string otherwise, int seconds = 25)
    {
        for (var i = 0; i < seconds * 20; i++)
        {
            if (happened()) return;
            await Task.Delay(50);
        }
        Assert.Fail(otherwise);
    }
}
