using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>The limits of what a return (退票规则) or a rebooking (改签规则) of a type costs.</summary>
internal static class ReturnForm
{
    /// <summary>The terms, their steps from most hours to fewest; null where everything comes back at any time. Wrong fields are noted.</summary>
    /// <param name="field">Under which name the request sends them.</param>
    public static ReturnTerms? Read(ReturnTerms? asked, Fields fields, SaleTerms? sale, string field)
    {
        if (asked is null) return null;
        var steps = asked.Steps ?? [];
        fields.Whole($"{field}.steps", steps);
        fields.Number($"{field}.steps", steps.Length, 0, ReturnTerms.StepsMax);
        if (fields.Errors is not null) return null;
        fields.Check(field, sale is null or { Way: SaleWay.Sold }, "ReturnForm.NotSold");
        fields.Number($"{field}.flatFen", asked.FlatFen, 0, ReturnTerms.FlatFenMax);
        fields.Check($"{field}.steps", steps.DistinctBy(s => s.HoursBefore).Count() == steps.Length, "ReturnForm.Twice");
        for (var n = 0; n < steps.Length; n++)
        {
            fields.Number($"{field}.steps[{n}].hoursBefore", steps[n].HoursBefore, -ReturnTerms.HoursMax, ReturnTerms.HoursMax);
            fields.Number($"{field}.steps[{n}].keepRate", steps[n].KeepRate, 0, ReturnTerms.WholeRate);
        }
        // What cannot go back has no steps, and without a step and a flat amount nothing is said.
        if (!asked.IsReturnable) return new(false, [], 0);
        return steps.Length == 0 && asked.FlatFen == 0 ? null : asked with { Steps = [.. steps.OrderByDescending(s => s.HoursBefore)] };
    }
}
