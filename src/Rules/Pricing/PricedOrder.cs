namespace Shanmen.Rules.Pricing;

/// <summary>Why an order has no price. The list is closed.</summary>
public enum PriceRefusal
{
    /// <summary>It has one.</summary>
    None,

    /// <summary>Nothing is asked for.</summary>
    NoLines,

    /// <summary>More than <see cref="OrderLimits.LinesMax"/> lines.</summary>
    TooManyLines,

    /// <summary>The product is not in this version of the rules.</summary>
    UnknownProduct,

    /// <summary>Fewer than 1 or more than <see cref="OrderLimits.QuantityMax"/> tickets in a line.</summary>
    QuantityOutOfRange,

    /// <summary>Fewer or more people on a ticket than the product allows.</summary>
    PeopleOutOfRange,

    /// <summary>The price calendar has a gap here: no rule gives the product a price at that time.</summary>
    NoPrice,

    /// <summary>Two rules claim the price with the same right; rules that were checked never do.</summary>
    BothWin,

    /// <summary>The rules take more off than the price is.</summary>
    BelowZero,

    /// <summary>The order comes to more than <see cref="OrderLimits.TotalFenMax"/> before what sets and free units take off.</summary>
    TotalTooLarge,
}

/// <summary>What made a price: one line of its explanation (价格说明).</summary>
/// <param name="Line">The line asked, counted from 0.</param>
/// <param name="Stage">The stage; null for a set and for a voucher.</param>
/// <param name="Rule">The rule or set that won, or the voucher.</param>
/// <param name="IsOfUnit">Whether the amounts are prices of a unit; those of n for m and of sets are totals of the line.</param>
/// <param name="BeforeFen">The amount before it; 0 before the day's price.</param>
/// <param name="AfterFen">The same after it.</param>
/// <param name="Units">The units of the line; for n for m the free ones of the order, for a set how often it fits, for a voucher the units it is used on, 0 where it takes an amount off.</param>
public readonly record struct PriceStep(int Line, PriceStage? Stage, Guid Rule, bool IsOfUnit, long BeforeFen, long AfterFen, int Units);

/// <summary>One line with its price.</summary>
/// <param name="UnitFen">The price of a unit after all stages.</param>
/// <param name="Units">People or tickets, as the product is priced.</param>
/// <param name="OffFen">What free units, sets and vouchers take off the line.</param>
/// <param name="TotalFen">Unit price × units, less that.</param>
/// <param name="TaxFen">The tax inside the total.</param>
public readonly record struct PricedLine(Guid Product, int Quantity, int People, long UnitFen, int Units, long OffFen, long TotalFen, long TaxFen);

/// <summary>A priced order, or why it has none.</summary>
/// <param name="Refusal">None when priced.</param>
/// <param name="LineIndex">Which line, counted from 0, is refused; -1 when none is.</param>
/// <param name="Rule">The rule that takes too much off, or one of two that tie; null otherwise.</param>
/// <param name="Lines">In the order asked; empty when refused.</param>
/// <param name="Steps">The explanation, line by line in the order of the stages; what is not in it changed nothing.</param>
/// <param name="TotalFen">The sum of the lines; 0 when refused.</param>
/// <param name="TaxFen">The tax inside it.</param>
/// <param name="People">People on all tickets.</param>
/// <param name="VouchersFen">What each voucher took off, in the order in which they were given; null when refused.</param>
public sealed record PricedOrder(PriceRefusal Refusal, int LineIndex, Guid? Rule, PricedLine[] Lines, PriceStep[] Steps, long TotalFen, long TaxFen, int People, long[]? VouchersFen = null)
{
    internal static PricedOrder Refused(PriceRefusal refusal, int line = -1, Guid? rule = null) => new(refusal, line, rule, [], [], 0, 0, 0);
}
