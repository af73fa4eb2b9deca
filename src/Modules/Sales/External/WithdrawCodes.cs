using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.External;

/// <summary>作废外部票: withdraws codes by which nobody entered, some of a list or a piece of all of it.</summary>
internal static class WithdrawCodes
{
    /// <param name="Codes">Which; null = all that are left of the list, a piece at a time.</param>
    internal sealed record Request(string Reason, string[]? Codes = null);

    /// <param name="Withdrawn">Codes that are good no more since this request.</param>
    /// <param name="Kept">Of the codes that were named: those by which somebody entered, and those that were withdrawn before.</param>
    /// <param name="MoreLeft">Whether another piece is to be asked for.</param>
    internal sealed record Answer(int Withdrawn, int Kept, bool MoreLeft);

    private const int CodesMax = 1_000, BytesMax = 256 * 1024;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<Request, Answer>("POST", "/api/external-lists/{id:guid}/withdraw", Permission.SetUpPark, Prepare).WithMetadata(new LargeBody(BytesMax)).WithName("WithdrawExternalCodes");

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var reason = ctx.Fields.Text("reason", request.Reason, 2, 100);
        if (request.Codes is { } some) ctx.Fields.Number("codes", some.Length, 1, CodesMax);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var (database, keeper) = (ctx.Get<Database>(), ctx.Get<Gatekeeper>());
        if (await ExternalList.Of(database, ctx.Park, ctx.RouteId()) is not { } list) return WriteContext.Unknown;
        var order = ExternalList.OrderOf(list.Id);
        if (request.Codes is null)
        {
            var left = await database.Query(r => r.Text(0), $"select short_code from ticket where order_id = @1 and external_code is not null and state = 'Valid' and used = 0 order by external_code limit {CodesMax}", order);
            return ctx.Run(new Withdrawing(ctx.Park, list.Id, left, keeper, reason, left.Count == CodesMax));
        }
        var named = new List<string>();
        foreach (var text in request.Codes)
        {
            var ticket = ExternalCode.TryRead(text, out var code) ? await keeper.OfCode(ctx.Park, code) : null;
            if (ticket?.OrderId == order) named.Add(ticket.ShortCode);
            else ctx.Fields.Check("codes", false, "External.CodeNotHere", text ?? "");
        }
        return ctx.Run(new Withdrawing(ctx.Park, list.Id, [.. named.Distinct()], keeper, reason, MoreLeft: false));
    }

    private sealed record Withdrawing(int Park, Guid List, List<string> Tickets, Gatekeeper Keeper, string Reason, bool MoreLeft) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            foreach (var ticket in Tickets) Keeper.TouchTicket(touch, ticket);
        }

        public Outcome Decide(WriteGroup group)
        {
            var withdrawn = 0;
            foreach (var code in Tickets)
            {
                if (Keeper.Find(group, Park, code) is not { State: TicketState.Valid, Used: 0 }) continue;
                Keeper.TakeBack(group, Park, code, TicketState.Voided);
                withdrawn++;
            }
            if (withdrawn > 0) group.Record(nameof(ExternalCodesWithdrawn), List, new ExternalCodesWithdrawn(List, withdrawn, Reason));
            return Outcome.Done(new Answer(withdrawn, Tickets.Count - withdrawn, MoreLeft));
        }
    }
}
