using Shanmen.Client;

namespace Shanmen.Holiday.Day;

/// <summary>Raises what would turn the real crowd away, as the office does before a holiday: places inside and quotas. Never lowers anything.</summary>
static class Room
{
    private const int Step = 1000;

    public static async Task Make(CentreApi api, Badge admin, Ground ground, DayPlan plan, DateOnly day)
    {
        foreach (var site in ground.Sites.Where(s => s.Capacity > 0 && s.Capacity < plan.PeakInside(s.Id)))
            await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/sites/{site.Id}", new SiteRequest(site.Name, site.NameEn, RoundUp(plan.PeakInside(site.Id)), site.Active));
        if (ground.Park.Capacity > 0 && ground.Park.Capacity < plan.PeakInside(null))
            await api.Change<Nothing>(HttpMethod.Put, admin, "/api/park", ground.Park with { Capacity = RoundUp(plan.PeakInside(null)) });
        foreach (var (kind, type) in ground.Types.Where(t => t.Key != TicketKind.Sunrise))
            foreach (var tomorrow in new[] { false, true })
                if (type.DailyQuota is { } quota && quota < plan.Demand(kind, tomorrow))
                    await api.Change<Nothing>(HttpMethod.Put, admin, $"/api/ticket-types/{type.Id}/days/{Prices.Text(tomorrow ? day.AddDays(1) : day)}",
                        new TypeDayRequest(null, RoundUp(plan.Demand(kind, tomorrow)), Unlimited: false));
    }

    /// <summary>One limit for all that admits to the mountain, exactly as large as the day's demand: not a place more may be sold.</summary>
    public static Task Limit(CentreApi api, Badge admin, Ground ground, DayPlan plan)
    {
        var mountain = ground.Types.Where(t => t.Value.SiteIds.Contains(ground.Mountain)).ToArray();
        var demand = Math.Max(mountain.Sum(t => plan.Demand(t.Key, tomorrow: false)), mountain.Sum(t => plan.Demand(t.Key, tomorrow: true)));
        return api.Change<Nothing>(HttpMethod.Put, admin, $"/api/quotas/{api.NewKey()}", new QuotaRequest(0, "全山限流", [.. mountain.Select(t => t.Value.Id)], demand, 90, Stops: true, [], Active: true));
    }

    private static int RoundUp(int people) => (people + Step - 1) / Step * Step;
}
