namespace Shanmen.Rules.Stock;

/// <summary>Why somebody may buy no more (限购). The list is closed.</summary>
public enum PurchaseRefusal
{
    /// <summary>They may.</summary>
    None,

    /// <summary>The product is sold against an identity number only, and none was given.</summary>
    IdNumberMissing,

    /// <summary>One number stands for more tickets in this order than it may hold.</summary>
    TooManyInOrder,

    /// <summary>With what the number bought for the same day before, it would be too many.</summary>
    TooManyForDay,

    /// <summary>With what the number bought in the last days, it would be too many.</summary>
    TooManyInPeriod,
}

/// <summary>How many one identity number may buy of a product; null = any number.</summary>
/// <param name="PerOrder">In one order.</param>
/// <param name="PerDay">For one day of visit, over all orders.</param>
/// <param name="PerPeriod">Sold within the last <paramref name="PeriodDays"/> days, over all orders.</param>
/// <param name="PeriodDays">Length of the period, the day of the sale included.</param>
public readonly record struct PurchaseTerms(int? PerOrder, int? PerDay, int? PerPeriod, int PeriodDays);

/// <summary>What a number has bought, returned tickets not counted.</summary>
/// <param name="ForDay">For the day of visit.</param>
/// <param name="InPeriod">Sold within the period.</param>
public readonly record struct Bought(int ForDay, int InPeriod);

/// <summary>The limit of purchases per identity number (一证限购).</summary>
public static class PurchaseLimit
{
    /// <summary>The first reason in this order: no number, the order, the day, the period. Nothing asked is never refused.</summary>
    public static PurchaseRefusal Decide(in PurchaseTerms terms, bool hasNumber, in Bought bought, int asked)
    {
        if (asked <= 0 || terms is { PerOrder: null, PerDay: null, PerPeriod: null })
        {
            return PurchaseRefusal.None;
        }

        return !hasNumber ? PurchaseRefusal.IdNumberMissing
            : asked > terms.PerOrder ? PurchaseRefusal.TooManyInOrder
            : (long)asked + bought.ForDay > terms.PerDay ? PurchaseRefusal.TooManyForDay
            : (long)asked + bought.InPeriod > terms.PerPeriod ? PurchaseRefusal.TooManyInPeriod
            : PurchaseRefusal.None;
    }
}
