namespace Shanmen.Modules.Sales.Visitors;

/// <summary>登记游客: visitors were named on an order, and once more when it was paid and they came onto its tickets. Nothing personal stands in it.</summary>
/// <param name="SoldDay">The business day on which the order was placed.</param>
internal sealed record VisitorsNamed(Guid OrderId, int VisitDay, int SoldDay, VisitorFact[] Visitors)
{
    public static VisitorsNamed Of(Guid order, VisitorRow[] rows) => new(order, rows[0].VisitDay, rows[0].SoldDay,
        [.. rows.Select(r => new VisitorFact(r.Line, r.Place, r.Type, r.Ticket, r.Digest()))]);
}

/// <param name="Digest">Shows a change of name, number, height and documents, and tells nothing of them.</param>
internal sealed record VisitorFact(int Line, int Place, Guid TypeId, Guid? TicketId, byte[] Digest);
