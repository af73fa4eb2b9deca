using Shanmen.Client;
using Shanmen.Holiday.Day;
using Shanmen.Holiday.Tally;
using Shanmen.Holiday.Visitors;

namespace Shanmen.Holiday;

/// <summary>What was asked for at the command line.</summary>
sealed record DayOrder(DateOnly Day, int Seed, bool BreaksTally, StorePlace Store);

/// <summary>One day of real visitors from an empty store to its verified end.</summary>
sealed class HolidayDay(DayOrder order, Progress progress)
{
    private const int DutyBegins = 5 * 60;
    private readonly List<string> _findings = [];

    public async Task<DayOutcome> Live(CancellationToken cancel)
    {
        var visitors = DailyVisitors.On(order.Day);
        progress.Say($"{Prices.Text(order.Day)}: {visitors:N0} 人 / visitors");
        OwnTally tally;
        long requests;
        await using (var centre = await CentreProgram.Start(order.Store, simulation: true, cancel))
        {
            progress.Say($"服务已启动 / the server runs at {centre.Address}");
            using var api = new CentreApi(centre.Address);
            try { tally = await Visit(api, centre.Password, visitors, cancel); }
            catch (ClientException) { foreach (var line in centre.LastWords) Console.Error.WriteLine(line); throw; }
            requests = api.Requests;
            await centre.Stop();
        }
        progress.Say("服务已停止，核验 / the server stopped, verifying");
        var verdict = await CentreProgram.Verify(order.Store, cancel);
        if (verdict.FirstBad is { } bad) _findings.Add($"verify: {bad}");
        return OutcomeOf(visitors, tally, verdict, requests);
    }

    private async Task<OwnTally> Visit(CentreApi api, string password, int visitors, CancellationToken cancel)
    {
        var admin = new Badge();
        password = await api.SignIn(admin, "admin", password);
        var zone = TimeZoneInfo.FindSystemTimeZoneById((await api.Get<Park>(admin, "/api/park")).TimeZone);
        DateTimeOffset Moment(int minute) => TimeZoneInfo.ConvertTimeToUtc(order.Day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute), zone);
        await api.SetClock(admin, Moment(DutyBegins));
        // The clock has jumped over years, and the session ended on the way.
        await api.SignIn(admin, "admin", password);

        var ground = await Ground.Survey(api, admin, DayPlan.SunrisePlaces(visitors));
        await Tariff.Publish(api, admin, ground, Moment(DutyBegins + 1));
        await api.SetClock(admin, Moment(DutyBegins + 2));
        var plan = DayPlan.Draw(order.Seed, visitors, ground);
        if (plan.Visitors != visitors) throw new InvalidOperationException($"The plan has {plan.Visitors} visitors instead of {visitors}.");
        var run = await DayRun.Prepare(api, admin, () => api.SignIn(admin, "admin", password), ground, plan, order.Day, Moment);
        progress.Say($"{plan.Parties.Count:N0} 批游客 / parties, 园内最多 / most inside {plan.PeakInside(null):N0}");
        await run.Pass(plan, progress, cancel);
        await CloseAndCompare(api, admin, ground, run.Tally);
        return run.Tally;
    }

    private async Task CloseAndCompare(CentreApi api, Badge admin, Ground ground, OwnTally tally)
    {
        var own = tally.Figures;
        if (order.BreaksTally) own.Add(OwnTally.Totals, "", "salesFen", 1);
        var day = Prices.Text(order.Day);
        _findings.AddRange(Comparison.With(await api.Get<Board>(admin, "/api/board"), own));
        await api.Change<ClosingSheet>(HttpMethod.Post, admin, $"/api/days/{day}/close", new Nothing());
        _findings.AddRange(Comparison.With(await api.Get<DayReport>(admin, $"/api/reports/day?day={day}"), own));
        var names = ground.Types.Values.ToDictionary(t => t.Id.ToString(), t => t.Name);
        _findings.AddRange(Comparison.With(await api.Get<ClosingSheet>(admin, $"/api/days/{day}/closing-sheet"), own, names));
        _findings.AddRange(tally.Surprises);
        progress.Say("已日结 / the day is closed");
    }

    private DayOutcome OutcomeOf(int visitors, OwnTally tally, VerifyVerdict verdict, long requests)
    {
        var own = tally.Figures;
        var (sold, admitted) = (own[OwnTally.Visitors, "", "sold"], own[OwnTally.Visitors, "", "admitted"]);
        if (sold != visitors || admitted != visitors) _findings.Add($"真实客流 / real visitors {visitors}, 售出 / sold {sold}, 入园 / admitted {admitted}");
        var refused = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var (name, count) in own.Of(OwnTally.Reason)) refused[name.Of] = count;
        foreach (var plant in new[] { "soldOut", "keyReused", "priceChanged", "quotaFull" }) refused[plant] = own[OwnTally.Planted, plant, "count"];
        var tallyFindings = _findings.Count(f => !f.StartsWith("verify:", StringComparison.Ordinal));
        return new DayOutcome(Prices.Text(order.Day), order.Seed, sold, admitted, refused, own[OwnTally.Planted, "returned", "count"], own[OwnTally.Planted, "rebooked", "count"],
            own[OwnTally.Totals, "", "salesFen"], own[OwnTally.Totals, "", "refundsFen"],
            verdict.LedgerSum, tallyFindings == 0, verdict.Word, Math.Round(progress.Seconds, 1))
        { Findings = _findings, Requests = requests, Repeated = own[OwnTally.Planted, "repeated", "count"] };
    }
}
