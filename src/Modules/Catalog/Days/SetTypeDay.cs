using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog.Prices;
using Shanmen.Modules.Parks;
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
            Check(ctx.Fields, request);
            return Task.FromResult(ctx.Run(new Write(ctx.Get<PriceBook>(), ctx.Park, new NamedDay(ctx.RouteId(), day, request.PriceFen, request.Quota, request.Unlimited))));
        }).SeenByTwo();

    /// <summary>The limits of the fields.</summary>
    public static void Check(Fields fields, TypeDayRequest request)
    {
        if (request.PriceFen is { } price) fields.Number("priceFen", price, 0, TicketTypeForm.PriceFenMax);
        if (request.Quota is { } quota) fields.Number("quota", quota, 0, TicketTypeForm.QuotaMax);
        fields.Check("unlimited", !request.Unlimited || request.Quota is null, "Field.Choice");
    }

    /// <summary>Why a day cannot be set; null when it can. The rows of the type and of the park's prices must be named.</summary>
    /// <param name="before">What was set for the day.</param>
    public static Refusal? RefusalOf(WriteGroup group, int park, NamedDay wanted, NamedDay? before)
    {
        if (group.Find(CatalogTables.Types, wanted.TypeId) is not { } type || type.Park != park) return Problems.NotFound;
        if (wanted.Day < group.BusinessDay(park)) return new(CatalogRefusal.NamedDayPast, 422);
        return wanted.PriceFen is not null && wanted.PriceFen != before?.PriceFen && PriceVersions.At(group, park, group.Now) is not null
            ? new(CatalogRefusal.PricesAreRules, 409) : null;
    }

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
            if (RefusalOf(group, Park, Wanted, group.Find(CatalogTables.Days, NamedDayRow.IdOf(Wanted.TypeId, Wanted.Day))?.Day) is { } refusal) return refusal;
            var type = group.Find(CatalogTables.Types, Wanted.TypeId)!;
            group.Put(CatalogTables.Days, new NamedDayRow(Park, Wanted));
            group.Record(nameof(NamedDaySet), Wanted.TypeId, new NamedDaySet(Wanted));
            var sold = group.Ledger.Taken(PriceBook.Places(Park, PriceBook.OfferOf(type, Wanted.Day, Wanted)));
            return Outcome.Done(TypeDay.Of(Book, type, Wanted.Day, Wanted, sold));
        }
    }
}
