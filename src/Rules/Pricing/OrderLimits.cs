namespace Shanmen.Rules.Pricing;

/// <summary>How large one order may be.</summary>
public static class OrderLimits
{
    public const int LinesMax = 20;
    public const int QuantityMax = 500;

    /// <summary>Tickets of one order, whatever the park allows.</summary>
    public const int TicketsMax = 500;

    /// <summary>People on one ticket, whatever the type allows.</summary>
    public const int PeopleMax = 500;

    /// <summary>¥10,000,000.00, the most that one order may come to.</summary>
    public const long TotalFenMax = 10_000_000_00;
}

/// <summary>One line as asked: <paramref name="Quantity"/> tickets of <paramref name="People"/> people each.</summary>
/// <param name="Slot">When the time slot begins that the line is for; null = it is for no slot.</param>
public sealed record AskedLine(Guid TypeId, int Quantity, int People, TimeOnly? Slot = null);
