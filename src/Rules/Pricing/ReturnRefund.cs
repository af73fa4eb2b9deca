using Shanmen.Rules.Admission;

namespace Shanmen.Rules.Pricing;

/// <summary>How a ticket is given back.</summary>
public enum ReturnKind
{
    /// <summary>退票: the visitor gives the right back, in any shift.</summary>
    Return,

    /// <summary>作废: the clerk withdraws a ticket just sold by mistake, in the shift that sold it.</summary>
    Void,
}

/// <summary>Why nothing comes back for a ticket.</summary>
public enum ReturnRefusal
{
    /// <summary>Something does.</summary>
    None,

    /// <summary>The ticket was returned before; money goes back once.</summary>
    AlreadyReturned,

    /// <summary>The ticket was voided before; money goes back once.</summary>
    AlreadyVoided,

    /// <summary>At least one person went in on it.</summary>
    TicketUsed,

    /// <summary>The shift that sold it is over: its drawer is counted, so only a return is left.</summary>
    VoidOnlySameShift,
}

/// <summary>What goes back to the visitor.</summary>
/// <param name="Refusal">None when the ticket is taken back.</param>
/// <param name="RefundFen">Fen to pay back; 0 when refused.</param>
public readonly record struct ReturnOutcome(ReturnRefusal Refusal, long RefundFen);

/// <summary>The refund (退款) for one ticket that comes back: the full price of an unused one. See docs/algorithms/pricing.md.</summary>
public static class ReturnRefund
{
    /// <summary>Decides what comes back for one ticket now.</summary>
    /// <param name="kind">Return or void.</param>
    /// <param name="state">The ticket's state.</param>
    /// <param name="used">People who went in on it.</param>
    /// <param name="priceFen">Price of the whole ticket in fen, 0 or more.</param>
    /// <param name="isSameShift">Whether the shift that takes it back is the one that sold it.</param>
    public static ReturnOutcome Of(ReturnKind kind, TicketState state, int used, long priceFen, bool isSameShift)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(priceFen);
        var refusal = state switch
        {
            TicketState.Returned => ReturnRefusal.AlreadyReturned,
            TicketState.Voided => ReturnRefusal.AlreadyVoided,
            TicketState.Valid when used == 0 => kind == ReturnKind.Void && !isSameShift ? ReturnRefusal.VoidOnlySameShift : ReturnRefusal.None,

            // A party that is half inside has used its ticket: its price is not the sum of seats that could be handed back.
            _ => ReturnRefusal.TicketUsed,
        };
        return new(refusal, refusal == ReturnRefusal.None ? priceFen : 0);
    }

    /// <summary>
    /// What a ticket of an order brings back whose lines were cheaper together: what was paid and is not back yet, less what the rest costs
    /// by itself. Nothing where the rest costs as much without it; never less than nothing.
    /// </summary>
    /// <param name="keptFen">Fen paid for the order and not paid back.</param>
    /// <param name="restFen">What the tickets that stay would have cost when they were sold.</param>
    public static long Of(long keptFen, long restFen) => Math.Max(0, keptFen - restFen);
}
