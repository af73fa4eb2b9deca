using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>售票: places an order and, where payment comes with it, books the money and issues the tickets at once.</summary>
internal static class SellTickets
{
    /// <param name="Slot">When the time slot begins that the line is for; null = its type has none.</param>
    /// <param name="Visitors">Who they are, where the type asks for it; null = nobody is named.</param>
    internal sealed record Line(Guid TypeId, int Quantity, int People, TimeOnly? Slot = null, VisitorRequest[]? Visitors = null);
    /// <param name="Origin">Where the visitors come from (客源地), by a code of the dictionary; null = nobody said.</param>
    /// <param name="Overbook">Who approves that limits are passed (超售); null = nobody does.</param>
    /// <param name="Complimentary">What its complimentary lines are given from; null = it has none.</param>
    /// <param name="Agency">In whose name it is sold (旅行社), by a code of the dictionary; the buyer is its guide then. Null = nobody's.</param>
    /// <param name="PricedAt">When the screen was told the total, where it asked; the price then is kept for a quarter of an hour.</param>
    /// <param name="Vouchers">Codes of vouchers (券) that are taken off; null = none.</param>
    internal sealed record Request(Guid ShiftId, DateOnly VisitDay, string PriceVersion, long TotalFen, Line[] Lines, PaymentRequest[] Payments, bool OnOneTicket, BuyerRequest? Buyer,
        DateTimeOffset? PricedAt = null, ApprovalRequest? Overbook = null, string? Origin = null, GiftRequest? Complimentary = null, string? Agency = null, string[]? Vouchers = null);

    /// <summary>As many visitors as an order names, with the longest names.</summary>
    private const int BytesMax = 256 * 1024;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, OrderAnswer>("POST", "/api/orders", Permission.Sell, Prepare).WithMetadata(new Refuses(429), new LargeBody(BytesMax));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var (refused, sale) = await Ready(request, ctx);
        return refused ?? ctx.Run(sale!);
    }

    /// <summary>Reads what is asked for, and draws and signs the codes that it may need.</summary>
    /// <param name="from">For what it is rebooked: words that this was sold with are good though the dictionary offers them no more, and what was given is approved.</param>
    public static async Task<(Prepared? Refused, Selling? Sale)> Ready(Request request, WriteContext ctx, OrderRow? from = null)
    {
        var fields = ctx.Fields;
        fields.Whole("lines", request.Lines);
        fields.Whole("payments", request.Payments);
        fields.Whole("vouchers", request.Vouchers ?? []);
        if (fields.Errors is { } broken) return (WriteContext.Wrong(broken), null);
        fields.Check("vouchers", (request.Vouchers ?? []).Length <= VoucherTerms.InOrderMax, "Field.Vouchers", VoucherTerms.InOrderMax);
        fields.Check("visitDay", BusinessDay.IsKnown(request.VisitDay), "Field.Day");
        fields.Number("lines", request.Lines.Length, 1, OrderLimits.LinesMax);
        fields.Number("totalFen", request.TotalFen, 0, OrderLimits.TotalFenMax);
        fields.Text("priceVersion", request.PriceVersion, 0, 64);
        foreach (var line in request.Lines)
        {
            fields.Number("lines.quantity", line.Quantity, 1, OrderLimits.QuantityMax);
            fields.Number("lines.people", line.People, 1, OrderLimits.PeopleMax);
        }
        PaymentRequest.Check(fields, request.Payments);
        // Nobody can have sent money for an order that nobody had placed.
        if (from is null) fields.Check("payments", request.Payments.All(p => p.Method != PaymentMethod.BankTransfer), "Field.PlacedFirst");
        var buyer = request.Buyer?.Protect(fields, ctx);
        var (origin, terms) = (from is null ? await VisitorOrigin.Of(ctx, request.Origin, request.Buyer) : from.Origin, ctx.Get<ParameterBook>().Of(ctx.Park));
        if (from is null) await Contract.Check(ctx, request.Agency, request.Buyer);
        var named = NamedVisitor.Read(request, fields, ctx);
        request.Overbook?.Check(fields, "overbook.login", "overbook.password");
        var gift = request.Complimentary is null || from is not null ? request.Complimentary : await request.Complimentary.Read(ctx);
        if (fields.Errors is { } errors) return (WriteContext.Wrong(errors), null);

        var types = ctx.Get<PriceBook>().Types(ctx.Park);
        if (!request.Lines.All(l => types.ContainsKey(l.TypeId)))
        {
            await ctx.Get<FactFeed>().CatchUp();
            types = ctx.Get<PriceBook>().Types(ctx.Park);
        }
        if (request.Lines.Sum(l => PapersOf(l, request.OnOneTicket)) > terms.TicketsMax) return (ctx.Refuse(SalesRefusal.TooManyTickets, 422, terms.TicketsMax), null);
        if (!request.Lines.All(l => types.ContainsKey(l.TypeId))) return (ctx.Refuse(SalesRefusal.TypeNotOnSale, 409), null);
        // Codes are drawn and signed only where tickets will be issued, and before the writer is asked.
        var papers = request.Payments.Length == 0 ? [] : Paper.For(ctx, request.VisitDay,
            request.Lines.Select(l => (types[l.TypeId], Papers: PapersOf(l, request.OnOneTicket), People: PeopleOnEach(l, request.OnOneTicket))));
        Guid? approvedBy = null;
        if (request.Overbook is { } overbook)
        {
            var (refused, by) = await overbook.Ask(ctx, Permission.Overbook);
            if (refused is not null) return (refused, null);
            approvedBy = by;
        }
        var (unknown, vouchers) = from?.Vouchers is { } along ? (null, VoucherDraw.GoingAlong(ctx.Park, along)) : await VoucherDraw.Find(ctx.Get<Database>(), ctx.Park, request.Vouchers ?? []);
        if (unknown is not null) return (ctx.Refuse(unknown), null);
        var given = gift is null ? default : await gift.Ask(ctx);
        if (given.Refused is not null) return (given.Refused, null);
        return (null, new(ctx, request, buyer, origin, terms, new(request, named), new(ctx.Park, ctx.Principal.Id, gift, given.By ?? from?.Complimentary?.ApprovedBy), vouchers, papers, approvedBy));
    }

    internal static int PapersOf(Line line, bool onOneTicket) => onOneTicket && line.People == 1 ? 1 : line.Quantity;
    private static int PeopleOnEach(Line line, bool onOneTicket) => onOneTicket && line.People == 1 ? line.Quantity : line.People;
}
