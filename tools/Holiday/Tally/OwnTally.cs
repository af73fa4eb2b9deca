using System.Collections.Concurrent;
using System.Globalization;
using Shanmen.Client;
using Shanmen.Holiday.Day;

namespace Shanmen.Holiday.Tally;

/// <summary>
/// What was acknowledged, counted outside the system (自记账): each window and each lane keeps its own, added up at the end.
/// Prices times people are counted here again, from the price sheet, and not taken from answers.
/// </summary>
sealed class OwnTally
{
    public const string Totals = "totals", Type = "type", Window = "window", Clerk = "clerk", Way = "payment", Hour = "hour", Reason = "refused",
        Gate = "gate", Shift = "shift", Visitors = "visitors", Planted = "planted";

    public Figures Figures { get; } = new();
    /// <summary>Answers that the plan does not allow; each is a finding.</summary>
    public ConcurrentQueue<string> Surprises { get; private init; } = new();

    /// <summary>A tally of one desk, whose surprises go to the same place.</summary>
    public OwnTally ForDesk() => new() { Surprises = Surprises };

    /// <param name="lines">What they got: what they asked for, or what it was rebooked to.</param>
    public void Sold(Party party, PartyLine[] lines, long[] lineFen, IEnumerable<SalePayment> payments, Ground ground, Guid window, Guid clerk, int minute)
    {
        var hour = HourOf(minute);
        long tickets = party.Papers, people = party.People, fen = lineFen.Sum();
        Add(Totals, "", ("orders", 1), ("tickets", tickets), ("people", people), ("salesFen", fen), ("netFen", fen));
        Add(Window, window.ToString(), ("tickets", tickets), ("people", people), ("fen", fen));
        Add(Clerk, clerk.ToString(), ("tickets", tickets), ("fen", fen));
        Add(Hour, hour, ("tickets", tickets), ("people", people), ("fen", fen));
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            Add(Type, ground.Types[line.Kind].Id.ToString(), ("tickets", party.OnOneTicket && line.People == 1 ? 1 : line.Quantity), ("people", line.Quantity * line.People), ("fen", lineFen[i]));
        }
        foreach (var payment in payments) Add(Way, payment.Method, ("fen", payment.AmountFen), ("netFen", payment.AmountFen));
    }

    /// <summary>People who have tickets for today, or have them no more.</summary>
    public void Coming(int people) => Add(Visitors, "", ("sold", people));

    /// <summary>A ticket that went back whole, for money or for another.</summary>
    public void WentBack(Ticket ticket) => Add(Type, ticket.TypeId.ToString(), ("returnedTickets", 1), ("refundsFen", ticket.PriceFen));

    /// <summary>The money of tickets that went back.</summary>
    public void WentBack(string method, long fen, Guid window)
    {
        Add(Totals, "", ("refundsFen", fen), ("netFen", -fen));
        Add(Window, window.ToString(), ("refundsFen", fen));
        Add(Way, method, ("refundsFen", fen), ("netFen", -fen));
    }

    public void Admitted(int people, Guid type, Guid gate, int minute)
    {
        Add(Totals, "", ("admitted", people));
        Add(Type, type.ToString(), ("admitted", people));
        Add(Hour, HourOf(minute), ("admitted", people));
        Add(Gate, gate.ToString(), ("entered", people));
        Add(Visitors, "", ("admitted", people));
    }

    public void Refused(string reason, Guid gate)
    {
        Add(Totals, "", ("refused", 1));
        Add(Reason, reason, ("count", 1));
        Add(Gate, gate.ToString(), ("refused", 1));
    }

    public void Left(int people) => Add(Totals, "", ("exited", people));

    public void Handed(string window, long expectedFen, long countedFen)
    {
        Add(Shift, window, ("expectedFen", expectedFen), ("countedFen", countedFen), ("overShortFen", countedFen - expectedFen));
        Figures.Add("ledger", "overshort", "balance", expectedFen - countedFen);
    }

    /// <summary>A planted case at a window that was answered as it must be.</summary>
    public void Answered(string plant) => Figures.Add(Planted, plant, "count", 1);

    private static string HourOf(int minute) => (minute / 60).ToString(CultureInfo.InvariantCulture);

    private void Add(string group, string of, params ReadOnlySpan<(string What, long Count)> figures)
    {
        foreach (var (what, count) in figures) Figures.Add(group, of, what, count);
    }
}
