using Shanmen.Platform.Ledger;
using Shanmen.Platform.Time;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>Takes the next numbers of a seller's own paper for tickets that are printed now.</summary>
internal sealed class PaperDraw
{
    private readonly int _park;
    private readonly Guid _seller;
    private readonly Dictionary<Guid, TicketPaper> _byType = [];
    private PaperUse[] _uses = [];

    public PaperDraw(PaperBook book, int park, Guid seller, IEnumerable<Guid> types)
    {
        (_park, _seller) = (park, seller);
        foreach (var type in types)
            if (!_byType.ContainsKey(type) && book.For(park, type) is { } paper) _byType.Add(type, paper);
    }

    private IEnumerable<TicketPaper> Papers => _byType.Values.DistinctBy(p => p.Id);
    private string Place => PaperPlace.Of(_seller);

    public void Touch(Touch touch)
    {
        foreach (var paper in Papers)
        {
            touch.Row(PaperHolding.Table, PaperHolding.IdOf(paper.Id, Place));
            foreach (var place in new[] { Place, PaperPlace.Used, PaperPlace.Void }) touch.Account(TicketPaper.In(_park, paper.Id, place));
        }
    }

    /// <summary>Uses numbers for tickets in their order, or refuses the whole.</summary>
    /// <param name="instead">The number that a ticket was printed on before, which is void then.</param>
    public Refusal? Take(WriteGroup group, Guid order, IEnumerable<(Guid Ticket, Guid Type)> tickets, IReadOnlyDictionary<Guid, SpentPaper>? instead = null)
    {
        if (_byType.Count == 0) return null;
        var uses = new List<PaperUse>();
        foreach (var some in tickets.Where(t => _byType.ContainsKey(t.Type)).GroupBy(t => _byType[t.Type].Id))
        {
            var (paper, wanted) = (Papers.First(p => p.Id == some.Key), some.ToArray());
            var holding = group.Find(PaperHolding.Table, PaperHolding.IdOf(paper.Id, Place)) ?? PaperHolding.Empty(_park, paper.Id, Place);
            var set = holding.Set();
            if (set.Next(holding.Next, wanted.Length) is not { } numbers) return new Refusal(StockRefusal.PaperShort, 409, paper.Name, wanted.Length, set.Count);
            // Numbers that follow one another leave one range less, not a hole each.
            var left = set.Except(new(numbers.Select(n => new PaperRange(n, n))));
            if (left.Ranges.Count > PaperRanges.Most) return new Refusal(StockRefusal.TooManyRanges, 409, PaperRanges.Most);
            group.Put(PaperHolding.Table, holding.With(left) with { Next = numbers[^1] + 1 });
            group.Ledger.Move(TicketPaper.In(_park, paper.Id, Place), TicketPaper.In(_park, paper.Id, PaperPlace.Used), wanted.Length, "paper used");
            for (var n = 0; n < wanted.Length; n++)
            {
                var before = instead?.GetValueOrDefault(wanted[n].Ticket);
                group.Put(SpentPaper.Table, new(_park, paper.Id, new(numbers[n], numbers[n]), wanted[n].Ticket, order, false, Place, group.Now.Micros(), ""));
                if (before is not null && before.Paper == paper.Id)
                {
                    group.Put(SpentPaper.Table, before with { IsVoid = true });
                    group.Ledger.Move(TicketPaper.In(_park, paper.Id, PaperPlace.Used), TicketPaper.In(_park, paper.Id, PaperPlace.Void), 1, "paper replaced");
                }
                uses.Add(new(paper.Id, wanted[n].Ticket, numbers[n], before?.Paper == paper.Id ? before.Numbers.From : null));
            }
        }
        _uses = [.. uses];
        if (_uses.Length > 0) group.Record(nameof(PapersUsed), order, new PapersUsed(order, _seller, _uses));
        return null;
    }

    /// <summary>The numbers as they are written, by ticket; null where none was taken.</summary>
    public Orders.PaperOfTicket[]? Said() => _uses.Length == 0 ? null : [.. _uses.Select(u => new Orders.PaperOfTicket(u.Ticket, Papers.First(p => p.Id == u.Paper).Numbers.Text(u.Number)))];
}
