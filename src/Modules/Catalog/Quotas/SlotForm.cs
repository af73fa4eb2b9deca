using Shanmen.Platform.Web;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>The limits of a pattern of time slots, as the office sends it.</summary>
internal static class SlotForm
{
    /// <param name="types">How many ticket types the quota names.</param>
    public static void Check(Fields fields, SlotPattern slots, int types, int cutOffHour)
    {
        fields.Check("typeIds", types > 0, "Field.SlotTypes");
        fields.Whole("slots.own", slots.Own);
        fields.Check("slots.from", BusinessDay.IsKnown(slots.From), "Field.Day");
        fields.Check("slots.until", slots.Until is not { } until || (until >= slots.From && BusinessDay.IsKnown(until)), "Field.Order");
        fields.Number("slots.minutes", slots.Minutes, SlotPattern.MinutesMin, 24 * 60);
        fields.Number("slots.count", slots.Count, 1, SlotPattern.CountMax);
        fields.Number("slots.earlyMinutes", slots.EarlyMinutes, 0, SlotPattern.GraceMax);
        fields.Number("slots.lateMinutes", slots.LateMinutes, 0, SlotPattern.GraceMax);
        if (fields.Errors is not null) return;
        fields.Check("slots.count", slots.EndsInTime(), "Field.SlotsEnd");
        fields.Check("slots.first", !slots.Crosses(cutOffHour), "Field.SlotsCutOff", cutOffHour);
        fields.Check("slots.own", slots.Own.DistinctBy(own => own.At).Count() == slots.Own.Length && slots.Own.All(own => slots.Find(own.At) is not null), "Field.SlotOwn");
        foreach (var (own, at) in slots.Own.Select((own, at) => (own, at)))
            fields.Number($"slots.own[{at}].limit", own.Limit, 0, TicketTypeForm.QuotaMax);
    }
}
