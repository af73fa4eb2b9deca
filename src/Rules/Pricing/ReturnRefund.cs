using Shanmen.Rules.Admission;

namespace Shanmen.Rules.Pricing;

/// <summary>How a ticket is given back.</summary>
public enum ReturnKind
{
    /// <summary>退票: the visitor gives the right back, in any shift.</summary>
    Return,

    /// <summary>作废: the clerk withdraws a ticket just sold by mistake, in the shift that sold it.</summary>
    Void,

    /// <summary>改签: the visitor takes other tickets for it, for another day or of another type, in any shift.</summary>
    Rebook,
}

/// <summary>Why a ticket does not go back.</summary>
public enum ReturnRefusal
{
    /// <summary>It does.</summary>
    None,

    /// <summary>The ticket was returned before; money goes back once.</summary>
    AlreadyReturned,

    /// <summary>The ticket was voided before; money goes back once.</summary>
    AlreadyVoided,

    /// <summary>At least one person went in on it.</summary>
    TicketUsed,

    /// <summary>The shift that sold it is over: its drawer is counted, so only a return is left.</summary>
    VoidOnlySameShift,

    /// <summary>It was sold on terms that let it go back never.</summary>
    NotReturnable,

    /// <summary>By its terms it could have gone back earlier.</summary>
    TooLateToReturn,

    /// <summary>It was sold on terms that let it be rebooked never.</summary>
    NotRebookable,

    /// <summary>By its terms it could have been rebooked earlier.</summary>
    TooLateToRebook,
}

/// <summary>Whether a ticket may go back (退票). See docs/algorithms/refund.md.</summary>
public static class ReturnRefund
{
    /// <summary>Decides for one ticket, before its terms are asked.</summary>
    /// <param name="state">The ticket's state.</param>
    /// <param name="used">People who went in on it.</param>
    /// <param name="isSameShift">Whether the shift that takes it back is the one that sold it.</param>
    public static ReturnRefusal Of(ReturnKind kind, TicketState state, int used, bool isSameShift) => state switch
    {
        TicketState.Returned => ReturnRefusal.AlreadyReturned,
        TicketState.Voided => ReturnRefusal.AlreadyVoided,
        TicketState.Valid when used == 0 => kind == ReturnKind.Void && !isSameShift ? ReturnRefusal.VoidOnlySameShift : ReturnRefusal.None,

        // A party that is half inside has used its ticket: its price is not the sum of seats that could be handed back.
        _ => ReturnRefusal.TicketUsed,
    };
}
