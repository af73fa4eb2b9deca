using Shanmen.Modules.Admission.Tickets;
using Shanmen.Protocol;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Gate;

/// <summary>What was held under the reader: a signed QR text or the 16-character code, or something else.</summary>
/// <param name="ShortCode">The ticket to look up, or null when it cannot be one of ours.</param>
/// <param name="Elsewhere">The ticket that it is the issuer's code of, should it be none of our own (外部票); null when it cannot be.</param>
/// <param name="Refusal">Why it cannot be one of ours.</param>
internal sealed record Presented(string? ShortCode, TicketCode? Signed, AdmissionRefusal Refusal, string Short40, string? Elsewhere = null)
{
    public static Presented Of(string text, int park, Gatekeeper keeper)
    {
        var own = Own(text, park, keeper);
        return own.Signed is null && ExternalCode.TryRead(text, out var external) ? own with { Elsewhere = keeper.CodeOf(park, external).Short } : own;
    }

    private static Presented Own(string text, int park, Gatekeeper keeper)
    {
        var shown = Recorded(text);
        if (TicketCode.TryParseShort(text, out var typed)) return new Presented(typed, null, AdmissionRefusal.None, shown);
        if (text.Length < TicketCodec.Characters / 2)
            return new Presented(null, null, LooksTyped(text) ? AdmissionRefusal.DamagedCode : AdmissionRefusal.UnknownCode, shown);
        var reading = keeper.Read(text, park);
        return reading.Outcome switch
        {
            ReadOutcome.Read => new Presented(reading.Ticket.Code.Short, reading.Ticket.Code, AdmissionRefusal.None, shown),
            ReadOutcome.ForeignPark => new Presented(null, null, AdmissionRefusal.ForeignPark, shown),
            ReadOutcome.Damaged => new Presented(null, null, AdmissionRefusal.DamagedCode, shown),
            _ => new Presented(null, null, AdmissionRefusal.AlteredCode, shown),
        };
    }

    /// <summary>A signed code must be that of a paper of the ticket in all its 80 bits, a typed one agree in the 75 that it has.</summary>
    public bool IsOf(TicketRow ticket) => Signed is not { } signed || signed.PaperOf(TicketCode.From(ticket.Code)) <= ticket.Exchanges;

    /// <summary>Whether another paper of it counts now. A typed code is the same on all of them, so it does not tell.</summary>
    public bool IsExchanged(TicketRow ticket) => ticket.Exchanges > 0 && Signed != ticket.CodeNow();

    /// <summary>What goes into the log: 40 characters of it at most, and of an identity card or a phone number, held there by mistake, only the mask.</summary>
    private static string Recorded(string text) =>
        IdNumber.TryParse(text, out var card) ? card.Masked : PhoneNumber.TryParse(text, out var phone) ? phone.Masked : text.Length <= 40 ? text : text[..40];

    /// <summary>About the length of a typed code: probably one with a slip in it, which is worth saying.</summary>
    private static bool LooksTyped(string text) => text.Count(char.IsAsciiLetterOrDigit) is >= 14 and <= 18;
}
