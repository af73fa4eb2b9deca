using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>旅行社协议: in whose name an order is sold. docs/operations/agencies.md.</summary>
internal static class Contract
{
    /// <summary>Who buys at a window, as the price rules see it: with an agency or without.</summary>
    public static Buyer BuyerOf(string? agency) => new(Channel.Window, agency);

    /// <summary>Notes an agency that cannot be chosen, and one whose guide is not named.</summary>
    public static async Task Check(WriteContext ctx, string? agency, BuyerRequest? guide)
    {
        if (agency is null) return;
        ctx.Fields.Check("agency", await ctx.Get<DictionaryBook>().Offers(ctx.Park, DictionaryKind.Agency, agency), "Field.Agency");
        ctx.Fields.Check("buyer.name", guide?.Name.Trim().Length > 0, "Field.Guide");
    }
}
