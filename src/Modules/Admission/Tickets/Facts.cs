using System.Text.Json.Serialization;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Admission;

/// <summary>Tickets came into being (出票). Carries every column, so that verification can replay it.</summary>
/// <param name="Terms">The terms of admission of its tickets, each once; null where none has any.</param>
public sealed record TicketsIssued(Guid OrderId, IssuedTicket[] Tickets, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] AdmissionTerms[]? Terms = null)
{
    internal AdmissionTerms? TermsOf(IssuedTicket ticket) => ticket.Terms == 0 ? null : Terms![ticket.Terms - 1];
}

/// <param name="Terms">Which of the fact's terms it has, from 1; 0 = none.</param>
/// <param name="Slot">Beginning and end of its time slot; null = it has none.</param>
/// <param name="ExternalCode">The code that its issuer gave it; null for our own.</param>
public sealed record IssuedTicket(Guid Id, string ShortCode, byte[] Code, int Line, Guid TypeId, int TypeNumber, string TypeName, string TypeNameEn,
    string VisitorType, string Proof, string Attention, int People, DateOnly VisitDay, TimeOnly FromTime, TimeOnly ToTime, Guid[] SiteIds,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] int Terms = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? Slot = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? ExternalCode = null);

/// <summary>People went in (检票).</summary>
/// <param name="GateNameEn">Null in facts that were recorded before gates' English names were kept.</param>
/// <param name="Uses">Of a ticket with terms: how it is used by now.</param>
/// <param name="DayKind">Of a ticket with terms: what kind of day it was held to be, as a notice may come later.</param>
/// <param name="Spent">Of a ticket with terms: whether nothing of it is left.</param>
public sealed record TicketAdmitted(Guid TicketId, string ShortCode, Guid OrderId, Guid TypeId, string TypeName, string TypeNameEn, Guid LaneId, Guid GateId,
    Guid SiteId, int People, int UsedAfter, int PeopleTotal, string GateName, string? GateNameEn = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] TicketUses? Uses = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] DayKind? DayKind = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool Spent = false)
{
    /// <summary>The ticket's state afterwards.</summary>
    internal TicketState StateAfter() => (Uses is null ? UsedAfter == PeopleTotal : Spent) ? TicketState.Used : TicketState.Valid;
}

/// <summary>A scan was refused. Kept with its reason, so that a dispute at the gate can be looked up.</summary>
/// <param name="Presented">What was read, cut to 40 characters.</param>
public sealed record ScanRefused(Guid? TicketId, Guid? TypeId, string TypeName, string TypeNameEn, Guid LaneId, Guid GateId, Guid SiteId,
    AdmissionRefusal Reason, string Presented);

/// <summary>People went out through a counting lane.</summary>
public sealed record VisitorsLeft(Guid LaneId, Guid GateId, Guid SiteId, int People);

/// <summary>The right went back (退票) or was undone as never meant (作废).</summary>
public sealed record TicketReturned(Guid TicketId, string ShortCode, Guid OrderId, TicketState State);

/// <summary>Its paper was exchanged (换票): earlier ones let nobody in any more.</summary>
/// <param name="Exchanges">How often by now.</param>
public sealed record TicketExchanged(Guid TicketId, string ShortCode, Guid OrderId, int Exchanges);

/// <summary>At day close everybody still counted inside is counted out.</summary>
public sealed record DayEmptied(SitePeople[] Sites);

public sealed record SitePeople(Guid SiteId, long People);
