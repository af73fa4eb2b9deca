using Shanmen.Client;

namespace Shanmen.Holiday.Day;

/// <summary>What the windows charge on the day and for the next one: reckoned here, and not taken from the system; only what kind of day it is stands in its price sheet.</summary>
sealed class Prices(Ground ground, DateOnly day, PriceSheet today, PriceSheet tomorrow)
{
    public string DayKind => today.DayKind;

    public static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>What each line costs, in fen.</summary>
    public long[] FenOf(PartyLine[] lines, bool forTomorrow) => [.. lines.Select(l => Tariff.FenOf(ground.Types[l.Kind], l.Kind, (forTomorrow ? tomorrow : today).DayKind, l.Quantity * l.People))];

    public Sale SaleOf(PartyLine[] lines, Party party, Guid shift)
    {
        var forTomorrow = party.BuysForTomorrow;
        var total = FenOf(lines, forTomorrow).Sum();
        return new Sale(shift, Text(forTomorrow ? day.AddDays(1) : day), (forTomorrow ? tomorrow : today).Version, total,
            [.. lines.Select(l => new SaleLine(ground.Types[l.Kind].Id, l.Quantity, l.People))], PaymentsOf(party.Payment, total), party.OnOneTicket, null);
    }

    /// <summary>Other tickets for all of a party's, and what they cost; the difference is paid as the party pays.</summary>
    /// <param name="creditFen">What the old ones bring.</param>
    public (RebookRequest Request, long[] LineFen) RebookingOf(Party party, Guid shift, PartyLine[] lines, bool toTomorrow, long creditFen, string login, string password)
    {
        var fen = FenOf(lines, toTomorrow);
        var due = fen.Sum() - creditFen;
        return (new(shift, [.. party.Tickets.Select(t => t.Id)], "plans", Text(toTomorrow ? day.AddDays(1) : day), [.. lines.Select((l, at) => new RebookTarget(at, ground.Types[l.Kind].Id))],
            (toTomorrow ? tomorrow : today).Version, due > 0 ? PaymentsOf(party.Payment, due) : [], creditFen, fen.Sum(), due < 0 ? login : "", due < 0 ? password : ""), fen);
    }

    /// <summary>Cash is tendered in notes of a hundred yuan, so that most sales give change.</summary>
    private static SalePayment[] PaymentsOf(Payment payment, long total)
    {
        const long Note = 100_00;
        SalePayment Cash(long fen) => new("cash", fen, (fen + Note - 1) / Note * Note, "");
        SalePayment Card(long fen) => new("card", fen, fen, "POS");
        return payment switch
        {
            Payment.Cash => [Cash(total)],
            Payment.Card => [Card(total)],
            _ => [Cash(total / 2), Card(total - (total / 2))],
        };
    }
}
