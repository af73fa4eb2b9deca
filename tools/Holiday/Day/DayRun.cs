using Shanmen.Client;
using Shanmen.Holiday.Tally;

namespace Shanmen.Holiday.Day;

/// <summary>
/// Lets the day pass. The clock moves from minute to minute; in each one all windows sell side by side, then all lanes admit,
/// then people leave. A minute begins when the one before is answered completely, so figures do not depend on speed.
/// </summary>
sealed class DayRun
{
    public const long ShortFen = 5_00;
    private readonly CentreApi _api;
    private readonly Badge _admin;
    private readonly Func<Task> _renewAdmin;
    private readonly Team _team;
    private readonly WindowDesk[] _windows;
    private readonly LaneDesk?[] _lanes;
    private readonly Func<int, DateTimeOffset> _moment;

    private DayRun(CentreApi api, Badge admin, Func<Task> renewAdmin, Team team, WindowDesk[] windows, LaneDesk?[] lanes, OwnTally tally, Func<int, DateTimeOffset> moment) =>
        (_api, _admin, _renewAdmin, _team, _windows, _lanes, Tally, _moment) = (api, admin, renewAdmin, team, windows, lanes, tally, moment);

    /// <summary>The whole tally, once the shifts are handed over; before, only the surprises.</summary>
    public OwnTally Tally { get; }

    /// <summary>Makes room for the visitors, brings the team on duty and takes the price sheets.</summary>
    /// <param name="moment">The instant of a minute of the park's day.</param>
    public static async Task<DayRun> Prepare(CentreApi api, Badge admin, Func<Task> renewAdmin, Ground ground, DayPlan plan, DateOnly day, Func<int, DateTimeOffset> moment)
    {
        await Room.Make(api, admin, ground, plan, day);
        await Room.Limit(api, admin, ground, plan);
        var team = await Team.Muster(api, admin, ground);
        Task<PriceSheet> Sheet(DateOnly of) => api.Get<PriceSheet>(team.Clerks[0].Badge, $"/api/price-sheet?day={Prices.Text(of)}");
        var prices = new Prices(ground, day, await Sheet(day), await Sheet(day.AddDays(1)));
        var tally = new OwnTally();
        return new DayRun(api, admin, renewAdmin, team,
            [.. ground.Windows.Select((w, i) => new WindowDesk(api, ground, w, team.Clerks[i], team.Supervisor, prices, tally.ForDesk()))],
            [.. ground.Lanes.Select((lane, i) => team.Readers[i] is { } reader
                ? new LaneDesk(api, lane, reader, team.Guards[lane.SiteId], tally.ForDesk()) : null)],
            tally, moment);
    }

    public async Task Pass(DayPlan plan, Progress progress, CancellationToken cancel)
    {
        await _api.SetClock(_admin, _moment(plan.Minutes.First().Minute - 1));
        await Task.WhenAll(_windows.Select(w => w.OpenShift()));
        var handedOver = false;
        foreach (var (minute, work) in plan.Minutes)
        {
            cancel.ThrowIfCancellationRequested();
            await _api.SetClock(_admin, _moment(minute));
            if (!handedOver && minute >= DayPlan.HandOverMinute)
            {
                handedOver = true;
                await Task.WhenAll(_windows.Skip(DayPlan.EveningWindows).Select(w => w.CloseShift(0)));
                await Task.WhenAll(_renewAdmin(), _team.RenewSessions(_api));
            }
            await Task.WhenAll(_windows.Select((w, i) => w.Work(work.AtWindows[i], minute)));
            foreach (var burst in work.Bursts) await Copy(burst, minute);
            await Task.WhenAll(_lanes.Select((lane, i) => lane?.Work(work.AtLanes[i], minute) ?? Task.CompletedTask));
            await Task.WhenAll(_lanes.Select((lane, i) => lane?.LetOut(work.Leaving[i]) ?? Task.CompletedTask));
            progress.Show(minute, Count("sold"), Count("admitted"), _api.Requests);
        }
        await _api.SetClock(_admin, _moment(DayPlan.LastMinute + 10));
        // What was given back is all that is left of the mountain's places.
        await _windows[0].AskBeyondTheLimit(plan.Parties.Where(p => p.Fate is Fate.Returned or Fate.Voided or Fate.Rebooked).Sum(p => p.People) + 1);
        await Task.WhenAll(_windows.Take(DayPlan.EveningWindows).Select((w, i) => w.CloseShift(i == 0 ? ShortFen : 0)));
        foreach (var desk in Desks) Tally.Figures.Add(desk.Figures);
    }

    /// <summary>One ticket at several readers at the same instant.</summary>
    private async Task Copy(Burst burst, int minute)
    {
        if (burst.Party.Tickets is not [var ticket]) { Tally.Surprises.Enqueue("no ticket to copy"); return; }
        var verdicts = await Task.WhenAll(burst.Lanes.Select(l => _lanes[l]!.ShowCopy(ticket, minute)));
        if (verdicts.Count(v => v is { Reason: null } && v.PeopleAdmitted == ticket.People) != 1 || verdicts.Count(v => v?.Reason == burst.Party.RefusalOfSecondUse) != burst.Lanes.Length - 1)
            Tally.Surprises.Enqueue($"ticket {ticket.Id} at {burst.Lanes.Length} readers at once: {string.Join(", ", verdicts.Select(v => v is null ? "?" : v.Reason ?? "admitted"))}");
    }

    private IEnumerable<OwnTally> Desks => _windows.Select(w => w.Tally).Concat(_lanes.OfType<LaneDesk>().Select(l => l.Tally));
    private long Count(string what) => Desks.Sum(d => d.Figures[OwnTally.Visitors, "", what]);
}
