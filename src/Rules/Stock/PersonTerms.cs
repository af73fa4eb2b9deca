using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Stock;

/// <summary>What is written down of a visitor at the sale (登记).</summary>
public enum PersonAsk
{
    /// <summary>Nothing by itself. A way of a concession may still want a number, a height or a document.</summary>
    Nothing,

    /// <summary>The identity number.</summary>
    Number,

    /// <summary>Name and identity number.</summary>
    NameAndNumber,
}

/// <summary>Who of a ticket is named.</summary>
public enum PersonScope
{
    /// <summary>一人一证: every person on it.</summary>
    EveryPerson,

    /// <summary>一票一证: one for all on it, as on a family's or a group's.</summary>
    OnePerTicket,
}

/// <summary>
/// What a ticket type asks of its visitors (人员条件): what is written down of them, who may have it, and how many one identity number buys.
/// See docs/algorithms/concessions.md.
/// </summary>
/// <param name="Ways">Ways of having the right to it, the most usual first; none = it is for everybody.</param>
/// <param name="Limit">How many one number buys; null = any number.</param>
public sealed record PersonTerms(PersonAsk Asks, PersonScope Scope, ConcessionWay[] Ways, PurchaseTerms? Limit)
{
    /// <summary>Ways that a type may list, at most.</summary>
    public const int WaysMax = 10;

    /// <summary>Full years that a way may ask for, at most.</summary>
    public const int AgeMax = 150;

    /// <summary>The least and the greatest height that a way may ask for, in centimetres.</summary>
    public const int HeightCmMin = 50, HeightCmMax = 250;

    /// <summary>Tickets that a limit may allow, at most.</summary>
    public const int TicketsMax = 500;

    /// <summary>Days of a limit's period, at most. What was bought before is forgotten after them.</summary>
    public const int PeriodDaysMax = 366;

    /// <summary>Visitors that one order names, at most.</summary>
    public const int VisitorsMax = 500;

    /// <summary>The documents that a way may ask for.</summary>
    public static readonly IReadOnlyList<string> Proofs = ["studentCard", "teacherCard", "soldierCard", "veteranCard", "disabledCard", "seniorCard", "medicalCard", "pressCard"];

    /// <summary>Whether anything it asks goes by the identity number.</summary>
    public bool AsksNumber() => Asks != PersonAsk.Nothing || Limit is not null || Ways.Any(way => way.GoesByNumber());

    /// <summary>How many visitors a line of an order names.</summary>
    /// <param name="quantity">Its tickets.</param>
    /// <param name="people">People on each of them.</param>
    public int VisitorsOf(int quantity, int people) => Scope == PersonScope.OnePerTicket ? quantity : quantity * people;
}
