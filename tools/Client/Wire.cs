using System.Text.Json.Serialization;

namespace Shanmen.Client;

// The parts of the public HTTP interface that a day needs. Names and units are those of /openapi/v1.json; what is not listed is not read.

record SignInRequest(string Login, string Password);
record PasswordRequest(string CurrentPassword, string NewPassword);
record Session(SessionStaff? Staff);
record SessionStaff(Guid Id, string Login, bool MustChangePassword);
record ClockRequest(string At);
record Nothing;

record Park(string Name, string NameEn, string TimeZone, int CutOffHour, string OpensAt, string ClosesAt, int Capacity, string Notice);
record Site(Guid Id, string Name, string NameEn, int Capacity, bool Active);
record SiteRequest(string Name, string NameEn, int Capacity, bool Active);
record Window(Guid Id, int Number, string Name, bool Active);
record WindowRequest(Guid SiteId, int Number, string Name, string F3Action, WindowPrinter Printer, bool Active);
record WindowPrinter(string Kind, bool AutoPrint);
record GateRequest(Guid SiteId, string Name, string NameEn, bool Active);
record LaneRequest(Guid GateId, int Number, string Name, string Direction, bool Active);
record Lane(Guid LaneId, int LaneNumber, string LaneName, string Direction, Guid GateId, string GateName, Guid SiteId, string SiteName);
record StaffRequest(string Login, string Name, string Phone, string[] Roles, bool Active);
record StaffAnswer(Staff Staff, string? InitialPassword);
record Staff(Guid Id, string Login, string Name);
record DeviceKeyAnswer(string? DeviceKey);

record TicketTypeRequest(string Code, string Name, string NameEn, string Tab, string VisitorType, int? KeySlot, string Proof, int? HeightLimitCm,
    int MinPeople, int MaxPeople, Guid[] SiteIds, string FromTime, string ToTime, long WeekdayFen, long HolidayFen, int? DailyQuota, string Attention, bool Active, Admission? Admission = null);
record Admission(Validity Validity, int? PerDay, int? InAll, Guid[] Sites, int? IntervalMinutes, string[] NotOn, string[] Blackout);
record Validity(string Kind, int? Days);
record TicketType(Guid Id, string Code, string Name, string Tab, string VisitorType, int MinPeople, int MaxPeople, Guid[] SiteIds, string FromTime, string ToTime,
    long WeekdayFen, long HolidayFen, int? DailyQuota, bool Active);
record QuotaRequest(int Edit, string Name, Guid[] TypeIds, int? Limit, int? WarnPercent, bool Stops, string[] Keeps, bool Active);
record TypeDayRequest(long? PriceFen, int? Quota, bool Unlimited);
record PriceSheet(string Version, string Day, string DayKind, SheetType[] Types);
record SheetType(Guid Id, string Code, long UnitFen, long? Left);

record PriceVersionLine(int Number);
record PriceVersionRequest(int Number, DateTimeOffset From, PriceRules Rules);
record PriceRules(PriceProduct[] Products, PriceRule[] Rules, PriceSet[] Sets, int RoundToFen, string RoundingMode, string TaxPer);
record PriceProduct(Guid TypeId, string Per, int TaxRate);
record PriceRule(Guid Id, string Name, string Stage, string Effect, long Amount, int Paid, Guid[] Types, PriceWhen When, PriceWho Who, int From, int Priority);
record PriceSet(Guid Id, string Name, PriceSetPart[] Parts, string Effect, long Amount, PriceWhen When, PriceWho Who, int Priority, int? TimesMax);
record PriceSetPart(Guid[] Types, int Units);
record PriceWhen(DateOnly[]? Days, DateOnly? First, DateOnly? Last, string[]? Kinds, int[]? Weekdays, string? FromTime, string? ToTime);
record PriceWho(string? Channel, string? Agency, string? Level);
record DictionaryRequest(string Kind, int Edit, DictionaryEntry[] Entries);
record DictionaryEntry(string Code, string Name, string NameEn, bool Active);
record Quote(long TotalFen, int People, QuoteLine[] Lines);
record QuoteLine(long TotalFen, QuoteStep[] Steps);
record QuoteStep(string Rule, string? Stage);

record ShiftRequest(Guid WindowId, long FloatFen);
record CloseShiftRequest(long CountedFen, string Reason);
record Shift(Guid Id, Guid WindowId, string WindowName, string State, long? FloatFen, long? CashFen, long? ExpectedFen, long? CountedFen, long? OverShortFen);
record Sale(Guid ShiftId, string VisitDay, string PriceVersion, long TotalFen, SaleLine[] Lines, SalePayment[] Payments, bool OnOneTicket, Buyer? Buyer);
record SaleLine(Guid TypeId, int Quantity, int People);
record SalePayment(string Method, long AmountFen, long TenderedFen, string Reference);
record Buyer(string Name, string Phone, string IdNumber);
record Order(Guid Id, string State, long TotalFen, long ChangeFen, Ticket[] Tickets);
record Ticket(Guid Id, string ShortCode, string Qr, Guid TypeId, int People, long PriceFen);
record ReturnRequest(Guid ShiftId, string Kind, Guid[] Tickets, string Reason, string SupervisorLogin, string SupervisorPassword);
record ReturnAnswer(long RefundFen, string RefundMethod);
record RebookRequest(Guid ShiftId, Guid[] Tickets, string Reason, string VisitDay, RebookTarget[] Targets, string PriceVersion, SalePayment[] Payments, long? CreditFen, long? TotalFen,
    string SupervisorLogin, string SupervisorPassword);
