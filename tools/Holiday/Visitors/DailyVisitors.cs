using Shanmen.Client;
using System.Globalization;

namespace Shanmen.Holiday.Visitors;

/// <summary>How many people really came to a large mountain park (客流), by day. The source stands in the embedded text.</summary>
static class DailyVisitors
{
    private static readonly Lazy<SortedDictionary<DateOnly, int>> Counts = new(Read);

    public static DateOnly First => Counts.Value.Keys.First();
    public static DateOnly Last => Counts.Value.Keys.Last();

    /// <summary>The visitors of a day.</summary>
    /// <exception cref="ClientException">The day is outside the range, or its count is missing or known to be wrong.</exception>
    public static int On(DateOnly day) => Counts.Value.TryGetValue(day, out var visitors) ? visitors : throw new ClientException(
        $"{day:yyyy-MM-dd}: 没有这一天的客流 / no count for this day. 可用 / known: {First:yyyy-MM-dd} … {Last:yyyy-MM-dd}, "
        + $"{Counts.Value.Count} 天 / days{(day > First && day < Last ? $". 最近的 / the nearest: {Nearest(day):yyyy-MM-dd}" : "")}");

    private static DateOnly Nearest(DateOnly day) => Counts.Value.Keys.MinBy(known => Math.Abs(known.DayNumber - day.DayNumber));

    private static SortedDictionary<DateOnly, int> Read()
    {
        using var text = new StreamReader(typeof(DailyVisitors).Assembly.GetManifestResourceStream("daily-visitors.txt")!);
        var counts = new SortedDictionary<DateOnly, int>();
        while (text.ReadLine() is { } line)
        {
            if (line.StartsWith('#')) continue;
            var cells = line.Split(' ');
            var first = DateOnly.ParseExact(cells[0], "yyyy-MM", CultureInfo.InvariantCulture);
            for (var i = 1; i < cells.Length; i++)
                if (cells[i] != "-") counts.Add(first.AddDays(i - 1), int.Parse(cells[i], CultureInfo.InvariantCulture));
        }
        return counts;
    }
}
