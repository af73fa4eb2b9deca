using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Shanmen.Faults.Tests;

/// <summary>Programs of the operating system that the rigs are made of.</summary>
internal static class Tool
{
    public static string Run(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(name) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{name} {string.Join(' ', arguments)} ended with {process.ExitCode}: {output}{errors.GetAwaiter().GetResult()}");
        return output.Trim();
    }

    public static bool Succeeds(string name, params string[] arguments)
    {
        try { Run(name, arguments); return true; }
        catch (InvalidOperationException) { return false; }
    }

    /// <summary>A rig that lacks a privilege fails and says how to get it: a proof that did not run is none.</summary>
    public static void MustBeRootOnLinux()
    {
        const string remedy = "Run the tests as root (sudo ./test Faults.Tests) on Linux with losetup, mkfs.ext4 and free loop devices (modprobe loop; Debian: apt-get install mount e2fsprogs).";
        if (!OperatingSystem.IsLinux() || EffectiveUser() != 0) Assert.Fail($"The power cut needs root, because it mounts a disk image. {remedy}");
        foreach (var tool in new[] { "losetup", "mkfs.ext4", "mount", "umount", "cmp", "cp" })
            if (!new[] { "/usr/sbin", "/sbin", "/usr/bin", "/bin" }.Any(folder => File.Exists(Path.Combine(folder, tool)))) Assert.Fail($"{tool} is missing. {remedy}");
        if (!Succeeds("losetup", "--find")) Assert.Fail($"There is no free loop device. {remedy}");
    }

    /// <summary>strace stands between the program and its disk without a kernel module.</summary>
    public static void MustTrace()
    {
        MustBeRootOnLinux();
        if (!new[] { "/usr/bin/strace", "/usr/local/bin/strace" }.Any(File.Exists)) Assert.Fail("strace is missing, so a disk that fails its sync was not tested. Debian: apt-get install strace.");
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    private static extern uint EffectiveUser();
}
