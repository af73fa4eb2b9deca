using Shanmen.Modules.Sales.Accounts;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales.Returns;

/// <summary>Money goes back the way it came: first what an agency signed for or paid ahead, then what came by bank, then by card what was paid by card, the rest in cash.</summary>
internal static class WaysBack
{
    /// <param name="IsFirst">Whether it is the first way of its ticket.</param>
    internal readonly record struct Part(PaymentMethod Method, long Fen, bool IsFirst = true);

    private static readonly PaymentMethod[] InOrder = [.. OnAccount.Ways, PaymentMethod.Card, PaymentMethod.Cash];

    public static List<Part> Of(OrderPayment[] payments, long refundFen)
    {
        var parts = new List<Part>();
        foreach (var method in InOrder)
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
    public static string Said(IEnumerable<Part> ways) => string.Join('+', ways.Select(p => Json.NameOf(p.Method)));

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

/// <summary>By which ways money goes back: their names in the order in which they are used, joined by plus signs.</summary>
internal sealed class WaysAttribute(bool orNone = false) : OneOfAttribute([.. orNone ? new[] { "" } : [], .. Enumerable.Range(1, 31).Select(set => string.Join('+', new[] { "signedBill", "prepayment", "bankTransfer", "card", "cash" }.Where((_, bit) => (set & (16 >> bit)) != 0)))]);
