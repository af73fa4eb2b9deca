using System.Text.Json;

namespace Shanmen.Faults.Tests;

/// <summary>What a client asked and what it was told.</summary>
/// <param name="Caller">Which of the clients' sessions asked.</param>
/// <param name="Answer">The bytes of the answer; empty while there is none.</param>
public sealed record Asked(int Caller, string Path, Guid Key, string Body, string Answer)
{
    public bool IsSale => Path == "/api/orders";
}

/// <summary>
/// The clients' own memory of what they were promised: an append-only file on another filesystem than the store's, so that
/// nothing that happens to the store can touch it. It is read back from the file when the store is held against it.
/// </summary>
public sealed class AckLog : IDisposable
{
    private readonly string _file = Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"shanmen-acks-{Guid.NewGuid():N}");
    private readonly StreamWriter _writer;
    private readonly List<Asked> _open = [];

    public AckLog() => _writer = new StreamWriter(_file) { AutoFlush = true };

    public void Acknowledged(Asked asked) { lock (_writer) _writer.WriteLine(JsonSerializer.Serialize(asked)); }

    /// <summary>Asked, but the answer never came: it may have happened or not.</summary>
    public void Unknown(Asked asked) { lock (_open) _open.Add(asked); }

    public List<Asked> TakeUnknown()
    {
        lock (_open)
        {
            var taken = _open.ToList();
            _open.Clear();
            return taken;
        }
    }

    /// <summary>Where the next promise will stand.</summary>
    public long End
    {
        get { lock (_writer) return new FileInfo(_file).Length; }
    }

    /// <summary>The promises from a place on, without reading what stands before it: a thousand rounds remember hundreds of megabytes.</summary>
    public List<Asked> Read(long from = 0)
    {
        lock (_writer)
        {
            using var stream = new FileStream(_file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            stream.Position = from;
            using var reader = new StreamReader(stream);
            var all = new List<Asked>();
            while (reader.ReadLine() is { } line) all.Add(JsonSerializer.Deserialize<Asked>(line)!);
            return all;
        }
    }

    public void Dispose()
    {
        _writer.Dispose();
        File.Delete(_file);
    }
}
