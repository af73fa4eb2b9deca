using Shanmen.Modules.Sales;
using Shanmen.Platform.Ledger;

namespace Shanmen.Modules.Settlement;

/// <summary>The counted and sealed figures of a day (结算表). Money in fen.</summary>
/// <param name="DifferenceFen">Ticket office against ledger, summed without sign; a sheet exists only when it is 0.</param>
/// <param name="LogHead">Merkle root over the heads of all log lanes, hex.</param>
/// <param name="Seal">HMAC over sheet and root, hex.</param>
public sealed record ClosingSheet(DateOnly Day, string ParkName, DateTimeOffset ClosedAt, string ClosedBy, SheetTotals Totals, SheetType[] ByType,
    SheetPayment[] ByPayment, SheetShift[] ByShift, SheetAccount[] Ledger, long DifferenceFen, string LogHead, string Seal);

public sealed record SheetTotals(int Orders, int Tickets, int People, long SalesFen, long RefundsFen, long NetFen, long Admitted, long Exited);
public sealed record SheetType(string Name, int Tickets, int People, long Fen);
public sealed record SheetPayment(PaymentMethod Method, long Fen, long RefundsFen, long NetFen);
public sealed record SheetShift(string WindowName, string ClerkName, long ExpectedFen, long CountedFen, long OverShortFen);
/// <param name="Account">Code within the park, e.g. "revenue/20261003/…".</param>
public sealed record SheetAccount(string Account, string Name, Unit Unit, long Balance);
