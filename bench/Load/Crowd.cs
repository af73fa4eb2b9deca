using System.Diagnostics;

namespace Shanmen.Bench.Load;

/// <summary>What an exchange came to: acknowledged, refused with these words, or not begun because nothing was left to ask.</summary>
internal readonly record struct Heard(bool Done, string? Trouble)
{
    public static readonly Heard Yes = new(true, null), Nothing = new(false, null);
    public static Heard No(string why) => new(false, why);
}

/// <summary>One client's way to what is measured.</summary>
internal interface ILine : IDisposable
{
    /// <param name="turn">How often this client asked before.</param>
    Task<Heard> Ask(int turn);
}

/// <summary>What a crowd of clients met.</summary>
/// <param name="Asked">Requests of the whole time, the warm-up included, that were acknowledged.</param>
/// <param name="Done">Acknowledged requests of the measured time.</param>
/// <param name="ServerCpu">Processor time of the server, and of its database, in the measured time; null when the database is on another machine.</param>
internal sealed record Met(long Asked, long Done, long Errors, double Seconds, double P50Ms, double P99Ms, TimeSpan? ServerCpu, TimeSpan GeneratorCpu, double RssMb, string? FirstError)
{
    public double PerSecond => Done / Seconds;
    public double? CpuMicros => Done == 0 ? null : ServerCpu?.TotalMicroseconds / Done;
    public double GeneratorMicros => Done == 0 ? 0 : GeneratorCpu.TotalMicroseconds / Done;
}

/// <summary>Clients that ask one after the other on a line of their own, all at the same time.</summary>
internal static class Crowd
{
    private const int LatenciesKept = 4_000_000;

    /// <summary>Asks for the time given, or until somebody has nothing left to ask.</summary>
    public static async Task<Met> Ask(IReadOnlyList<ILine> lines, double warmSeconds, double seconds, Func<TimeSpan?> serverCpu, Func<double> serverRss)
    {
        var tallies = lines.Select(_ => new Tally()).ToArray();
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        long from = long.MaxValue, until = long.MaxValue;
        try
        {
            var asked = lines.Select((line, i) => Task.Run(() => One(line, tallies[i]))).ToArray();
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(warmSeconds)), empty.Task);
            var (cpu, own, start) = (serverCpu(), OwnCpu(), Stopwatch.GetTimestamp());
            Volatile.Write(ref from, start);
            await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(seconds)), empty.Task);
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

        async Task One(ILine line, Tally tally)
        {
            for (var turn = 0; Volatile.Read(ref until) == long.MaxValue; turn++)
            {
                var sent = Stopwatch.GetTimestamp();
                var heard = await line.Ask(turn);
                var came = Stopwatch.GetTimestamp();
                if (heard.Done) tally.Asked++;
                else if (heard.Trouble is null) { empty.TrySetResult(); return; }
                else { tally.Errors++; tally.FirstError ??= heard.Trouble; continue; }
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
