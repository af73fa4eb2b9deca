using System.Net.Http.Headers;
using Shanmen.Client;

namespace Shanmen.Holiday.Day;

/// <summary>Somebody on duty, signed in.</summary>
sealed record OnDuty(Guid Id, string Login, string Password, Badge Badge);

/// <summary>The people and devices of the day, made by the administrator through the office's own interface.</summary>
sealed class Team
{
    public required OnDuty[] Clerks { get; init; }
    /// <summary>One at each site.</summary>
    public required IReadOnlyDictionary<Guid, OnDuty> Guards { get; init; }
    /// <summary>Vouches for returns.</summary>
    public required OnDuty Supervisor { get; init; }
    /// <summary>The readers at the lanes, in the order of <see cref="Ground.Lanes"/>; null where nobody goes through.</summary>
    public required Badge?[] Readers { get; init; }

    public static async Task<Team> Muster(CentreApi api, Badge admin, Ground ground)
    {
        var gates = ground.MountainGates.Concat(ground.LanternGates).ToArray();
        var lanes = gates.SelectMany(g => g.LanesIn.Concat(g.LanesOut)).ToHashSet();
        var readers = await Task.WhenAll(Enumerable.Range(0, ground.Lanes.Length).Select(i => lanes.Contains(i) ? Reader(api, admin, ground.Lanes[i].LaneId) : Task.FromResult<Badge?>(null)));
        return new Team
        {
            Clerks = await Task.WhenAll(ground.Windows.Select((w, i) => Enrol(api, admin, $"holiday.clerk{i + 1}", "clerk"))),
            Guards = (await Task.WhenAll(gates.Select(g => g.SiteId).Distinct().Select(async (site, i) => (site, Guard: await Enrol(api, admin, $"holiday.guard{i + 1}", "gateGuard")))))
                .ToDictionary(g => g.site, g => g.Guard),
            Supervisor = await Enrol(api, admin, "holiday.manager", "manager"),
            Readers = readers,
        };
    }

    /// <summary>Whoever stays for the evening signs in anew: a session ends twelve hours after it began, a day of visitors is longer.</summary>
    public Task RenewSessions(CentreApi api) => Task.WhenAll(Clerks.Take(DayPlan.EveningWindows).Concat(Guards.Values).Select(p => api.SignIn(p.Badge, p.Login, p.Password)));

    /// <summary>A new person gets a first password and must change it before anything else.</summary>
    private static async Task<OnDuty> Enrol(CentreApi api, Badge admin, string login, string role)
    {
        var id = api.NewKey();
        var enrolled = await api.Change<StaffAnswer>(HttpMethod.Put, admin, $"/api/staff/{id}", new StaffRequest(login, login, "", [role], Active: true), id);
        var badge = new Badge();
        var password = await api.SignIn(badge, login, enrolled.InitialPassword ?? throw new ClientException($"{login}: 没有初始密码 / no first password."));
        return new OnDuty(enrolled.Staff.Id, login, password, badge);
    }

    private static async Task<Badge?> Reader(CentreApi api, Badge admin, Guid lane)
    {
        var key = await api.Change<DeviceKeyAnswer>(HttpMethod.Post, admin, $"/api/lanes/{lane}/device-key", new Nothing());
        return new Badge { Device = new AuthenticationHeaderValue("Device", key.DeviceKey) };
    }
}
