using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog.Files;

/// <summary>Takes a file of all that a park sells (导入): all of its changes in one commit, or none. It removes nothing.</summary>
internal static class ImportCatalog
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<RawBody, CatalogFileAnswer>("POST", "/api/catalogue", Permission.SetUpPark, Prepare)
            .Accepts<CatalogFile>("application/json").Asks<bool>("dryRun").Asks<DateTimeOffset>("pricesFrom").Asks<string>("expects").WithMetadata(new LargeBody(CatalogFile.BytesMax)).SeenByTwo();

    private static async Task<Prepared> Prepare(RawBody body, WriteContext ctx)
    {
        var query = ctx.Http.Request.Query;
        // A word that is not understood must not mean "do it".
        var asked = query["dryRun"].ToString();
        ctx.Fields.Check("dryRun", asked.Length == 0 || bool.TryParse(asked, out _), "Field.Choice");
        var isTrial = bool.TryParse(asked, out var trial) && trial;
        DateTimeOffset? from = null;
        if (query["pricesFrom"].ToString() is { Length: > 0 } text)
        {
            ctx.Fields.Check("pricesFrom", DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment) && moment.Year is > 2000 and < 2200, "Field.Day");
            from = moment.ToUniversalTime();
        }
        if (ctx.Fields.Errors is { } wrong) return WriteContext.Wrong(wrong);
        var (texts, english) = (ctx.Get<Texts>(), Texts.WantsEnglish(ctx.Http));
        var faults = new FileFaults(texts, english);
        var reader = new FileReader(body.Bytes, faults);
        if (reader.Read() is not { } parts) return new(null, faults.ToRefusal(400), null);
        var now = await CatalogNow.Read(ctx.Http.RequestServices, ctx.Park);
        var form = new FileForm(reader, faults, now, ctx.Get<PriceBook>(), ctx.Get<QuotaBook>(), () => new Fields(ctx.Http, texts), ctx.Key);
        if (form.Read(parts, from) is not { } plan) return new(null, faults.ToRefusal(400), null);
        var expects = query["expects"].ToString();
        return ctx.Run(new Importing(ctx.Park, plan, faults, plan.Answer(isTrial), isTrial, expects.Length == 0 ? null : expects));
    }

    /// <summary>Does what the plan says by the writes of the office's forms, or tells every one of them that is refused.</summary>
    private sealed class Importing(int park, FilePlan plan, FileFaults faults, CatalogFileAnswer answer, bool isTrial, string? expects) : IWrite
    {
        private readonly (Guid Type, FileDayStep[] Days)[] _days = [.. plan.Days.GroupBy(d => d.Wanted.TypeId).Select(g => (g.Key, g.OrderBy(d => d.Wanted.Day).ToArray()))];

        public void Touch(Touch touch)
        {
            PriceBook.TouchPrices(touch, park);
            foreach (var step in plan.Types.Concat(plan.Rest)) step.Write.Touch(touch);
            foreach (var (type, days) in _days)
            {
                touch.Row(CatalogTables.Types, type);
                if (isTrial) continue;
                foreach (var day in days) touch.Row(CatalogTables.Days, day.RowId);
            }
        }

        public Outcome Decide(WriteGroup group)
        {
            if (expects is not null && expects != answer.State) return Outcome.Refused(CatalogRefusal.FileOutdated, 409);
            var refused = faults.Anew();
            if (Run(group, plan.Types, refused) is { } type) return type;
            foreach (var (id, days) in _days)
                if (!Set(group, id, days, refused)) return Outcome.Refused(CatalogRefusal.FileOutdated, 409);
            if (Run(group, plan.Rest, refused) is { } rest) return rest;
            return refused.Count > 0 ? refused.ToRefusal(409) : isTrial ? Outcome.Tried(answer) : Outcome.Done(answer);
        }

        /// <returns>What refuses all of the file at once: it has to be looked at, or sent, again.</returns>
        private static Refusal? Run(WriteGroup group, List<FileStep> steps, FileFaults refused)
        {
            foreach (var step in steps)
            {
                if (step.IsAsSeen?.Invoke(group) == false) return new(CatalogRefusal.FileOutdated, 409);
                if (step.Write.Decide(group).Refusal is not { } refusal) continue;
                if (refusal.Status == 503) return refusal;
                refused.Add(step.Place, step.Line, refusal);
            }
            return null;
        }

        /// <summary>One fact for the days of a type.</summary>
        private bool Set(WriteGroup group, Guid type, FileDayStep[] days, FileFaults refused)
        {
            foreach (var day in days)
            {
                if (!isTrial && group.Find(CatalogTables.Days, day.RowId)?.Day != day.Before) return false;
                if (SetTypeDay.RefusalOf(group, park, day.Wanted, day.Before) is { } refusal) refused.Add($"{CatalogFile.DaysPart}[{day.Entry}]", day.Line, refusal);
                else if (!isTrial) group.Put(CatalogTables.Days, new NamedDayRow(park, day.Wanted));
            }
            if (!isTrial) group.Record(nameof(NamedDaysSet), type, new NamedDaysSet(type, [.. days.Select(d => DaySetting.Of(d.Wanted))]));
            return true;
        }
    }
}
