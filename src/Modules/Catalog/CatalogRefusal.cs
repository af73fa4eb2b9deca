namespace Shanmen.Modules.Catalog;

/// <summary>Why Catalog says no.</summary>
public enum CatalogRefusal
{
    /// <summary>Another ticket type has, or once had, this code.</summary>
    CodeTaken,
    /// <summary>Another active ticket type stands on this key of the counter.</summary>
    KeySlotTaken,
    /// <summary>The day is over; its prices and quotas are history.</summary>
    NamedDayPast,
    /// <summary>The list holds 500 ticket types at most.</summary>
    TooManyTypes,
    /// <summary>The park has price rules; a price is changed by a new version of them.</summary>
    PricesAreRules,
    /// <summary>A version of the prices has just begun and is not known here yet.</summary>
    PricesComing,
    /// <summary>A quota has fewer places left than are asked for.</summary>
    QuotaFull,
    /// <summary>The quotas have just changed and are not known here yet.</summary>
    QuotasComing,
    /// <summary>Somebody else saved the quota meanwhile.</summary>
    QuotaEdited,
    /// <summary>The park has as many quotas as it may.</summary>
    TooManyQuotas,
    /// <summary>The type is sold by time slots that day, and none is named.</summary>
    SlotMissing,
    /// <summary>There is no such time slot for the type that day.</summary>
    SlotUnknown,
    /// <summary>The time slot is over.</summary>
    SlotOver,
    /// <summary>A quota counts days or slots from its beginning on, and never changes over.</summary>
    SlotsFixed,
    /// <summary>Somebody has a place in a slot that the change would take away.</summary>
    SlotsSold,
    /// <summary>Another quota gives one of the types a time on one of the days.</summary>
    SlotsMeet,
    /// <summary>Tickets of the types are sold already without a time, for a day that would have slots.</summary>
    SoldWithoutSlot,
    /// <summary>Entries of an imported file are wrong; each is named, and nothing of the file was taken.</summary>
    FileRefused,
    /// <summary>Somebody else changed what the file changes, after it was looked at.</summary>
    FileOutdated,
}
