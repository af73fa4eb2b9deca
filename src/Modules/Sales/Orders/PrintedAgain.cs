using Shanmen.Modules.Admission;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>Tickets of one order that go on paper once more (重打, 换票), as they were read and signed before the writer is asked.</summary>
internal sealed class PrintedAgain
{
    private readonly Guid[] _ids;
    private readonly Gatekeeper _keeper;
    private readonly PlacedOrder _placed;
    private readonly (TicketRight Right, string Qr)[] _papers;
    private readonly PaperDraw _sheets;
    private readonly List<SpentPaper> _spent;
    private readonly Dictionary<Guid, int> _printed;
    private readonly BuyerRow? _buyer;
    private readonly VisitorRow[] _visitors;

    private PrintedAgain(WriteContext ctx, PlacedOrder placed, Guid[] ids, (TicketRight Right, string Qr)[] papers, List<SpentPaper> spent, Dictionary<Guid, int> printed, BuyerRow? buyer, VisitorRow[] visitors)
    {
        (_ids, _placed, _papers, _spent, _printed, _buyer, _visitors) = (ids, placed, papers, spent, printed, buyer, visitors);
        _keeper = ctx.Get<Gatekeeper>();
        _sheets = new(ctx.Get<PaperBook>(), ctx.Park, ctx.Principal.Id, Chosen.Select(r => r.TypeId));
    }

    /// <summary>Null where the order, or a ticket of it, is unknown.</summary>
    /// <param name="ids">The tickets to print, each once.</param>
    /// <param name="exchanged">Whether they get a code of their own, and the paper of now is worth nothing any more.</param>
    public static async Task<PrintedAgain?> Of(WriteContext ctx, Guid orderId, Guid[] ids, bool exchanged)
    {
        var (keeper, database) = (ctx.Get<Gatekeeper>(), ctx.Get<Database>());
        var rights = await keeper.OfOrder(ctx.Park, orderId);
        if (rights.Count == 0 || ids.Any(id => rights.All(r => r.Right.Id != id)) || await PlacedOrder.Of(database, ctx.Park, orderId) is not { } placed) return null;
        var papers = rights.Select(r => (r.Right, keeper.QrOf(ctx.Park, r.Right, exchanged && ids.Contains(r.Right.Id) && r.Right.Exchanges < Gatekeeper.ExchangesMax ? r.Code.OnPaper(1) : r.Code))).ToArray();
        var printed = (await database.Query(SoldTicketRow.Table.Read, SoldTicketRow.Table.Select + " where order_id = @1", orderId)).ToDictionary(s => s.Id, s => s.Printed);
        return new(ctx, placed, ids, papers, await SpentPaper.Of(database, orderId), printed, await placed.Buyer(database), (await placed.Visitors(database)).Rows);
    }

    /// <summary>The tickets that are printed, as they were read.</summary>
    public IEnumerable<TicketRight> Chosen => _ids.Select(id => _papers.First(p => p.Right.Id == id).Right);

    public void Touch(Touch touch)
    {
        touch.Row(OrderRow.Table, _placed.Row.Id);
        foreach (var (right, _) in _papers)
        {
            touch.Row(SoldTicketRow.Table, right.Id);
            _keeper.TouchTicket(touch, right.ShortCode);
        }
        _sheets.Touch(touch);
        foreach (var sheet in _spent) touch.Row(SpentPaper.Table, SpentPaper.IdOf(sheet.Paper, sheet.Numbers.From));
    }

    /// <summary>The tickets that are printed, as they stand.</summary>
    public IEnumerable<TicketRight> Now(WriteGroup group) => Chosen.Select(t => _keeper.Find(group, _placed.Row.Park, t.ShortCode)!);

    /// <summary>Why none is printed: another window was faster, or the clerk has no sheets. Nothing is changed then.</summary>
    public Refusal? Print(WriteGroup group)
    {
        var raced = Chosen.Zip(Now(group)).Any(t => t.First.Exchanges != t.Second.Exchanges) || (_spent.Count > 0 && _ids.Any(id => group.Find(SoldTicketRow.Table, id)!.Printed != _printed[id]));
        if (raced) return new(StockRefusal.PrintedMeanwhile, 409);
        // The sheet that is printed again is void, and handed in.
        var instead = _spent.Select(s => group.Find(SpentPaper.Table, SpentPaper.IdOf(s.Paper, s.Numbers.From))!).Where(s => !s.IsVoid).ToDictionary(s => s.Ticket!.Value);
        if (_sheets.Take(group, _placed.Row.Id, Chosen.Select(t => (t.Id, t.TypeId)), instead) is { } shortage) return shortage;
        foreach (var id in _ids)
        {
            var sold = group.Find(SoldTicketRow.Table, id)!;
            group.Put(SoldTicketRow.Table, sold with { Printed = sold.Printed + 1 });
        }
        return null;
    }

    /// <summary>The order with its tickets as they stand.</summary>
    public OrderAnswer Answer(WriteGroup group) => OrderAnswers.Of(group.Find(OrderRow.Table, _placed.Row.Id)!,
        [.. _papers.Select(p => new PrintedTicket(_keeper.Find(group, _placed.Row.Park, p.Right.ShortCode)!, p.Qr, group.Find(SoldTicketRow.Table, p.Right.Id)!))], _buyer).Naming(_visitors) with { Papers = _sheets.Said() };
}
