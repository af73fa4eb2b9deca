using System.Diagnostics;
using Shanmen.Client;

namespace Shanmen.Bench.Runs;

/// <summary>The yardstick server as a child process over a new file. Whatever happens, it is ended.</summary>
internal sealed class BareServer : IAsyncDisposable
{
    private const string BuiltDll = "bench/Bare/bin/Release/net10.0/Shanmen.Bare.dll";
    private readonly Process _process;

    private BareServer(Process process, string folder) => (_process, Folder) = (process, folder);

    public string Folder { get; }
    public Uri Address { get; private set; } = null!;
    public TimeSpan Cpu { get { _process.Refresh(); return _process.TotalProcessorTime; } }
    public double RssMb { get { _process.Refresh(); return _process.WorkingSet64 / 1048576.0; } }

    /// <param name="tickets">Unused tickets that it has from its start.</param>
    public static async Task<BareServer> Start(string folder, int tickets)
    {
        Directory.CreateDirectory(folder);
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [StorePlace.Find(BuiltDll), folder, tickets.ToString(System.Globalization.CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        var server = new BareServer(Process.Start(start) ?? throw new ClientException("dotnet 没有启动 / did not start."), folder);
        while (server.Address is null)
        {
            var line = await server._process.StandardOutput.ReadLineAsync() ?? throw new ClientException("标尺服务没有启动 / the yardstick did not start.");
            if (line.StartsWith("ADDRESS ", StringComparison.Ordinal)) server.Address = new Uri(line["ADDRESS ".Length..]);
        }
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        try { if (!_process.HasExited) _process.Kill(); }
        catch (InvalidOperationException) { } // It ended by itself in between.
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
