namespace Shanmen.Holiday.Day;

/// <summary>
/// Everything that will happen on the day, minute by minute, drawn from the seed before the first request is sent. What each
/// request must be answered follows from the plan alone, so no outcome depends on which of two requests comes first.
/// </summary>
sealed class DayPlan
{
    public const int LastMinute = (22 * 60) + 30;
    /// <summary>From then on only the first windows sell; the clerks of the others hand over and go home.</summary>
    public const int HandOverMinute = 14 * 60, EveningWindows = 3;
    private const int MinutesOfDay = 24 * 60, OpenBeforeFirstEntry = 40;
    private readonly Ground _ground;
    private readonly MinuteOfDay?[] _minutes = new MinuteOfDay?[MinutesOfDay];

    private DayPlan(Ground ground, List<Party> parties) => (_ground, Parties) = (ground, parties);

    /// <summary>All parties in the order in which they buy.</summary>
    public List<Party> Parties { get; private set; }
    public int Visitors => Parties.Where(p => p.IsVisitor).Sum(p => p.People);

    /// <summary>A window that is open in this minute.</summary>
    public static int WindowAt(int minute, Random random, Ground ground) => random.Next(minute < HandOverMinute ? ground.Windows.Length : Math.Min(EveningWindows, ground.Windows.Length));

    public static int WindowsOpenAt(Ground ground) => Ground.MinuteOf(ground.Types[TicketKind.Adult].FromTime) - OpenBeforeFirstEntry;

    /// <summary>Places of the type that is to sell out, on a day of so many visitors.</summary>
    public static int SunrisePlaces(int visitors) => Math.Max(12, visitors / 250);

    public static DayPlan Draw(int seed, int visitors, Ground ground)
    {
        var random = new Random(seed);
        var crowd = new Crowd(random, ground);
        var plan = new DayPlan(ground, crowd.Draw(visitors));
        var plants = new Plants(random, crowd, ground, plan);
        plants.SellOut(SunrisePlaces(visitors));
        plants.Plant(visitors);
        plan.Schedule(random);
        return plan;
    }

    public IEnumerable<(int Minute, MinuteOfDay Work)> Minutes =>
        Enumerable.Range(0, MinutesOfDay).Where(m => _minutes[m] is not null).Select(m => (m, _minutes[m]!));

    public MinuteOfDay At(int minute) => _minutes[minute] ??= new MinuteOfDay(_ground.Windows.Length, _ground.Lanes.Length);

    /// <summary>People who want a kind of ticket for today or tomorrow, gone back, rebooked or not.</summary>
    public int Demand(TicketKind kind, bool tomorrow) =>
        Parties.Where(p => tomorrow ? p.BuysForTomorrow : p.Fate != Fate.BoughtForTomorrow).SelectMany(p => p.Lines).Where(l => l.Kind == kind).Sum(l => l.Quantity * l.People)
        + (tomorrow && kind == TicketKind.TwoDays ? Parties.Where(p => p.Fate == Fate.Rebooked).Sum(p => p.People) : 0);

    /// <summary>The most people inside a site at once, those who come in a minute counted before those who leave in it.</summary>
    public int PeakInside(Guid? site)
    {
        var change = new int[MinutesOfDay + 1];
        foreach (var party in Parties.Where(p => p.IsVisitor && (site is null || p.Gate.SiteId == site)))
        {
            change[party.EnterMinute] += party.People;
            change[party.LeaveMinute + 1] -= party.People;
        }
        var (inside, most) = (0, 0);
        foreach (var c in change) most = Math.Max(most, inside += c);
        return most;
    }

    /// <summary>Puts the ordinary errands, scans and exits into their minutes.</summary>
    private void Schedule(Random random)
    {
        // A stable sort: parties of one minute keep the order in which they were drawn.
        Parties = [.. Parties.OrderBy(p => p.BuyMinute)];
        foreach (var party in Parties) At(party.BuyMinute).AtWindows[party.Window].Insert(At(party.BuyMinute).AtWindows[party.Window].Count(e => e.Errand == Errand.Buy), (Errand.Buy, party));
        foreach (var party in Parties.Where(p => p.IsVisitor))
        {
            for (var paper = party.FirstPaperIsPlanted ? 1 : 0; paper < party.Papers; paper++)
                At(party.EnterMinute).AtLanes[party.Lane].Add(new Scan(party, paper, party.Lane));
            At(party.LeaveMinute).Leaving[party.Gate.LanesOut[random.Next(party.Gate.LanesOut.Length)]] += party.People;
        }
    }
}
