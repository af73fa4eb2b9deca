using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>The visitors of an order that was placed before. Until it is paid or over they do not change, so they may be read before the writer is asked.</summary>
internal sealed class OrderVisitors(VisitorRow[] rows)
{
    public VisitorRow[] Rows => rows;

    /// <summary>Only those of one ticket.</summary>
    public OrderVisitors On(Guid ticket) => new([.. rows.Where(v => v.Ticket == ticket)]);

    public void Touch(Touch touch)
    {
        foreach (var row in rows) touch.Row(VisitorRow.Table, row.Id);
        Purchases.Touch(touch, rows);
    }

    /// <summary>The order is paid: they are on its tickets now.</summary>
    public VisitorRow[] Put(WriteGroup group, Guid order, IReadOnlyList<Paper> papers)
    {
        if (rows.Length == 0) return rows;
        var put = OnTickets(rows, papers);
        foreach (var row in put) group.Put(VisitorRow.Table, row);
        group.Record(nameof(VisitorsNamed), order, VisitorsNamed.Of(order, put));
        return put;
    }

    /// <summary>The order is over unpaid: their numbers may buy again, and nothing of them is kept.</summary>
    public void Forget(WriteGroup group)
    {
        if (rows.Length == 0) return;
        Purchases.Count(group, rows[0].Park, rows, -1);
        foreach (var row in rows) group.Put(VisitorRow.Table, row.Forgotten());
    }

    /// <summary>Their ticket went back: their numbers may buy again. Who had it stays on record.</summary>
    public void GiveBack(WriteGroup group)
    {
        if (rows.Length > 0) Purchases.Count(group, rows[0].Park, rows, -1);
    }

    /// <summary>Puts visitors on the tickets of their lines, as many on each as on every other; all of a line where it has one ticket.</summary>
    public static VisitorRow[] OnTickets(VisitorRow[] visitors, IReadOnlyList<Paper> papers)
    {
        if (papers.Count == 0) return visitors;
        var (tickets, people) = (papers.ToLookup(p => p.Line, p => p.Id), visitors.GroupBy(v => v.Line).ToDictionary(g => g.Key, g => g.Count()));
        return [.. visitors.Select(v => v with { Ticket = tickets[v.Line].ElementAt(v.Place * tickets[v.Line].Count() / people[v.Line]) })];
    }
}
