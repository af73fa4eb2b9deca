using Shanmen.Rules.Values;

namespace Shanmen.Rules.Pricing;

/// <summary>Why somebody may not have a ticket type for a certain kind of people. The list is closed.</summary>
public enum ConcessionRefusal
{
    /// <summary>They may.</summary>
    None,

    /// <summary>An identity number would tell, and none is given.</summary>
    NumberMissing,

    /// <summary>Younger than it is for, on the day of visit.</summary>
    TooYoung,

    /// <summary>Older than it is for, on the day of visit.</summary>
    TooOld,

    /// <summary>The number was given in another place.</summary>
    NotResident,

    /// <summary>Taller than it is for, or not measured.</summary>
    TooTall,

    /// <summary>The document that proves it was not shown.</summary>
    ProofMissing,
}

/// <summary>One way of having the right to a concession: all that it asks must be so. What is null is not asked.</summary>
/// <param name="AgeMin">Full years on the day of visit, at least.</param>
/// <param name="AgeMax">Full years on the day of visit, at most.</param>
/// <param name="Residence">First digits of the identity number (GB/T 2260), e.g. <c>3701</c> for Jinan.</param>
/// <param name="HeightCmMax">Height at most.</param>
/// <param name="Proof">A document that the clerk has seen, e.g. <c>studentCard</c>.</param>
public sealed record ConcessionWay(int? AgeMin = null, int? AgeMax = null, string? Residence = null, int? HeightCmMax = null, string? Proof = null)
{
    /// <summary>Whether it is decided by the identity number.</summary>
    public bool GoesByNumber() => this is not { AgeMin: null, AgeMax: null, Residence: null };
}

/// <summary>What is known of a visitor at the sale.</summary>
/// <param name="Number">The identity number, checked; null = none given.</param>
/// <param name="HeightCm">Measured height; null = not measured.</param>
/// <param name="Proofs">Documents that the clerk has seen.</param>
public readonly record struct Visitor(IdNumber? Number, int? HeightCm, IReadOnlyCollection<string> Proofs);

/// <summary>优惠政策: who may buy a ticket type; see docs/algorithms/concessions.md.</summary>
public static class Concession
{
    /// <summary>Decides by the ways in the order of the terms. One that holds suffices; without any way the type is for everybody.</summary>
    /// <returns>None, or why the first way does not hold: the office lists first what most visitors come by.</returns>
    public static ConcessionRefusal Decide(IReadOnlyList<ConcessionWay> ways, in Visitor visitor, DateOnly visitDay)
    {
        ArgumentNullException.ThrowIfNull(ways);
        var first = ConcessionRefusal.None;
        for (var index = 0; index < ways.Count; index++)
        {
            var refusal = RefusalOf(ways[index], visitor, visitDay);
            if (refusal == ConcessionRefusal.None)
            {
                return refusal;
            }

            first = index == 0 ? refusal : first;
        }

        return first;
    }

    private static ConcessionRefusal RefusalOf(ConcessionWay way, in Visitor visitor, DateOnly visitDay)
    {
        if (way.GoesByNumber())
        {
            if (visitor.Number is not { } number)
            {
                return ConcessionRefusal.NumberMissing;
            }

            var age = number.AgeOn(visitDay);
            // Who is not born yet on that day has no age that any way means.
            if (age < (way.AgeMin ?? 0))
            {
                return ConcessionRefusal.TooYoung;
            }

            if (age > way.AgeMax)
            {
                return ConcessionRefusal.TooOld;
            }

            if (way.Residence is { } residence && !number.Text.StartsWith(residence, StringComparison.Ordinal))
            {
                return ConcessionRefusal.NotResident;
            }
        }

        if (way.HeightCmMax is { } most && !(visitor.HeightCm <= most))
        {
            return ConcessionRefusal.TooTall;
        }

        return way.Proof is null || visitor.Proofs.Contains(way.Proof) ? ConcessionRefusal.None : ConcessionRefusal.ProofMissing;
    }
}
