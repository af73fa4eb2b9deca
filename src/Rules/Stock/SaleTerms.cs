using System.Text.Json.Serialization;

namespace Shanmen.Rules.Stock;

/// <summary>Why the terms of a sale say no. The list is closed.</summary>
public enum SaleTermsRefusal
{
    /// <summary>They say yes.</summary>
    None,

    /// <summary>外部票: somebody else issues it.</summary>
    IssuedElsewhere,

    /// <summary>It is not sold by this channel.</summary>
    OtherChannel,

    /// <summary>It is sold at other windows.</summary>
    OtherWindow,

    /// <summary>The sale for that day of visit has not opened yet.</summary>
    NotYetOpen,

    /// <summary>It is sold to more at a time only.</summary>
    TooFewInOrder,

    /// <summary>It is not sold in such numbers.</summary>
    TooManyInOrder,
}

/// <summary>From when on a product is sold, by whom, and how many in one order (售卖条件). See docs/algorithms/quotas.md.</summary>
/// <param name="OpensDays">预售: days before the visit on which its sale opens; null = it is always open.</param>
/// <param name="OpensAt">The time of that day on the park's clock; not used where it is always open.</param>
/// <param name="MinInOrder">Fewest tickets in one order; null = one.</param>
/// <param name="MaxInOrder">Most tickets in one order; null = as many as an order holds.</param>
/// <param name="Channels">The channels (渠道) that sell it; null = all.</param>
/// <param name="WindowIds">The windows that sell it, where the window is among its channels; null = all.</param>
/// <param name="Way">Whether it is sold, given, or issued by somebody else.</param>
public sealed record SaleTerms(int? OpensDays, TimeOnly? OpensAt, int? MinInOrder, int? MaxInOrder,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SaleWay Way = SaleWay.Sold,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string[]? Channels = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid[]? WindowIds = null)
{
    /// <summary>Days before a visit that a sale may open, at most.</summary>
    public const int OpensDaysMax = 366;

    /// <summary>The moment on the park's clock at which the sale for a day of visit opens; null = it is always open.</summary>
    public DateTime? OpeningOf(DateOnly visitDay) => OpensDays is { } days ? visitDay.AddDays(-days).ToDateTime(OpensAt ?? TimeOnly.MinValue) : null;

    /// <summary>The first reason in this order: issued elsewhere, other channel, other window.</summary>
    /// <param name="window">The window; null where it is not asked for or the channel has none.</param>
    public SaleTermsRefusal DecidePlace(string channel, Guid? window) =>
        Way == SaleWay.External ? SaleTermsRefusal.IssuedElsewhere
        : Channels?.Contains(channel) == false ? SaleTermsRefusal.OtherChannel
        : window is { } at && WindowIds?.Contains(at) == false ? SaleTermsRefusal.OtherWindow
        : SaleTermsRefusal.None;

    /// <summary>The first reason in this order: not open, too few, too many.</summary>
    /// <param name="tickets">Tickets of the product in the order, over all its lines.</param>
    /// <param name="now">The moment on the park's clock.</param>
    public SaleTermsRefusal Decide(int tickets, DateOnly visitDay, DateTime now) =>
        now < OpeningOf(visitDay) ? SaleTermsRefusal.NotYetOpen
        : tickets < MinInOrder ? SaleTermsRefusal.TooFewInOrder
        : tickets > MaxInOrder ? SaleTermsRefusal.TooManyInOrder
        : SaleTermsRefusal.None;
}
