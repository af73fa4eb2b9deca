using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Shanmen.Modules.Tests.Harness;

/// <summary>The real program, running as its own process. Whoever started it ends it, by its process id.</summary>
public sealed class Centre : IAsyncDisposable
{
    private const int Terminate = 15, Stop = 19;
    private readonly Process _process;
    private readonly StringBuilder _said;

    private Centre(Process process, StringBuilder said, string address) => (_process, _said, Address) = (process, said, address);

    /// <summary>http://127.0.0.1:port</summary>
    public string Address { get; }
    public int ProcessId => _process.Id;
    public bool Runs => !_process.HasExited;
    /// <summary>All that it printed and logged so far.</summary>
    public string Said { get { lock (_said) return _said.ToString(); } }

    public static async Task<Centre> Start(Store store, IReadOnlyDictionary<string, string>? environment = null, int port = 0, string? verb = null)
    {
        var start = StartInfo([.. verb is null ? Array.Empty<string>() : [verb], "--port", port.ToString(), .. store.Arguments]);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        var process = Process.Start(start)!;
        var said = new StringBuilder();
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            if (line is null) return;
            lock (said) said.AppendLine(line);
            if (line.StartsWith("ADDRESS ", StringComparison.Ordinal)) address.TrySetResult(line["ADDRESS ".Length..].Trim().Replace("localhost", "127.0.0.1"));
        }
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var ended = process.WaitForExitAsync();
        if (await Task.WhenAny(address.Task, ended, Task.Delay(TimeSpan.FromSeconds(60))) == address.Task)
            return new Centre(process, said, await address.Task);
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        lock (said) throw new InvalidOperationException($"The program did not start:\n{said}");
    }

    internal static ProcessStartInfo StartInfo(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(Checkout.Program);
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        // What the developer's own shell says about a server must not reach this one.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("SHANMEN__", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        start.Environment["SHANMEN__PLAINOUTPUT"] = "1";
        return start;
    }

    /// <summary>kill -9: no farewell, nothing written afterwards.</summary>
    public async Task Kill()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Stops the world for this process; it keeps its memory and does nothing more.</summary>
    public void Freeze() => Signal(ProcessId, Stop);

    /// <summary>Asks it to end, as an operator does with Ctrl-C.</summary>
    public async Task Close()
    {
        if (_process.HasExited) return;
        Signal(ProcessId, Terminate);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try { await _process.WaitForExitAsync(limit.Token); }
        catch (OperationCanceledException) { await Kill(); throw new TimeoutException($"The program did not end within 20 seconds:\n{Said}"); }
    }

    public async ValueTask DisposeAsync()
    {
        await Kill();
        _process.Dispose();
    }

    internal static void Signal(int process, int signal)
    {
        if (SendSignal(process, signal) != 0) throw new InvalidOperationException($"Signal {signal} did not reach process {process}: error {Marshal.GetLastPInvokeError()}.");
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int SendSignal(int process, int signal);
}
