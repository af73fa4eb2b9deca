using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Prices;

/// <summary>Withdraws a version of the price rules (价格版本) before it begins. It stays in the list, and its number is not given again.</summary>
internal static class WithdrawPriceVersion
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<Nothing, Nothing>("POST", "/api/price-versions/{id:guid}/withdraw", Permission.SetUpPark, (_, ctx) =>
            Task.FromResult(ctx.Run(new Withdrawing(ctx.Park, ctx.RouteId())))).SeenByTwo();

    private sealed record Withdrawing(int Park, Guid Id) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(PriceVersionRow.Table, Id);
            touch.Row(PriceHeadRow.Table, (long)Park);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(PriceVersionRow.Table, Id) is not { } row || row.Park != Park) return Problems.NotFound;
            if (row.Withdrawn) return Outcome.Done(null);
            if (row.From <= group.Now.Micros()) return Outcome.Refused(VersionRefusal.HasBegun, 409);
            group.Put(PriceVersionRow.Table, row with { Withdrawn = true });
            group.Put(PriceHeadRow.Table, group.Find(PriceHeadRow.Table, (long)Park)!.Without(row.Number));
            group.Record(nameof(PriceVersionWithdrawn), Id, new PriceVersionWithdrawn(Id, row.Number));
            return Outcome.Done(null);
        }
    }
}
