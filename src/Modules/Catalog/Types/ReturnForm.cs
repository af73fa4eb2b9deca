using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>The limits of what a return of a type costs (退票规则).</summary>
internal static class ReturnForm
{
    /// <summary>The terms, their steps from most hours to fewest; null where everything comes back at any time. Wrong fields are noted.</summary>
    public static ReturnTerms? Read(ReturnTerms? asked, Fields fields, SaleTerms? sale)
    {
        if (asked is null) return null;
        var steps = asked.Steps ?? [];
        fields.Whole("returns.steps", steps);
        fields.Number("returns.steps", steps.Length, 0, ReturnTerms.StepsMax);
        if (fields.Errors is not null) return null;
        fields.Check("returns", sale is null or { Way: SaleWay.Sold }, "ReturnForm.NotSold");
        fields.Number("returns.flatFen", asked.FlatFen, 0, ReturnTerms.FlatFenMax);
        fields.Check("returns.steps", steps.DistinctBy(s => s.HoursBefore).Count() == steps.Length, "ReturnForm.Twice");
        for (var n = 0; n < steps.Length; n++)
        {
            fields.Number($"returns.steps[{n}].hoursBefore", steps[n].HoursBefore, -ReturnTerms.HoursMax, ReturnTerms.HoursMax);
            fields.Number($"returns.steps[{n}].keepRate", steps[n].KeepRate, 0, ReturnTerms.WholeRate);
        }
        // What cannot go back has no steps, and without a step and a flat amount nothing is said.
        if (!asked.IsReturnable) return new(false, [], 0);
        return steps.Length == 0 && asked.FlatFen == 0 ? null : asked with { Steps = [.. steps.OrderByDescending(s => s.HoursBefore)] };
    }
}
