using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Owed;

/// <summary>待退款: what the park owes for tickets of an order that went back, and how much of it is open. docs/algorithms/day-return.md.</summary>
/// <param name="DayReturn">The piece of work that took the tickets back; null where a window did.</param>
/// <param name="CashFen">What of it came in cash.</param>
/// <param name="CardFen">What of it came by card.</param>
internal sealed record OwedRefund(Guid Id, int Park, Guid Order, long At, int Day, Guid? DayReturn, string Reason, long CashFen, long CardFen, long CashOpenFen, long CardOpenFen)
{
    public static readonly RowTable<Guid, OwedRefund> Table = new("owed_refund", "id, park, order_id, at, day, day_return, reason, cash_fen, card_fen, cash_open_fen, card_open_fen",
        r => new(r.Id(0), r.Int(1), r.Id(2), r.Long(3), r.Int(4), r.IdOrNull(5), r.Text(6), r.Long(7), r.Long(8), r.Long(9), r.Long(10)),
        o => [o.Id, o.Park, o.Order, o.At, o.Day, o.DayReturn, o.Reason, o.CashFen, o.CardFen, o.CashOpenFen, o.CardOpenFen], o => o.Id);

    public long OpenFen => CashOpenFen + CardOpenFen;

    /// <summary>Names what <see cref="Arise"/> and <see cref="Pay"/> change, but for what pays.</summary>
    public static void Touch(Touch touch, int park, Guid id)
    {
        touch.Row(Table, id);
        touch.Account(new Books(park, touch.BusinessDay(park)).Owed);
    }

    /// <summary>The debt arises. The account fell when the return was booked.</summary>
    public static void Arise(WriteGroup group, OwedRefund debt)
    {
        group.Put(Table, debt);
        group.Record(nameof(RefundOwed), debt.Order, new RefundOwed(debt.Id, debt.Order, debt.DayReturn, debt.Reason, debt.CashFen, debt.CardFen));
    }

    /// <summary>Pays it: what it names in cash and by card goes to whom it is owed.</summary>
    /// <param name="drawer">The shift whose drawer pays; null where nothing is handed out in cash.</param>
    public static void Pay(WriteGroup group, OwedRefund debt, Guid? drawer, OwedPaid paid)
    {
        var books = new Books(debt.Park, group.BusinessDay(debt.Park));
        if (drawer is { } shift) group.Ledger.Move(books.Drawer(shift), books.Owed, paid.CashFen, "owed refund");
        group.Ledger.Move(books.Card, books.Owed, paid.CardFen, "owed refund");
        group.Put(Table, debt.After(paid));
        group.Record(nameof(OwedPaid), debt.Order, paid);
    }

    /// <summary>What is left of it.</summary>
    public OwedRefund After(OwedPaid paid) => this with { CardOpenFen = CardOpenFen - paid.CardPartFen, CashOpenFen = CashOpenFen - (paid.CashFen + paid.CardFen - paid.CardPartFen) };

    /// <summary>The debts to the buyer of an order, the earliest first.</summary>
    public static Task<List<OwedRefund>> Of(Database database, Guid order) => database.Query(Table.Read, Table.Select + " where order_id = @1 order by at, id", order);
}
