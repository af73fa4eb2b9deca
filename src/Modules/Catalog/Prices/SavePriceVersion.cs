using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>A new version as the office sends it; the id is in the address.</summary>
/// <param name="Number">The number after the last one: who began with an older version is told so.</param>
/// <param name="From">The moment of sale from which on it holds; later than now.</param>
public sealed record PriceVersionRequest(int Number, DateTimeOffset From, PriceRulesTerms Rules);

/// <summary>Saves a version of the price rules (价格版本), which holds from a moment to come. Orders sold before keep theirs.</summary>
internal static class SavePriceVersion
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<PriceVersionRequest, PriceVersionAnswer>("PUT", "/api/price-versions/{id:guid}", Permission.SetUpPark, async (request, ctx) =>
        {
            var agencies = await new TypeWords(ctx.Get<DictionaryBook>(), ctx.Park).Agencies(request.Rules.Agencies());
            PriceVersionForm.Check(ctx.Fields, request.Rules, ctx.Get<PriceBook>().Types(ctx.Park), agencies);
            return ctx.Run(Saving.Of(ctx.Park, ctx.RouteId(), request));
        }).WithMetadata(new LargeBody()).SeenByTwo();

    internal sealed record Saving(int Park, PriceVersionSaved Wanted) : IWrite
    {
        /// <summary>A version begins on a whole millisecond, as JSON shows it.</summary>
        public static Saving Of(int park, Guid id, PriceVersionRequest request) =>
            new(park, new(id, request.Number, new(request.From.UtcTicks - (request.From.UtcTicks % TimeSpan.TicksPerMillisecond), TimeSpan.Zero), 1, request.Rules));

        public void Touch(Touch touch)
        {
            touch.Row(PriceVersionRow.Table, Wanted.Id);
            touch.Row(PriceHeadRow.Table, (long)Park);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(PriceVersionRow.Table, Wanted.Id) is not null) return Outcome.Refused(VersionRefusal.EditedMeanwhile, 409);
            var head = group.Find(PriceHeadRow.Table, (long)Park) ?? PriceHeadRow.None(Park);
            var version = new PriceVersion(Wanted.Number, Wanted.From, Wanted.Edition);
            var refusal = PriceVersion.RefusalOf([new(head.Last, default), .. head.Begins], version, group.Now);
            if (refusal != VersionRefusal.None) return Outcome.Refused(refusal, refusal == VersionRefusal.EditedMeanwhile ? 409 : 422);
            var row = PriceVersionRow.Of(Park, Wanted);
            group.Put(PriceVersionRow.Table, row);
            group.Put(PriceHeadRow.Table, head.With(version, group.Now));
            group.Record(nameof(PriceVersionSaved), Wanted.Id, Wanted);
            return Outcome.Done(PriceVersionAnswer.Of(row));
        }
    }
}
