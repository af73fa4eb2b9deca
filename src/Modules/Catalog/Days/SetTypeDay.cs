using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog;

/// <summary>Price and quota for one day; null, null and false set the day back to the type's own rule.</summary>
public sealed record TypeDayRequest(long? PriceFen, int? Quota, bool Unlimited);

/// <summary>Sets price or quota of a type for one day (特定日). A quota below what is sold takes nothing back and sells no more.</summary>
internal static class SetTypeDay
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<TypeDayRequest, TypeDay>("PUT", "/api/ticket-types/{id:guid}/days/{day}", Permission.SetUpPark, (request, ctx) =>
        {
            ctx.Fields.Check("day", BusinessDay.TryParse((string?)ctx.Http.Request.RouteValues["day"], out var day), "Field.Day");
            if (request.PriceFen is { } price) ctx.Fields.Number("priceFen", price, 0, TicketTypeForm.PriceFenMax);
            if (request.Quota is { } quota) ctx.Fields.Number("quota", quota, 0, TicketTypeForm.QuotaMax);
            ctx.Fields.Check("unlimited", !request.Unlimited || request.Quota is null, "Field.Choice");
            return Task.FromResult(ctx.Run(new Write(ctx.Get<PriceBook>(), ctx.Park, new NamedDay(ctx.RouteId(), day, request.PriceFen, request.Quota, request.Unlimited))));
        });

    private sealed record Write(PriceBook Book, int Park, NamedDay Wanted) : IWrite
    {
        public void Touch(Touch touch)
        {
            Book.Touch(touch, Wanted.TypeId, Wanted.Day);
            PriceBook.TouchPrices(touch, Park);
            Book.TouchPlaces(touch, Park, Wanted.TypeId, Wanted.Day);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(CatalogTables.Types, Wanted.TypeId) is not { } type || type.Park != Park) return Problems.NotFound;
            if (Wanted.Day < group.BusinessDay(Park)) return Outcome.Refused(CatalogRefusal.NamedDayPast, 422);
            var before = group.Find(CatalogTables.Days, NamedDayRow.IdOf(Wanted.TypeId, Wanted.Day))?.Day.PriceFen;
            if (Wanted.PriceFen is not null && Wanted.PriceFen != before && PriceVersions.At(group, Park, group.Now) is not null)
                return Outcome.Refused(CatalogRefusal.PricesAreRules, 409);
            group.Put(CatalogTables.Days, new NamedDayRow(Park, Wanted));
            group.Record(nameof(NamedDaySet), Wanted.TypeId, new NamedDaySet(Wanted));
            var sold = group.Ledger.Taken(PriceBook.Places(Park, PriceBook.OfferOf(type, Wanted.Day, Wanted)));
            return Outcome.Done(TypeDay.Of(Book, type, Wanted.Day, Wanted, sold));
        }
    }
}
