using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Notes;

/// <summary>备注: writes something down of an order, whatever has become of it: a wheelchair, a promise, whom to call for.</summary>
internal static class NoteOrder
{
    private const int NotesMax = 50, LengthMax = 200;

    /// <param name="Text">It stands in clear for ever, so no numbers of people's phones or papers.</param>
    internal sealed record Request(string Text);

    /// <param name="Notes">All of the order, the earliest first.</param>
    internal sealed record Answer(NoteAnswer[] Notes) : IKeptAnswer
    {
        public object Shown(Microsoft.AspNetCore.Http.HttpContext http) => new Answer([.. Notes.Select(n => n.Shown(http))]);
    }

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, Answer>("POST", "/api/orders/{id:guid}/notes", Permission.Sell, async (request, ctx) =>
    {
        var text = ClearText.Read(ctx.Fields, "text", request.Text, 1, LengthMax);
        if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
        var database = ctx.Get<Database>();
        if (await PlacedOrder.Of(database, ctx.Park, ctx.RouteId()) is not { Row: var order }) return WriteContext.Unknown;
        var before = await OrderNoteRow.Of(database, order.Id);
        return before.Count >= NotesMax ? ctx.Refuse(SalesRefusal.TooManyNotes, 409, NotesMax) : ctx.Run(new Noting(order.Id, new(ctx.Key, ctx.Park, order.Id, 0, ctx.Principal.Id, text), before));
    });

    private sealed record Noting(Guid Order, OrderNoteRow Note, List<OrderNoteRow> Before) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) => touch.Row(OrderNoteRow.Table, Note.Id);

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(OrderNoteRow.Table, Note.Id) is not null) return Outcome.Refused(WriteRefusal.KeyReused, 409);
            var note = Note with { At = group.Now.Micros() };
            group.Put(OrderNoteRow.Table, note);
            group.Record(nameof(OrderNoted), Order, new OrderNoted(Order, note.Id, note.Staff, note.Body));
            return Outcome.Done(new Answer([.. Before.Append(note).Select(NoteAnswer.Of)]));
        }
    }
}
