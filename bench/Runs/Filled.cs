using System.Text.Json;
using System.Text.Json.Serialization;

namespace Shanmen.Bench.Runs;

/// <summary>What a filled store is, and how the filling went. Rates are null when nothing had to be sold any more.</summary>
/// <param name="Orders">Orders that the store holds, as counted.</param>
/// <param name="Days">Business days that are closed.</param>
/// <param name="FirstTenthPerSecond">Orders a second over the first tenth, the ends of its days included.</param>
/// <param name="TenthRatio">The last tenth by the first: 1 when a full store sells as fast as an empty one.</param>
/// <param name="DayCloseMs">How long closing the books of the last day took.</param>
/// <param name="RssMb">Memory of the server at the end.</param>
internal sealed record Filled(string Bench, string Store, long Orders, int Days, double? PerSecond, double? FirstTenthPerSecond, double? LastTenthPerSecond, double? TenthRatio,
    double BytesPerOrder, double? DayCloseMs, double? RssMb)
{
    public string ToJson() => JsonSerializer.Serialize(this, FilledJson.Default.Filled);
    public string ToText() => $"{Store}, {Orders:N0} orders, {Days} days: {PerSecond:N0}/s, first tenth {FirstTenthPerSecond:N0}, last tenth {LastTenthPerSecond:N0}, ratio {TenthRatio:F3}; "
        + $"{BytesPerOrder:F0} bytes an order; the last day closed in {DayCloseMs:F0} ms; {RssMb:F0} MB";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Filled))]
internal sealed partial class FilledJson : JsonSerializerContext;
