using System.Text.Json.Serialization;
using Shanmen.Platform.Ledger;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>A quota (限流) that several ticket types share: how many people may come on a day. docs/algorithms/quotas.md.</summary>
/// <param name="TypeIds">The types that draw on it; none = all types of the park, also those to come.</param>
/// <param name="Limit">People on a day that is not set by hand; null = no limit.</param>
/// <param name="WarnPercent">The share of the limit from which on the office is warned; null = never.</param>
/// <param name="Stops">Whether a sale that does not fit is refused; else the limit only warns.</param>
/// <param name="Active">Whether it is in use. Only then does it count.</param>
/// <param name="CountsFrom">The first day of visit that it counts.</param>
/// <param name="Edit">How often it was saved; who changes it says which edit was on the screen.</param>
/// <param name="Slots">The time slots that it counts and limits each by itself; null = it counts whole days.</param>
public sealed record QuotaTerms(Guid Id, int Park, string Name, Guid[] TypeIds, int? Limit, int? WarnPercent, bool Stops, KeepBack[] Keeps, bool Active, DateOnly CountsFrom, int Edit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SlotPattern? Slots = null)
{
    /// <summary>The people that it counts on a day, or in a slot of it. No upper bound: the limit is asked by the rules.</summary>
    internal Account Counted(DateOnly day, TimeOnly? slot = null) =>
        Account.Of(Park, $"{Cells}{BusinessDay.Number(day)}{(slot is { } at ? $"/{at:HHmm}" : "")}", Unit.Piece, min: 0);

    /// <summary>How the codes of all its accounts of people begin.</summary>
    internal string Cells => $"quota/{Id:N}/";

    /// <summary>Where its people come from and go back to.</summary>
    internal Account Uncounted() => Account.Of(Park, $"unsold/{Id:N}", Unit.Piece);
}

/// <summary>A quota was created or changed; the body holds all of it.</summary>
/// <param name="Changes">The number of the change among all quotas of the park.</param>
public sealed record QuotaSaved(QuotaTerms Quota, int Changes);

/// <summary>The limit of some days was set by hand, or set back.</summary>
/// <param name="Limit">People on each of the days; null with <paramref name="Unlimited"/> = no limit, and without = the quota's own.</param>
/// <param name="Slots">The slots of those days for which it was set; null = for the whole day.</param>
public sealed record QuotaDaysSet(Guid QuotaId, DateOnly[] Days, int? Limit, bool Unlimited, int Changes,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TimeOnly[]? Slots = null);

/// <summary>限量提醒: a sale took so many places of a quota that the office is warned.</summary>
/// <param name="Slot">The slot of the day; null where the quota counts whole days.</param>
public sealed record QuotaReached(Guid QuotaId, string Name, DateOnly Day, long Taken, int Limit,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TimeOnly? Slot = null);
