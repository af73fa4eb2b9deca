using System.Collections.Frozen;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>A quota with the days, and slots of days, that were set by hand.</summary>
internal sealed record LoadedQuota(QuotaTerms Terms, FrozenDictionary<(DateOnly Day, TimeOnly? Slot), QuotaDayRow> Days)
{
    private readonly FrozenSet<Guid> _types = Terms.TypeIds.ToFrozenSet();

    /// <summary>Whether it counts people of a type who come on a day.</summary>
    public bool DrawnOnBy(Guid type, DateOnly day) =>
        Terms.Active && day >= Terms.CountsFrom && (_types.Count == 0 || _types.Contains(type)) && Terms.Slots?.HoldsOn(day) != false;

    /// <summary>The slots of a day in order; one null where it counts whole days.</summary>
    public IEnumerable<TimeSlot?> SlotsOn(DateOnly day)
    {
        if (Terms.Slots is not { } pattern) return [null];
        return pattern.HoldsOn(day) ? pattern.All() : [];
    }

    /// <summary>People on a day, or in a slot of it; null = no limit.</summary>
    public int? LimitOn(DateOnly day, TimeOnly? slot)
    {
        if (Days.TryGetValue((day, slot), out var set)) return set.Limit;
        if (slot is not { } at || Terms.Slots is not { } pattern) return Terms.Limit;
        return pattern.LimitOf(at, Terms.Limit, Days.TryGetValue((day, null), out var whole), whole?.Limit);
    }

    /// <summary>From how many people on the office is warned; null = never.</summary>
    public long? WarnsAt(DateOnly day, TimeOnly? slot) =>
        Terms.WarnPercent is { } percent && LimitOn(day, slot) is > 0 and var limit ? ((long)limit * percent + 99) / 100 : null;

    /// <summary>How it stands for a channel.</summary>
    /// <param name="now">The moment on the park's clock.</param>
    public QuotaState StateOf(DateOnly day, TimeOnly? slot, long taken, string channel, DateTime now) =>
        new(Terms.Stops ? LimitOn(day, slot) : null, taken, KeepBack.From(Terms.Keeps, channel, day, now));

    /// <summary>It as it is called where it refuses: with the slot.</summary>
    public string NameOf(TimeOnly? slot) => slot is { } at ? $"{Terms.Name} {at:HH:mm}" : Terms.Name;
}
