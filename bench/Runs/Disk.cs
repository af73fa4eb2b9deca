using System.Diagnostics;

namespace Shanmen.Bench.Runs;

/// <summary>What the disk under the stores can do.</summary>
internal static class Disk
{
    private const int Times = 200, Bytes = 8192;

    /// <summary>Median time of writing 8 kB and making them durable.</summary>
    public static double FdatasyncMicros(string folder)
    {
        var file = Path.Combine(folder, "fdatasync.probe");
        var taken = new double[Times];
        using (var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, 0))
        {
            var block = new byte[Bytes];
            stream.SetLength(Bytes * Times);
            stream.Flush(flushToDisk: true);
            for (var i = 0; i < Times; i++)
            {
                var start = Stopwatch.GetTimestamp();
                stream.Write(block);
                stream.Flush(flushToDisk: true);
                taken[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            }
        }
        File.Delete(file);
        Array.Sort(taken);
        return taken[Times / 2];
    }
}
