using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>A paper as the office sends it; the id is in the address.</summary>
/// <param name="Prefix">Up to six capital letters and digits.</param>
/// <param name="Edit">The edit that was on the screen; 0 for a new one.</param>
internal sealed record PaperRequest(int Edit, string Name, string NameEn, string Prefix, int Digits, Guid[] TypeIds, bool Active);

/// <summary>A paper with how many sheets are where.</summary>
/// <param name="Came">Sheets that ever came.</param>
/// <param name="Sellers">Sheets that sellers have.</param>
internal sealed record PaperAnswer(Guid Id, int Edit, string Name, string NameEn, string Prefix, int Digits, Guid[] TypeIds, bool Active, long Came, long Store, long Sellers, long Lost, long Used, long Void);

/// <summary>Lists, creates and changes the numbered papers of a park (票纸).</summary>
internal static class SavePaper
{
    private const int PapersMax = 50, TypesMax = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<PaperAnswer[]>("/api/papers", Permission.KeepStock, async (http, who) =>
        {
            var database = http.RequestServices.GetRequiredService<Database>();
            var papers = await database.Query(TicketPaper.Table.Read, TicketPaper.Table.Select + " where park = @1 order by active desc, name, id", who.Park);
            var gone = await Balances.Read(database, [.. papers.SelectMany(p => new[] { PaperPlace.Used, PaperPlace.Void }, (p, place) => TicketPaper.In(p.Park, p.Id, place))]);
            var held = await database.Query(PaperHolding.Table.Read, PaperHolding.Table.Select + " where park = @1", who.Park);
            return [.. papers.Select(p => Answer(p, held.Where(h => h.Paper == p.Id), place => gone.GetValueOrDefault(TicketPaper.In(p.Park, p.Id, place).Code)))];
        }).WithName("ReadPapers");
        routes.MapWrite<PaperRequest, PaperAnswer>("PUT", "/api/papers/{id:guid}", Permission.SetUpPark, (request, ctx) => Task.FromResult(Prepare(request, ctx))).WithName("SavePaper").SeenByTwo();
    }

    private static PaperAnswer Answer(TicketPaper p, IEnumerable<PaperHolding> held, Func<string, long> gone)
    {
        var places = held.ToDictionary(h => h.Place, h => h.Set().Count);
        return new(p.Id, p.Edit, p.Name, p.NameEn, p.Prefix, p.Digits, p.Types, p.Active, new PaperRanges(p.Received).Count, places.GetValueOrDefault(PaperPlace.Store),
            places.Where(h => PaperPlace.SellerOf(h.Key) is not null).Sum(h => h.Value), places.GetValueOrDefault(PaperPlace.Lost), gone(PaperPlace.Used), gone(PaperPlace.Void));
    }

    private static Prepared Prepare(PaperRequest request, WriteContext ctx)
    {
        var (fields, types) = (ctx.Fields, ctx.Get<PriceBook>().Types(ctx.Park));
        fields.Check("prefix", new PaperNumbers(request.Prefix ?? "", PaperNumbers.DigitsMin).IsSound(), "Field.PaperPrefix", PaperNumbers.PrefixMax);
        fields.Number("digits", request.Digits, PaperNumbers.DigitsMin, PaperNumbers.DigitsMax);
        fields.Check("typeIds", request.TypeIds.Length <= TypesMax && request.TypeIds.Distinct().Count() == request.TypeIds.Length && request.TypeIds.All(types.ContainsKey), "Field.Unknown");
        var paper = new TicketPaper(ctx.RouteId(), ctx.Park, fields.Text("name", request.Name, 1, 40), fields.Text("nameEn", request.NameEn, 0, 80), request.Prefix ?? "", request.Digits, request.TypeIds, request.Active, request.Edit, []);
        return fields.Errors is { } errors ? WriteContext.Wrong(errors) : ctx.Run(new Saving(paper, type => types[type].Name));
    }

    private sealed record Saving(TicketPaper Wanted, Func<Guid, string> NameOf) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.RowsOf(TicketPaper.Table, Wanted.Park);
            touch.RowsOf(PaperHolding.Table, Wanted.Park);
            touch.Row(TicketPaper.Table, Wanted.Id);
            foreach (var place in new[] { PaperPlace.Used, PaperPlace.Void }) touch.Whole(TicketPaper.In(Wanted.Park, Wanted.Id, place));
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(TicketPaper.Table, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            if ((before?.Edit ?? 0) != Wanted.Edit) return Outcome.Refused(StockRefusal.PaperEdited, 409);
            if (before is { Received.Length: > 0 } && (before.Prefix, before.Digits) != (Wanted.Prefix, Wanted.Digits)) return Outcome.Refused(StockRefusal.PaperCame, 409);
            var others = group.Rows(TicketPaper.Table).Where(p => p.Park == Wanted.Park && p.Id != Wanted.Id).ToArray();
            if (before is null && others.Length >= PapersMax) return Outcome.Refused(StockRefusal.TooManyPapers, 409, PapersMax);
            if (Wanted.Active && others.Where(p => p.Active).SelectMany(p => p.Types.Intersect(Wanted.Types), (p, type) => (p, type)).FirstOrDefault() is { p: { } other, type: var type })
                return Outcome.Refused(StockRefusal.TypeOnAnotherPaper, 409, NameOf(type), other.Name);
            var paper = Wanted with { Edit = Wanted.Edit + 1, Received = before?.Received ?? [] };
            group.Put(TicketPaper.Table, paper);
            group.Record(nameof(TicketPaperSaved), paper.Id, new TicketPaperSaved(paper));
            return Outcome.Done(Answer(paper, group.Rows(PaperHolding.Table).Where(h => h.Paper == paper.Id), place => group.Ledger.Taken(TicketPaper.In(paper.Park, paper.Id, place))));
        }
    }
}
