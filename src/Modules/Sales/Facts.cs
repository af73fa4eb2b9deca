using System.Text.Json.Serialization;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Vouchers;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Sales;

/// <summary>How an order is paid.</summary>
public enum PaymentMethod
{
    Cash,
    Card,
    /// <summary>预存: from what its agency paid ahead.</summary>
    Prepayment,
    /// <summary>签单: its agency signs for it and pays later.</summary>
    SignedBill,
    /// <summary>汇款: from what the bank brought for the order.</summary>
    BankTransfer,
}

/// <summary>下单: an order was placed and its places are held; no money has moved.</summary>
public sealed record OrderPlaced(OrderFact Order);

/// <summary>付款出票: an order was paid and its tickets issued. Every sale is counted once, here.</summary>
public sealed record OrderPaid(OrderFact Order);

/// <summary>超售: an order was sold beyond a limit, with the approval of a second person.</summary>
/// <param name="Of">The ticket types and quotas whose limit it passed.</param>
public sealed record PlacesOverbooked(Guid OrderId, Guid ShiftId, Guid ApprovedBy, int People, string[] Of);

/// <summary>留票: an unpaid order is kept until a moment, for whoever knows its password.</summary>
/// <param name="Until">A whole minute.</param>
/// <param name="Digest">Of the password, keyed.</param>
public sealed record OrderKept(Guid OrderId, Guid ShiftId, Guid ClerkId, DateTimeOffset Until, byte[] Digest);

/// <summary>取票: somebody came for a kept order; it is an unpaid order of this window now.</summary>
/// <param name="Supervisor">Who vouched for the buyer; the empty id where he knew the password.</param>
/// <param name="HoldMinutes">How long it holds its places from then on.</param>
public sealed record OrderClaimed(Guid OrderId, Guid ShiftId, Guid WindowId, Guid ClerkId, Guid Supervisor, int HoldMinutes);

/// <summary>转台、分流: an unpaid order is another desk's now.</summary>
/// <param name="StaffId">Who did it: a clerk, or a manager.</param>
/// <param name="HoldMinutes">How long it holds its places from then on.</param>
public sealed record OrderTransferred(Guid OrderId, Guid FromShift, Guid FromWindow, Guid ShiftId, Guid WindowId, Guid ClerkId, Guid StaffId, string Reason, int HoldMinutes);

/// <summary>A wrong password was said for a kept order.</summary>
public sealed record PickUpRefused(Guid OrderId, Guid ShiftId, Guid ClerkId);

/// <summary>An unpaid order was given up; its places are free again.</summary>
public sealed record OrderCancelled(Guid OrderId, Guid ShiftId, Guid WindowId, int People);

/// <summary>An unpaid order's time ran out; its places are free again.</summary>
public sealed record OrderExpired(Guid OrderId, Guid ShiftId, Guid WindowId, int People);

/// <param name="PriceVersion">The number of the version of the price rules; where the park had none, what the screen called its sheet.</param>
/// <param name="Basis">What the version priced the order on; null where the park had no price rules.</param>
/// <param name="Origin">Where its visitors come from, by a code of the dictionary; null where nobody said.</param>
/// <param name="Complimentary">What its complimentary lines were given from; null where it has none.</param>
/// <param name="Agency">In whose name it was sold, by a code of the dictionary; null = nobody's.</param>
/// <param name="RebookedFrom">The order for whose tickets it was rebooked; null where it was bought.</param>
/// <param name="RebookedTimes">How often that was done in all.</param>
/// <param name="HoldMinutes">How long it holds its places while unpaid; null = 15.</param>
public sealed record OrderFact(Guid Id, long Number, Guid WindowId, Guid ShiftId, Guid ClerkId, DateOnly VisitDay, int People, long TotalFen,
    bool OnOneTicket, string PriceVersion, OrderLineFact[] Lines, PaymentFact[] Payments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] PriceBasis? Basis = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Origin = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int? HoldMinutes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] OrderGift? Complimentary = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Agency = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid? RebookedFrom = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int RebookedTimes = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] OrderVoucher[]? Vouchers = null);

