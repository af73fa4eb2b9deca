namespace Shanmen.Rules.Pricing;

/// <summary>What a partner (合作方) takes of each line that is sold.</summary>
/// <param name="Partner">A code of the park's dictionary.</param>
/// <param name="FixedFen">Fen taken first for each person, 0 or more.</param>
/// <param name="Weight">Its part of the rest, 0 or more; usually its price when sold alone.</param>
public sealed record PartnerTerms(string Partner, long FixedFen, long Weight);

/// <summary>How the money of a combined ticket is divided (分账条款). See docs/algorithms/sharing.md.</summary>
/// <param name="OwnWeight">The park's part of what is left after the fixed amounts, 0 or more.</param>
/// <param name="Partners">In the order in which odd fen go, after the park.</param>
public sealed record SharingTerms(long OwnWeight, PartnerTerms[] Partners)
{
    /// <summary>Partners of one product, at most.</summary>
    public const int PartnersMax = 20;

    /// <summary>Whether anybody takes what is above the fixed amounts. Terms without it are refused when they are saved.</summary>
    public bool DividesTheRest() => OwnWeight > 0 || Array.Exists(Partners, p => p.Weight > 0);

    /// <summary>What each partner gets of a line; the rest of it is the park's.</summary>
    /// <param name="fen">What the line comes to, 0 or more.</param>
    /// <param name="people">People on all its tickets.</param>
    public long[] PartsOf(long fen, int people) =>
        Shares.Of(fen, [new(0, OwnWeight), .. Partners.Select(p => new Share(p.FixedFen * people, p.Weight))])[1..];
}

/// <summary>A line of an order of which something may have gone back.</summary>
/// <param name="WorthFen">What its tickets that stay would cost by themselves, 0 or more.</param>
/// <param name="People">People on the tickets that stay.</param>
/// <param name="Terms">Null where nobody has a part in it.</param>
public readonly record struct SharedWorth(long WorthFen, int People, SharingTerms? Terms);

/// <summary>Divides what is left of an order (分账) among its lines and their partners.</summary>
public static class Sharing
{
    /// <summary>What each partner of each line has of it now.</summary>
    /// <param name="keptFen">What was paid less what went back, 0 or more.</param>
    public static long[][] Of(long keptFen, IReadOnlyList<SharedWorth> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var parts = new long[lines.Count];
        if (parts.Length > 0) Shares.Split(keptFen, [.. lines.Select(line => line.WorthFen)], parts);
        return [.. lines.Select((line, index) => line.Terms?.PartsOf(parts[index], line.People) ?? [])];
    }
}
