using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>Which changes of a quota with time slots would leave somebody without his slot, or a slot with a count that nobody could reckon.</summary>
internal static class SlotChange
{
    /// <summary>
    /// The first reason in this order: slots switched on or off; types or times left while somebody has a place; two times for one ticket; tickets
    /// without a time. The accounts of the types' places and of the quota's slots must be named and all quotas, and the store at rest.
    /// </summary>
    public static Refusal? RefusalOf(WriteGroup group, QuotaTerms? before, QuotaTerms wanted)
    {
        if (before is not null && before.Slots is null != wanted.Slots is null) return new(CatalogRefusal.SlotsFixed, 409);
        var today = group.BusinessDay(wanted.Park);
        var pattern = wanted.Slots!;
        var taken = TakenPlaces.BySlot(group, wanted, today);
        if (taken.Count > 0 && before is not null)
        {
            // A type may leave that has sold nothing.
            var leaving = TakenPlaces.ByDay(group, before with { CountsFrom = today, TypeIds = [.. before.TypeIds.Except(wanted.TypeIds)] });
            var stays = wanted.Active && pattern.HasTimesOf(before.Slots!) && (before.TypeIds.All(wanted.TypeIds.Contains) || leaving.Values.All(people => people == 0));
            var lost = taken.Where(cell => !stays || !pattern.HoldsOn(cell.Key.Day)).Select(cell => cell.Key.Day).Order().ToArray();
            if (lost.Length > 0) return new(CatalogRefusal.SlotsSold, 409, $"{lost[0]:yyyy-MM-dd}");
        }
        if (!wanted.Active) return null;
        var other = group.Rows(QuotaTables.Quotas).FirstOrDefault(q => q is { Active: true, Slots: { } slots } && q.Park == wanted.Park && q.Id != wanted.Id && slots.Meets(pattern)
            && q.TypeIds.Any(wanted.TypeIds.Contains));
        if (other is not null) return new(CatalogRefusal.SlotsMeet, 409, other.Name);
        var inSlots = taken.GroupBy(cell => cell.Key.Day).ToDictionary(day => day.Key, day => day.Sum(cell => cell.Value));
        var ofTypes = TakenPlaces.ByDay(group, wanted with { CountsFrom = today });
        foreach (var (day, people) in ofTypes.OrderBy(d => d.Key))
            if (people != inSlots.GetValueOrDefault(day)) return new(CatalogRefusal.SoldWithoutSlot, 409, $"{day:yyyy-MM-dd}", people - inSlots.GetValueOrDefault(day));
        return null;
    }
}