/// <summary>From which budget complimentary tickets were given, why, and who approved it (赠票).</summary>
/// <param name="BudgetName">As it was called then.</param>
/// <param name="Reason">A code of the dictionary.</param>
/// <param name="Note">To whom, or by which letter.</param>
/// <param name="People">People on the complimentary lines.</param>
/// <param name="ApprovedBy">Null where the clerk gave it alone.</param>
/// <param name="GivenBy">Who gave it; another than the order's clerk where somebody else took the payment. Null in orders of before schema 16, which did not say.</param>
public sealed record OrderGift(Guid BudgetId, string BudgetName, string Reason, string Note, int People,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid? ApprovedBy = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid? GivenBy = null);

/// <param name="OffFen">What free units and sets took off the line.</param>
/// <param name="TaxFen">The tax inside its total.</param>
/// <param name="Terms">Stands for the terms of admission that it was placed with; null = none.</param>
/// <param name="Slot">The time slot that it is for; null = it is for the day.</param>
/// <param name="Complimentary">Whether it was given for nothing.</param>
/// <param name="Shared">How its total was divided among partners; null = nobody has a part in it.</param>
/// <param name="Returns">What it costs to return it; null = nothing, at any time.</param>
/// <param name="Rebooking">What it costs to rebook it; null = nothing, at any time.</param>
/// <param name="LeastFen">What is kept of each of its tickets that is returned, at the least; more than 0 where it was rebooked.</param>
public sealed record OrderLineFact(Guid TypeId, string TypeCode, string TypeName, string TypeNameEn, int Quantity, int People, long UnitFen, long TotalFen, int Papers,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long OffFen = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long TaxFen = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Terms = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TimeSlot? Slot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Complimentary = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SharedLine? Shared = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ReturnTerms? Returns = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ReturnTerms? Rebooking = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long LeastFen = 0);

public sealed record PaymentFact(PaymentMethod Method, long AmountFen, long TenderedFen, long ChangeFen, string Reference);

/// <summary>退款: money went back for one ticket, by one way.</summary>
/// <param name="Supervisor">Who approved it; the empty id where the park lets the clerk do it alone.</param>
/// <param name="Reason">As the dictionary called it then; before schema 19 what was written down.</param>
/// <param name="Shares">What the return took from partners, said by the first of its ways; null = nothing.</param>
/// <param name="FeeFen">What was kept of the ticket, said by the first of its ways; null in the others, and before schema 19.</param>
/// <param name="ReasonCode">The code of the reason in the dictionary.</param>
/// <param name="Remark">What the clerk wrote besides.</param>
/// <param name="Owed">The debt that arose, where the money is paid later; null = it was paid then.</param>
public sealed record RefundPaid(Guid OrderId, Guid TicketId, ReturnKind Kind, Guid TypeId, int People, Guid ShiftId, Guid WindowId, Guid ClerkId, Guid Supervisor,
    string Reason, PaymentMethod Method, long AmountFen,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] ShareBack[]? Shares = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long? FeeFen = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? ReasonCode = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Remark = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] Guid? Owed = null);

/// <summary>待退款: tickets went back whose money is paid later.</summary>
/// <param name="DayReturn">The piece of work that took them back with a whole day; null where a window did.</param>
/// <param name="CashFen">What of it was paid in cash.</param>
/// <param name="CardFen">What of it was paid by card.</param>
public sealed record RefundOwed(Guid OwedId, Guid OrderId, Guid? DayReturn, string Reason, long CashFen, long CardFen);

