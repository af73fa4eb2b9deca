namespace Shanmen.Rules.Pricing;

/// <summary>Who buys: by which channel, under which agency's contract, at which member level.</summary>
/// <param name="Channel">渠道, e.g. <c>window</c> or <c>web</c>.</param>
/// <param name="Agency">旅行社, by its code of the dictionary; null = none.</param>
/// <param name="Level">会员等级; null = no member.</param>
public readonly record struct Buyer(string Channel, string? Agency = null, string? Level = null);

/// <summary>For whom a rule holds; what is null is not asked.</summary>
public readonly record struct RuleWho(string? Channel = null, string? Agency = null, string? Level = null)
{
    /// <summary>An agency's contract is the most particular, being a promise to one; a member level comes next, then the channel.</summary>
    public long Rank => (Agency is null ? 0L : 4) | (Level is null ? 0L : 2) | (Channel is null ? 0L : 1);

    /// <summary>Whether a buyer is meant.</summary>
    public bool Holds(in Buyer buyer) =>
        (Agency is null || Agency == buyer.Agency) && (Level is null || Level == buyer.Level) && (Channel is null || Channel == buyer.Channel);

    /// <summary>Whether some buyer is meant by both.</summary>
    public bool Meets(in RuleWho other) =>
        (Agency is null || other.Agency is null || Agency == other.Agency)
        && (Level is null || other.Level is null || Level == other.Level)
        && (Channel is null || other.Channel is null || Channel == other.Channel);
}

/// <summary>Names of channels (渠道). A rule may name any other; nobody buys by it yet.</summary>
public static class Channel
{
    /// <summary>售票窗口: a ticket window.</summary>
    public const string Window = "window";

    /// <summary>All channels: windows, the park's own site (网上), agencies (旅行社), online travel agencies (OTA), kiosks (自助机).</summary>
    public static IReadOnlyList<string> All { get; } = [Window, "web", "agency", "ota", "kiosk"];
}
