using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales;

/// <summary>How the total of a line was divided when it was sold (分账): the terms of that moment, and what came of them.</summary>
/// <param name="OwnWeight">The park's part of what was left after the fixed amounts. What no partner got is the park's.</param>
public sealed record SharedLine(long OwnWeight, SharedPart[] Parts)
{
    /// <summary>The terms by which it was divided.</summary>
    internal SharingTerms Terms() => new(OwnWeight, [.. Parts.Select(p => new PartnerTerms(p.Partner, p.FixedFen, p.Weight))]);

    /// <summary>Null where nobody has a part in it.</summary>
    /// <param name="fen">What the line comes to.</param>
    /// <param name="people">People on all its tickets.</param>
    internal static SharedLine? Of(SharingTerms? terms, long fen, int people)
    {
        if (terms is null) return null;
        var parts = terms.PartsOf(fen, people);
        return new(terms.OwnWeight, [.. terms.Partners.Select((p, i) => new SharedPart(p.Partner, p.FixedFen, p.Weight, parts[i]))]);
    }
}

/// <summary>One partner's part of a line.</summary>
/// <param name="Partner">A code of the dictionary.</param>
/// <param name="FixedFen">Fen that it took first for each person.</param>
/// <param name="Weight">Its part of the rest.</param>
/// <param name="Fen">What it got.</param>
public sealed record SharedPart(string Partner, long FixedFen, long Weight, long Fen);

/// <summary>What a return took from one partner.</summary>
/// <param name="Fen">Less than nothing where what stays of the order brought it more.</param>
public sealed record ShareBack(Guid TypeId, string Partner, long Fen);
