using System.Text.Json;
using System.Text.Json.Serialization;
using Shanmen.Bench.Load;

namespace Shanmen.Bench.Runs;

/// <summary>How soon one meaning of a text was found.</summary>
/// <param name="Count">Orders that it finds.</param>
internal sealed record SearchFound(string What, long Count, Met Met);

/// <summary>What a run of searches measured.</summary>
internal sealed record Searched(string Store, long Orders, int Clients, SearchFound[] Found)
{
    public bool IsSound => Found.All(f => f.Met.Errors == 0 && f.Met.Done > 0);

    public string ToJson() => JsonSerializer.Serialize(new SearchedLine("search", Store, Orders, Clients, Found.Sum(f => f.Met.Errors),
        Found.ToDictionary(f => f.What, f => new SearchedPart(f.Count, Math.Round(f.Met.P50Ms, 2), Math.Round(f.Met.P99Ms, 2), Math.Round(f.Met.PerSecond)))), SearchedJson.Default.SearchedLine);

    public string ToText() => $"search {Store}, {Orders:N0} orders, {Clients} clients\n" + string.Join('\n', Found.Select(f => $"  {f.What,-10} {f.Count,8:N0} found; p50 {f.Met.P50Ms:F2} ms, p99 {f.Met.P99Ms:F2} ms, {f.Met.PerSecond:N0}/s"));

    /// <summary>Why the run is not sound, a line each.</summary>
    public IEnumerable<string> Complaints => Found.Select(f => f.Met.FirstError ?? (f.Met.Done > 0 ? null : $"{f.What}: 在测量的时间内什么也没做完 / nothing was done in the measured time")).OfType<string>();
}

/// <summary>The one line of standard output.</summary>
internal sealed record SearchedLine(string Bench, string Store, long Orders, int Clients, long Errors, Dictionary<string, SearchedPart> Found);

internal sealed record SearchedPart(long Orders, double P50Ms, double P99Ms, double PerSecond);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SearchedLine))]
internal sealed partial class SearchedJson : JsonSerializerContext;
