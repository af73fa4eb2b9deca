using System.Net;
using System.Net.Sockets;

namespace Shanmen.Faults.Tests;

/// <summary>A PostgreSQL cluster of our own, which may be frozen and killed without harm to anybody else's.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly string _bin, _sockets, _settings;
    private readonly int _port;

    /// <param name="folder">Where the data lie.</param>
    /// <param name="settings">Server settings, e.g. "-c synchronous_commit=off".</param>
    public Cluster(string folder, string settings)
    {
        _bin = new[] { Environment.GetEnvironmentVariable("SHANMEN_POSTGRES_BIN"), "/usr/lib/postgresql/15/bin" }.FirstOrDefault(b => b is not null && File.Exists(Path.Combine(b, "initdb"))) ?? "";
        if (_bin == "") Assert.Fail("PostgreSQL 15 is missing, so its power cut was not tested. Debian: apt-get install postgresql-15; elsewhere set SHANMEN_POSTGRES_BIN.");
        (_settings, Folder) = (settings, Path.Combine(folder, "postgres"));
        Tool.Run("chmod", "go+x", folder);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        _sockets = Directory.CreateTempSubdirectory("shanmen-pg-").FullName;
        Directory.CreateDirectory(Folder);
        // PostgreSQL refuses to run as root, so root lends it another user.
        Tool.Run("chown", "postgres", Folder, _sockets);
        As("initdb", "-D", Folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--wal-segsize=1", "--no-sync");
        Start();
    }

    /// <summary>How often PostgreSQL fell and started anew.</summary>
    public int Falls => File.ReadLines(Path.Combine(_sockets, "log")).Count(line => line.Contains("reinitializing", StringComparison.Ordinal));
    public string Folder { get; }
    public string ConnectionString => $"Host=127.0.0.1;Port={_port};Username=postgres;Database=postgres";

    public void Start() => As("pg_ctl", "-D", Folder, "-l", Path.Combine(_sockets, "log"), "-w", "-t", "60",
        "-o", $"-p {_port} -k {_sockets} -h 127.0.0.1 -c max_connections=100 -c shared_buffers=32MB -c min_wal_size=4MB -c max_wal_size=48MB {_settings}", "start");

    /// <summary>Starts it if it gave up; while its disk is full it may.</summary>
    public bool StartIfDown()
    {
        if (Processes() is { Count: > 0 } all && Lives(all[0])) return false;
        Start();
        return true;
    }

    /// <summary>Starts after its machine went down.</summary>
    public void StartAfterCut()
    {
        // A machine that starts again knows none of its old process numbers. Here the killed postmaster may not be reaped yet, and
        // its lock would seem to be held.
        foreach (var stale in Directory.GetFiles(_sockets, ".s.PGSQL.*").Append(Path.Combine(Folder, "postmaster.pid"))) File.Delete(stale);
        Start();
    }

    public void Freeze() { foreach (var process in Processes()) Centre.Signal(process, 19); }

    public void Kill()
    {
        var all = Processes();
        // The postmaster first, so that it starts nobody anew.
        foreach (var process in all) Tool.Succeeds("kill", "-9", process.ToString());
        for (var i = 0; i < 100 && all.Any(Lives); i++) Thread.Sleep(50);
    }

    /// <summary>Ends one server process of a client, as the kernel does when memory is short; PostgreSQL then starts all of them anew.</summary>
    public void KillOneBackend()
    {
        // After the last kill the clients may still be on their way back.
        var (all, backends) = (Array.Empty<int>(), Array.Empty<int>());
        for (var i = 0; i < 200 && backends.Length == 0; i++)
        {
            if (i > 0) Thread.Sleep(50);
            all = [.. Processes().Skip(1)];
            backends = [.. all.Where(p => CommandLine(p).Contains("127.0.0.1(", StringComparison.Ordinal))];
        }
        if (backends.Length == 0) throw new InvalidOperationException($"No client is connected: {string.Join(" | ", all.Select(p => CommandLine(p).Trim()))}");
        Tool.Run("kill", "-9", backends[Random.Shared.Next(backends.Length)].ToString());
    }

    /// <summary>The postmaster and its children, the postmaster first.</summary>
    private List<int> Processes()
    {
        var file = Path.Combine(Folder, "postmaster.pid");
        if (!File.Exists(file)) return [];
        var postmaster = int.Parse(File.ReadLines(file).First());
        if (!CommandLine(postmaster).Contains(Folder, StringComparison.Ordinal)) return [];
        var children = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(n => int.TryParse(n, out _)).Select(n => int.Parse(n!)).Where(p => ParentOf(p) == postmaster);
        return [postmaster, .. children];
    }

    private static string CommandLine(int process)
    {
        try { return File.ReadAllText($"/proc/{process}/cmdline").Replace('\0', ' '); }
        catch (IOException) { return ""; }
    }

    private static bool Lives(int process)
    {
        try { return !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal); }
        catch (IOException) { return false; }
    }

    private static int ParentOf(int process)
    {
        try { return int.Parse(File.ReadAllText($"/proc/{process}/stat").Split(") ")[^1].Split(' ')[1]); }
        catch (IOException) { return 0; }
    }

    private void As(string program, params string[] arguments)
    {
        // pg_ctl leaves the server running with the streams that it inherited: they must not be ours, or we wait for it for ever.
        var command = string.Join(' ', new[] { Path.Combine(_bin, program) }.Concat(arguments).Select(a => $"'{a}'"));
        try { Tool.Run("runuser", "-u", "postgres", "--", "sh", "-c", $"cd /; {command} >>'{_sockets}/out' 2>&1 </dev/null"); }
        catch (InvalidOperationException failed)
        {
            var said = string.Join('\n', new[] { "out", "log" }.Select(f => Path.Combine(_sockets, f)).Where(File.Exists).Select(f => string.Join('\n', File.ReadLines(f).TakeLast(15))));
            throw new InvalidOperationException($"{failed.Message}\n{said}");
        }
    }

    public void Dispose()
    {
        Kill();
        Directory.Delete(_sockets, recursive: true);
        Directory.Delete(Folder, recursive: true);
        var parent = Path.GetDirectoryName(Folder)!;
        if (!Directory.EnumerateFileSystemEntries(parent).Any()) Directory.Delete(parent);
    }
}