record RebookTarget(int Line, Guid TypeId);
record RebookAnswer(Order? Order, long FeeFen, long DueFen);

record AdmissionRequest(Guid LaneId, string Code, int? People);
record Verdict([property: JsonPropertyName("verdict")] string Word, string? Reason, int PeopleAdmitted, long Inside);
record ExitRequest(Guid LaneId, int People);
record ExitAnswer(long Inside);

record PurseRequest(long AmountFen);
record PurseAnswer(long BalanceFen);

record Board(long Inside, long Entered, long Exited, long Refused, BoardGate[] Gates);
record BoardGate(Guid Id, string Name, long Entered, long Refused);
record DayReport(ReportTotals Totals, ReportType[] ByType, ReportWindow[] ByWindow, ReportPayment[] ByPayment, ReportHour[] ByHour, ReportClerk[] ByClerk,
    ReportReason[] RefusedByReason);
record ReportTotals(long Orders, long Tickets, long People, long SalesFen, long RefundsFen, long NetFen, long Admitted, long Refused, long Exited);
record ReportType(Guid Id, string Name, long Tickets, long People, long Fen, long ReturnedTickets, long RefundsFen, long Admitted);
record ReportWindow(Guid Id, long Tickets, long People, long Fen, long RefundsFen);
record ReportPayment(string Method, long Fen, long RefundsFen, long NetFen);
record ReportHour(int Hour, long Tickets, long People, long Fen, long Admitted);
record ReportClerk(Guid Id, long Tickets, long Fen);
record ReportReason(string Reason, long Count);
record ClosingSheet(SheetTotals Totals, SheetTypeRow[] ByType, ReportPayment[] ByPayment, SheetShift[] ByShift, SheetAccount[] Ledger, long DifferenceFen, string LogHead, string Seal);
record SheetTotals(long Orders, long Tickets, long People, long SalesFen, long RefundsFen, long NetFen, long Admitted, long Exited);
record SheetTypeRow(string Name, long Tickets, long People, long Fen);
record SheetShift(string WindowName, long ExpectedFen, long CountedFen, long OverShortFen);
record SheetAccount(string Account, long Balance);
record Problem(string Code, string Detail);

/// <summary>Readers and writers made at build time: the visitors share two cores with the server that they visit.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignInRequest)), JsonSerializable(typeof(PasswordRequest)), JsonSerializable(typeof(Session)), JsonSerializable(typeof(ClockRequest))]
[JsonSerializable(typeof(Nothing)), JsonSerializable(typeof(Park)), JsonSerializable(typeof(Site[])), JsonSerializable(typeof(SiteRequest)), JsonSerializable(typeof(Window[]))]
[JsonSerializable(typeof(Lane[])), JsonSerializable(typeof(StaffRequest)), JsonSerializable(typeof(StaffAnswer)), JsonSerializable(typeof(DeviceKeyAnswer))]
[JsonSerializable(typeof(WindowRequest)), JsonSerializable(typeof(GateRequest)), JsonSerializable(typeof(LaneRequest))]
[JsonSerializable(typeof(QuotaRequest)), JsonSerializable(typeof(TicketTypeRequest)), JsonSerializable(typeof(TicketType[])), JsonSerializable(typeof(TypeDayRequest)), JsonSerializable(typeof(PriceSheet))]
[JsonSerializable(typeof(PriceVersionLine[])), JsonSerializable(typeof(PriceVersionRequest)), JsonSerializable(typeof(Quote))]
[JsonSerializable(typeof(ShiftRequest)), JsonSerializable(typeof(CloseShiftRequest)), JsonSerializable(typeof(Shift)), JsonSerializable(typeof(Shift[])), JsonSerializable(typeof(Sale))]
[JsonSerializable(typeof(Order)), JsonSerializable(typeof(ReturnRequest)), JsonSerializable(typeof(RebookRequest)), JsonSerializable(typeof(RebookAnswer)), JsonSerializable(typeof(DictionaryRequest)), JsonSerializable(typeof(ReturnAnswer)), JsonSerializable(typeof(AdmissionRequest))]
[JsonSerializable(typeof(Verdict)), JsonSerializable(typeof(ExitRequest)), JsonSerializable(typeof(ExitAnswer)), JsonSerializable(typeof(Board))]
[JsonSerializable(typeof(PurseRequest)), JsonSerializable(typeof(PurseAnswer))]
[JsonSerializable(typeof(DayReport)), JsonSerializable(typeof(ClosingSheet)), JsonSerializable(typeof(Problem))]
sealed partial class Wire : JsonSerializerContext;