/// <summary>退还待退款: what was owed was paid, whole or by one of its ways.</summary>
/// <param name="ShiftId">Empty, as the window, where finance had it paid back to the card.</param>
/// <param name="Supervisor">Who vouches for it; the empty id where nobody does.</param>
/// <param name="CashFen">What was handed out in cash.</param>
/// <param name="CardFen">What went back to the card.</param>
/// <param name="CardPartFen">How much of what came by card is settled by both.</param>
/// <param name="Reference">Of the acquirer; empty where a window paid.</param>
public sealed record OwedPaid(Guid OwedId, Guid OrderId, Guid ShiftId, Guid WindowId, Guid ClerkId, Guid Supervisor, long CashFen, long CardFen, long CardPartFen, string Reference)
{
    /// <summary>What was paid by one way.</summary>
    public long Fen(PaymentMethod method) => method == PaymentMethod.Cash ? CashFen : CardFen;
}

/// <summary>整日退票: the tickets of a whole day begin to go back.</summary>
/// <param name="Types">Of these ticket types only; null = of all.</param>
/// <param name="BackRate">What part of its price a ticket brings back, in percent.</param>
public sealed record DayReturnBegun(Guid Id, DateOnly VisitDay, Guid[]? Types, string Reason, string ReasonName, int BackRate, string Remark, Guid StartedBy, Guid ApprovedBy);

/// <summary>The tickets of one order went back in it.</summary>
public sealed record DayReturnTook(Guid Id, Guid OrderId, int Tickets, int People, long Fen);

/// <summary>An order could not go back in it, and is left to people.</summary>
/// <param name="Reason">The key of the sentence that says why.</param>
public sealed record DayReturnSkipped(Guid Id, Guid OrderId, long Number, string Reason);

/// <summary>It was stopped, and may be taken up again.</summary>
public sealed record DayReturnStopped(Guid Id, Guid StaffId);

/// <summary>It was taken up again.</summary>
public sealed record DayReturnResumed(Guid Id, Guid StaffId);

/// <summary>Nothing of the day is left that could go back.</summary>
public sealed record DayReturnEnded(Guid Id);

public sealed record ShiftOpened(Guid ShiftId, Guid WindowId, Guid ClerkId, long FloatFen);

public sealed record ShiftClosed(Guid ShiftId, Guid WindowId, Guid ClerkId, long ExpectedFen, long CountedFen, long OverShortFen, string Reason);

/// <summary>A clerk counted the drawer to hand over, and was asked for a reason. The count stays on record whatever is counted next.</summary>
public sealed record DrawerCounted(Guid ShiftId, Guid WindowId, Guid ClerkId, long ExpectedFen, long CountedFen);

/// <summary>The cash drawer was opened without a sale.</summary>
public sealed record DrawerOpened(Guid ShiftId, Guid WindowId, Guid ClerkId);

/// <summary>备注: something was written down of an order.</summary>
public sealed record OrderNoted(Guid OrderId, Guid NoteId, Guid StaffId, string Text);

/// <summary>重打: paper was printed again.</summary>
public sealed record TicketsReprinted(Guid OrderId, Guid[] Tickets, Guid ClerkId);

/// <summary>Closed reasons of the ticket office; those of price, tender and return are the rules' own.</summary>
public enum SalesRefusal
{
    ShiftNotOpen, ShiftOfEarlierDay, WindowTaken, ShiftOpen, DayClosed, DayPast, DayTooFar, NeverAdmits, HoursOver, TermsChanged, TypeNotOnSale, TooManyTickets, PriceChanged, SoldOut,
    PaymentsDiffer, OrderNotUnpaid, OrderExpired, UnpaidOrders, ReasonNeeded, DrawerShort, NotPaid, RefundChanged, NotOfOneOrder, TooManyWays, ReturnNeedsSupervisor, SameAgain, GiftFromPaid, RebookedTooOften, RateNeedsSupervisor, VouchersGoWhole, TooManyNotes,
    KeepNeedsBuyer, NotKept, OrderMoved, PickUpWrong, PickUpLocked, OrderIsKept,
    OwedChanged, CardPartInCash, DayReturnRuns, DayReturnNotRunning, RateNeeded, NothingToReturn,
    NothingToExchange, PaperNotOurs, ExchangedTooOften, ExchangeNeedsSupervisor, FeeChanged,
    SameDesk, DeskClosed,
}
