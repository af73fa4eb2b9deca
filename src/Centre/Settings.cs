using System.Globalization;
using Microsoft.Extensions.Configuration;
using Shanmen.Platform.Storage;

namespace Shanmen.Centre;

/// <summary>Something that the person at the command line can put right. Shown as a sentence, without a stack.</summary>
public sealed class OperatorException(string message) : Exception(message);

/// <summary>
/// How this program runs. In order of weight: command line, environment (SHANMEN__PORT …), shanmen.json in the data
/// folder, default. A value that makes no sense stops the program before it opens anything.
/// </summary>
/// <param name="Demo">A new store gets the demo park: only where no data folder was named.</param>
/// <param name="Web">Folder of the built screens.</param>
/// <param name="PlainOutput">Prints ADDRESS and PASSWORD lines for programs instead of the banner.</param>
/// <param name="Lanes">On PostgreSQL: how many groups this program commits side by side; all programs on one database share eight.</param>
/// <param name="MetricsToken">What a collector of /metrics must show; null: only collectors on this machine are answered.</param>
public sealed record Settings(int Port, int HttpsPort, bool Demo, bool Simulation, string Web, bool PlainOutput, int BackupHour, int Lanes, string? MetricsToken, StoreOptions Store)
{
    private const int MetricsTokenMin = 16;

    public static Settings Read(string? data, string? database)
    {
        var environment = new ConfigurationBuilder().AddEnvironmentVariables("SHANMEN__").Build();
        var named = data ?? environment["DATA"];
        var folder = Path.GetFullPath(named ?? "data");
        IConfiguration all;
        try
        {
            all = new ConfigurationBuilder().AddJsonFile(Path.Combine(folder, "shanmen.json"), optional: true).AddEnvironmentVariables("SHANMEN__").Build();
        }
        catch (Exception wrong) when (wrong is InvalidDataException or FormatException)
        {
            throw new OperatorException($"shanmen.json 读不懂 / cannot be read: {wrong.InnerException?.Message ?? wrong.Message}");
        }
        var synchronous = (all["SYNCHRONOUS"] ?? "FULL").ToUpperInvariant();
        if (synchronous is not ("FULL" or "EXTRA" or "NORMAL" or "OFF"))
            throw new OperatorException($"SYNCHRONOUS={synchronous}: FULL 或 EXTRA / FULL or EXTRA");
        var metrics = all["METRICSTOKEN"] is { Length: > 0 } token ? token : null;
        if (metrics is { Length: < MetricsTokenMin }) throw new OperatorException($"METRICSTOKEN: 至少 {MetricsTokenMin} 个字符 / at least {MetricsTokenMin} characters");
        return new Settings(
            Number(all, "PORT", 5080, 0, 65535), Number(all, "HTTPSPORT", 5443, 1, 65535),
            Flag(all, "DEMO", named is null), Flag(all, "SIMULATION", false),
            Path.GetFullPath(all["WEB"] ?? Path.Combine(AppContext.BaseDirectory, "web")), Flag(all, "PLAINOUTPUT", false), Number(all, "BACKUPHOUR", 3, 0, 23), Number(all, "LANES", 2, 1, Platform.WritePath.Lanes.Max), metrics,
            new StoreOptions(folder, database ?? all["DATABASE"]) { Synchronous = synchronous });
    }

    private static int Number(IConfiguration all, string key, int standard, int min, int max)
    {
        if (all[key] is not { Length: > 0 } text) return standard;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max ? number
            : throw new OperatorException($"{key}={text}: 须为 {min} 至 {max} 的整数 / must be a whole number from {min} to {max}");
    }

    private static bool Flag(IConfiguration all, string key, bool standard) => all[key]?.ToLowerInvariant() switch
    {
        null or "" => standard,
        "1" or "true" or "yes" => true,
        "0" or "false" or "no" => false,
        var text => throw new OperatorException($"{key}={text}: true 或 false / true or false"),
    };
}
