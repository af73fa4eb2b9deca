namespace Shanmen.Modules.Sales.Returns;

/// <summary>Money goes back the way it came: by card what was paid by card, the rest in cash.</summary>
internal static class WaysBack
{
    /// <param name="IsFirst">Whether it is the first way of its ticket.</param>
    internal readonly record struct Part(PaymentMethod Method, long Fen, bool IsFirst = true);

    public static List<Part> Of(OrderPayment[] payments, long refundFen)
    {
        var parts = new List<Part>();
        foreach (var method in new[] { PaymentMethod.Card, PaymentMethod.Cash })
        {
            var open = payments.Where(p => p.Method == method).Sum(p => p.AmountFen - p.RefundedFen);
            var fen = Math.Min(open, refundFen - parts.Sum(p => p.Fen));
            if (fen > 0) parts.Add(new Part(method, fen));
        }
        // A free ticket goes back too, and leaves its fact.
        if (parts.Count == 0 && refundFen == 0) parts.Add(new Part(payments.Length > 0 ? payments[0].Method : PaymentMethod.Cash, 0));
        if (parts.Sum(p => p.Fen) != refundFen) throw new InvalidOperationException("More would go back than was paid.");
        return parts;
    }

    /// <summary>The same by ticket: each takes its part from the ways in their order, and one for which nothing comes back the first of them.</summary>
    public static IEnumerable<(RefundPart Ticket, Part Part)> ByTicket(List<Part> ways, Refund refund)
    {
        var (way, left) = (0, ways[0].Fen);
        foreach (var ticket in refund.Parts)
        {
            var (due, isFirst) = (ticket.BackFen, true);
            do
            {
                if (left == 0 && due > 0) left = ways[++way].Fen;
                var fen = Math.Min(due, left);
                yield return (ticket, new Part(ways[way].Method, fen, isFirst));
                (due, left, isFirst) = (due - fen, left - fen, false);
            }
            while (due > 0);
        }
    }

    /// <summary>The ways as the screens name them.</summary>
    public static string Said(IEnumerable<Part> ways) => string.Join('+', ways.Select(p => p.Method == PaymentMethod.Cash ? "cash" : "card"));

    public static OrderPayment[] Note(OrderPayment[] payments, List<Part> parts)
    {
        var noted = payments.ToArray();
        foreach (var part in parts)
        {
            var left = part.Fen;
            for (var i = 0; i < noted.Length && left > 0; i++)
            {
                if (noted[i].Method != part.Method) continue;
                var fen = Math.Min(left, noted[i].AmountFen - noted[i].RefundedFen);
                noted[i] = noted[i] with { RefundedFen = noted[i].RefundedFen + fen };
                left -= fen;
            }
        }
        return noted;
    }
}
