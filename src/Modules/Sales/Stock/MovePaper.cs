using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>Moves sheets from place to place: goods-in (入库), issue (领用), hand back (退回), spoil (作废), lose (遗失), find (找回); and says which pile a seller takes next.</summary>
internal static class MovePaper
{
    /// <param name="From">The first number, as it is written on the sheet.</param>
    /// <param name="To">The last.</param>
    /// <param name="SellerId">Whose paper it is or becomes; null = the store's.</param>
    /// <param name="Reason">Why, for what is spoiled, lost or found; else where it comes from.</param>
    internal sealed record Request(StockMove Move, string From, string To, Guid? SellerId = null, string Reason = "");

    /// <param name="Sheets">How many went.</param>
    /// <param name="Left">How many are left in the place from which they went; of the press 0.</param>
    internal sealed record Answer(long Sheets, long Left);

    /// <param name="From">The first number of what is spoiled.</param>
    internal sealed record OwnRequest(string From, string To, string Reason);

    internal sealed record NextRequest(string Next);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, Answer>("POST", "/api/papers/{id:guid}/moves", Permission.KeepStock, Keeper).WithName("MovePaper");
        routes.MapWrite<OwnRequest, Answer>("POST", "/api/papers/{id:guid}/spoiled", Permission.Sell, (request, ctx) =>
            Prepare(ctx, StockMove.Spoil, request.From, request.To, ctx.Principal.Id, request.Reason, ofOwn: true)).WithName("SpoilOwnPaper");
        routes.MapWrite<NextRequest, Answer>("POST", "/api/papers/{id:guid}/next", Permission.Sell, async (request, ctx) =>
        {
            if (await TicketPaper.Find(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is not { } paper) return WriteContext.Unknown;
            var next = paper.Numbers.Read(request.Next ?? "");
            ctx.Fields.Check("next", next is not null, "Field.PaperNumber", paper.Numbers.Text(1));
            return ctx.Run(new Turning(paper, ctx.Principal.Id, next ?? 0));
        }).WithName("TurnPaper");
    }

    private static async Task<Prepared> Keeper(Request request, WriteContext ctx)
    {
        var needsSeller = request.Move is StockMove.Issue or StockMove.HandBack;
        var mayHave = needsSeller || request.Move is StockMove.Spoil or StockMove.Lose;
        ctx.Fields.Check("move", Enum.IsDefined(request.Move), "Field.Choice");
        ctx.Fields.Check("sellerId", request.SellerId is not null || !needsSeller, "Field.Unknown");
        ctx.Fields.Check("sellerId", request.SellerId is null || mayHave, "Field.Unknown");
        if (request is { Move: StockMove.Issue, SellerId: { } to }) ctx.Fields.Check("sellerId", to == ctx.Principal.Id || (await ctx.Get<ParkDirectory>().WhoMay(ctx.Park, Permission.Sell)).Exists(s => s.Id == to), "Field.Unknown");
        if (request.Move is StockMove.Spoil or StockMove.Lose or StockMove.Find) ctx.Fields.Text("reason", request.Reason, 1, 100);
        // What a person has, another books.
        if (request.SellerId == ctx.Principal.Id) return ctx.Fields.Errors is { } errors ? WriteContext.Wrong(errors) : ctx.Refuse(StockRefusal.OwnStock, 403);
        return await Prepare(ctx, request.Move, request.From, request.To, request.SellerId, request.Reason, ofOwn: false);
    }

    private static async Task<Prepared> Prepare(WriteContext ctx, StockMove move, string from, string to, Guid? seller, string reason, bool ofOwn)
    {
        if (await TicketPaper.Find(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is not { } paper) return WriteContext.Unknown;
        var (first, last) = (paper.Numbers.Read(from ?? ""), paper.Numbers.Read(to ?? ""));
        ctx.Fields.Check("from", first is not null, "Field.PaperNumber", paper.Numbers.Text(1));
        ctx.Fields.Check("to", last is not null, "Field.PaperNumber", paper.Numbers.Text(1));
        if (ctx.Fields.Errors is null) ctx.Fields.Check("to", first <= last, "Field.PaperOrder");
        var text = ClearText.Read(ctx.Fields, "reason", reason, ofOwn ? 1 : 0, 100);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var own = seller is { } of ? PaperPlace.Of(of) : PaperPlace.Store;
        var (source, target) = move switch
        {
            StockMove.Receive => (PaperPlace.Press, PaperPlace.Store),
            StockMove.Issue => (PaperPlace.Store, own),
            StockMove.HandBack => (own, PaperPlace.Store),
            StockMove.Spoil => (own, PaperPlace.Void),
            StockMove.Lose => (own, PaperPlace.Lost),
            _ => (PaperPlace.Lost, PaperPlace.Store),
        };
        return ctx.Run(new Moving(paper, new(paper.Id, move, source, target, new(first!.Value, last!.Value), text, ctx.Principal.Id)));
    }

    /// <summary>One move. Goods-in decides by what never came, so it runs alone; with it the others, as they are few.</summary>
    private sealed record Moving(TicketPaper Paper, PaperMoved Move) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(TicketPaper.Table, Paper.Id);
            PaperShelf.Touch(touch, Paper, Move.From, Move.To);
        }

