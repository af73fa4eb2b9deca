using System.Diagnostics;
using Shanmen.Client;

namespace Shanmen.Bench.Load;

/// <summary>What one client asks next, given how often it asked; null when it has nothing left to ask.</summary>
internal delegate ReadOnlyMemory<byte>? Asking(int client, int turn);

/// <summary>What a crowd of clients met.</summary>
/// <param name="Asked">Requests of the whole time, the warm-up included, that were acknowledged.</param>
/// <param name="Done">Acknowledged requests of the measured time.</param>
/// <param name="ServerCpu">Processor time of the server in the measured time.</param>
internal sealed record Met(long Asked, long Done, long Errors, double Seconds, double P50Ms, double P99Ms, TimeSpan ServerCpu, TimeSpan GeneratorCpu, double RssMb, string? FirstError)
{
    public double PerSecond => Done / Seconds;
    public double CpuMicros => Done == 0 ? 0 : ServerCpu.TotalMicroseconds / Done;
    public double GeneratorMicros => Done == 0 ? 0 : GeneratorCpu.TotalMicroseconds / Done;
}

/// <summary>Clients that ask one after the other on a connection of their own, all at the same time.</summary>
internal static class Crowd
{
    private const int LatenciesKept = 4_000_000;

    public static async Task<Met> Ask(Uri address, int clients, double warmSeconds, double seconds, Asking asking, Func<TimeSpan> serverCpu, Func<double> serverRss)
    {
        var lines = new HttpLine[clients];
        for (var i = 0; i < clients; i++) await (lines[i] = new HttpLine()).Connect(address);
        var tallies = Enumerable.Range(0, clients).Select(_ => new Tally()).ToArray();
        long from = long.MaxValue, until = long.MaxValue;
        try
        {
            var asked = Enumerable.Range(0, clients).Select(i => Task.Run(() => One(lines[i], i, tallies[i]))).ToArray();
            await Task.Delay(TimeSpan.FromSeconds(warmSeconds));
            var (cpu, own, start) = (serverCpu(), OwnCpu(), Stopwatch.GetTimestamp());
            Volatile.Write(ref from, start);
            await Task.Delay(TimeSpan.FromSeconds(seconds));
            var end = Stopwatch.GetTimestamp();
            Volatile.Write(ref until, end);
            var (cpuSpent, ownSpent, rss) = (serverCpu() - cpu, OwnCpu() - own, serverRss());
            await Task.WhenAll(asked);

            var all = tallies.SelectMany(t => t.Ticks).ToArray();
            Array.Sort(all);
            double At(double part) => all.Length == 0 ? 0 : all[(int)Math.Min(all.Length - 1, all.Length * part)] * 1000.0 / Stopwatch.Frequency;
            return new Met(tallies.Sum(t => t.Asked), all.Length, tallies.Sum(t => t.Errors), (end - start) / (double)Stopwatch.Frequency, At(0.5), At(0.99), cpuSpent, ownSpent, rss,
                tallies.Select(t => t.FirstError).FirstOrDefault(e => e is not null));
        }
        finally { foreach (var line in lines) line.Dispose(); }

        async Task One(HttpLine line, int client, Tally tally)
        {
            for (var turn = 0; Volatile.Read(ref until) == long.MaxValue; turn++)
            {
                if (asking(client, turn) is not { } request) throw new ClientException("问完了 / the clients ran out of things to ask: choose fewer seconds.");
                var sent = Stopwatch.GetTimestamp();
                var status = await line.Exchange(request);
                var came = Stopwatch.GetTimestamp();
                if (status is >= 200 and < 300) tally.Asked++;
                else { tally.Errors++; tally.FirstError ??= $"{status} {System.Text.Encoding.UTF8.GetString(line.Body.Span)}"; continue; }
                if (sent >= Volatile.Read(ref from) && came <= Volatile.Read(ref until) && tally.Ticks.Count < LatenciesKept) tally.Ticks.Add(came - sent);
            }
        }
    }

    private static TimeSpan OwnCpu() { using var own = Process.GetCurrentProcess(); return own.TotalProcessorTime; }

    private sealed class Tally
    {
        public long Asked, Errors;
        public string? FirstError;
        public List<long> Ticks { get; } = new(1 << 16);
    }
}
