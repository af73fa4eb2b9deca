using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>Counts what identity numbers buy: one row for each number and type, so that two clerks at once meet at it.</summary>
internal static class Purchases
{
    public static void Touch(Touch touch, IEnumerable<VisitorRow> visitors)
    {
        foreach (var visitor in visitors)
            if (visitor.HasNumber()) touch.Row(BoughtRow.Table, BoughtRow.IdOf(visitor.Type, visitor.IdHash));
    }

    /// <summary>Adds tickets of these visitors, or takes them away.</summary>
    /// <param name="by">1 = bought, -1 = given back.</param>
    public static void Count(WriteGroup group, int park, IEnumerable<VisitorRow> visitors, int by)
    {
        var today = group.BusinessDay(park);
        foreach (var of in visitors.Where(v => v.HasNumber()).GroupBy(v => BoughtRow.IdOf(v.Type, v.IdHash)))
        {
            var first = of.First();
            var row = group.Find(BoughtRow.Table, of.Key) ?? new BoughtRow(of.Key, park, first.Type, first.IdHash, []);
            var count = of.GroupBy(v => (v.VisitDay, v.SoldDay)).Aggregate(row.Count(), (sum, day) =>
                sum.With(BusinessDay.FromNumber(day.Key.VisitDay), BusinessDay.FromNumber(day.Key.SoldDay), by * day.Count(), today));
            group.Put(BoughtRow.Table, row with { Cells = [.. count.Cells] });
        }
    }
}
