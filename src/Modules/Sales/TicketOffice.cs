using System.Text.Json;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>The sales of one business day as the ticket office counts them, to be held against the ledger at day close.</summary>
/// <param name="SalesFen">Paid orders of the day, before refunds.</param>
/// <param name="SharesFen">What of them is partners'.</param>
/// <param name="SharesBackFen">What the returns of the day took from partners.</param>
/// <param name="OwedFen">Refunds of the day that are paid later, less such of any day that were paid on it.</param>
/// <param name="FeesFen">What was paid for new paper of tickets; it stands in the payments beside what was sold.</param>
public sealed record DayFigures(int Orders, int Tickets, int People, long SalesFen, long RefundsFen, TypeFigure[] ByType, PaymentFigure[] ByPayment, ShiftFigure[] ByShift, long SharesFen = 0, long SharesBackFen = 0, long OwedFen = 0, long FeesFen = 0);

public sealed record TypeFigure(Guid TypeId, string Name, int Tickets, int People, long Fen, long RefundsFen);
public sealed record PaymentFigure(PaymentMethod Method, long Fen, long RefundsFen);
/// <summary>A shift's cash: what should have been in the drawer and what was counted; zeros while it is open.</summary>
public sealed record ShiftFigure(string WindowName, string WindowNameEn, string ClerkName, long ExpectedFen, long CountedFen, long OverShortFen,
    int RefusedCounts, long? FirstCountedFen);

/// <summary>Paid orders and their people, of one origin (客源地).</summary>
/// <param name="Code">Of the dictionary; null where nobody said.</param>
public sealed record OriginFigure(string? Code, long Orders, long People);

/// <summary>An open shift, named for people.</summary>
public sealed record OpenShiftAt(Guid ShiftId, string WindowName, string WindowNameEn, string ClerkName);

/// <summary>The desk of selling (售票处): what it sold on a day and who is still at a window.</summary>
public sealed class TicketOffice(Database database, ParkDirectory parks)
{
    /// <summary>Counts the orders and refunds themselves, never the ledger: the two must agree.</summary>
    public async Task<DayFigures> DayFigures(int park, DateOnly day)
    {
        var number = BusinessDay.Number(day);
        await using var store = await database.OpenSnapshot();
        var orders = await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where park = @1 and day = @2 and state = @3", park, number, nameof(OrderState.Paid));
        var refunds = (await store.Query(r => JsonSerializer.Deserialize<RefundPaid>(r.Text(0), Json.Options)!,
            "select body from log where park = @1 and day = @2 and kind = @3", park, number, nameof(RefundPaid)));
        var paidLater = await store.Query(r => JsonSerializer.Deserialize<OwedPaid>(r.Text(0), Json.Options)!, "select body from log where park = @1 and day = @2 and kind = @3", park, number, nameof(OwedPaid));
        var exchanges = await store.Query(r => JsonSerializer.Deserialize<TicketsExchanged>(r.Text(0), Json.Options)!, "select body from log where park = @1 and day = @2 and kind = @3", park, number, nameof(TicketsExchanged));
        var shifts = await store.Query(ShiftRow.Table.Read, ShiftRow.Table.Select + " where park = @1 and day = @2 order by opened_at", park, number);

        var names = orders.SelectMany(o => o.Lines).GroupBy(l => l.TypeId).ToDictionary(g => g.Key, g => g.Last().TypeName);
        var types = orders.SelectMany(o => o.Lines).Select(l => l.TypeId).Union(refunds.Select(r => r.TypeId)).Select(type => new TypeFigure(type, names.GetValueOrDefault(type, ""),
            orders.SelectMany(o => o.Lines).Where(l => l.TypeId == type).Sum(l => l.Papers), orders.SelectMany(o => o.Lines).Where(l => l.TypeId == type).Sum(l => l.Quantity * l.People),
            orders.SelectMany(o => o.Lines).Where(l => l.TypeId == type).Sum(l => l.TotalFen), refunds.Where(r => r.TypeId == type).Sum(r => r.AmountFen)));
        // Cash and card stand on every sheet, other ways where they were used.
        var payments = Enum.GetValues<PaymentMethod>().Where(m => !m.IsOnAccount() || orders.Any(o => o.Payments.Any(p => p.Method == m)) || refunds.Any(r => r.Method == m)).Select(method => new PaymentFigure(method,
            orders.SelectMany(o => o.Payments).Where(p => p.Method == method).Sum(p => p.AmountFen) + exchanges.Sum(e => e.Fen(method)), refunds.Where(r => r.Method == method && r.Owed is null).Sum(r => r.AmountFen) + paidLater.Sum(p => p.Fen(method))));
        return new DayFigures(orders.Count, orders.Sum(o => o.Lines.Sum(l => l.Papers)), orders.Sum(o => o.People), orders.Sum(o => o.TotalFen), refunds.Sum(r => r.AmountFen),
            [.. types.OrderBy(t => t.Name, StringComparer.Ordinal)], [.. payments],
            [.. shifts.Select(s => new ShiftFigure(WindowName(s, false), WindowName(s, true), parks.NameOfStaff(s.Clerk), s.ExpectedFen ?? 0, s.CountedFen ?? 0, s.OverShortFen ?? 0,
                s.RefusedCounts, s.FirstCountedFen))],
            orders.SelectMany(o => o.Lines).Sum(l => l.Shared?.Parts.Sum(p => p.Fen) ?? 0), refunds.Sum(r => r.Shares?.Sum(s => s.Fen) ?? 0),
            refunds.Where(r => r.Owed is not null).Sum(r => r.AmountFen) - paidLater.Sum(p => p.CashFen + p.CardFen), exchanges.Sum(e => e.FeeFen));
    }

    /// <summary>Where the visitors of the orders came from that were paid on some business days. Returns are not taken off.</summary>
    public Task<List<OriginFigure>> Origins(int park, DateOnly from, DateOnly to) => database.Query(r => new OriginFigure(r.TextOrNull(0), r.Long(1), r.Long(2)),
        "select origin, count(*), cast(sum(people) as bigint) from orders where park = @1 and day >= @2 and day <= @3 and state = @4 group by origin",
        park, BusinessDay.Number(from), BusinessDay.Number(to), nameof(OrderState.Paid));

    /// <summary>Shifts of a day that are not handed over yet: the day cannot close before them.</summary>
    public async Task<List<OpenShiftAt>> OpenShifts(int park, DateOnly day) =>
        [.. (await database.Query(ShiftRow.Table.Read, ShiftRow.Table.Select + " where park = @1 and day = @2 and state = @3 order by opened_at",
            park, BusinessDay.Number(day), nameof(ShiftState.Open))).Select(s => new OpenShiftAt(s.Id, WindowName(s, false), WindowName(s, true), parks.NameOfStaff(s.Clerk)))];

    private string WindowName(ShiftRow shift, bool english) => parks.Of(shift.Park).WindowName(shift.Window, english);
}
