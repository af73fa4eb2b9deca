namespace Shanmen.Holiday.Day;

/// <summary>
/// The cases that a system gets wrong, put among the visitors: copied, altered, mistyped, returned and foreign tickets, a type
/// that sells out, lost answers and reused keys. Each has one right answer.
/// </summary>
sealed class Plants(Random random, Crowd crowd, Ground ground, DayPlan plan)
{
    private const int BurstLanesMax = 4, LongestShortCode = 16;
    // Of a hundred orders one goes back and two are rebooked. Each return needs the supervisor's password, whose check is slow on purpose.
    private const int OrdersPerGivenBack = 200, OrdersPerRebooked = 100;
    private Party[] _shuffled = [];
    private readonly HashSet<Party> _taken = [];

    /// <summary>Lets half as many people more than there are places ask for the scarce type, all at the first window and in one order.</summary>
    public void SellOut(int places)
    {
        var asked = 0;
        var keen = plan.Parties.Where(p => p.Lines.Length == 1 && p.Lines[0] is { Kind: TicketKind.Adult, Quantity: <= 4 }).OrderBy(p => p.BuyMinute)
            .TakeWhile(p => (asked += p.People) <= places + Math.Max(6, places / 2)).ToArray();
        var left = places;
        foreach (var party in keen)
        {
            party.Window = 0;
            party.AsksInVain = party.People > left;
            if (party.AsksInVain) continue;
            left -= party.People;
            party.Lines = [new(TicketKind.Sunrise, party.People, 1)];
        }
        // Nothing else is planned for them, so that the last places go in the order in which they were asked for.
        _taken.UnionWith(keen);
    }

    public void Plant(int visitors)
    {
        _shuffled = [.. plan.Parties];
        random.Shuffle(_shuffled);
        int Some(int per, int least) => Math.Max(least, visitors / per);

        foreach (var party in Take(Some(2000, 2), p => p.Papers == 1)) PhotographedTicket(party);
        foreach (var party in Take(Some(500, 2), _ => true)) Typed(party);
        foreach (var party in Take(Some(400, 2), _ => true)) Altered(party);
        foreach (var party in Take(Some(250, 3), _ => true)) ShownAgain(party);
        foreach (var party in Take(Some(600, 2), _ => true)) AtAnotherSite(party);
        foreach (var party in Take(Some(500, 2), p => p.Papers == 1)) LostVerdict(party);
        foreach (var party in Take(Some(500, 2), _ => true)) party.PostsTwice = true;
        foreach (var party in Take(Some(1000, 2), _ => true)) party.ReusesKey = true;
        foreach (var party in Take(Some(1000, 2), _ => true)) party.IsShownAnotherPrice = true;
        foreach (var party in Take(Some(2000, 2), p => p.Lines[0].Kind == TicketKind.TwoDays)) ShownAgain(party);
        for (var n = Some(800, 2); n > 0; n--) AddBystanders(Fate.BoughtForTomorrow, "wrongDay");
        var orders = _shuffled.Length;
        foreach (var party in Take(Math.Max(2, orders / OrdersPerRebooked), _ => true)) party.BoughtWrongDay = true;
        for (var n = Math.Max(2, orders / OrdersPerRebooked); n > 0; n--) AddBystanders(Fate.Rebooked, "returned");
        for (var n = Math.Max(2, orders / OrdersPerGivenBack); n > 0; n--) AddBystanders(Fate.Returned, "returned");
        for (var n = Math.Max(2, orders / OrdersPerGivenBack); n > 0; n--) AddBystanders(Fate.Voided, "voided");
    }

    /// <summary>Visitors that nothing else is planned for.</summary>
    private Party[] Take(int count, Func<Party, bool> fits)
    {
        var found = _shuffled.Where(p => !_taken.Contains(p) && fits(p)).Take(count).ToArray();
        _taken.UnionWith(found);
        return found;
    }

    private void PhotographedTicket(Party party)
    {
        party.FirstPaperIsPlanted = true;
        plan.At(party.EnterMinute).Bursts.Add(new Burst(party, [.. party.Gate.LanesIn.Take(BurstLanesMax)]));
    }

    private void Typed(Party party)
    {
        party.FirstPaperIsPlanted = true;
        var scans = plan.At(party.EnterMinute).AtLanes[party.Gate.LanesIn[0]];
        scans.Add(new Scan(party, 0, party.Gate.LanesIn[0], Showing.MistypedCode, "damagedCode", random.Next(LongestShortCode)));
        scans.Add(new Scan(party, 0, party.Gate.LanesIn[0], Showing.ShortCode));
    }

    private void Altered(Party party) =>
        plan.At(party.EnterMinute).AtLanes[party.Lane].Add(new Scan(party, random.Next(party.Papers), party.Lane, Showing.AlteredQr, "alteredCode", random.Next(AlteredCodes.Places)));

    private void ShownAgain(Party party)
    {
        var minute = Math.Min(party.EnterMinute + random.Next(1, 90), DayPlan.LastMinute);
        var lane = party.Gate.LanesIn.First(l => l != party.Lane);
        plan.At(minute).AtLanes[lane].Add(new Scan(party, random.Next(party.Papers), lane, Refusal: party.RefusalOfSecondUse));
    }

    /// <summary>In the minute before they go in, they try the gate of a site that their ticket does not admit to.</summary>
    private void AtAnotherSite(Party party)
    {
        var wrong = (party.Gate.SiteId == ground.Mountain ? ground.LanternGates : ground.MountainGates)[0];
        plan.At(party.EnterMinute - 1).AtLanes[wrong.LanesIn[0]].Add(new Scan(party, 0, wrong.LanesIn[0], Refusal: "wrongSite"));
    }

    private void LostVerdict(Party party)
    {
        party.FirstPaperIsPlanted = true;
        plan.At(party.EnterMinute).AtLanes[party.Lane].Add(new Scan(party, 0, party.Lane, Twice: true));
    }

    /// <summary>People who buy, give their ticket back or bought it for tomorrow, and are found at a gate all the same.</summary>
    private void AddBystanders(Fate fate, string refusal)
    {
        var party = crowd.Bystanders(fate);
        party.BuyMinute = random.Next(9 * 60, 16 * 60);
        var back = party.BuyMinute + random.Next(3, 15);
        party.Window = DayPlan.WindowAt(back, random, ground);
        if (fate is Fate.Rebooked) plan.At(back).AtWindows[party.Window].Add((Errand.Rebook, party));
        if (fate is Fate.Returned or Fate.Voided) plan.At(back).AtWindows[party.Window].Add((Errand.GiveBack, party));
        var gate = ground.MountainGates[random.Next(ground.MountainGates.Length)];
        var lane = gate.LanesIn[random.Next(gate.LanesIn.Length)];
        plan.At(back + random.Next(2, 10)).AtLanes[lane].Add(new Scan(party, 0, lane, Refusal: refusal));
        plan.Parties.Add(party);
    }
}
