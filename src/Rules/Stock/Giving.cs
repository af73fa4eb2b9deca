namespace Shanmen.Rules.Stock;

/// <summary>How a ticket type comes to its visitors.</summary>
public enum SaleWay
{
    /// <summary>It is sold.</summary>
    Sold,

    /// <summary>赠票: it costs nothing and comes from a budget.</summary>
    Complimentary,

    /// <summary>外部票: somebody else issues it, and its codes are taken in.</summary>
    External,
}

/// <summary>Why a budget gives no tickets. The list is closed.</summary>
public enum GivingRefusal
{
    /// <summary>It gives them.</summary>
    None,

    /// <summary>More people than it has left.</summary>
    UsedUp,

    /// <summary>More people than the clerk gives alone, and nobody approves.</summary>
    ApprovalNeeded,
}

/// <summary>What a department may give (赠票额度). See docs/algorithms/complimentary.md.</summary>
/// <param name="People">People in all.</param>
/// <param name="LeftToClerk">People to whom one clerk gives without a second person, on one day.</param>
public readonly record struct Giving(int People, int LeftToClerk)
{
    /// <summary>The first reason in this order: used up, approval needed.</summary>
    /// <param name="given">People it has given.</param>
    /// <param name="alone">People to whom the clerk has given on this day without a second person.</param>
    /// <param name="people">People on the complimentary lines of the order.</param>
    public GivingRefusal Decide(long given, long alone, int people, bool isApproved) =>
        people > People - given ? GivingRefusal.UsedUp
        : people > LeftToClerk - alone && !isApproved ? GivingRefusal.ApprovalNeeded
        : GivingRefusal.None;
}
