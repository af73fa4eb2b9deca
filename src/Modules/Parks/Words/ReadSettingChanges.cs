using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Parks;

/// <summary>A change of the park's words or parameters.</summary>
/// <param name="Dictionary">What of its words was changed; null where it was the parameters.</param>
/// <param name="Parameters">What of its parameters was changed; null where it was words.</param>
public sealed record SettingChange(DateTimeOffset At, string Who, DictionarySaved? Dictionary, ParametersSaved? Parameters);

/// <summary>Says who changed what of the park's words and parameters (谁改了什么), the newest first, from the facts of the log.</summary>
internal static class ReadSettingChanges
{
    /// <summary>As the index of the log has it, word for word.</summary>
    internal const string Kinds = "kind in ('DictionarySaved', 'ParametersSaved')";
    private const int ChangesMax = 100;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<SettingChange[]>("/api/setting-changes", Permission.SetUpPark, Read);

    private static async Task<SettingChange[]?> Read(HttpContext http, Principal who)
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        var records = await http.RequestServices.GetRequiredService<Database>().Query(LogRecord.Read,
            $"select {LogRecord.Columns} from log where park = @1 and {Kinds} order by at desc, lane desc, seq desc limit {ChangesMax}", who.Park);
        return [.. records.Select(r => r.Kind == nameof(ParametersSaved)
            ? new SettingChange(r.Moment, parks.NameOfStaff(r.Principal), null, JsonSerializer.Deserialize<ParametersSaved>(r.Body, Json.Options))
            : new SettingChange(r.Moment, parks.NameOfStaff(r.Principal), Brief(r), null))];
    }

    /// <summary>The words of the list as they stood after it are not told again: what changed says enough.</summary>
    private static DictionarySaved Brief(LogRecord record) => JsonSerializer.Deserialize<DictionarySaved>(record.Body, Json.Options)! with { Entries = [] };
}
