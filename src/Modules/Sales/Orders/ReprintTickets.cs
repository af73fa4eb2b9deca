using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>重打: prints tickets again. The paper is marked and the count kept, because two papers of one ticket tempt.</summary>
internal static class ReprintTickets
{
    internal sealed record Request(Guid[] TicketIds);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, OrderAnswer>("POST", "/api/orders/{id:guid}/reprints", Permission.Sell, async (request, ctx) =>
    {
        ctx.Fields.Number("ticketIds", request.TicketIds.Length, 1, OrderLimits.TicketsMax);
        var keeper = ctx.Get<Gatekeeper>();
        var rights = await keeper.OfOrder(ctx.Park, ctx.RouteId());
        if (rights.Count == 0 || request.TicketIds.Any(id => rights.All(r => r.Right.Id != id))) return WriteContext.Unknown;
        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { } placed) return WriteContext.Unknown;
        var papers = rights.Select(r => (r.Right.Id, r.Right.ShortCode, Qr: keeper.QrOf(ctx.Park, r.Right, r.Code))).ToArray();
        var sheets = new PaperDraw(ctx.Get<PaperBook>(), ctx.Park, ctx.Principal.Id, rights.Where(r => request.TicketIds.Contains(r.Right.Id)).Select(r => r.Right.TypeId));
        var printed = (await database.Query(SoldTicketRow.Table.Read, SoldTicketRow.Table.Select + " where order_id = @1", placed.Row.Id)).ToDictionary(s => s.Id, s => s.Printed);
        return ctx.Run(new Reprinting(ctx.Park, ctx.RouteId(), ctx.Principal.Id, request.TicketIds, papers, keeper,
            await placed.Buyer(database), (await placed.Visitors(database)).Rows, sheets, rights.ToDictionary(r => r.Right.Id, r => r.Right.TypeId), await SpentPaper.Of(database, placed.Row.Id), printed));
    });

    private sealed class Reprinting(int park, Guid orderId, Guid clerk, Guid[] ids, (Guid Id, string ShortCode, string Qr)[] papers, Gatekeeper keeper, BuyerRow? buyer,
        VisitorRow[] visitors, PaperDraw sheets, Dictionary<Guid, Guid> types, List<SpentPaper> spent, Dictionary<Guid, int> printed) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(OrderRow.Table, orderId);
            foreach (var paper in papers)
            {
                touch.Row(SoldTicketRow.Table, paper.Id);
                keeper.TouchTicket(touch, paper.ShortCode);
            }
            sheets.Touch(touch);
            foreach (var sheet in spent) touch.Row(SpentPaper.Table, SpentPaper.IdOf(sheet.Paper, sheet.Numbers.From));
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(OrderRow.Table, orderId) is not { } order || order.Park != park) return Problems.NotFound;
            foreach (var paper in papers.Where(p => ids.Contains(p.Id)))
            {
                if (keeper.Find(group, park, paper.ShortCode)!.State is TicketState.Returned) return Outcome.Refused(ReturnRefusal.AlreadyReturned, 409);
                if (keeper.Find(group, park, paper.ShortCode)!.State is TicketState.Voided) return Outcome.Refused(ReturnRefusal.AlreadyVoided, 409);
            }
            if (spent.Count > 0 && ids.Any(id => group.Find(SoldTicketRow.Table, id)!.Printed != printed[id])) return Outcome.Refused(StockRefusal.PrintedMeanwhile, 409);
            // The sheet that is printed again is void, and handed in.
            var instead = spent.Select(s => group.Find(SpentPaper.Table, SpentPaper.IdOf(s.Paper, s.Numbers.From))!).Where(s => !s.IsVoid).ToDictionary(s => s.Ticket!.Value);
            if (sheets.Take(group, orderId, ids.Distinct().Select(id => (id, types[id])), instead) is { } shortage) return shortage;
            foreach (var id in ids.Distinct())
            {
                var sold = group.Find(SoldTicketRow.Table, id)!;
                group.Put(SoldTicketRow.Table, sold with { Printed = sold.Printed + 1 });
            }
            group.Record(nameof(TicketsReprinted), orderId, new TicketsReprinted(orderId, [.. ids.Distinct()], clerk));
            return Outcome.Done(OrderAnswers.Of(order, [.. papers.Select(p => new PrintedTicket(keeper.Find(group, park, p.ShortCode)!, p.Qr, group.Find(SoldTicketRow.Table, p.Id)!))], buyer).Naming(visitors) with { Papers = sheets.Said() });
        }
    }
}
