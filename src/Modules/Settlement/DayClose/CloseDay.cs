using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement.DayClose;

/// <summary>日结: takes a business day out of use, holds the ticket office's count against the ledger, and seals it. docs/algorithms/day-close.md.</summary>
internal static class CloseDay
{
    internal sealed record Request;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<Request, ClosingSheet>("POST", "/api/days/{day}/close", Permission.CloseDay, (_, ctx) => Prepare(ctx));

    private static async Task<Prepared> Prepare(WriteContext ctx)
    {
        if (!BusinessDay.TryParse((string?)ctx.Http.Request.RouteValues["day"], out var day)) return WriteContext.Unknown;
        if (day > ctx.Get<ParkTimes>().DayAt(ctx.Park, ctx.Get<TimeProvider>().GetUtcNow())) return ctx.Refuse(SettlementRefusal.DayInFuture, 422, Shown(day));
        var seal = new SealDay(ctx, day, Guid.CreateVersion7());
        // A closed day is refused inside the write path, where a repeat of the request that closed it finds its kept answer first.
        if (await ctx.Get<ParkDirectory>().ReadDay(ctx.Park, day) == DayState.Closed) return ctx.Run(seal);
        if (await OpenShifts(ctx, day) is { } early) return early;

        if (await Send(ctx, new BeginClose(ctx, day, seal.Attempt)) is { Refusal: { } refusal }) return new Prepared(null, refusal, null);
        try
        {
            if (await OpenShifts(ctx, day) is { } late) return await GiveUp(late, 0);
            var books = await ctx.Get<ClearingHouse>().Books(ctx.Park, day);
            var sold = await ctx.Get<TicketOffice>().DayFigures(ctx.Park, day);
            seal.Sheet = StoredSheet.Of(day, ctx.Get<ParkDirectory>().Of(ctx.Park).Terms.Name, ctx.Principal.Id, sold, books, ctx.Get<PersonalText>());
            seal.Heads = books.Heads;
            return seal.Sheet.DifferenceFen == 0 ? ctx.Run(seal)
                : await GiveUp(ctx.Refuse(SettlementRefusal.BooksDiffer, 409, new Money(seal.Sheet.DifferenceFen)), seal.Sheet.DifferenceFen);
        }
        catch
        {
            // A fault while reading must not keep the park from selling.
            await Send(ctx, new GiveUpClose(ctx, day, seal.Attempt, "Fault", 0));
            throw;
        }

        async Task<Prepared> GiveUp(Prepared refused, long differenceFen)
        {
            await Send(ctx, new GiveUpClose(ctx, day, seal.Attempt, refused.Refusal!.Reason.ToString(), differenceFen));
            return refused;
        }
    }

    internal static string Shown(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<Prepared?> OpenShifts(WriteContext ctx, DateOnly day)
    {
        var english = Texts.WantsEnglish(ctx.Http);
        var open = await ctx.Get<TicketOffice>().OpenShifts(ctx.Park, day);
        return open.Count == 0 ? null : ctx.Refuse(SettlementRefusal.ShiftsOpen, 409, string.Join(english ? ", " : "、", open.Select(s => $"{(english ? s.WindowNameEn : s.WindowName)} {s.ClerkName}")));
    }

    /// <summary>A step of its own, with a key of its own: it must be possible again for the next attempt.</summary>
    private static Task<StoredAnswer> Send(WriteContext ctx, IWrite step) =>
        ctx.Get<WriteQueue>().Send(new WriteKey(ctx.Park, ctx.Principal.Id, Guid.CreateVersion7(), []), step);
}
