namespace Shanmen.Platform.Tests.Ledger;

/// <summary>
/// What the ledger should do, in the simplest words there are: lists of orders that are walked each time. It shares no code
/// and no idea with the ledger: no accounts, no transfers, no phases.
/// </summary>
/// <param name="forgetsHolds">Wrong on purpose: sells what others hold.</param>
internal sealed class NaiveLedger(bool forgetsHolds = false)
{
    public const int Types = 2, FenEach = 10, PurseFen = 400;

    internal sealed class Order
    {
        public int Type, People, Used, Returned, MinutesLeft = int.MaxValue;
        public bool Paid, Over, TimedOut;
        public int Open => Paid ? People - Returned : 0;
        public bool Stands => !Paid && !Over;
    }

    public List<Order> Orders { get; } = [];
    public int[] Quota { get; } = [12, 5];
    public int Capacity => 9;

    public long Sold(int type) => Orders.Where(o => o.Type == type).Sum(o => (long)o.Open);
    public long Held(int type) => Orders.Where(o => o.Type == type && o.Stands).Sum(o => (long)o.People);
    public long Inside => Orders.Sum(o => (long)o.Used);
    public long Purse => PurseFen - (FenEach * Orders.Sum(o => (long)o.Open));
    public long PurseHeld => FenEach * Orders.Where(o => o.Stands).Sum(o => (long)o.People);

    /// <summary>Does the step, or says false: then nothing has happened.</summary>
    public bool Do(Step step) => step.Deed switch
    {
        Deed.Sell => Place(step, paid: true, int.MaxValue),
        Deed.Hold => Place(step, paid: false, int.MaxValue),
        Deed.HoldAWhile => Place(step, paid: false, step.Amount),
        Deed.Post => Pay(Pick(step), int.MaxValue),
        Deed.PostPart => Pay(Pick(step), step.Amount),
        Deed.Void => Give(Pick(step)),
        Deed.Return => Return(Pick(step), step.Amount),
        Deed.Admit => Admit(Pick(step), step.Amount),
        Deed.Quota => SetQuota(step),
        _ => Wait(step.Amount),
    };

    public Order? Pick(Step step) => Orders.Count == 0 ? null : Orders[step.Which % Orders.Count];

    private bool Place(Step step, bool paid, int minutes)
    {
        var type = step.Which % Types;
        var held = forgetsHolds ? 0 : Held(type);
        if (Sold(type) + held + step.Amount > Quota[type]) return false;
        if (Purse - (forgetsHolds ? 0 : PurseHeld) < FenEach * step.Amount) return false;
        Orders.Add(new Order { Type = type, People = step.Amount, Paid = paid, MinutesLeft = minutes });
        return true;
    }

    /// <summary>Who holds a place may pay, whatever became of the quota; of a part, the rest is free.</summary>
    private static bool Pay(Order? order, int people)
    {
        if (order is not { Stands: true, TimedOut: false } || order.MinutesLeft < 0) return false;
        if (people != int.MaxValue && people > order.People) return false;
        order.Paid = true;
        order.People = Math.Min(people, order.People);
        return true;
    }

    private static bool Give(Order? order)
    {
        if (order is not { Stands: true }) return false;
        return order.Over = true;
    }

    private static bool Return(Order? order, int people)
    {
        if (order is not { Paid: true } || order.Open - order.Used < people) return false;
        order.Returned += people;
        return true;
    }

    private bool Admit(Order? order, int people)
    {
        if (order is not { Paid: true } || order.Open - order.Used < people || Inside + people > Capacity) return false;
        order.Used += people;
        return true;
    }

    private bool SetQuota(Step step)
    {
        Quota[step.Which % Types] = step.Amount * 3;
        return true;
    }

    /// <summary>Minutes pass, and what has a time and is over is gone.</summary>
    private bool Wait(int minutes)
    {
        foreach (var order in Orders.Where(o => o.Stands && o.MinutesLeft != int.MaxValue))
        {
            order.MinutesLeft -= minutes;
            if (order.MinutesLeft < 0) order.Over = order.TimedOut = true;
        }
        return true;
    }
}
