using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Bench.Load;

namespace Shanmen.Bench.Runs;

/// <summary>What one run measured: ours and the limit, by the same generator, one after the other.</summary>
/// <param name="Before">Orders that the store held before.</param>
/// <param name="Rows">What the store holds of the acknowledged requests; equal to <paramref name="Acknowledged"/> or the run has failed.</param>
/// <param name="Differences">Accounts that do not hold what was acknowledged.</param>
/// <param name="FdatasyncMicros">Median of an fdatasync of 8 kB on the same disk, just before.</param>
internal sealed record Outcome(string Bench, string Store, int Clients, bool Hot, bool Signed, long Before, Met Ours, Met Limit, long Acknowledged, long Rows, string[] Differences, double FdatasyncMicros)
{
    public bool IsSound => Ours.Errors == 0 && Limit.Errors == 0 && Acknowledged == Rows && Differences.Length == 0 && Ours.Done > 0 && Limit.Done > 0;

    private double? CpuRatio => Limit.CpuMicros > 0 ? Ours.CpuMicros / Limit.CpuMicros : null;
    /// <summary>Null when the limit got nothing done.</summary>
    private double? Ratio => Limit.PerSecond > 0 ? Ours.PerSecond / Limit.PerSecond : null;

    public string ToJson() => JsonSerializer.Serialize(new Line(Bench, Store, Clients, Hot, Signed, Before, Round(Ours.PerSecond), Round(Limit.PerSecond), Round(Ratio, 3),
        Round(Ours.P50Ms, 3), Round(Ours.P99Ms, 3), Round(Limit.P50Ms, 3), Round(Limit.P99Ms, 3), Round(Ours.CpuMicros, 1), Round(Limit.CpuMicros, 1), Round(CpuRatio, 2),
        Round(Ours.GeneratorMicros, 1), Ours.Errors, Acknowledged, Rows, Differences.Length, Round(Ours.RssMb), Round(FdatasyncMicros)), LineJson.Default.Line);

    public string ToText() => $"{Bench} {Store} {Clients}{(Before > 0 ? $" after {Before:N0} orders" : "")}: {Ours.PerSecond:N0}/s, limit {Limit.PerSecond:N0}/s, ratio {Ratio:F3}; "
        + $"p50 {Ours.P50Ms:F2} ms, p99 {Ours.P99Ms:F2} ms; CPU {Ours.CpuMicros:F0} µs an operation, limit {Limit.CpuMicros:F0}; {Ours.RssMb:F0} MB";

    /// <summary>Why the run is not sound, a line each.</summary>
    public IEnumerable<string> Complaints =>
        new[] { Ours.FirstError, Limit.FirstError, Ours.Done > 0 && Limit.Done > 0 ? null : "在测量的时间内什么也没做完 / nothing was done in the measured time", Acknowledged == Rows ? null : $"{Acknowledged} acknowledged, {Rows} stored" }.OfType<string>().Concat(Differences.Take(5));

    private static double Round(double value, int digits = 0) => Math.Round(value, digits);
    private static double? Round(double? value, int digits) => value is { } known ? Math.Round(known, digits) : null;
}

/// <summary>The one line of standard output.</summary>
internal sealed record Line(string Bench, string Store, int Clients, bool Hot, bool Signed, long OrdersBefore, double PerSecond, double LimitPerSecond, double? Ratio, double P50Ms, double P99Ms,
    double LimitP50Ms, double LimitP99Ms, double? CpuUsPerOp, double? LimitCpuUsPerOp, double? CpuRatio, double GeneratorCpuUs, long Errors, long Acknowledged, long Rows, int Differences,
    double RssMb, double FdatasyncUs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Line))]
internal sealed partial class LineJson : JsonSerializerContext;
