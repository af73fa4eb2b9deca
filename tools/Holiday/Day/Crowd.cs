namespace Shanmen.Holiday.Day;

/// <summary>Who comes: families, couples, students, tour groups and evening guests, exactly as many people as the day had.</summary>
sealed class Crowd(Random random, Ground ground)
{
    private const double GroupShare = 0.33, LanternShare = 0.06;
    private const int GroupSmallest = 10, GroupLargest = 45, FamilyLargest = 6;
    // How many of a hundred families have one, two … six people.
    private static readonly int[] FamilySizes = [12, 34, 24, 18, 7, 5];
    private readonly ArrivalCurve _curve = new(random);

    /// <summary>Draws parties of exactly this many people.</summary>
    public List<Party> Draw(int visitors)
    {
        var parties = new List<Party>();
        var (group, lantern) = (ground.Types[TicketKind.Group], ground.Types[TicketKind.Lantern]);
        var smallest = Math.Max(GroupSmallest, group.MinPeople);
        var largest = Math.Min(GroupLargest, group.MaxPeople);
        for (var left = (int)(visitors * GroupShare); left >= smallest;)
        {
            var people = random.Next(smallest, Math.Min(largest, left) + 1);
            left -= people;
            parties.Add(OnMountain([new(TicketKind.Group, 1, people)]));
        }
        for (var left = (int)(visitors * LanternShare); left > 0;)
        {
            var people = Math.Min(left, FamilySize());
            left -= people;
            parties.Add(AtLanterns([new(TicketKind.Lantern, people, 1)], Ground.MinuteOf(lantern.FromTime), Ground.MinuteOf(lantern.ToTime)));
        }
        for (var left = visitors - parties.Sum(p => p.People); left > 0;)
        {
            var people = Math.Min(left, FamilySize());
            left -= people;
            parties.Add(OnMountain(Family(people)));
        }
        return parties;
    }

    /// <summary>A small party that does not go in today: it gives its one ticket back, or bought for tomorrow.</summary>
    public Party Bystanders(Fate fate) => new()
    {
        Lines = [new(TicketKind.Adult, random.Next(1, 4), 1)], OnOneTicket = true, Fate = fate, Payment = random.Next(2) == 0 ? Payment.Cash : Payment.Card,
    };

    private Party OnMountain(PartyLine[] lines)
    {
        var adult = ground.Types[TicketKind.Adult];
        var from = Ground.MinuteOf(adult.FromTime);
        var enter = _curve.Morning(from, Math.Min(from + 550, Ground.MinuteOf(adult.ToTime)));
        return Placed(lines, ground.MountainGates, enter, Math.Min(enter + _curve.StayOnMountain(), DayPlan.LastMinute));
    }

    private Party AtLanterns(PartyLine[] lines, int from, int to)
    {
        var enter = _curve.Evening(from, Math.Max(from, to - 100));
        return Placed(lines, ground.LanternGates, enter, Math.Min(enter + _curve.StayAtLanterns(), DayPlan.LastMinute));
    }

    private Party Placed(PartyLine[] lines, GatePlace[] gates, int enter, int leave)
    {
        var gate = gates[random.Next(gates.Length)];
        var buy = Math.Max(DayPlan.WindowsOpenAt(ground), enter - random.Next(3, 26));
        return new Party
        {
            Lines = lines, OnOneTicket = random.Next(100) < 35, Gate = gate, Lane = gate.LanesIn[random.Next(gate.LanesIn.Length)],
            Payment = random.Next(100) switch { < 30 => Payment.Cash, < 97 => Payment.Card, _ => Payment.CashAndCard },
            Window = DayPlan.WindowAt(buy, random, ground), BuyMinute = buy, EnterMinute = enter, LeaveMinute = leave,
        };
    }

    private int FamilySize()
    {
        var drawn = random.Next(FamilySizes.Sum());
        for (var size = 1; size < FamilyLargest; size++)
            if ((drawn -= FamilySizes[size - 1]) < 0) return size;
        return FamilyLargest;
    }

    /// <summary>Who is in a family: one kind of young people or elders, or grown-ups with children.</summary>
    private PartyLine[] Family(int people)
    {
        var drawn = random.Next(100);
        if (drawn < 16) return [new(TicketKind.Student, people, 1)];
        if (drawn < 26 && people <= 2) return [new(TicketKind.Senior, people, 1)];
        if (drawn > 94) return [new(TicketKind.TwoDays, people, 1)];
        var children = people < 2 ? 0 : random.Next(0, Math.Min(2, people - 1) + 1);
        var elders = people - children < 3 ? 0 : random.Next(0, 3);
        return [.. new PartyLine[] { new(TicketKind.Adult, people - children - elders, 1), new(TicketKind.Child, children, 1), new(TicketKind.Senior, elders, 1) }.Where(l => l.Quantity > 0)];
    }
}
