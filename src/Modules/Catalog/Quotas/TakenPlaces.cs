using System.Collections.Frozen;
using System.Globalization;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>What the types of a quota have taken, sold and held alike, by their own accounts; for requests that found the store at rest.</summary>
internal static class TakenPlaces
{
    /// <summary>How the codes of the types' accounts begin.</summary>
    public const string Prefix = "places/";

    /// <summary>People of its types on each day on which it counts; a day on which nobody comes is absent.</summary>
    public static Dictionary<DateOnly, long> ByDay(WriteGroup group, QuotaTerms quota)
    {
        var (taken, loaded) = (new Dictionary<DateOnly, long>(), new LoadedQuota(quota, FrozenDictionary<(DateOnly, TimeOnly?), QuotaDayRow>.Empty));
        foreach (var (code, people) in group.Ledger.TakenOf(quota.Park, Prefix))
            if (code.Split('/') is [_, var type, var number] && BusinessDay.FromNumber(int.Parse(number, CultureInfo.InvariantCulture)) is var day && loaded.DrawnOnBy(Guid.Parse(type), day))
                taken[day] = taken.GetValueOrDefault(day) + people;
        return taken;
    }

    /// <summary>People in each slot of a quota, from a day on; a slot that nobody has is absent.</summary>
    public static Dictionary<(DateOnly Day, TimeOnly Slot), long> BySlot(WriteGroup group, QuotaTerms quota, DateOnly from)
    {
        var taken = new Dictionary<(DateOnly, TimeOnly), long>();
        foreach (var (code, people) in group.Ledger.TakenOf(quota.Park, quota.Cells))
            if (people > 0 && code.Split('/') is [_, _, var number, var slot] && BusinessDay.FromNumber(int.Parse(number, CultureInfo.InvariantCulture)) is var day && day >= from)
                taken.Add((day, TimeOnly.ParseExact(slot, "HHmm", CultureInfo.InvariantCulture)), people);
        return taken;
    }
}