        public Outcome Decide(WriteGroup group)
        {
            var paper = group.Find(TicketPaper.Table, Paper.Id)!;
            if (Move.From == PaperPlace.Press)
            {
                if (new PaperRanges(paper.Received).With(Move.Numbers) is not { } received) return Outcome.Refused(StockRefusal.CameBefore, 409, paper.Numbers.Text(Move.Numbers.From), paper.Numbers.Text(Move.Numbers.To));
                if (received.Ranges.Count > PaperRanges.Most) return Outcome.Refused(StockRefusal.TooManyRanges, 409, PaperRanges.Most);
                group.Put(TicketPaper.Table, paper with { Received = [.. received.Ranges] });
            }
            return PaperShelf.Move(group, paper, Move) is { } refusal ? refusal : Outcome.Done(new Answer(Move.Numbers.Count(), PaperShelf.CountIn(group, paper, Move.From)));
        }
    }

    private sealed record Turning(TicketPaper Paper, Guid Seller, long Next) : IWrite
    {
        private readonly string _place = PaperPlace.Of(Seller);
        public bool Alone => false;
        public void Touch(Touch touch) => touch.Row(PaperHolding.Table, PaperHolding.IdOf(Paper.Id, _place));

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(PaperHolding.Table, PaperHolding.IdOf(Paper.Id, _place)) is not { } holding || !holding.Set().Holds(new(Next, Next))) return Outcome.Refused(StockRefusal.NotThere, 409, Paper.Numbers.Text(Next), Paper.Numbers.Text(Next));
            group.Put(PaperHolding.Table, holding with { Next = Next });
            group.Record(nameof(PaperTurned), Paper.Id, new PaperTurned(Paper.Id, _place, Next));
            return Outcome.Done(new Answer(0, holding.Set().Count));
        }
    }
}

/// <summary>Puts sheets from one place to another: rows, pieces in the ledger, and the fact.</summary>
internal static class PaperShelf
{
    private static bool IsHeld(string place) => place is not (PaperPlace.Press or PaperPlace.Void);

    public static void Touch(Touch touch, TicketPaper paper, params string[] places)
    {
        foreach (var place in places)
        {
            if (IsHeld(place)) touch.Row(PaperHolding.Table, PaperHolding.IdOf(paper.Id, place));
            touch.Account(TicketPaper.In(paper.Park, paper.Id, place));
        }
    }

    public static long CountIn(WriteGroup group, TicketPaper paper, string place) => IsHeld(place) ? Held(group, paper, place).Set().Count : 0;

    public static PaperHolding Held(WriteGroup group, TicketPaper paper, string place) =>
        group.Find(PaperHolding.Table, PaperHolding.IdOf(paper.Id, place)) ?? PaperHolding.Empty(paper.Park, paper.Id, place);

    public static Refusal? Move(WriteGroup group, TicketPaper paper, PaperMoved move)
    {
        var (first, last) = (paper.Numbers.Text(move.Numbers.From), paper.Numbers.Text(move.Numbers.To));
        if (IsHeld(move.From))
        {
            if (Held(group, paper, move.From).Set().Without(move.Numbers) is not { } left) return new(StockRefusal.NotThere, 409, first, last);
            if (left.Ranges.Count > PaperRanges.Most) return new(StockRefusal.TooManyRanges, 409, PaperRanges.Most);
            group.Put(PaperHolding.Table, Held(group, paper, move.From).With(left));
        }
        if (IsHeld(move.To))
        {
            var there = Held(group, paper, move.To).Set().With(move.Numbers) ?? throw new InvalidOperationException($"Paper {first} is in two places.");
            if (there.Ranges.Count > PaperRanges.Most) return new(StockRefusal.TooManyRanges, 409, PaperRanges.Most);
            group.Put(PaperHolding.Table, Held(group, paper, move.To).With(there));
        }
        else group.Put(SpentPaper.Table, new(paper.Park, paper.Id, move.Numbers, null, null, true, move.From, group.Now.Micros(), move.Reason));
        group.Ledger.Move(TicketPaper.In(paper.Park, paper.Id, move.From), TicketPaper.In(paper.Park, paper.Id, move.To), move.Numbers.Count(), "paper moved");
        group.Record(nameof(PaperMoved), paper.Id, move);
        return null;
    }
}
