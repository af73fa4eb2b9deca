using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Bench.Load;

namespace Shanmen.Bench.Runs;

/// <summary>What a run of quotes measured.</summary>
/// <param name="Rules">Price rules and sets of the version that priced.</param>
/// <param name="Floor">The same clients asking the same program whether it lives, just before: what the machine and HTTP cost without any price.</param>
internal sealed record Quoted(string Store, int Clients, int Lines, int Rules, Met Ours, Met Floor)
{
    public bool IsSound => Ours.Errors == 0 && Floor.Errors == 0 && Ours.Done > 0 && Floor.Done > 0;

    public string ToJson() => JsonSerializer.Serialize(new QuotedLine("quote", Store, Clients, Lines, Rules, Math.Round(Ours.PerSecond), Math.Round(Ours.P50Ms, 3), Math.Round(Ours.P99Ms, 3),
        Round(Ours.CpuMicros), Math.Round(Floor.P50Ms, 3), Math.Round(Floor.P99Ms, 3), Round(Floor.CpuMicros), Ours.Errors, Ours.Asked, Math.Round(Ours.RssMb)), QuotedJson.Default.QuotedLine);

    public string ToText() => $"quote {Store} {Clients}, {Lines} lines by {Rules} rules: {Ours.PerSecond:N0}/s; p50 {Ours.P50Ms:F2} ms, p99 {Ours.P99Ms:F2} ms; CPU {Ours.CpuMicros:F0} µs a quote; "
        + $"an answer without a price: p50 {Floor.P50Ms:F2} ms, CPU {Floor.CpuMicros:F0} µs; {Ours.RssMb:F0} MB";

    /// <summary>Why the run is not sound, a line each.</summary>
    public IEnumerable<string> Complaints =>
        new[] { Ours.FirstError, Floor.FirstError, Ours.Done > 0 && Floor.Done > 0 ? null : "在测量的时间内什么也没做完 / nothing was done in the measured time" }.OfType<string>();

    private static double? Round(double? value) => value is { } known ? Math.Round(known, 1) : null;
}

/// <summary>The one line of standard output.</summary>
internal sealed record QuotedLine(string Bench, string Store, int Clients, int Lines, int Rules, double PerSecond, double P50Ms, double P99Ms, double? CpuUsPerOp,
    double FloorP50Ms, double FloorP99Ms, double? FloorCpuUsPerOp, long Errors, long Answered, double RssMb);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(QuotedLine))]
internal sealed partial class QuotedJson : JsonSerializerContext;
