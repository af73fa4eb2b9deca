using Shanmen.Client;
using Shanmen.Holiday.Tally;

namespace Shanmen.Holiday.Day;

/// <summary>A lane with its reader, and the guard who types what the reader cannot read.</summary>
sealed class LaneDesk(CentreApi api, Lane lane, Badge reader, OnDuty guard, OwnTally tally)
{
    private const int PeopleAtOnceMax = 50;

    public OwnTally Tally => tally;

    public async Task Work(List<Scan> scans, int minute)
    {
        foreach (var scan in scans)
        {
            // Who was rebooked to another day shows the paper of today.
            var papers = scan.Party.Fate == Fate.Rebooked ? scan.Party.Superseded : scan.Party.Tickets;
            if (papers.Length <= scan.Paper) { Surprise("no ticket to show"); continue; }
            var ticket = papers[scan.Paper];
            var code = scan.Showing switch
            {
                Showing.Qr => ticket.Qr,
                Showing.AlteredQr => AlteredCodes.Altered(ticket.Qr, scan.Place),
                Showing.ShortCode => ticket.ShortCode,
                _ => AlteredCodes.Mistyped(ticket.ShortCode, scan.Place),
            };
            var verdict = await Show(code, ticket, scan.ByGuard ? guard.Badge : reader, minute, scan.Twice);
            if (verdict is null) continue;
            if (verdict.Reason != scan.Refusal || (scan.Refusal is null && verdict.PeopleAdmitted != ticket.People))
                Surprise($"{scan.Showing} of ticket {ticket.Id}: {verdict.Word} {verdict.Reason} {verdict.PeopleAdmitted}, not {scan.Refusal ?? "admitted"}");
        }
    }

    /// <summary>Shows a code and counts the verdict.</summary>
    /// <param name="twice">The answer is lost and asked for again under the same key; it must be the same, and count once.</param>
    public async Task<Verdict?> Show(string code, Ticket ticket, Badge badge, int minute, bool twice = false)
    {
        var key = api.NewKey();
        var body = CentreApi.Encode(new AdmissionRequest(lane.LaneId, code, null));
        var answer = await api.Send(HttpMethod.Post, "/api/admissions", badge, body, key);
        if (!answer.IsDone) { Surprise($"scan not answered, {answer.Sentence}"); return null; }
        var verdict = answer.Read<Verdict>();
        if (verdict.Word == "admitted") tally.Admitted(verdict.PeopleAdmitted, ticket.TypeId, lane.GateId, minute);
        else tally.Refused(verdict.Reason ?? "", lane.GateId);
        if (!twice) return verdict;

        var again = await api.Send(HttpMethod.Post, "/api/admissions", badge, body, key);
        if (again.Status == answer.Status && again.Body.AsSpan().SequenceEqual(answer.Body)) tally.Answered("repeated");
        else Surprise($"scan {key} sent again: {again.Sentence}");
        return verdict;
    }

    public Task<Verdict?> ShowCopy(Ticket ticket, int minute) => Show(ticket.Qr, ticket, reader, minute);

    /// <summary>Counts people out, in the portions that one report of a counter may hold.</summary>
    public async Task LetOut(int people)
    {
        for (var left = people; left > 0; left -= PeopleAtOnceMax)
        {
            var portion = Math.Min(left, PeopleAtOnceMax);
            var answer = await api.Send(HttpMethod.Post, "/api/exits", reader, CentreApi.Encode(new ExitRequest(lane.LaneId, portion)), api.NewKey());
            if (answer.IsDone) tally.Left(portion);
            else Surprise($"{portion} people not let out, {answer.Sentence}");
        }
    }

    private void Surprise(string what) => tally.Surprises.Enqueue($"{lane.LaneName}: {what}");
}
