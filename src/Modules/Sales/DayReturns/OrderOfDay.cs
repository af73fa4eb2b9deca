using Shanmen.Modules.Sales.Owed;
using Shanmen.Modules.Sales.Returns;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.DayReturns;

/// <summary>The tickets of one order that go back with their day: one write, with the debt and the count of the work in it.</summary>
/// <param name="debt">The id of the debt that arises.</param>
internal sealed class OrderOfDay(ReturnDesk desk, Guid work, OrderRow placed, Guid debt, GoingBack going, int tickets) : IWrite
{
    public bool Alone => false;
    public int Route => going.Route;

    public void Touch(Touch touch)
    {
        touch.Row(DayReturnRow.Table, work);
        going.Touch(touch);
        OwedRefund.Touch(touch, placed.Park, debt);
    }

    public Outcome Decide(WriteGroup group)
    {
        if (group.Find(DayReturnRow.Table, work) is not { State: DayReturnState.Running } row) return Outcome.Refused(SalesRefusal.DayReturnNotRunning, 409);
        if (!desk.Parks.IsDayOpen(group, placed.Park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
        var (refusal, back) = going.Weigh(group, Guid.Empty, row.BackRate);
        if (refusal?.Reason is SalesRefusal.TooManyWays) return Skip(group, row, new(work, placed.Id, placed.Number, Texts.KeyOf(refusal.Reason)));
        // Somebody went in, or a window was quicker: the next look finds what is left.
        if (refusal is not null) return refusal;
        if (going.GiveRightsBack(group, back!) is { } changing) return changing;
        var (books, fen) = (new Books(placed.Park, group.BusinessDay(placed.Park)), back!.HandedFen);
        going.Book(group, back, new(Guid.Empty, Guid.Empty, row.StartedBy, row.ApprovedBy, row.ReasonName, row.Reason, row.Remark, fen > 0 ? debt : null), _ => books.Owed);
        var (cash, card) = (back.Fen(PaymentMethod.Cash), back.Fen(PaymentMethod.Card));
        if (fen > 0) OwedRefund.Arise(group, new(debt, placed.Park, placed.Id, group.Now.Micros(), BusinessDay.Number(group.BusinessDay(placed.Park)), work, row.ReasonName, cash, card, cash, card));
        var took = new DayReturnTook(work, placed.Id, tickets, going.Going.Sum(t => t.People), back.Refund.RefundFen);
        group.Put(DayReturnRow.Table, row.Took(took));
        group.Record(nameof(DayReturnTook), work, took);
        return Outcome.Done(null);
    }

    /// <summary>The order is left to people, and the work goes on.</summary>
    public static Outcome Skip(WriteGroup group, DayReturnRow row, DayReturnSkipped skipped)
    {
        if (row.Skips.Any(s => s.OrderId == skipped.OrderId)) return Outcome.Done(null);
        group.Put(DayReturnRow.Table, row.Skipped(skipped));
        group.Record(nameof(DayReturnSkipped), row.Id, skipped);
        return Outcome.Done(null);
    }
}
