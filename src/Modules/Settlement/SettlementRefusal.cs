namespace Shanmen.Modules.Settlement;

/// <summary>Why a day cannot be closed.</summary>
public enum SettlementRefusal { AlreadyClosed, DayInFuture, ShiftsOpen, BooksDiffer, CloseTakenOver, BooksMoved }
