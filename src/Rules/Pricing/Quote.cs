namespace Shanmen.Rules.Pricing;

/// <summary>The total of a sale before it is made; see docs/algorithms/pricing.md.</summary>
public static class Quote
{
    public const int LinesMax = 20;
    public const int QuantityMax = 500;

    /// <summary>People on one ticket, whatever the type allows.</summary>
    public const int PeopleMax = 500;

    /// <summary>¥10,000,000.00, the most that one order may come to.</summary>
    public const long TotalFenMax = 10_000_000_00;

    /// <summary>
    /// Prices the asked lines. The price is per person: a line costs unit × people on a ticket × tickets.
    /// The first line that cannot be sold refuses the whole; nothing is corrected in silence.
    /// </summary>
    /// <param name="types">The types on sale that day, by id, with the price per person of that day.</param>
    /// <param name="lines">What is asked; several lines may ask for the same type.</param>
    public static QuoteOutcome Of(IReadOnlyDictionary<Guid, PricedType> types, IReadOnlyList<AskedLine> lines)
    {
        ArgumentNullException.ThrowIfNull(types);
        ArgumentNullException.ThrowIfNull(lines);
        if (lines.Count == 0)
        {
            return QuoteOutcome.Refused(QuoteRefusal.NoLines);
        }

        if (lines.Count > LinesMax)
        {
            return QuoteOutcome.Refused(QuoteRefusal.TooManyLines);
        }

        var quoted = new QuotedLine[lines.Count];
        var totalFen = 0L;
        var people = 0;
        for (var index = 0; index < quoted.Length; index++)
        {
            var line = lines[index];
            if (!types.TryGetValue(line.TypeId, out var type))
            {
                return QuoteOutcome.Refused(QuoteRefusal.UnknownType, index);
            }

            if (line.Quantity is < 1 or > QuantityMax)
            {
                return QuoteOutcome.Refused(QuoteRefusal.QuantityOutOfRange, index);
            }

            if (line.People < Math.Max(1, type.MinPeople) || line.People > Math.Min(PeopleMax, type.MaxPeople))
            {
                return QuoteOutcome.Refused(QuoteRefusal.PeopleOutOfRange, index);
            }

            // Dividing instead of multiplying: no unit price, however wrong, can overflow here.
            var linePeople = line.Quantity * line.People;
            if (type.UnitFen > (TotalFenMax - totalFen) / linePeople)
            {
                return QuoteOutcome.Refused(QuoteRefusal.TotalTooLarge, index);
            }

            quoted[index] = new(line.TypeId, line.Quantity, line.People, type.UnitFen, type.UnitFen * linePeople);
            totalFen += quoted[index].TotalFen;
            people += linePeople;
        }

        return new(QuoteRefusal.None, -1, quoted, totalFen, people);
    }
}
