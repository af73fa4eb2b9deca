namespace Shanmen.Rules.Pricing;

/// <summary>What a price is for.</summary>
public enum PricedPer
{
    /// <summary>按人: each person on a ticket.</summary>
    Person,

    /// <summary>按票: each ticket, however many people are on it, such as a family set.</summary>
    Ticket,
}

/// <summary>What the price rules must know of a product (票种).</summary>
/// <param name="Id">The product.</param>
/// <param name="Per">What its price is for: its unit (计价单位).</param>
/// <param name="MinPeople">Fewest people on one ticket.</param>
/// <param name="MaxPeople">Most people on one ticket.</param>
/// <param name="TaxRate">Ten-thousandths of the price without tax that are inside the price; 600 is 6 %.</param>
public sealed record PricedProduct(Guid Id, PricedPer Per, int MinPeople, int MaxPeople, int TaxRate = 0);
