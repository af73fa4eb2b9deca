using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Bench.Load;

namespace Shanmen.Bench.Runs;

/// <summary>What one run measured: ours and the limit, by the same generator, one after the other.</summary>
/// <param name="Rows">What the store holds of the acknowledged requests; equal to <paramref name="Acknowledged"/> or the run has failed.</param>
/// <param name="FdatasyncMicros">Median of an fdatasync of 8 kB on the same disk, just before.</param>
internal sealed record Outcome(string Bench, string Store, int Clients, bool Hot, Met Ours, Met Limit, long Acknowledged, long Rows, double FdatasyncMicros)
{
    public bool IsSound => Ours.Errors == 0 && Limit.Errors == 0 && Acknowledged == Rows && Ours.Done > 0 && Limit.Done > 0;

    public string ToJson() => JsonSerializer.Serialize(new Line(Bench, Store, Clients, Hot, Round(Ours.PerSecond), Round(Limit.PerSecond), Round(Ours.PerSecond / Limit.PerSecond, 3),
        Round(Ours.P50Ms, 3), Round(Ours.P99Ms, 3), Round(Limit.P50Ms, 3), Round(Limit.P99Ms, 3), Round(Ours.CpuMicros, 1), Round(Limit.CpuMicros, 1), Round(Ours.CpuMicros / Limit.CpuMicros, 2),
        Round(Ours.GeneratorMicros, 1), Ours.Errors, Acknowledged, Rows, Round(Ours.RssMb), Round(FdatasyncMicros)), LineJson.Default.Line);

    public string ToText() => $"{Bench} {Store} {Clients}: {Ours.PerSecond:N0}/s, limit {Limit.PerSecond:N0}/s, ratio {Ours.PerSecond / Limit.PerSecond:F3}; "
        + $"p50 {Ours.P50Ms:F2} ms, p99 {Ours.P99Ms:F2} ms; CPU {Ours.CpuMicros:F0} µs an operation, limit {Limit.CpuMicros:F0}; {Ours.RssMb:F0} MB"
        + (Ours.FirstError is { } error ? $"\n✗ {error}" : "") + (Acknowledged == Rows ? "" : $"\n✗ {Acknowledged} acknowledged, {Rows} stored");

    private static double Round(double value, int digits = 0) => Math.Round(value, digits);
}

/// <summary>The one line of standard output.</summary>
internal sealed record Line(string Bench, string Store, int Clients, bool Hot, double PerSecond, double LimitPerSecond, double Ratio, double P50Ms, double P99Ms,
    double LimitP50Ms, double LimitP99Ms, double CpuUsPerOp, double LimitCpuUsPerOp, double CpuRatio, double GeneratorCpuUs, long Errors, long Acknowledged, long Rows,
    double RssMb, double FdatasyncUs);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Line))]
internal sealed partial class LineJson : JsonSerializerContext;
