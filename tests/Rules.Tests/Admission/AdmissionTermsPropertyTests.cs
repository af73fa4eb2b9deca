using FsCheck;
using FsCheck.Fluent;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Admission;

/// <summary>Random terms and random scans, held against a list of all that went in: no limit is ever passed, and nobody is refused without one.</summary>
public class AdmissionTermsPropertyTests
{
    private const long Minute = 60_000_000;
    private static readonly DateOnly Visit = new(2026, 9, 25);
    private static readonly Guid[] Sites = [Guid.CreateVersion7(), Guid.CreateVersion7()];

    private sealed record Entry(int Site, DateOnly Day, int People, long At);

    private static Gen<int?> Perhaps(int most) => Gen.Frequency((2, Gen.Constant((int?)null)), (3, Gen.Choose(1, most).Select(number => (int?)number)));

    private static Gen<AdmissionTerms> AnyTerms { get; } =
        from kind in Gen.Elements(Enum.GetValues<ValidityKind>())
        from days in Gen.Choose(1, 12)
        from within in Gen.Choose(1, 6)
        from limits in Perhaps(4).ArrayOf(6)
        from minutes in Perhaps(200)
        from notOn in Gen.Elements(Enum.GetValues<DayKind>()).ArrayOf(1)
        from leavesOut in Gen.Choose(0, 3)
        from range in Gen.Choose(0, 8).Two()
        select new AdmissionTerms(
            kind == ValidityKind.Fixed ? new(kind, From: Visit.AddDays(1), To: Visit.AddDays(days)) : new(kind, days, kind == ValidityKind.FromFirstUse ? within : null),
            limits[0], limits[1] * 2, [new(Sites[0], limits[2], limits[3]), new(Sites[1], limits[4], limits[5])], minutes,
            leavesOut == 0 ? notOn : [], leavesOut == 1 ? [new(Visit.AddDays(range.Item1), Visit.AddDays(range.Item1 + range.Item2))] : []);

    private static Gen<(AdmissionTerms Terms, int People, (int Site, int Hours, int Asked)[] Scans)> AnyCase { get; } =
        from terms in AnyTerms
        from people in Gen.Choose(1, 4)
        from scans in Gen.Choose(0, 1).SelectMany(site => Gen.Choose(0, 30).SelectMany(hours => Gen.Choose(0, 4).Select(asked => (site, hours, asked)))).ArrayOf(40)
        select (terms, people, scans);

    [Fact]
    public void However_a_ticket_is_shown_each_answer_is_what_the_list_of_entries_says() => Holds.ForAll(AnyCase, c => Agree(c.Terms, c.People, c.Scans, Reason));

    /// <summary>The control: an oracle that forgets the interval is contradicted.</summary>
    [Fact]
    public void An_oracle_that_forgets_the_interval_would_be_noticed() => Assert.ThrowsAny<Exception>(() => Holds.ForAll(
        AnyCase, c => Agree(c.Terms, c.People, c.Scans, (terms, people, entries, scan) => Reason(terms with { IntervalMinutes = null }, people, entries, scan))));

    private static bool Agree(AdmissionTerms terms, int people, (int Site, int Hours, int Asked)[] scans,
        Func<AdmissionTerms, int, List<Entry>, (int Site, DateOnly Day, long Now, int? Asked), (AdmissionRefusal, int)> oracle)
    {
        var ticket = new Entitlement(TicketState.Valid, Visit, new(0, 0), new(23, 59), people, 0);
        var (entries, hour) = (new List<Entry>(), -24);
        TicketUses? uses = null;
        foreach (var (site, hours, asked) in scans)
        {
            // Mostly minutes to hours later, now and then much.
            hour += hours > 24 ? hours : hours / 8;
            var now = (hour * 60L * Minute) + (entries.Count * 7 * Minute);
            var day = Visit.AddDays((int)Math.Floor(hour / 24.0));
            int? wanted = asked == 0 ? null : asked;
            var verdict = Admit.Decide(terms.At(ticket, uses, Sites[site], day, ChineseHolidays.KindOf(day), now), new(day, new(12, 0), wanted, long.MaxValue, true, true, true));
            var (reason, admitted) = oracle(terms, people, entries, (site, day, now, wanted));
            if (verdict.Refusal != reason || verdict.Admitted != admitted) return false;
            if (admitted == 0) continue;
            entries.Add(new(site, day, admitted, now));
            var first = uses?.FirstDay;
            uses = TicketUses.After(uses, Sites[site], day, admitted, now);
            if (!terms.AreKept(people, Visit, first, uses, Sites[site], day, ChineseHolidays.KindOf(day))) return false;
            if (terms.AreSpent(people, Sites, uses)) ticket = ticket with { State = TicketState.Used };
        }
        return true;
    }

    /// <summary>The page in other words: everything is counted from the list, nothing is kept beside it.</summary>
    private static (AdmissionRefusal Reason, int Admitted) Reason(AdmissionTerms terms, int people, List<Entry> entries, (int Site, DateOnly Day, long Now, int? Asked) scan)
    {
        var begun = entries.Count > 0;
        var v = terms.Validity;
        var (first, last) = v.Kind switch
        {
            ValidityKind.Fixed => (v.From!.Value, v.To!.Value),
            ValidityKind.FromFirstUse when begun => (entries[0].Day, entries[0].Day.AddDays(v.Days!.Value - 1)),
            ValidityKind.FromFirstUse => (Visit, Visit.AddDays(v.StartWithin!.Value - 1)),
            _ => (Visit, Visit.AddDays(v.Days!.Value - 1)),
        };
        int Gone(Func<Entry, bool> which) => entries.Where(which).Sum(e => e.People);
        int Left(int? each, int gone) => each is { } number ? (number * people) - gone : int.MaxValue;
        int InAll(int site) => Math.Min(Left(terms.InAll, Gone(_ => true)), Left(terms.Sites[site].InAll, Gone(e => e.Site == site)));
        var today = Math.Min(Left(terms.PerDay, Gone(e => e.Day == scan.Day)), Left(terms.Sites[scan.Site].PerDay, Gone(e => e.Day == scan.Day && e.Site == scan.Site)));
        var round = people - (Gone(e => e.Day == scan.Day && e.Site == scan.Site) % people);
        var leftOut = terms.NotOn.Contains(ChineseHolidays.KindOf(scan.Day)) || terms.Blackout.Any(r => r.From <= scan.Day && scan.Day <= r.To);
        var before = entries.LastOrDefault(e => e.Site == scan.Site);
        var isFree = before is null || terms.IntervalMinutes is not { } minutes || scan.Now - before.At >= minutes * Minute;
        var most = Math.Min(isFree ? people : round, Math.Min(today, InAll(scan.Site)));
        var some = Math.Min(round, most);
        var reason =
            InAll(scan.Site) <= 0 || (today <= 0 && scan.Day >= last) ? AdmissionRefusal.AlreadyUsed
            : scan.Day < first || scan.Day > last ? AdmissionRefusal.WrongDay
            : leftOut ? AdmissionRefusal.BlackoutDay
            : today <= 0 ? AdmissionRefusal.UsedToday
            : round == people && !isFree ? AdmissionRefusal.TooSoon
            : (scan.Asked ?? some) > most ? AdmissionRefusal.TooManyPeople
            : AdmissionRefusal.None;
        return (reason, reason == AdmissionRefusal.None ? scan.Asked ?? some : 0);
    }
}
