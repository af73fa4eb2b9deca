using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Shanmen.Client;

/// <summary>What <c>verify</c> said of the store.</summary>
/// <param name="PeakMb">The most memory that it held, as looked at while it ran.</param>
record VerifyVerdict(string Word, decimal LedgerSum, string? FirstBad, double Seconds, double PeakMb);

/// <summary>The real server as a child process, on a free port of this machine. Whatever happens, it is ended.</summary>
sealed class CentreProgram : IAsyncDisposable
{
    private const int StartSecondsMax = 60, StopSecondsMax = 20, PasswordSecondsMax = 3, LinesKept = 40, LookMs = 20;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lastWords = new();
    private readonly CancellationTokenRegistration _abandoned;

    private CentreProgram(Process process, CancellationToken cancel)
    {
        _process = process;
        // Whoever stops the day stops its server first: then no request is left to wait for.
        _abandoned = cancel.Register(Kill);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public Uri Address { get; private set; } = null!;
    /// <summary>The administrator's first password, which a new store says once.</summary>
    public string Password { get; private set; } = "";
    /// <summary>Processor time that the server has used.</summary>
    public TimeSpan Cpu { get { _process.Refresh(); return _process.TotalProcessorTime; } }
    /// <summary>Memory of the server, in MB.</summary>
    public double RssMb { get { _process.Refresh(); return _process.WorkingSet64 / 1048576.0; } }
    /// <summary>The last lines of the server's log, for whoever must find out what went wrong.</summary>
    public IEnumerable<string> LastWords => _lastWords;

    /// <summary>Starts it over a new store with the demo park.</summary>
    /// <param name="simulation">True for a store with a clock that is set; false for an ordinary one.</param>
    public static Task<CentreProgram> Start(StorePlace store, bool simulation, CancellationToken cancel)
    {
        var start = CommandOf(store, "--port", "0");
        start.Environment["SHANMEN__DEMO"] = "1";
        if (simulation) start.Environment["SHANMEN__SIMULATION"] = "1";
        return Start(start, isNew: true, cancel);
    }

    /// <summary>Starts it over the store that it left before.</summary>
    public static Task<CentreProgram> StartAgain(StorePlace store, CancellationToken cancel) => Start(CommandOf(store, "--port", "0"), isNew: false, cancel);

    private static async Task<CentreProgram> Start(ProcessStartInfo start, bool isNew, CancellationToken cancel)
    {
        start.Environment["SHANMEN__PLAINOUTPUT"] = "1";
        var centre = new CentreProgram(Process.Start(start) ?? throw new ClientException("dotnet 没有启动 / did not start."), cancel);
        try
        {
            centre._process.BeginErrorReadLine();
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            patience.CancelAfter(TimeSpan.FromSeconds(StartSecondsMax));
            await centre.Listen(isNew, patience);
            return centre;
        }
        catch
        {
            await centre.DisposeAsync();
            throw;
        }
    }

    private async Task Listen(bool isNew, CancellationTokenSource patience)
    {
        while (Address is null || (isNew && Password.Length == 0))
        {
            string? line;
            try { line = await _process.StandardOutput.ReadLineAsync(patience.Token); }
            catch (OperationCanceledException) when (Address is not null) { throw new ClientException("库不是新的 / the store is not new: 请用空库 / use an empty one."); }
            catch (OperationCanceledException) { throw new ClientException($"服务没有及时启动 / the server did not start in time.\n{Tail}"); }
            if (line is null) throw new ClientException($"服务没有启动 / the server did not start.\n{Tail}");
            if (line.StartsWith("ADDRESS ", StringComparison.Ordinal)) Listening(line["ADDRESS ".Length..]);
            else if (line.StartsWith("PASSWORD admin ", StringComparison.Ordinal)) Password = line["PASSWORD admin ".Length..];
            else Keep(line);
        }
        // Nobody reads its later output, which must not fill the pipe.
        _ = _process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, CancellationToken.None);

        void Listening(string address)
        {
            Address = new Uri(address);
            // A new store says its password at once; one that is not new never does.
            patience.CancelAfter(TimeSpan.FromSeconds(PasswordSecondsMax));
        }
    }

