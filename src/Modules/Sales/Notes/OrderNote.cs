using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Notes;

/// <summary>What somebody of the staff wrote down of an order (备注). It stands in clear and is never changed.</summary>
internal sealed record OrderNoteRow(Guid Id, int Park, Guid Order, long At, Guid Staff, string Body)
{
    public static readonly RowTable<Guid, OrderNoteRow> Table = new("order_note", "id, park, order_id, at, staff, body",
        r => new(r.Id(0), r.Int(1), r.Id(2), r.Long(3), r.Id(4), r.Text(5)), n => [n.Id, n.Park, n.Order, n.At, n.Staff, n.Body], n => n.Id);

    /// <summary>The notes of an order, the earliest first.</summary>
    public static Task<List<OrderNoteRow>> Of(Database database, Guid order) => database.Query(Table.Read, Table.Select + " where order_id = @1 order by at, id", order);
}

/// <summary>Holds the notes of orders against the facts that wrote them.</summary>
internal sealed class NoteProof : IProof
{
    private readonly RowReplay<Guid, OrderNoteRow> _notes = new(OrderNoteRow.Table);

    public IReadOnlyList<Claim> Claims { get; } = [new("I10", "Every note of an order is in each column what its fact says, and none is missing.")];

    public IReadOnlyList<string> Kinds { get; } = [nameof(OrderNoted)];

    public void Hear(LoggedFact fact, object read)
    {
        var noted = fact.As<OrderNoted>();
        _notes.Put(new(noted.NoteId, fact.Park, noted.OrderId, fact.At, noted.StaffId, noted.Text));
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await IRowReplay.Compare(store, _notes)];
}
