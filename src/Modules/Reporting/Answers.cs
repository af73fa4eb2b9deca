using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Rules.Admission;

namespace Shanmen.Modules.Reporting;

/// <summary>What the big screen shows (大屏). Money in fen, before refunds.</summary>
/// <param name="Version">Rises with every change in the park.</param>
/// <param name="Inside">From the ledger: people in all sites that count.</param>
public sealed record Board(long Version, DateTimeOffset At, DateOnly BusinessDay, bool Simulation, string ParkName, long Inside, long Capacity, long Entered, long Exited,
    long Refused, long Tickets, long People, long MoneyFen, long RefundsFen, BoardGate[] Gates, BoardWindow[] Windows, BoardMinute[] Minutes, BoardType[] Types);

public sealed record BoardGate(Guid Id, string Name, long Entered, long Refused);
public sealed record BoardWindow(Guid Id, string Name, string? Clerk, long Tickets, long Fen);
/// <param name="Minute">HH:mm of the park's clock; only minutes in which something happened.</param>
public sealed record BoardMinute(string Minute, long Entered, long Tickets, long Fen);
/// <param name="Sold">People who hold a place for today, whenever it was sold.</param>
public sealed record BoardType(Guid Id, string Name, long Sold, long? Left);

/// <summary>The report of one business day (日报). Money in fen.</summary>
public sealed record DayReport(DateOnly Day, DayState State, string Park, ReportTotals Totals, ReportType[] ByType, ReportWindow[] ByWindow, ReportPayment[] ByPayment,
    ReportHour[] ByHour, ReportClerk[] ByClerk, ReportReason[] RefusedByReason);

public sealed record ReportTotals(long Orders, long Tickets, long People, long SalesFen, long RefundsFen, long NetFen, long Admitted, long Refused, long Exited, long OwedFen = 0, long FeesFen = 0);
public sealed record ReportType(Guid Id, string Name, long Tickets, long People, long Fen, long ReturnedTickets, long RefundsFen, long Admitted);
public sealed record ReportWindow(Guid Id, string Name, long Tickets, long People, long Fen, long RefundsFen);
public sealed record ReportPayment(PaymentMethod Method, long Fen, long RefundsFen, long NetFen);
public sealed record ReportHour(int Hour, long Tickets, long People, long Fen, long Admitted);
public sealed record ReportClerk(Guid Id, string Name, long Tickets, long Fen);
public sealed record ReportReason(AdmissionRefusal Reason, long Count);
