namespace Shanmen.Rules.Pricing;

/// <summary>A ticket type with its price of the day.</summary>
/// <param name="Id">The type.</param>
/// <param name="Name">Its name, for messages.</param>
/// <param name="UnitFen">Price per person in fen, 0 or more; a negative price is a bug and throws.</param>
/// <param name="MinPeople">Fewest people on one ticket.</param>
/// <param name="MaxPeople">Most people on one ticket.</param>
public sealed record PricedType(Guid Id, string Name, long UnitFen, int MinPeople, int MaxPeople)
{
    /// <summary>Price per person in fen, 0 or more.</summary>
    public long UnitFen { get; } = UnitFen >= 0 ? UnitFen : throw new ArgumentOutOfRangeException(nameof(UnitFen));
}

/// <summary>One line as asked: <paramref name="Quantity"/> tickets of <paramref name="People"/> people each.</summary>
public sealed record AskedLine(Guid TypeId, int Quantity, int People);

/// <summary>One line with its price. <paramref name="UnitFen"/> is per person, <paramref name="TotalFen"/> for the whole line.</summary>
public sealed record QuotedLine(Guid TypeId, int Quantity, int People, long UnitFen, long TotalFen);

/// <summary>Why a sale cannot be priced.</summary>
public enum QuoteRefusal
{
    /// <summary>It can.</summary>
    None,

    /// <summary>Nothing is asked for.</summary>
    NoLines,

    /// <summary>More than <see cref="Quote.LinesMax"/> lines.</summary>
    TooManyLines,

    /// <summary>The type is not on sale that day.</summary>
    UnknownType,

    /// <summary>Fewer than 1 or more than <see cref="Quote.QuantityMax"/> tickets in a line.</summary>
    QuantityOutOfRange,

    /// <summary>Fewer or more people on a ticket than the type allows.</summary>
    PeopleOutOfRange,

    /// <summary>The order comes to more than <see cref="Quote.TotalFenMax"/>.</summary>
    TotalTooLarge,
}

/// <summary>A priced sale, or why there is none.</summary>
/// <param name="Refusal">None when priced.</param>
/// <param name="LineIndex">Which line, counted from 0, caused the refusal; -1 when none did.</param>
/// <param name="Lines">The priced lines in the order asked; empty when refused.</param>
/// <param name="TotalFen">Their sum in fen; 0 when refused.</param>
/// <param name="People">People on all tickets together; 0 when refused.</param>
public sealed record QuoteOutcome(QuoteRefusal Refusal, int LineIndex, IReadOnlyList<QuotedLine> Lines, long TotalFen, int People)
{
    internal static QuoteOutcome Refused(QuoteRefusal refusal, int lineIndex = -1) => new(refusal, lineIndex, [], 0, 0);
}
