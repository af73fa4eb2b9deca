namespace Shanmen.Modules.Sales;

/// <summary>Why paper is exchanged.</summary>
public enum ExchangeCause
{
    /// <summary>It is damaged, and was handed in.</summary>
    Damaged,
    /// <summary>It is gone; a supervisor vouches for whoever asks.</summary>
    Lost,
}

/// <summary>换票: tickets of an order got new paper, and their paper of before is worth nothing.</summary>
/// <param name="Supervisor">Who vouches for it; the empty id where the clerk did it alone.</param>
/// <param name="FeeFen">What was paid for all of them.</param>
/// <param name="WaivedFen">What was let go.</param>
public sealed record TicketsExchanged(Guid OrderId, Guid[] Tickets, ExchangeCause Cause, Guid ShiftId, Guid WindowId, Guid ClerkId, Guid Supervisor, long FeeFen,
    long WaivedFen, PaymentFact[] Payments, string Remark)
{
    /// <summary>What was paid by one way.</summary>
    public long Fen(PaymentMethod method) => Payments.Where(p => p.Method == method).Sum(p => p.AmountFen);
}
