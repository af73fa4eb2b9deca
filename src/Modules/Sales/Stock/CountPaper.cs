using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>盘点: holds what is really in a place against the books. Confirmed, what is missing goes to lost; what is too much stays on record.</summary>
internal static class CountPaper
{
    private const int PartsMax = 200;

    /// <summary>Numbers of a paper, as they are written.</summary>
    internal sealed record Span(string From, string To, long Sheets)
    {
        public static Span[] Of(TicketPaper paper, PaperRanges ranges) => [.. ranges.Ranges.Select(r => new Span(paper.Numbers.Text(r.From), paper.Numbers.Text(r.To), r.Count()))];
    }

    /// <param name="SellerId">Whose paper is counted; null = the store's.</param>
    /// <param name="Numbers">What is really there: numbers and ranges, as in A000001-A000100, A000105. Empty = nothing.</param>
    /// <param name="Missing">How many sheets the screen said are missing; null = say what would come of it, and change nothing.</param>
    internal sealed record Request(Guid? SellerId, string Numbers, long? Missing = null);

    /// <param name="Counted">Sheets that are really there.</param>
    /// <param name="Missing">Numbers of the place that are not there.</param>
    /// <param name="Surplus">Numbers that are there and not the place's.</param>
    internal sealed record Answer(long Counted, Span[] Missing, Span[] Surplus, bool Done);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/papers/{id:guid}/counts", Permission.KeepStock, async (request, ctx) =>
    {
        if (await TicketPaper.Find(ctx.Get<Database>(), ctx.Park, ctx.RouteId()) is not { } paper) return WriteContext.Unknown;
        var counted = Read(paper, request.Numbers ?? "");
        ctx.Fields.Check("numbers", counted is not null, "Field.PaperNumbers", paper.Numbers.Text(1), paper.Numbers.Text(100), PartsMax);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        if (request.SellerId == ctx.Principal.Id) return ctx.Refuse(StockRefusal.OwnStock, 403);
        return ctx.Run(new Counting(paper, request.SellerId is { } seller ? PaperPlace.Of(seller) : PaperPlace.Store, counted!, request.Missing, ctx.Principal.Id));
    }).WithName("CountPaper");

    /// <summary>What somebody typed; null where it is none of this paper, or names a number twice.</summary>
    private static PaperRanges? Read(TicketPaper paper, string text)
    {
        var parts = text.Split([',', '，', '、', ';', '；', '\n', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length > PartsMax) return null;
        var ranges = new List<PaperRange>();
        foreach (var part in parts)
        {
            var ends = part.Split(['-', '–', '~', '～'], StringSplitOptions.TrimEntries);
            if (ends.Length > 2 || paper.Numbers.Read(ends[0]) is not { } from || paper.Numbers.Read(ends[^1]) is not { } to || from > to) return null;
            if (ranges.Exists(r => r.From <= to && r.To >= from)) return null;
            ranges.Add(new(from, to));
        }
        return new(ranges);
    }

    private sealed record Counting(TicketPaper Paper, string Place, PaperRanges Counted, long? Told, Guid Staff) : IWrite
    {
        public void Touch(Touch touch) => PaperShelf.Touch(touch, Paper, Place, PaperPlace.Lost);

        public Outcome Decide(WriteGroup group)
        {
            var held = PaperShelf.Held(group, Paper, Place).Set();
            var (missing, surplus) = (held.Except(Counted), Counted.Except(held));
            var answer = new Answer(Counted.Count, Span.Of(Paper, missing), Span.Of(Paper, surplus), Told is not null);
            if (Told is not { } told) return Outcome.Tried(answer);
            if (told != missing.Count) return Outcome.Refused(StockRefusal.CountChanged, 409, missing.Count, told);
            foreach (var range in missing.Ranges)
                if (PaperShelf.Move(group, Paper, new(Paper.Id, StockMove.Lose, Place, PaperPlace.Lost, range, "", Staff)) is { } refusal) return refusal;
            group.Record(nameof(PaperCounted), Paper.Id, new PaperCounted(Paper.Id, Place, Counted.Count, [.. missing.Ranges], [.. surplus.Ranges], Staff));
            return Outcome.Done(answer);
        }
    }
}
