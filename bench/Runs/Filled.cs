using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanmen.Bench.Runs;

/// <summary>What a filled store is, and how the filling went. Rates are null when nothing had to be sold any more.</summary>
/// <param name="Orders">Orders that the store holds, as counted.</param>
/// <param name="Days">Business days that are closed.</param>
/// <param name="FirstTenthPerSecond">Orders a second over the first tenth, the ends of its days included.</param>
/// <param name="TenthRatio">The last tenth by the first: 1 when a full store sells as fast as an empty one.</param>
/// <param name="BytesPerOrder">What the store grew by; answers older than ninety days are pruned.</param>
/// <param name="TableBytesPerOrder">The largest tables with their indexes; null when the store cannot tell.</param>
/// <param name="DayCloseMs">How long closing the books of the last day took.</param>
/// <param name="RssMb">Memory of the server at the end.</param>
/// <param name="VerifyPeakMb">The most memory that the verification held.</param>
internal sealed record Filled(string Bench, string Store, long Orders, int Days, double? PerSecond, double? FirstTenthPerSecond, double? LastTenthPerSecond, double? TenthRatio,
    double BytesPerOrder, Dictionary<string, double>? TableBytesPerOrder, double? DayCloseMs, double? RssMb, string? Verify = null, double? VerifySeconds = null, double? VerifyPeakMb = null)
{
    [JsonIgnore] public bool IsSound => Verify is null or "ok";

    public string ToJson() => JsonSerializer.Serialize(this, FilledJson.Default.Filled);
    public string ToText() => string.Join("; ", new[]
    {
        $"{Store}, {Orders:N0} orders, {Days} days, {BytesPerOrder:N0} bytes an order",
        PerSecond is null ? null : $"{PerSecond:N0}/s, first tenth {FirstTenthPerSecond:N0}, last tenth {LastTenthPerSecond:N0}, ratio {TenthRatio:F3}",
        DayCloseMs is null ? null : $"the last day closed in {DayCloseMs:N0} ms, {RssMb:N0} MB",
        Verify is null ? null : $"verify: {Verify} in {VerifySeconds:N1} s, {VerifyPeakMb:N0} MB",
        TableBytesPerOrder is null ? null : string.Join(", ", TableBytesPerOrder.Select(t => $"{t.Key} {t.Value:N0}")),
    }.OfType<string>());
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Filled))]
internal sealed partial class FilledJson : JsonSerializerContext;
