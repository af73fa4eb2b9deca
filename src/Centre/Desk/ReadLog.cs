using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Centre.Desk;

/// <summary>日志查询: who did what, newest first. Each line has its number in the chained log, so paper and screen can be compared.</summary>
internal static class ReadLog
{
    internal sealed record Row(int Lane, long Seq, DateTimeOffset At, string Kind, string Who, string Text);
    internal sealed record Answer(List<Row> Rows, int Page, int PageCount, long Total);
    private const int PageSize = 50;
    private const string Where = " where park = @1 and day = @2 and (@3 = '' or kind = @3)";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<Answer>("/api/log", Permission.ReadLog, async (http, who) =>
    {
        var q = http.Request.Query;
        var times = http.RequestServices.GetRequiredService<ParkTimes>();
        var day = BusinessDay.TryParse(q["day"].ToString(), out var asked) ? asked : times.DayAt(who.Park, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow());
        var kind = q["kind"].ToString() is { Length: <= 40 } text ? text : "-";
        var page = Math.Clamp(int.TryParse(q["page"], out var p) ? p : 1, 1, 1_000_000);
        var database = http.RequestServices.GetRequiredService<Database>();
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        object?[] filter = [who.Park, BusinessDay.Number(day), kind];
        var rows = await database.Query(LogRecord.Read, $"select {LogRecord.Columns} from log{Where} order by lane, seq desc limit {PageSize} offset {(page - 1L) * PageSize}", filter);
        var total = await database.Number("select count(*) from log" + Where, filter);
        return new Answer([.. rows.Select(r => new Row(r.Lane, r.Seq, r.Moment, r.Kind, parks.NameOfStaff(r.Principal), r.Body))], page,
            (int)Math.Max(1, (total + PageSize - 1) / PageSize), total);
    }).Asks<DateOnly>("day").Asks<string>("kind").Asks<int>("page");
}
