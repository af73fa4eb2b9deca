using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>The limits of how partners share in a type (分账条款).</summary>
internal static class SharingForm
{
    /// <summary>The terms; null where the money is all the park's. Wrong fields are noted; whether partners are known is looked at by <see cref="TypeWords"/>.</summary>
    public static SharingTerms? Read(SharingTerms? asked, Fields fields, SaleTerms? sale)
    {
        if (asked is null || asked.Partners is not { Length: > 0 }) return null;
        fields.Whole("sharing.partners", asked.Partners);
        fields.Number("sharing.partners", asked.Partners.Length, 0, SharingTerms.PartnersMax);
        if (fields.Errors is not null) return null;
        fields.Check("sharing.partners", sale is null or { Way: SaleWay.Sold }, "SharingForm.NotSold");
        fields.Check("sharing.partners", asked.Partners.DistinctBy(p => p.Partner).Count() == asked.Partners.Length, "SharingForm.Twice");
        fields.Number("sharing.ownWeight", asked.OwnWeight, 0, OrderLimits.TotalFenMax);
        for (var n = 0; n < asked.Partners.Length; n++)
        {
            var (field, partner) = ($"sharing.partners[{n}]", asked.Partners[n]);
            fields.Number($"{field}.fixedFen", partner.FixedFen, 0, OrderLimits.TotalFenMax);
            fields.Number($"{field}.weight", partner.Weight, 0, OrderLimits.TotalFenMax);
            fields.Check(field, partner.FixedFen > 0 || partner.Weight > 0, "SharingForm.GetsNothing");
        }
        if (fields.Errors is null) fields.Check("sharing.ownWeight", asked.DividesTheRest(), "SharingForm.NobodyTakesTheRest");
        return asked;
    }
}
