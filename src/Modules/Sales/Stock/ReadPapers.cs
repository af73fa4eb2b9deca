using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>Says who has which numbers of a paper, where one number is, and what a seller has himself.</summary>
internal static class ReadPapers
{
    /// <summary>What of a paper is in one place.</summary>
    /// <param name="Place">store, seller or lost.</param>
    /// <param name="Next">The number that its seller uses next; empty in other places, and where he has none.</param>
    internal sealed record Holding([property: OneOf("store", "seller", "lost")] string Place, Guid? SellerId, string SellerName, long Sheets, string Next, CountPaper.Span[] Ranges);

    internal sealed record Holdings(Holding[] Rows);

    /// <summary>A colleague who may be given paper.</summary>
    internal sealed record Seller(Guid Id, string Name);

    internal sealed record Sellers(Seller[] Rows);

    /// <summary>Where one number is.</summary>
    /// <param name="Place">press = it never came.</param>
    /// <param name="Order">The number of the order whose ticket is, or was, printed on it; empty where none is.</param>
    internal sealed record Found(string Number, [property: OneOf("press", "store", "seller", "lost", "used", "void")] string Place, string SellerName, string Order, Guid? OrderId, string ShortCode, DateTimeOffset? At, string Reason);

    /// <summary>What a seller has of each paper.</summary>
    internal sealed record Own(Guid Id, string Name, string NameEn, long Sheets, string Next, CountPaper.Span[] Ranges);

    internal sealed record Owns(Own[] Rows);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<Holdings>("/api/papers/{id:guid}/holdings", Permission.KeepStock, async (http, who) =>
        {
            var (database, parks) = (http.RequestServices.GetRequiredService<Database>(), http.RequestServices.GetRequiredService<ParkDirectory>());
            if (await TicketPaper.Find(database, who.Park, Id(http)) is not { } paper) return null;
            var held = await database.Query(PaperHolding.Table.Read, PaperHolding.Table.Select + " where paper = @1", paper.Id);
            return new([.. held.Where(h => h.Ranges.Length > 0).Select(h => (h, Seller: PaperPlace.SellerOf(h.Place))).OrderBy(h => h.Seller is not null).ThenBy(h => h.h.Place != PaperPlace.Store).ThenBy(h => h.h.Place, StringComparer.Ordinal)
                .Select(h => new Holding(h.Seller is null ? h.h.Place : "seller", h.Seller, h.Seller is { } seller ? parks.NameOfStaff(seller) : "", h.h.Set().Count, h.Seller is null ? "" : NextOf(paper, h.h), CountPaper.Span.Of(paper, h.h.Set())))]);
        }).WithName("ReadPaperHoldings");
        routes.MapRead<Sellers>("/api/papers/sellers", Permission.KeepStock, async (http, who) =>
            new Sellers([.. (await http.RequestServices.GetRequiredService<ParkDirectory>().WhoMay(who.Park, Permission.Sell)).Where(s => s.Id != who.Id).Select(s => new Seller(s.Id, s.Name))])).WithName("ReadPaperSellers");
        routes.MapRead<Found>("/api/papers/{id:guid}/numbers/{number}", Permission.KeepStock, Look).WithName("LookAtPaperNumber");
        routes.MapRead<Owns>("/api/papers/own", Permission.Sell, async (http, who) =>
        {
            var (database, papers) = (http.RequestServices.GetRequiredService<Database>(), http.RequestServices.GetRequiredService<PaperBook>().Of(who.Park));
            var held = await database.Query(PaperHolding.Table.Read, PaperHolding.Table.Select + " where park = @1 and place = @2", who.Park, PaperPlace.Of(who.Id));
            return new([.. papers.Where(p => p.Active || held.Any(h => h.Paper == p.Id && h.Ranges.Length > 0)).Select(p => (p, h: held.FirstOrDefault(h => h.Paper == p.Id) ?? PaperHolding.Empty(p.Park, p.Id, "")))
                .Select(o => new Own(o.p.Id, o.p.Name, o.p.NameEn, o.h.Set().Count, NextOf(o.p, o.h), CountPaper.Span.Of(o.p, o.h.Set())))]);
        }).WithName("ReadOwnPapers");
    }

    private static async Task<Found?> Look(HttpContext http, Principal who)
    {
        var (database, parks) = (http.RequestServices.GetRequiredService<Database>(), http.RequestServices.GetRequiredService<ParkDirectory>());
        if (await TicketPaper.Find(database, who.Park, Id(http)) is not { } paper || paper.Numbers.Read((string)http.Request.RouteValues["number"]!) is not { } number) return null;
        var (text, one) = (paper.Numbers.Text(number), new PaperRange(number, number));
        var spent = (await database.Query(r => (Row: SpentPaper.Table.Read(r), Order: r.LongOrNull(11), Code: r.TextOrNull(12)),
            $"select {string.Join(", ", SpentPaper.Table.Columns.Split(", ").Select(c => "p." + c))}, o.number, t.short_code from spent_paper p left join orders o on o.id = p.order_id left join sold_ticket t on t.id = p.ticket where p.paper = @1 and p.first_number <= @2 and p.last_number >= @2", paper.Id, number)).FirstOrDefault();
        if (spent.Row is { } gone)
            return new(text, gone.IsVoid ? "void" : "used", Name(gone.Place), spent.Order?.ToString("D17") ?? "", gone.Order, spent.Code ?? "", Moments.From(gone.At), gone.Reason);
        var held = (await database.Query(PaperHolding.Table.Read, PaperHolding.Table.Select + " where paper = @1", paper.Id)).FirstOrDefault(h => h.Set().Holds(one));
        return new(text, held is null ? "press" : PaperPlace.SellerOf(held.Place) is null ? held.Place : "seller", held is null ? "" : Name(held.Place), "", null, "", null, "");

        string Name(string place) => PaperPlace.SellerOf(place) is { } seller ? parks.NameOfStaff(seller) : "";
    }

    private static string NextOf(TicketPaper paper, PaperHolding holding) => holding.Set().Next(holding.Next, 1) is [var next] ? paper.Numbers.Text(next) : "";

    private static Guid Id(HttpContext http) => Guid.Parse((string)http.Request.RouteValues["id"]!);
}
