using System.Diagnostics;
using Xunit.Abstractions;

namespace Shanmen.Faults.Tests;

/// <summary>
/// The disk answers a sync with an I/O error (D6): nothing is promised while it does, and what is promised afterwards survives a power cut.
/// </summary>
/// <remarks>
/// strace lets each fsync and fdatasync of the running program fail without reaching the disk. What it does not show is a kernel that drops the
/// pages of a failed sync. SQLite does not rely on them: a commit whose sync failed is not in the log's index, its frames are written again by the
/// next one, and a page of the log is copied into the database, and synced there, before the log forgets it.
/// </remarks>
public sealed class FailedSyncTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Nothing_is_promised_while_the_disk_fails_and_what_is_promised_later_survives_a_power_cut()
    {
        Tool.MustTrace();
        using var disk = new DiskImage(512);
        var rig = new Rig(Store.Sqlite(Directory.CreateDirectory(Path.Combine(disk.Mount, "data")).FullName));
        try
        {
            await rig.InitializeAsync();
            disk.Settle();
            var selling = rig.Sell(patient: true);
            for (var failure = 0; failure < 3; failure++)
            {
                await Task.Delay(500);
                var promised = await PromisedWhileFailing(rig);
                Assert.Equal(0, promised);
                var before = rig.Acks.Read().Count;
                await DiskFullTests.Until(() => rig.Acks.Read().Count > before + 50, "Selling did not resume when the disk was well again.");
            }
            Assert.True(rig.Troubles.Keys.All(t => t == "503 storeAway"), string.Join(", ", rig.Troubles.Keys));
            Assert.NotEmpty(rig.Troubles);
            rig.Centre.Freeze();
            disk.Cut();
            await rig.Centre.Kill();
            await selling;
            disk.PowerUp();
            await rig.Restart();
            var kept = await rig.MustAddUp();
            output.WriteLine($"3 times of failing syncs, {rig.Repeats} answers repeated, then a power cut: {kept} promises kept");
        }
        finally { await rig.Close(); }
    }

    [Fact]
    public async Task Control_a_program_that_does_not_ask_the_disk_is_caught_promising()
    {
        Tool.MustTrace();
        var rig = new Rig(Store.Sqlite(), new Dictionary<string, string> { ["SHANMEN__SYNCHRONOUS"] = "OFF" });
        try
        {
            await rig.InitializeAsync();
            var selling = rig.Sell(patient: true);
            await Task.Delay(300);
            Assert.NotEqual(0, await PromisedWhileFailing(rig));
            await rig.Centre.Kill();
            await selling;
        }
        finally { await rig.Close(); }
    }

    /// <summary>Lets all syncs of the program fail for a while, and counts what it promised meanwhile.</summary>
    private static async Task<int> PromisedWhileFailing(Rig rig)
    {
        var start = new ProcessStartInfo("strace", ["-f", "-p", $"{rig.Centre.ProcessId}", "-e", "trace=fsync,fdatasync", "-e", "inject=fsync,fdatasync:error=EIO", "-o", "/dev/null"]) { RedirectStandardError = true };
        using var strace = Process.Start(start)!;
        var attached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = "";
        strace.ErrorDataReceived += (_, e) => { said += e.Data; if (e.Data?.Contains("attached", StringComparison.Ordinal) == true) attached.TrySetResult(); };
        strace.BeginErrorReadLine();
        try
        {
            if (await Task.WhenAny(attached.Task, Task.Delay(TimeSpan.FromSeconds(10))) != attached.Task)
                Assert.Fail($"strace could not attach to the program ({said.Trim()}). It needs CAP_SYS_PTRACE, or kernel.yama.ptrace_scope=0.");
            // Answers of commits before are still on their way.
            await Task.Delay(400);
            var before = rig.Acks.Read().Count;
            await Task.Delay(1_200);
            return rig.Acks.Read().Count - before;
        }
        finally
        {
            if (!strace.HasExited) Centre.Signal(strace.Id, 15);
            await strace.WaitForExitAsync();
        }
    }
}
