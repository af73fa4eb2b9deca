using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>客源地: where the visitors of an order come from, by a code of the dictionary. What the counter chose goes before what a number tells.</summary>
internal static class VisitorOrigin
{
    private const string Abroad = "abroad";

    /// <summary>A wrong code is noted; null where nobody said and no number tells.</summary>
    public static async Task<string?> Of(WriteContext ctx, string? chosen, BuyerRequest? buyer)
    {
        if (chosen is not null)
        {
            ctx.Fields.Check("origin", await ctx.Get<DictionaryBook>().Offers(ctx.Park, DictionaryKind.Origin, chosen), "Field.Origin");
            return chosen;
        }
        return buyer is not null && IdNumber.TryParse(buyer.IdNumber, out var number) ? number.Province ?? Abroad : null;
    }
}
