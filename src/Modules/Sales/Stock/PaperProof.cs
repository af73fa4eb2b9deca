using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>Holds every numbered sheet against the facts that moved it, and how many are where against the ledger.</summary>
internal sealed class PaperProof : IProof
{
    private readonly RowReplay<Guid, TicketPaper> _papers = new(TicketPaper.Table);
    private readonly RowReplay<string, PaperHolding> _held = new(PaperHolding.Table);
    private readonly RowReplay<string, SpentPaper> _spent = new(SpentPaper.Table);
    private readonly Dictionary<string, long> _pieces = [];
    private string? _bad;
    private long _sheets;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every paper, every place of it and every sheet that is used or void is in each column what its facts say, and none is missing."),
        new("I3", "Every numbered sheet was in the place from which it went, came once, and is used once; and how many are in each place = the ledger's count."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(TicketPaperSaved), nameof(PaperMoved), nameof(PaperCounted), nameof(PaperTurned), nameof(PapersUsed)];

    public void Hear(LoggedFact fact, object read)
    {
        switch (fact.Kind)
        {
            case nameof(TicketPaperSaved): _papers.Put(fact.As<TicketPaperSaved>().Paper); break;
            case nameof(PaperMoved): Move(fact, fact.As<PaperMoved>()); break;
            case nameof(PaperTurned):
                var turned = fact.As<PaperTurned>();
                _held.Put(Held(fact.Park, turned.Paper, turned.Place) with { Next = turned.Next });
                break;
            case nameof(PapersUsed):
                var used = fact.As<PapersUsed>();
                foreach (var use in used.Uses) Use(fact, used, use);
                break;
        }
    }

    private PaperHolding Held(int park, Guid paper, string place) => _held.Find(PaperHolding.IdOf(paper, place)) ?? PaperHolding.Empty(park, paper, place);

    private void Move(LoggedFact fact, PaperMoved move)
    {
        if (_papers.Find(move.Paper) is not { } paper) { _bad ??= $"{fact.Name}: there is no paper {move.Paper}"; return; }
        if (move.From == PaperPlace.Press)
        {
            if (new PaperRanges(paper.Received).With(move.Numbers) is not { } received) { _bad ??= $"{fact.Name}: numbers of paper {paper.Name} came twice"; return; }
            _papers.Put(paper with { Received = [.. received.Ranges] });
            _sheets += move.Numbers.Count();
        }
        else if (!Take(fact, move.Paper, move.From, move.Numbers)) return;
        if (move.To == PaperPlace.Void) _spent.Put(new(fact.Park, move.Paper, move.Numbers, null, null, true, move.From, fact.At, move.Reason));
        else if (Held(fact.Park, move.Paper, move.To) is var there) _held.Put(there.With(there.Set().With(move.Numbers) ?? there.Set()));
        Count(fact.Park, move.Paper, move.From, move.To, move.Numbers.Count());
    }

    private bool Take(LoggedFact fact, Guid paper, string place, PaperRange numbers)
    {
        var held = Held(fact.Park, paper, place);
        if (held.Set().Without(numbers) is not { } left) { _bad ??= $"{fact.Name}: paper {paper} had no {numbers.From}-{numbers.To} at {place}"; return false; }
        _held.Put(held.With(left));
        return true;
    }

    private void Use(LoggedFact fact, PapersUsed used, PaperUse use)
    {
        var place = PaperPlace.Of(used.Seller);
        if (!Take(fact, use.Paper, place, new(use.Number, use.Number))) return;
        _held.Put(Held(fact.Park, use.Paper, place) with { Next = use.Number + 1 });
        _spent.Put(new(fact.Park, use.Paper, new(use.Number, use.Number), use.Ticket, used.OrderId, false, place, fact.At, ""));
        Count(fact.Park, use.Paper, place, PaperPlace.Used, 1);
        if (use.Instead is not { } before) return;
        if (_spent.Find(SpentPaper.IdOf(use.Paper, before)) is not { IsVoid: false } sheet || sheet.Ticket != use.Ticket) { _bad ??= $"{fact.Name}: {before} of paper {use.Paper} was not the ticket's"; return; }
        _spent.Put(sheet with { IsVoid = true });
        Count(fact.Park, use.Paper, PaperPlace.Used, PaperPlace.Void, 1);
    }

    private void Count(int park, Guid paper, string from, string to, long sheets)
    {
        foreach (var (place, many) in new[] { (from, -sheets), (to, sheets) })
        {
            var account = TicketPaper.In(park, paper, place).Code;
            _pieces[account] = _pieces.GetValueOrDefault(account) + many;
        }
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        var booked = (await store.Query(r => (Code: Account.CodeOf(r.Text(0)), Pieces: r.Long(1)), "select code, balance from account where code like '%/paper/%'"))
            .GroupBy(a => a.Code).ToDictionary(g => g.Key, g => g.Sum(a => a.Pieces));
        foreach (var account in booked.Keys.Union(_pieces.Keys))
            if (booked.GetValueOrDefault(account) != _pieces.GetValueOrDefault(account)) _bad ??= $"account {account}: {booked.GetValueOrDefault(account)} sheets where the facts have {_pieces.GetValueOrDefault(account)}";
        return [await IRowReplay.Compare(store, _papers, _held, _spent), new Finding($"{_sheets:N0} numbered sheets", _bad)];
    }
}
