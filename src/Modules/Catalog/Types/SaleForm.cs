using Shanmen.Modules.Parks;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>The limits of the terms on which a type is sold (售卖条件).</summary>
internal static class SaleForm
{
    /// <summary>The terms, in the one form in which they are kept; null where nothing is said. Wrong fields are noted.</summary>
    public static SaleTerms? Read(SaleTerms? sale, Fields fields, ParkSnapshot park)
    {
        if (sale is null) return null;
        if (sale.OpensDays is { } days) fields.Number("sale.opensDays", days, 0, SaleTerms.OpensDaysMax);
        fields.Check("sale.opensAt", sale.OpensDays is null == sale.OpensAt is null, "Field.Choice");
        if (sale.MinInOrder is { } min) fields.Number("sale.minInOrder", min, 1, OrderLimits.QuantityMax);
        if (sale.MaxInOrder is { } max) fields.Number("sale.maxInOrder", max, Math.Clamp(sale.MinInOrder ?? 1, 1, OrderLimits.QuantityMax), OrderLimits.QuantityMax);
        var (channels, windows) = (sale.Channels ?? [], sale.WindowIds ?? []);
        fields.Check("sale.channels", channels.All(Channel.All.Contains), "Field.Choice");
        fields.Check("sale.windowIds", windows.Length <= park.Windows.Count && windows.All(park.Windows.ContainsKey), "Field.Unknown");
        if (fields.Errors is not null) return null;
        // Nobody sells here what somebody else issues.
        if (sale.Way == SaleWay.External) return new SaleTerms(null, null, null, null, SaleWay.External);
        // The same terms are kept in the same words, so that a save without a change is none. Who is not sold to at windows is so at each of them.
        channels = [.. Channel.All.Where(channels.Contains)];
        windows = channels.Length > 0 && !channels.Contains(Channel.Window) ? [] : [.. windows.Distinct().OrderBy(w => park.Windows[w].Number).ThenBy(w => w)];
        var kept = sale with { Channels = channels.Length == 0 || channels.Length == Channel.All.Count ? null : channels, WindowIds = windows.Length == 0 ? null : windows };
        return kept == new SaleTerms(null, null, null, null) ? null : kept;
    }
}
