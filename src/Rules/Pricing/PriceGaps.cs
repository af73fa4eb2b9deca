namespace Shanmen.Rules.Pricing;

/// <summary>Days without a price (价格缺口), found before anybody asks for them.</summary>
public static class PriceGaps
{
    /// <summary>The days from the first to the last, both included, on which no day rule gives the product a price for that buyer at that hour.</summary>
    public static IReadOnlyList<DateOnly> Of(RuleSet rules, Guid product, Buyer buyer, DateOnly first, DateOnly last, int? minute)
    {
        ArgumentNullException.ThrowIfNull(rules);
        var gaps = new List<DateOnly>();
        for (var number = first.DayNumber; number <= last.DayNumber; number++)
        {
            var day = DateOnly.FromDayNumber(number);
            var occasion = new Occasion(new(day, ChineseHolidays.KindOf(day), minute), day, buyer);
            if (rules.Find(product) is null || rules.Winner(product, PriceStage.Day, occasion, null, out _) is null)
            {
                gaps.Add(day);
            }
        }

        return gaps;
    }
}
