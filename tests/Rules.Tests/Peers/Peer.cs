using System.Diagnostics;

namespace Shanmen.Rules.Tests.Peers;

/// <summary>Programs that others wrote for the same question: scripts of tests/Peers over packages of npm.</summary>
internal static class Peer
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>The lines that a script writes when it is given these lines to read.</summary>
    public static async Task<string[]> Ask(string script, IEnumerable<string> lines, params string[] arguments)
    {
        var folder = Path.Combine(Root(), "tests", "Peers");
        Assert.True(Directory.Exists(Path.Combine(folder, "node_modules")), "./test installs the packages; by hand: npm --prefix tests/Peers ci");
        var start = new ProcessStartInfo("node", [script, .. arguments]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["TZ"] = "Asia/Shanghai";
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        foreach (var line in lines) await process.StandardInput.WriteAsync(line + "\n");
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(Limit);
        try { await process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { process.Kill(entireProcessTree: true); throw new TimeoutException($"{script} did not end within {Limit}."); }
        Assert.True(process.ExitCode == 0, await errors);
        return (await output).TrimEnd('\n').Split('\n');
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Shanmen.slnx"))) return folder.FullName;
        throw new DirectoryNotFoundException($"No Shanmen.slnx above {AppContext.BaseDirectory}.");
    }
}
