namespace Shanmen.Rules.Pricing;

/// <summary>Days without a price (价格缺口), found before anybody asks for them.</summary>
public static class PriceGaps
{
    /// <summary>The days from the first to the last on which no day rule gives the product a price at that hour to anybody.</summary>
    public static IReadOnlyList<DateOnly> Of(RuleSet rules, Guid product, DateOnly first, DateOnly last, int? minute)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var gaps = new List<DateOnly>();
        for (var day = first; day <= last; day = day.AddDays(1))
        {
            var occasion = new Occasion(new(day, ChineseHolidays.KindOf(day), minute), day, new(""));
            if (rules.Find(product) is null || rules.Winner(product, PriceStage.Day, occasion, 0, out _) is null)
            {
                gaps.Add(day);
            }
        }

        return gaps;
    }
}
