using Xunit.Abstractions;

namespace Shanmen.Faults.Tests;

/// <summary>The plug is pulled while everybody sells (D3): what was promised is on the disk. The controls, which promise too early, must be caught (D3c).</summary>
public sealed class PowerCutTests(ITestOutputHelper output)
{
    private const int ControlCuts = 10;

    [Fact]
    public async Task Three_power_cuts_on_SQLite_lose_nothing() => await Cut(3, postgres: false);

    [Fact]
    public async Task Three_power_cuts_on_PostgreSQL_lose_nothing() => await Cut(3, postgres: true);

    [Fact, Trait("Category", "Proof")]
    public async Task A_hundred_power_cuts_on_SQLite_lose_nothing() => await Cut(KillTests.Count("SHANMEN_CUTS", 100), postgres: false);

    [Fact, Trait("Category", "Proof")]
    public async Task A_hundred_power_cuts_on_PostgreSQL_lose_nothing() => await Cut(KillTests.Count("SHANMEN_CUTS", 100), postgres: true);

    [Fact]
    public async Task Control_a_SQLite_that_does_not_wait_for_the_disk_is_caught_losing() => await MustLose(postgres: false);

    [Fact]
    public async Task Control_a_PostgreSQL_that_does_not_wait_for_the_disk_is_caught_losing() => await MustLose(postgres: true);

    private async Task Cut(int cuts, bool postgres)
    {
        await using var machine = await Machine.Start(postgres, careless: false);
        for (var cut = 1; cut <= cuts; cut++)
        {
            await machine.CutPower();
            await machine.Rig.MustKeepPromises();
        }
        var kept = await machine.Rig.MustAddUp();
        var times = machine.Rig.Recoveries.Order().ToArray();
        output.WriteLine($"{cuts} cuts, {kept} promises kept; program to the first 200: median {times[times.Length / 2].TotalSeconds:F2} s, slowest {times[^1].TotalSeconds:F2} s");
        Assert.True(kept > cuts * 10, $"{kept} promises in {cuts} rounds are too few to prove anything.");
    }

    private async Task MustLose(bool postgres)
    {
        for (var cut = 1; cut <= ControlCuts; cut++)
        {
            await using var machine = await Machine.Start(postgres, careless: true);
            List<string> lost;
            try
            {
                await machine.CutPower();
                lost = await machine.Rig.Lost();
            }
            catch (InvalidOperationException broken) { lost = [$"the store does not open any more: {broken.Message}"]; }
            output.WriteLine($"cut {cut}: {lost.Count} of {machine.Rig.Acks.Read().Count} promises lost");
            if (lost.Count > 0) return;
        }
        Assert.Fail($"{ControlCuts} cuts of a store that does not wait for the disk lost nothing, so this rig would not see a loss: it proves nothing here.");
    }

    /// <summary>One machine with one disk: the program and its store.</summary>
    private sealed class Machine(DiskImage disk, Cluster? cluster, Rig rig) : IAsyncDisposable
    {
        public Rig Rig => rig;

        public static async Task<Machine> Start(bool postgres, bool careless)
        {
            Tool.MustBeRootOnLinux();
            var disk = new DiskImage(postgres ? 768 : 1024);
            Cluster? cluster = null;
            try
            {
                var folder = Directory.CreateDirectory(Path.Combine(disk.Mount, "data")).FullName;
                if (postgres) cluster = new Cluster(disk.Mount, careless ? "-c synchronous_commit=off" : "-c synchronous_commit=on -c fsync=on");
                var environment = new Dictionary<string, string> { ["SHANMEN__SYNCHRONOUS"] = careless && !postgres ? "NORMAL" : "FULL" };
                var rig = new Rig(cluster is null ? Store.Sqlite(folder) : await Store.Postgres(cluster.ConnectionString, folder), environment);
                await rig.InitializeAsync();
                // Whoever runs a store that loses sales is told so; the program forces nothing on it, or the controls would prove nothing.
                Assert.Equal(careless ? "bad" : "ok", await rig.Check("durability"));
                // What came before the selling is not in question.
                disk.Settle();
                return new Machine(disk, cluster, rig);
            }
            catch
            {
                cluster?.Dispose();
                disk.Dispose();
                throw;
            }
        }

        public async Task CutPower()
        {
            await rig.SellUntil(async () =>
            {
                cluster?.Freeze();
                rig.Centre.Freeze();
                disk.Cut();
                cluster?.Kill();
                await rig.Centre.Kill();
            }, atLeastMs: 400, atMostMs: 1_200);
            disk.PowerUp();
            cluster?.StartAfterCut();
            await rig.Restart();
        }

        public async ValueTask DisposeAsync()
        {
            try { await rig.Close(); }
            // A store that no longer opens cannot be tidied up; its whole disk is thrown away below.
            catch (Npgsql.NpgsqlException away) when (away.InnerException is System.Net.Sockets.SocketException) { }
            finally
            {
                cluster?.Dispose();
                disk.Dispose();
            }
        }
    }
}
