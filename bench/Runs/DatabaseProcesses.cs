using System.Globalization;
using Npgsql;

namespace Shanmen.Bench.Runs;

/// <summary>The processes of a PostgreSQL on this machine: what it costs is part of what a request costs.</summary>
internal sealed class DatabaseProcesses
{
    private const int TicksPerSecond = 100;
    private readonly int _postmaster;

    private DatabaseProcesses(int postmaster) => _postmaster = postmaster;

    /// <summary>Null when the database runs on another machine, or where there is no /proc to look in.</summary>
    public static async Task<DatabaseProcesses?> Of(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select pg_backend_pid()", connection);
        var backend = Stat.Of((int)(await command.ExecuteScalarAsync())!);
        return backend is { Name: "postgres" } && Stat.Of(backend.Parent) is { Name: "postgres" } ? new DatabaseProcesses(backend.Parent) : null;
    }

    /// <summary>Processor time of the postmaster, of its children, and of those that have ended.</summary>
    public TimeSpan Cpu
    {
        get
        {
            var all = Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out var id) ? Stat.Of(id) : null).OfType<Stat>().ToArray();
            var ticks = all.Where(s => s.Id == _postmaster).Sum(s => s.Own + s.Ended) + all.Where(s => s.Parent == _postmaster).Sum(s => s.Own);
            return TimeSpan.FromSeconds(ticks / (double)TicksPerSecond);
        }
    }

    /// <param name="Own">Ticks that the process itself used.</param>
    /// <param name="Ended">Ticks of its children that have ended.</param>
    private sealed record Stat(int Id, string Name, int Parent, long Own, long Ended)
    {
        public static Stat? Of(int process)
        {
            string text;
            try { text = File.ReadAllText($"/proc/{process}/stat"); }
            catch (IOException) { return null; } // It has ended meanwhile, or it was never here.
            var (open, close) = (text.IndexOf('('), text.LastIndexOf(')'));
            var rest = text[(close + 2)..].Split(' ');
            long Number(int field) => long.Parse(rest[field], CultureInfo.InvariantCulture);
            return new Stat(process, text[(open + 1)..close], (int)Number(1), Number(11) + Number(12), Number(13) + Number(14));
        }
    }
}
