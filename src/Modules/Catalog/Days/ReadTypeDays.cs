using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog;

/// <summary>A ticket type on one day.</summary>
/// <param name="Weekday">1 = Monday to 7 = Sunday.</param>
/// <param name="Quota">People that day; null = unlimited.</param>
/// <param name="Sold">People who hold a place.</param>
/// <param name="PriceFen">Price of a unit in fen for one who buys it now at a window; null where the price rules give none.</param>
/// <param name="PriceOverridden">Whether the price was set by hand for this day.</param>
/// <param name="ByRules">Whether the price comes from the price rules; it is then changed there.</param>
public sealed record TypeDay(DateOnly Day, int Weekday, DayKind DayKind, string? HolidayName, long? PriceFen, int? Quota, long Sold,
    bool PriceOverridden, bool QuotaOverridden, bool ByRules)
{
    internal static TypeDay Of(PriceBook book, TicketTypeTerms type, DateOnly day, NamedDay? named, long sold)
    {
        var offer = PriceBook.OfferOf(type, day, named);
        var rules = book.PricedByRules(offer);
        return new(day, day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek, ChineseHolidays.KindOf(day), ChineseHolidays.NameOf(day),
            rules is null ? offer.UnitFen : rules.Order.Refusal == PriceRefusal.None ? rules.Order.Lines[0].UnitFen : null, offer.Quota, sold,
            rules is null && named?.PriceFen is not null, named is not null && (named.Unlimited || named.Quota is not null), rules is not null);
    }
}

/// <summary>Shows price, quota and places sold of a type for a row of days (价格日历).</summary>
internal static class ReadTypeDays
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<TypeDay[]>("/api/ticket-types/{id:guid}/days", Permission.Watch, Read)
        .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true);

    private static async Task<TypeDay[]?> Read(HttpContext http, Principal who)
    {
        var services = http.RequestServices;
        if (await AskedDays.Read(http) is not { } days) return null;
        var book = services.GetRequiredService<PriceBook>();
        if (!book.Types(who.Park).TryGetValue(Guid.Parse((string)http.Request.RouteValues["id"]!), out var type)) return null;

        var database = services.GetRequiredService<Database>();
        var named = (await database.Query(CatalogTables.Days.Read, CatalogTables.Days.Select + " where type = @1 and day >= @2 and day <= @3",
            type.Id, BusinessDay.Number(days[0]), BusinessDay.Number(days[^1]))).ToDictionary(r => r.Day.Day, r => r.Day);
        var sold = await Balances.ReadTaken(database, [.. days.Select(day => PriceBook.Places(who.Park, type.Id, day, null))]);
        return [.. days.Select(day => TypeDay.Of(book, type, day, named.GetValueOrDefault(day), sold.GetValueOrDefault(PriceBook.Places(who.Park, type.Id, day, null).Code)))];
    }
}
