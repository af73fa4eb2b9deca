using System.Text.Json.Serialization;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog;

/// <summary>A ticket type (票种): who it is for, where and when it admits, what it costs.</summary>
/// <param name="Number">1..65535, in the signed code; never given twice in a park.</param>
/// <param name="Code">1 to 8 characters A-Z and 0-9, unique in the park.</param>
/// <param name="Tab">Where the counter shows it: a code of the dictionary, as single or group.</param>
/// <param name="VisitorType">A code of the dictionary, as adult or any.</param>
/// <param name="KeySlot">1..9, its key at the counter; null = none.</param>
/// <param name="Proof">What must be shown at the gate: a code of the dictionary, as none or height.</param>
/// <param name="HeightLimitCm">The height below which it is valid, where height is the proof.</param>
/// <param name="MinPeople">Fewest people on one ticket.</param>
/// <param name="MaxPeople">Most people on one ticket; 1..1 = one person.</param>
/// <param name="FromTime">First minute of entry; later than <paramref name="ToTime"/> when the hours pass midnight.</param>
/// <param name="WeekdayFen">Price per person on weekdays and make-up working days, in fen.</param>
/// <param name="HolidayFen">Price per person on weekends and holidays, in fen.</param>
/// <param name="DailyQuota">People per day; null = unlimited.</param>
/// <param name="Sale">From when on it is sold and how many in one order; null = nothing is said.</param>
/// <param name="Admission">For how many days and how often it admits; null = on the day of visit everybody once.</param>
/// <param name="Person">What is asked of its visitors, and how many one identity number buys; null = nothing.</param>
/// <param name="Attention">Shown at the gate to whoever lets the visitor in.</param>
/// <param name="Sharing">How partners share in what it brings; null = it is all the park's.</param>
/// <param name="Returns">What it costs to return it; null = nothing, at any time.</param>
/// <param name="Rebooking">What it costs to rebook it; null = nothing, at any time.</param>
public sealed record TicketTypeTerms(Guid Id, int Park, int Number, string Code, string Name, string NameEn, string Tab, string VisitorType,
    int? KeySlot, string Proof, int? HeightLimitCm, int MinPeople, int MaxPeople, Guid[] SiteIds, TimeOnly FromTime, TimeOnly ToTime,
    long WeekdayFen, long HolidayFen, int? DailyQuota, string Attention, bool Active,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SaleTerms? Sale = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] AdmissionTerms? Admission = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PersonTerms? Person = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SharingTerms? Sharing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ReturnTerms? Returns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ReturnTerms? Rebooking = null)
{
    /// <summary>Whether it is given for nothing, from a budget (赠票).</summary>
    public bool IsComplimentary() => Sale?.Way == SaleWay.Complimentary;

    /// <summary>Whether somebody else issues it (外部票).</summary>
    public bool IsExternal() => Sale?.Way == SaleWay.External;

    /// <summary>Whether a channel sells it, and at a window whether that one does.</summary>
    public bool IsSoldAt(string channel, Guid? window) => Sale?.DecidePlace(channel, window) is null or SaleTermsRefusal.None;

    /// <summary>Whether it admits at a time of its day.</summary>
    public bool AdmitsAt(TimeOnly time) => new EntryHours(FromTime, ToTime).At(time, 0) == AdmissionRefusal.None;

    /// <summary>Whether a ticket that is sold now can be used at all: not where its day of visit is today, the hours of today are over, and no other day is left to it.</summary>
    /// <param name="now">The park's wall clock.</param>
    public bool StillAdmits(DateOnly visitDay, DateOnly today, TimeOnly now, int cutOffHour)
    {
        return !IsOver(visitDay, today, now, cutOffHour) || Admission?.EverAdmits(visitDay, visitDay.AddDays(1)) == true;
    }

    /// <summary>The first day on which a ticket that is sold now lets anybody in; null where there is none.</summary>
    /// <param name="now">The park's wall clock.</param>
    public DateOnly? FirstDay(DateOnly visitDay, DateOnly today, TimeOnly now, int cutOffHour)
    {
        var isOver = IsOver(visitDay, today, now, cutOffHour);
        return Admission is { } terms ? terms.FirstDay(visitDay, isOver ? visitDay.AddDays(1) : visitDay) : isOver ? null : visitDay;
    }

    private bool IsOver(DateOnly visitDay, DateOnly today, TimeOnly now, int cutOffHour) =>
        visitDay == today && new EntryHours(FromTime, ToTime).At(now, cutOffHour) == AdmissionRefusal.TooLate;
}

/// <summary>What is set by hand for one type on one day; null and false follow the type's own rule.</summary>
/// <param name="PriceFen">Price per person in fen.</param>
/// <param name="Quota">People that day.</param>
/// <param name="Unlimited">No limit that day; then <paramref name="Quota"/> is null.</param>
public sealed record NamedDay(Guid TypeId, DateOnly Day, long? PriceFen, int? Quota, bool Unlimited);

/// <summary>What a type costs on a day, and how many people may come on it.</summary>
/// <param name="UnitFen">Price per person in fen.</param>
/// <param name="Quota">People on that day; null = unlimited.</param>
public sealed record Offer(TicketTypeTerms Type, DateOnly Day, long UnitFen, int? Quota);

/// <summary>A ticket type was created or changed; the body holds all of its terms.</summary>
public sealed record TicketTypeSaved(TicketTypeTerms Type);
/// <summary>Price or quota of a type were set for a day, or set back to the rule.</summary>
public sealed record NamedDaySet(NamedDay Day);
/// <summary>Price or quota of a type were set for some days at once, or set back to the rule.</summary>
public sealed record NamedDaysSet(Guid TypeId, DaySetting[] Days);
/// <summary>What is set by hand for one day; see <see cref="NamedDay"/>.</summary>
public sealed record DaySetting(DateOnly Day, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long? PriceFen = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int? Quota = null, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Unlimited = false)
{
    internal static DaySetting Of(NamedDay day) => new(day.Day, day.PriceFen, day.Quota, day.Unlimited);
    internal NamedDay For(Guid type) => new(type, Day, PriceFen, Quota, Unlimited);
}
