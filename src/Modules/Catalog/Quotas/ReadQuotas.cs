using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>A quota as the office sees it.</summary>
/// <param name="TypeIds">The types that draw on it; none = all.</param>
public sealed record QuotaAnswer(Guid Id, int Edit, string Name, Guid[] TypeIds, int? Limit, int? WarnPercent, bool Stops, KeepBack[] Keeps, bool Active, DateOnly CountsFrom, SlotPattern? Slots = null)
{
    internal static QuotaAnswer Of(QuotaTerms q) => new(q.Id, q.Edit, q.Name, q.TypeIds, q.Limit, q.WarnPercent, q.Stops, q.Keeps, q.Active, q.CountsFrom, q.Slots);
}

/// <summary>A quota on one day.</summary>
/// <param name="Weekday">1 = Monday to 7 = Sunday.</param>
/// <param name="Limit">People that day; null = no limit.</param>
/// <param name="SetByHand">Whether the limit was set for this day.</param>
/// <param name="Taken">People who have or hold a place.</param>
/// <param name="KeptBack">Places that a window may not sell yet.</param>
/// <param name="Left">People that may still come through a window; null = unlimited.</param>
/// <param name="Warns">Whether so many are taken that the office is warned.</param>
/// <param name="Slots">Its slots, of a quota that has them; the figures of the day are then the sums of theirs.</param>
public sealed record QuotaDay(DateOnly Day, int Weekday, DayKind DayKind, string? HolidayName, int? Limit, bool SetByHand, long Taken, long KeptBack, long? Left, bool Warns, QuotaSlot[]? Slots = null);

/// <summary>A time slot of a quota on one day; the figures are as those of a day.</summary>
/// <param name="SetByHand">Whether the limit was set for this slot of this day.</param>
public sealed record QuotaSlot(TimeOnly At, TimeOnly Until, int? Limit, bool SetByHand, long Taken, long KeptBack, long? Left, bool Warns);

/// <summary>A quota that has reached the share of its limit at which it warns.</summary>
/// <param name="Slot">When the slot begins; null where it counts whole days.</param>
public sealed record QuotaWarning(Guid Id, string Name, DateOnly Day, long Taken, int Limit, bool Stops, TimeOnly? Slot = null);

/// <summary>Lists the quotas, shows how one stands on a row of days, and which of them warn for the coming week (限量提醒).</summary>
internal static class ReadQuotas
{
    private const int WarnDays = 8;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<QuotaAnswer[]>("/api/quotas", Permission.Watch, (http, who) => Task.FromResult<QuotaAnswer[]?>(
            [.. http.RequestServices.GetRequiredService<QuotaBook>().Of(who.Park).Quotas.Select(q => QuotaAnswer.Of(q.Terms))]));
        routes.MapRead<QuotaDay[]>("/api/quotas/{id:guid}/days", Permission.Watch, Days)
            .Asks<DateOnly>("from", required: true).Asks<DateOnly>("to", required: true).WithName("ReadQuotaDays");
        routes.MapRead<QuotaWarning[]>("/api/quota-warnings", Permission.Watch, Warnings).WithName("ReadQuotaWarnings");
    }

    private static async Task<QuotaDay[]?> Days(HttpContext http, Principal who)
    {
        if (await AskedDays.Read(http) is not { } days) return null;
        var id = Guid.Parse((string)http.Request.RouteValues["id"]!);
        LoadedQuota? Known() => http.RequestServices.GetRequiredService<QuotaBook>().Of(who.Park).Quotas.FirstOrDefault(q => q.Terms.Id == id);
        // Another program may have made it a moment ago.
        if (Known() is null) await http.RequestServices.GetRequiredService<FactFeed>().CatchUp();
        return Known() is { } quota ? (await Read(http.RequestServices, who.Park, [quota], days))[0] : null;
    }

    private static async Task<QuotaWarning[]?> Warnings(HttpContext http, Principal who)
    {
        var services = http.RequestServices;
        var today = services.GetRequiredService<ParkTimes>().DayAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow());
        DateOnly[] week = [.. Enumerable.Range(0, WarnDays).Select(today.AddDays)];
        var warnings = new List<QuotaWarning>();
        var quotas = services.GetRequiredService<QuotaBook>().Of(who.Park).Quotas.Where(q => q.Terms is { Active: true, WarnPercent: not null }).ToArray();
        foreach (var (quota, days) in quotas.Zip(await Read(services, who.Park, quotas, week)))
            foreach (var day in days.Where(d => d.Warns))
            {
                if (day.Slots is null) warnings.Add(new(quota.Terms.Id, quota.Terms.Name, day.Day, day.Taken, day.Limit!.Value, quota.Terms.Stops));
                else warnings.AddRange(day.Slots.Where(s => s.Warns).Select(s => new QuotaWarning(quota.Terms.Id, quota.Terms.Name, day.Day, s.Taken, s.Limit!.Value, quota.Terms.Stops, s.At)));
            }
        return [.. warnings.OrderBy(w => w.Day).ThenBy(w => w.Slot)];
    }

    /// <summary>How each of some quotas stands on each of some days.</summary>
    private static async Task<QuotaDay[][]> Read(IServiceProvider services, int park, LoadedQuota[] quotas, DateOnly[] days)
    {
        var taken = await Balances.Read(services.GetRequiredService<Database>(), 
            [.. quotas.SelectMany(quota => days.SelectMany(day => quota.SlotsOn(day).Select(slot => quota.Terms.Counted(day, slot?.At))))]);
        var now = services.GetRequiredService<ParkTimes>().Local(park, services.GetRequiredService<TimeProvider>().GetUtcNow());
        return [.. quotas.Select(quota => days.Select(day =>
            quota.Terms.Slots is null ? Whole(quota, day, Of(quota, day, null)) : Summed(quota, day, [.. quota.SlotsOn(day).Select(slot => Of(quota, day, slot))])).ToArray())];

        QuotaSlot Of(LoadedQuota quota, DateOnly day, TimeSlot? slot)
        {
            var people = taken.GetValueOrDefault(quota.Terms.Counted(day, slot?.At).Code);
            var state = quota.StateOf(day, slot?.At, people, Channel.Window, now);
            return new(slot?.At ?? default, slot?.Until ?? default, quota.LimitOn(day, slot?.At), quota.Days.ContainsKey((day, slot?.At)), people, state.KeptBack,
                state.Limit is null ? null : state.Room, people >= quota.WarnsAt(day, slot?.At));
        }
    }

    private static QuotaDay Whole(LoadedQuota quota, DateOnly day, QuotaSlot all, QuotaSlot[]? slots = null) => new(day, day.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)day.DayOfWeek,
        ChineseHolidays.KindOf(day), ChineseHolidays.NameOf(day), all.Limit, quota.Days.ContainsKey((day, null)), all.Taken, all.KeptBack, all.Left, all.Warns, slots);

    /// <summary>A sum of places knows no limit as soon as one of its slots has none, or where the day has no slots.</summary>
    private static QuotaDay Summed(LoadedQuota quota, DateOnly day, QuotaSlot[] slots) => Whole(quota, day, new(default, default,
        slots.Length == 0 || slots.Any(s => s.Limit is null) ? null : slots.Sum(s => s.Limit!.Value), false, slots.Sum(s => s.Taken), slots.Sum(s => s.KeptBack),
        slots.Length == 0 || slots.Any(s => s.Left is null) ? null : slots.Sum(s => s.Left!.Value), slots.Any(s => s.Warns)), slots);
}
