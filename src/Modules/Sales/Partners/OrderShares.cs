using Shanmen.Modules.Sales.Returns;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Partners;

/// <summary>What partners have of an order (分账) while tickets of it go back. docs/algorithms/sharing.md.</summary>
internal static class OrderShares
{
    /// <summary>Whether partners have a part in it.</summary>
    public static bool AreIn(OrderRow order) => Array.Exists(order.Lines, line => line.Shared is not null);

    /// <summary>Which accounts sales and returns of these lines may move.</summary>
    public static IEnumerable<(Guid Type, string Partner)> PartnersOf(IEnumerable<OrderLine> lines) =>
        lines.Where(l => l.Shared is not null).SelectMany(l => l.Shared!.Parts.Select(p => (l.TypeId, p.Partner))).Distinct();

    /// <summary>What each partner has, by type.</summary>
    /// <param name="keptFen">What was paid less what went back. No more of it is divided than what stays is worth: fees are the park's.</param>
    public static Dictionary<(Guid Type, string Partner), long> Of(OrderRow order, OrderWorth worth, long keptFen, IReadOnlyCollection<OrderTicket> tickets)
    {
        var lineFen = worth.LineFen(tickets);
        var lines = order.Lines.Select((line, index) => new SharedWorth(lineFen[index], tickets.Where(t => t.Line == index && t.Stays).Sum(t => t.People), line.Shared?.Terms())).ToArray();
        var parts = Sharing.Of(Math.Min(keptFen, lineFen.Sum()), lines);
        var all = new Dictionary<(Guid, string), long>();
        foreach (var (line, index) in order.Lines.Select((l, i) => (l, i)).Where(l => l.l.Shared is not null))
            for (var n = 0; n < parts[index].Length; n++)
            {
                var key = (line.TypeId, line.Shared!.Parts[n].Partner);
                all[key] = all.GetValueOrDefault(key) + parts[index][n];
            }
        return all;
    }

    /// <summary>What lies between two states of one order; null where nothing does.</summary>
    public static ShareBack[]? Between(Dictionary<(Guid Type, string Partner), long> before, Dictionary<(Guid Type, string Partner), long> after)
    {
        var back = before.Select(b => new ShareBack(b.Key.Type, b.Key.Partner, b.Value - after.GetValueOrDefault(b.Key))).Where(b => b.Fen != 0).ToArray();
        return back.Length == 0 ? null : back;
    }
}
