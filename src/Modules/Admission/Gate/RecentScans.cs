using System.Text.Json;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Gate;

/// <summary>最近检票: the last twenty scans of a lane today, read from the log.</summary>
internal static class RecentScans
{
    private const int Shown = 20;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<List<VerdictAnswer>>("/api/admission/recent", Permission.Admit, async (http, who) =>
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        if (!Guid.TryParse(http.Request.Query["laneId"], out var lane) || !parks.Of(who.Park).Lanes.ContainsKey(lane) || (who.Lane is { } own && own != lane))
            return null;
        var words = new VerdictWords(http.RequestServices.GetRequiredService<Texts>(), Texts.WantsEnglish(http));
        var today = BusinessDay.Number(http.RequestServices.GetRequiredService<ParkTimes>().DayAt(who.Park, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()));
        // The lane stands in the fact's body: a scan may be of any ticket. The day's newest thousand scans are enough for a list of twenty.
        var records = await http.RequestServices.GetRequiredService<Database>().Query(LogRecord.Read,
            $"select {LogRecord.Columns} from log where park = @1 and day = @2 and (kind = @3 or kind = @4) order by seq desc limit 1000",
            who.Park, today, nameof(TicketAdmitted), nameof(ScanRefused));
        return [.. records.Select(r => AnswerOf(r, lane, words)).OfType<VerdictAnswer>().Take(Shown)];
    }).Asks<Guid>("laneId", required: true);

    private static VerdictAnswer? AnswerOf(LogRecord record, Guid lane, VerdictWords words)
    {
        if (record.Kind == nameof(TicketAdmitted))
            return JsonSerializer.Deserialize<TicketAdmitted>(record.Body, Json.Options) is { } fact && fact.LaneId == lane ? words.FromFact(fact, record.Moment) : null;
        return JsonSerializer.Deserialize<ScanRefused>(record.Body, Json.Options) is { } refused && refused.LaneId == lane ? words.FromFact(refused, record.Moment) : null;
    }
}
