namespace Shanmen.Holiday.Day;

/// <summary>
/// When people come and how long they stay. The shape is invented after what large mountain parks report: most come in the
/// first hours, a second wave before noon, few later; the lanterns draw their own crowd in the evening.
/// </summary>
sealed class ArrivalCurve(Random random)
{
    private const int ShortestStay = 180, LongestStay = 420, ShortestLanterns = 45, LongestLanterns = 90;

    /// <summary>A minute of entry between the first and the last one.</summary>
    public int Morning(int from, int last)
    {
        while (true)
        {
            var minute = random.NextDouble() switch
            {
                < 0.62 => from + 130 + (Bell() * 55),
                < 0.90 => from + 270 + (Bell() * 80),
                _ => from + (random.NextDouble() * (last - from)),
            };
            if (minute >= from && minute <= last) return (int)minute;
        }
    }

    public int Evening(int from, int last)
    {
        while (true)
        {
            var minute = from + 70 + (Bell() * 45);
            if (minute >= from && minute <= last) return (int)minute;
        }
    }

    public int StayOnMountain() => random.Next(ShortestStay, LongestStay + 1);
    public int StayAtLanterns() => random.Next(ShortestLanterns, LongestLanterns + 1);

    /// <summary>A number of the normal distribution (Box-Muller).</summary>
    private double Bell() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
