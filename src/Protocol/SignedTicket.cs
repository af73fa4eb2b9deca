using Shanmen.Rules.Values;

namespace Shanmen.Protocol;

/// <summary>What a signed ticket says by itself, so that a gate without network can decide. See docs/protocols/ticket-code.md.</summary>
/// <param name="Park">Number of the park that sold it.</param>
/// <param name="Code">The ticket's code; this, not the text, is what is used once.</param>
/// <param name="Type">Number of the ticket type within the park.</param>
/// <param name="FirstDay">First business day of its validity, from 1930-04-15 to 2109-09-18.</param>
/// <param name="Days">How many business days it is valid, at least 1; 255 = so many or more, and the last day is not in the code.</param>
/// <param name="People">People on it, at least 1.</param>
public readonly record struct SignedTicket(ushort Park, TicketCode Code, ushort Type, DateOnly FirstDay, byte Days, ushort People)
{
    /// <summary>The number of days from the first to the last, as the code has room for.</summary>
    public static byte DaysOf(DateOnly first, DateOnly last) => (byte)Math.Clamp(last.DayNumber - first.DayNumber + 1, 1, byte.MaxValue);
}

/// <summary>What came of reading a text. Only <see cref="Read"/> carries a ticket.</summary>
public enum ReadOutcome
{
    /// <summary>Not a ticket of a form known here: wrong length, letters, algorithm, or fields that no signer writes.</summary>
    Damaged,

    /// <summary>Read whole, and the signature is right.</summary>
    Read,

    /// <summary>It names another park. A hint for the person, not proof: that park's key is not at hand, nothing was verified.</summary>
    ForeignPark,

    /// <summary>It names this park and a key that this gate does not have.</summary>
    UnknownKey,

    /// <summary>The signature does not belong to what it says.</summary>
    Altered,
}

/// <summary>The outcome of reading a signed ticket.</summary>
/// <param name="Outcome">What came of it.</param>
/// <param name="Ticket">The ticket when read; empty otherwise, so that nobody acts on fields that nothing vouches for.</param>
public readonly record struct TicketReading(ReadOutcome Outcome, SignedTicket Ticket);
