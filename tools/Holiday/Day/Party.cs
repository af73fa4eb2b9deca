using Shanmen.Client;

namespace Shanmen.Holiday.Day;

/// <summary>How a party pays.</summary>
enum Payment { Cash, Card, CashAndCard }

/// <summary>Some tickets of one kind. A tour group is one ticket of many people.</summary>
readonly record struct PartyLine(TicketKind Kind, int Quantity, int People);

/// <summary>What becomes of the tickets after they are bought.</summary>
enum Fate
{
    Used, Returned, Voided, BoughtForTomorrow,
    /// <summary>Bought for today, and rebooked to tickets for two days that begin tomorrow.</summary>
    Rebooked,
}

/// <summary>People who come together, pay together and go in together.</summary>
sealed class Party
{
    public required PartyLine[] Lines { get; set; }
    public bool OnOneTicket { get; set; }
    public Payment Payment { get; init; }
    public Fate Fate { get; init; }

    /// <summary>Minutes from midnight of the park's clock.</summary>
    public int BuyMinute { get; set; }
    public int EnterMinute { get; set; }
    public int LeaveMinute { get; set; }
    public int Window { get; set; }
    public GatePlace Gate { get; set; } = null!;
    /// <summary>The lane at which they queue, in <see cref="Ground.Lanes"/>.</summary>
    public int Lane { get; set; }

    /// <summary>They ask first for the type that is sold out, are refused, and take ordinary tickets.</summary>
    public bool AsksInVain { get; set; }
    /// <summary>Their window still shows another price: it is refused, and the right one asked for.</summary>
    public bool IsShownAnotherPrice { get; set; }
    /// <summary>Their window sold them tomorrow by mistake, and rebooks that to today at once.</summary>
    public bool BoughtWrongDay { get; set; }
    /// <summary>The window's first answer is lost: the same request comes again under the same key.</summary>
    public bool PostsTwice { get; set; }
    /// <summary>A faulty program uses the key again for something else.</summary>
    public bool ReusesKey { get; set; }
    /// <summary>One of the scans has a plan of its own, so paper 0 is not shown in the ordinary way.</summary>
    public bool FirstPaperIsPlanted { get; set; }

    /// <summary>The tickets, once they are bought.</summary>
    public Ticket[] Tickets { get; set; } = [];
    /// <summary>How they were paid for.</summary>
    public SalePayment[] Paid { get; set; } = [];
    /// <summary>Those that were rebooked, whose paper is dead.</summary>
    public Ticket[] Superseded { get; set; } = [];

    public int People => Lines.Sum(l => l.Quantity * l.People);
    public int Papers => Lines.Sum(l => OnOneTicket && l.People == 1 ? 1 : l.Quantity);
    public bool IsVisitor => Fate == Fate.Used;
    /// <summary>Whether what they buy first is for tomorrow.</summary>
    public bool BuysForTomorrow => Fate == Fate.BoughtForTomorrow || BoughtWrongDay;

    /// <summary>What their ticket is refused for when it is shown again on the day: one for two days is not used up.</summary>
    public string RefusalOfSecondUse => Lines[0].Kind == TicketKind.TwoDays ? "usedToday" : "alreadyUsed";
}

/// <summary>What is held under the reader.</summary>
enum Showing
{
    Qr,
    /// <summary>One character of the signed code is another one.</summary>
    AlteredQr,
    ShortCode,
    /// <summary>The short code with a slip of the finger.</summary>
    MistypedCode,
}

/// <summary>A scan that is going to happen.</summary>
/// <param name="Lane">Place in <see cref="Ground.Lanes"/>.</param>
/// <param name="Refusal">The reason that must come; null = they are let in.</param>
/// <param name="Place">Which character an altered or mistyped code is wrong in.</param>
/// <param name="Twice">The answer is lost: the same request comes again under the same key.</param>
sealed record Scan(Party Party, int Paper, int Lane, Showing Showing = Showing.Qr, string? Refusal = null, int Place = 0, bool Twice = false)
{
    /// <summary>A guard types it on a handheld, instead of the lane's own reader.</summary>
    public bool ByGuard => Showing is Showing.ShortCode or Showing.MistypedCode;
}

/// <summary>One ticket under several readers at the same instant, as when it was photographed: exactly one lets them in.</summary>
sealed record Burst(Party Party, int[] Lanes);

enum Errand { Buy, GiveBack, Rebook }

/// <summary>All that happens in one minute.</summary>
sealed class MinuteOfDay(int windows, int lanes)
{
    public List<(Errand Errand, Party Party)>[] AtWindows { get; } = [.. Enumerable.Range(0, windows).Select(_ => new List<(Errand, Party)>())];
    public List<Scan>[] AtLanes { get; } = [.. Enumerable.Range(0, lanes).Select(_ => new List<Scan>())];
    public List<Burst> Bursts { get; } = [];
    /// <summary>People who go out, by lane.</summary>
    public int[] Leaving { get; } = new int[lanes];
}
