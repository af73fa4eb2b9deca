using System.Globalization;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;

namespace Shanmen.Rules.Tests.Admission;

/// <summary>The stories of docs/algorithms/admission.md, scan by scan.</summary>
public class AdmissionTermsTests
{
    private static readonly DateOnly VisitDay = new(2026, 11, 21);
    private static readonly Guid A = Guid.CreateVersion7(), B = Guid.CreateVersion7();

    public static TheoryData<string> Stories => DocTable.Rows("admission.md", "Stories");

    [Theory]
    [MemberData(nameof(Stories))]
    public void A_ticket_with_terms_does_what_the_document_says(string row)
    {
        var cells = DocTable.Cells(row);
        var terms = TermsOf(cells);
        var ticket = new Entitlement(TicketState.Valid, VisitDay, new(0, 0), new(23, 59), int.Parse(cells[5]), 0);
        TicketUses? uses = null;
        foreach (var scan in cells[6].Split("; "))
        {
            var (asking, answer) = (scan.Split('=')[0].Split(' '), scan.Split('=')[1]);
            var (day, time, site) = (DateOnly.Parse(asking[0]), TimeOnly.Parse(asking[1]), asking[2] == "A" ? A : B);
            var now = new DateTimeOffset(day, time, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1000;
            var gate = new AtTheGate(day, time, asking[3] == "all" ? null : int.Parse(asking[3]), long.MaxValue, true, true, true);
            var verdict = Admit.Decide(terms.At(ticket, uses, site, day, ChineseHolidays.KindOf(day), now), gate);
            Assert.Equal($"{scan.Split('=')[0]}={answer}", $"{scan.Split('=')[0]}={(verdict.Admitted > 0 ? verdict.Admitted : verdict.Refusal)}");
            if (verdict.Admitted == 0) continue;
            var first = uses?.FirstDay;
            uses = TicketUses.After(uses, site, day, verdict.Admitted, now);
            Assert.True(terms.AreKept(ticket.People, VisitDay, first, uses, site, day, ChineseHolidays.KindOf(day)), scan);
            if (terms.AreSpent(ticket.People, [A, B], uses)) ticket = ticket with { State = TicketState.Used };
        }
    }

    [Fact]
    public void A_ticket_that_would_never_admit_is_seen_before_it_is_sold()
    {
        AdmissionTerms weekdays = new(new(ValidityKind.FromVisitDay, 2), null, null, [], null, [DayKind.Weekend], []);
        Assert.False(weekdays.EverAdmits(VisitDay));
        Assert.True(weekdays.EverAdmits(VisitDay.AddDays(1)));
        AdmissionTerms season = new(new(ValidityKind.Fixed, From: new(2026, 12, 1), To: new(2026, 12, 31)), null, null, [], null, [], [new(new(2026, 12, 20), new(2027, 1, 3))]);
        Assert.Equal(VisitDay.AddDays(2), weekdays.FirstDay(VisitDay.AddDays(1)));
        Assert.True(season.EverAdmits(VisitDay));
        Assert.False(season.EverAdmits(new(2026, 12, 20)));
        Assert.False(season.EverAdmits(new(2027, 1, 4)));
    }

    [Fact]
    public void Uses_are_equal_when_all_of_them_are()
    {
        var once = TicketUses.After(null, A, VisitDay, 1, 5);
        Assert.Equal(once, TicketUses.After(null, A, VisitDay, 1, 5));
        Assert.NotEqual(once, TicketUses.After(null, A, VisitDay, 1, 6));
        Assert.NotEqual(once, TicketUses.After(once, B, VisitDay, 1, 6));
        Assert.Equal(once.GetHashCode(), TicketUses.After(null, A, VisitDay, 1, 5).GetHashCode());
    }

    private static AdmissionTerms TermsOf(string[] cells)
    {
        var validity = cells[1].Split(' ');
        var kind = Enum.Parse<ValidityKind>(validity[0]);
        var (perDay, inAll, own) = Entries(DocTable.OrNull(cells[2]) ?? "");
        var leftOut = (DocTable.OrNull(cells[4]) ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).ToLookup(part => part.Contains("..", StringComparison.Ordinal));
        return new(
            kind == ValidityKind.Fixed
                ? new(kind, From: DateOnly.Parse(validity[1]), To: DateOnly.Parse(validity[2]))
                : new(kind, int.Parse(validity[1]), kind == ValidityKind.FromFirstUse ? int.Parse(validity[3]) : null),
            perDay, inAll, own, DocTable.OrNull(cells[3]) is { } minutes ? int.Parse(minutes) : null,
            [.. leftOut[false].Select(Enum.Parse<DayKind>)],
            [.. leftOut[true].Select(range => new DayRange(DateOnly.Parse(range.Split("..")[0]), DateOnly.Parse(range.Split("..")[1])))]);
    }

    private static (int? PerDay, int? InAll, SiteEntries[] Own) Entries(string text)
    {
        int? perDay = null, inAll = null;
        var own = new Dictionary<string, SiteEntries>();
        var site = "";
        foreach (var part in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part is "A" or "B") { site = part; continue; }
            var number = int.Parse(part.Split('/')[0], CultureInfo.InvariantCulture);
            var isDaily = part.EndsWith("/day", StringComparison.Ordinal);
            if (site == "" && isDaily) perDay = number;
            else if (site == "") inAll = number;
            else
            {
                var before = own.GetValueOrDefault(site) ?? new(site == "A" ? A : B, null, null);
                own[site] = isDaily ? before with { PerDay = number } : before with { InAll = number };
            }
        }
        return (perDay, inAll, [.. own.Values]);
    }
}
