namespace Shanmen.Modules.Tests.Harness;

// What the API promises, written down a second time: the tests read answers by these and not by the program's own records.

public sealed record Problem(string Type, string Title, int Status, string Detail, string Code, string Action, string TraceId, Dictionary<string, string[]>? Errors);

public sealed record Session(bool SignedIn, bool SetupNeeded, bool Simulation, bool Demo, SessionPark? Park, SessionStaff? Staff, DateTimeOffset ServerTime, DateOnly? BusinessDay, string Version);
public sealed record SessionPark(string Name, string TimeZone);
public sealed record SessionStaff(Guid Id, string Login, string Name, string[] Roles, string[] Permissions, bool MustChangePassword);

public sealed record ParkTerms(string Name, string NameEn, string TimeZone, int CutOffHour, string OpensAt, string ClosesAt, int Capacity, string Notice);
public sealed record Staff(Guid Id, string Login, string Name, string Phone, string[] Roles, bool Active, bool MustChangePassword, DateTimeOffset? LastSignInAt);
public sealed record StaffSaved(Staff Staff, string? InitialPassword);

public sealed record TypeDay(DateOnly Day, int Weekday, string DayKind, string? HolidayName, long PriceFen, int? Quota, int Sold, bool PriceOverridden, bool QuotaOverridden);
public sealed record PriceSheet(string Version, DateOnly Day, string DayKind, string? HolidayName, bool OnSale, SheetType[] Types);
public sealed record SheetType(Guid Id, string Code, string Name, long UnitFen, int? Left, SheetSlot[]? Slots = null, DateOnly? AdmitsFrom = null);
public sealed record SheetSlot(string At, string Until, long UnitFen, long? Left);

public sealed record Shift(Guid Id, Guid WindowId, string WindowName, Guid ClerkId, string ClerkName, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt, DateOnly BusinessDay, long? FloatFen,
    string State, int Tickets, long? SalesFen, long? CashFen, long? CardFen, long? ExpectedFen, long? CountedFen, long? OverShortFen, string? Reason, int RefusedCounts, long? FirstCountedFen);

public sealed record Order(Guid Id, string Number, string State, Guid WindowId, string WindowName, string ClerkName, DateTimeOffset At, DateOnly BusinessDay, DateOnly VisitDay, long TotalFen, long PaidFen,
    long RefundedFen, long ChangeFen, DateTimeOffset? HoldUntil, OrderLine[] Lines, Payment[] Payments, Ticket[] Tickets, Buyer? Buyer, string? Origin = null, string? Agency = null,
    OrderLink? RebookedFrom = null, OrderLink[]? RebookedTo = null);
public sealed record OrderLink(Guid Id, string Number);
public sealed record Rebooked(Order? Order, string FromNumber, long PriceFen, long FeeFen, long RepricedFen, long CreditFen, long TotalFen, long DueFen, string BackMethod);
public sealed record OrderLine(Guid TypeId, string TypeName, int Quantity, int People, long UnitFen, long TotalFen, SlotOf? Slot = null);
public sealed record SlotOf(string At, string Until);
public sealed record Payment(string Method, long AmountFen, long TenderedFen, long ChangeFen, string Reference);
public sealed record Ticket(Guid Id, string ShortCode, string Qr, Guid TypeId, string TypeName, int People, int Used, DateOnly VisitDay, string FromTime, string ToTime, string[] SiteNames,
    long PriceFen, string State, int Printed, SlotOf? Slot = null);
public sealed record Buyer(string Name, string Phone, string IdNumber);
public sealed record OrderList(OrderRow[] Rows, OrderTotals Totals, long Total, int Page, int PageCount);
public sealed record OrderRow(Guid OrderId, string Number, string TypeName, long UnitFen, int Quantity, long TotalFen, string Operator, DateTimeOffset At, string State);
public sealed record OrderTotals(long Quantity, long TotalFen);
public sealed record Returned(Order Order, long RefundFen, string RefundMethod, long FeeFen = 0);
public sealed record RefundQuote(long PriceFen, long FeeFen, long RepricedFen, long RefundFen, string RefundMethod);

public sealed record Verdict([property: System.Text.Json.Serialization.JsonPropertyName("verdict")] string Word, string? Reason, string Text, string Action, string Attention, string TypeName, int PeopleAdmitted,
    int PeopleLeft, int PeopleTotal, string? ShortCode, DateTimeOffset At, long Inside);
public sealed record GateLane(Guid LaneId, int LaneNumber, string LaneName, string Direction, Guid GateId, string GateName, Guid SiteId, string SiteName);
public sealed record Inside([property: System.Text.Json.Serialization.JsonPropertyName("inside")] long People);

public sealed record Board(long Version, DateOnly BusinessDay, long Inside, long Capacity, long Entered, long Exited, long Refused, long Tickets, long People, long MoneyFen, long RefundsFen, BoardGate[] Gates, BoardWindow[] Windows);
public sealed record BoardGate(Guid Id, string Name, long Entered, long Refused);
public sealed record BoardWindow(Guid Id, string Name, string? Clerk, long Tickets, long Fen);
public sealed record DayTotals(long Orders, long Tickets, long People, long SalesFen, long RefundsFen, long NetFen, long Admitted, long Refused, long Exited);
public sealed record DayReport(DateOnly Day, string State, string Park, DayTotals Totals, PaymentTotals[] ByPayment, ReasonCount[] RefusedByReason);
public sealed record PaymentTotals(string Method, long Fen, long RefundsFen, long NetFen);
public sealed record ReasonCount(string Reason, long Count);
public sealed record ClosingSheet(DateOnly Day, string ParkName, DateTimeOffset ClosedAt, string ClosedBy, DayTotals Totals, PaymentTotals[] ByPayment, ShiftLine[] ByShift, LedgerLine[] Ledger, long DifferenceFen, string LogHead, string Seal);
public sealed record ShiftLine(string WindowName, string ClerkName, long ExpectedFen, long CountedFen, long OverShortFen, int RefusedCounts, long? FirstCountedFen);
public sealed record LedgerLine(string Account, string Name, string Unit, long Balance);
public sealed record DayRow(DateOnly Day, string State, DateTimeOffset? ClosedAt, string? ClosedBy);
