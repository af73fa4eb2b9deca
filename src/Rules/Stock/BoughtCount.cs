namespace Shanmen.Rules.Stock;

/// <summary>Tickets that a number bought on one day for one day of visit.</summary>
/// <param name="Visit">The day of visit.</param>
/// <param name="Sold">The business day on which they were sold, or held for an unpaid order.</param>
/// <param name="Tickets">How many, those that went back not counted.</param>
public sealed record BoughtCell(DateOnly Visit, DateOnly Sold, int Tickets);

/// <summary>What one identity number has bought of one product (限购累计), kept exactly. See docs/algorithms/quotas.md.</summary>
/// <param name="Cells">In the order of their days, none of them empty.</param>
public readonly record struct BoughtCount(IReadOnlyList<BoughtCell> Cells)
{
    /// <summary>As it counts for a sale.</summary>
    /// <param name="visit">The day of visit that is asked for.</param>
    /// <param name="today">The business day of the sale, which is the last of the period.</param>
    /// <param name="periodDays">Days of the period; none = nothing is in it.</param>
    public Bought For(DateOnly visit, DateOnly today, int periodDays)
    {
        var (forDay, inPeriod) = (0, 0);
        foreach (var cell in Cells)
        {
            if (cell.Visit == visit)
            {
                forDay += cell.Tickets;
            }

            if (cell.Sold.DayNumber > today.DayNumber - periodDays)
            {
                inPeriod += cell.Tickets;
            }
        }

        return new(forDay, inPeriod);
    }

    /// <summary>With tickets more (bought) or fewer (given back). What is given back and was forgotten changes nothing.</summary>
    /// <param name="today">What counts on no later day is forgotten.</param>
    public BoughtCount With(DateOnly visit, DateOnly sold, int tickets, DateOnly today)
    {
        var had = 0;
        var after = new List<BoughtCell>(Cells.Count + 1);
        foreach (var cell in Cells)
        {
            if (cell.Visit == visit && cell.Sold == sold)
            {
                had = cell.Tickets;
            }
            else if (Counts(cell.Visit, cell.Sold, today))
            {
                after.Add(cell);
            }
        }

        if (had + tickets > 0 && Counts(visit, sold, today))
        {
            after.Add(new(visit, sold, had + tickets));
        }

        return new([.. after.OrderBy(c => c.Visit).ThenBy(c => c.Sold)]);
    }

    /// <summary>Whether tickets can still count on a day or later: their visit is not over, or they were sold within the longest period.</summary>
    public static bool Counts(DateOnly visit, DateOnly sold, DateOnly today) =>
        visit >= today || sold.DayNumber > today.DayNumber - PersonTerms.PeriodDaysMax;
}
