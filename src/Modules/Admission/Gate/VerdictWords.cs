using System.Globalization;
using Shanmen.Modules.Admission.Tickets;
using Shanmen.Platform.Web;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Gate;

public enum VerdictWord { Admitted, Refused }

/// <summary>What the screen at the gate shows.</summary>
/// <param name="Text">The verdict in one sentence.</param>
/// <param name="Action">What the guard or the visitor does next; empty when admitted, where the attention says what to look at.</param>
/// <param name="Inside">People inside the counted sites after this scan.</param>
public sealed record VerdictAnswer(VerdictWord Verdict, AdmissionRefusal? Reason, string Text, string Action, string TypeName, string TypeNameEn, string VisitorType,
    string Proof, string Attention, int PeopleAdmitted, int PeopleLeft, int PeopleTotal, string? ShortCode, DateTimeOffset At, long Inside);

/// <summary>Puts a verdict into words, in the language of the screen.</summary>
internal sealed class VerdictWords(Texts texts, bool english)
{
    public VerdictAnswer Admitted(TicketRow ticket, in Verdict verdict, DateTimeOffset at, long inside) => new(VerdictWord.Admitted, null,
        texts.Get(verdict.Left > 0 ? "Verdict.AdmittedSome" : "Verdict.Admitted", english, verdict.Admitted, verdict.Left), "", ticket.TypeName, ticket.TypeNameEn,
        ticket.VisitorType, ticket.Proof, ticket.Attention, verdict.Admitted, verdict.Left, ticket.People, ticket.ShortCode, at, inside);

    public VerdictAnswer Refused(TicketRow? ticket, in Verdict verdict, DateTimeOffset at, DateTime? usedAt, DateTime? nextAt, long inside)
    {
        object[] args = verdict.Refusal switch
        {
            AdmissionRefusal.AlreadyUsed => [usedAt?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? "", ticket?.UsedGateIn(english) ?? ""],
            AdmissionRefusal.WrongDay => [DaysText(ticket!)],
            AdmissionRefusal.TooSoon => [nextAt?.ToString("HH:mm", CultureInfo.InvariantCulture) ?? ""],
            AdmissionRefusal.TooEarly => [ticket!.FromTime],
            AdmissionRefusal.TooLate => [ticket!.ToTime],
            AdmissionRefusal.TooManyPeople => [verdict.Left],
            _ => [],
        };
        var key = Texts.KeyOf(verdict.Refusal);
        return new(VerdictWord.Refused, verdict.Refusal, texts.Get(key, english, args), texts.Get(key + ".action", english, args), ticket?.TypeName ?? "",
            ticket?.TypeNameEn ?? "", ticket?.VisitorType ?? "", ticket?.Proof ?? "", ticket?.Attention ?? "", 0, verdict.Left, ticket?.People ?? 0,
            ticket?.ShortCode, at, inside);
    }

    /// <summary>A line of the list of last scans, rebuilt from its fact.</summary>
    public VerdictAnswer FromFact(TicketAdmitted fact, DateTimeOffset at) => new(VerdictWord.Admitted, null,
        texts.Get(fact.UsedAfter < fact.PeopleTotal ? "Verdict.AdmittedSome" : "Verdict.Admitted", english, fact.People, fact.PeopleTotal - fact.UsedAfter), "",
        fact.TypeName, fact.TypeNameEn, "", "", "", fact.People, fact.PeopleTotal - fact.UsedAfter, fact.PeopleTotal, fact.ShortCode, at, 0);

    public VerdictAnswer FromFact(ScanRefused fact, DateTimeOffset at) => new(VerdictWord.Refused, fact.Reason,
        texts.Get($"Verdict.Brief.{fact.Reason}", english), "", fact.TypeName, fact.TypeNameEn, "", "", "", 0, 0, 0, null, at, 0);

    private string DaysText(TicketRow ticket)
    {
        if (ticket.Terms is null) return DayText(ticket.VisitDay);
        var days = ticket.Terms.Validity.Of(BusinessDay.FromNumber(ticket.VisitDay), ticket.Uses?.FirstDay);
        return days.From == days.To ? DayText(BusinessDay.Number(days.From)) : texts.Get("Verdict.Days", english, days.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            days.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    private string DayText(int number)
    {
        var day = BusinessDay.FromNumber(number);
        return english ? day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture)
            : $"{day.Month}月{day.Day}日（周{"日一二三四五六"[(int)day.DayOfWeek]}）";
    }
}