    /// <summary>Ends the server as a power failure of its own would: kill -9, nothing written afterwards.</summary>
    public async Task Crash()
    {
        Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Asks the server to stop, as an operator would, and waits for it.</summary>
    public async Task Stop()
    {
        if (_process.HasExited) return;
        if (OperatingSystem.IsWindows() || kill(_process.Id, SigTerm) != 0) Kill();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(StopSecondsMax));
        try { await _process.WaitForExitAsync(patience.Token); }
        catch (OperationCanceledException)
        {
            Kill();
            throw new ClientException($"服务 {StopSecondsMax} 秒内没有停止 / the server did not stop within {StopSecondsMax} s.");
        }
    }

    /// <summary>Runs <c>verify</c> of the same program over the stopped store.</summary>
    public static async Task<VerifyVerdict> Verify(StorePlace store, CancellationToken cancel)
    {
        var start = Stopwatch.GetTimestamp();
        using var process = Process.Start(CommandOf(store, "verify", "--json")) ?? throw new ClientException("dotnet 没有启动 / did not start.");
        try
        {
            var (words, reading, peak) = (process.StandardError.ReadToEndAsync(cancel), process.StandardOutput.ReadToEndAsync(cancel), 0.0);
            // What a process held at most is gone with it.
            while (!reading.IsCompleted) { peak = Math.Max(peak, PeakOf(process)); await Task.WhenAny(reading, Task.Delay(LookMs, cancel)); }
            var text = await reading;
            await process.WaitForExitAsync(cancel);
            if (text.Trim() is not ['{', ..] json) throw new ClientException($"verify 没有答复 / gave no verdict.\n{await words}");
            using var report = JsonDocument.Parse(json);
            var bad = report.RootElement.GetProperty("proofs").EnumerateArray().Where(p => !p.GetProperty("ok").GetBoolean())
                .Select(p => $"{p.GetProperty("number")} {p.GetProperty("sentence")}: {p.GetProperty("firstBad")}").FirstOrDefault();
            return new VerifyVerdict(report.RootElement.GetProperty("verify").GetString()!, report.RootElement.GetProperty("ledger_sum").GetDecimal(), bad, Stopwatch.GetElapsedTime(start).TotalSeconds, peak);
        }
        finally { if (!process.HasExited) process.Kill(); }
    }

    private static double PeakOf(Process process)
    {
        try { process.Refresh(); return process.PeakWorkingSet64 / 1048576.0; }
        catch (InvalidOperationException) { return 0; } // It has ended.
    }

    private static ProcessStartInfo CommandOf(StorePlace store, params string[] words)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [store.CentreDll, .. words, "--data", store.Folder])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        // What the caller's own server is told must not steer this one.
        foreach (var name in start.Environment.Keys.Where(k => k.StartsWith("SHANMEN__", StringComparison.Ordinal) && k is not ("SHANMEN__SYNCHRONOUS" or "SHANMEN__WEB")).ToArray())
            start.Environment.Remove(name);
        if (store.Connection is { } connection) { start.ArgumentList.Add("--database"); start.ArgumentList.Add(connection); }
        return start;
    }

    private string Tail => string.Join('\n', _lastWords);

    private void Keep(string? line)
    {
        if (line is null) return;
        _lastWords.Enqueue(line);
        while (_lastWords.Count > LinesKept) _lastWords.TryDequeue(out _);
    }

    private void Kill()
    {
        try { if (!_process.HasExited) _process.Kill(); }
        catch (InvalidOperationException) { } // It ended by itself in between.
    }

    public async ValueTask DisposeAsync()
    {
        await _abandoned.DisposeAsync();
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private const int SigTerm = 15;
    [DllImport("libc")] private static extern int kill(int process, int signal);
}
