using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Admission.Tickets;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Log;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Protocol;
using Shanmen.Rules.Admission;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Admission.Gate;

/// <summary>检票: lets people in with a ticket, exactly once across all lanes, or says why not. A refusal is a fact too.</summary>
internal static class AdmitVisitors
{
    internal sealed record Request(Guid LaneId, string Code, int? People);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<Request, VerdictAnswer>("POST", "/api/admissions", Permission.Admit, Prepare);

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var parks = ctx.Get<ParkDirectory>();
        if (!parks.Of(ctx.Park).Lanes.ContainsKey(request.LaneId)) await ctx.Get<FactFeed>().CatchUp();
        var park = parks.Of(ctx.Park);
        if (!park.Lanes.TryGetValue(request.LaneId, out var lane) || !lane.Active || (ctx.Principal.Lane is { } own && own != lane.Id))
            return WriteContext.Unknown;
        var code = ctx.Fields.Text("code", request.Code, 1, 200);
        ctx.Fields.Check("people", request.People is null or (>= 1 and <= 500), "Field.Number", 1, 500);
        var presented = Presented.Of(code, ctx.Park, ctx.Get<Gatekeeper>());
        var words = new VerdictWords(ctx.Get<Texts>(), Texts.WantsEnglish(ctx.Http));
        return ctx.Run(new Decision(ctx.Park, lane, park.Gates[lane.GateId], presented, request.People, parks, ctx.Get<ParkTimes>(), ctx.Get<Gatekeeper>(), words));
    }

    private sealed class Decision(int park, LaneTerms lane, GateTerms gate, Presented presented, int? people, ParkDirectory parks,
        ParkTimes times, Gatekeeper keeper, VerdictWords words)
        : IWrite
    {
        public bool Alone => false;
        // All lanes of a park share the counts of the people inside.
        public int Route => park;

        public void Touch(Touch touch)
        {
            if (presented.ShortCode is { } code) touch.Row(TicketRow.Table, code);
            if (presented.Elsewhere is { } other) touch.Row(TicketRow.Table, other);
            keeper.TouchInside(touch, park);
            parks.TouchDay(touch, park);
        }

        public Outcome Decide(WriteGroup group)
        {
            var ticket = presented.ShortCode is { } code ? group.Find(TicketRow.Table, code) : null;
            if (ticket is not null && (ticket.Park != park || !presented.IsOf(ticket))) ticket = null;
            ticket ??= presented.Elsewhere is { } other && group.Find(TicketRow.Table, other) is { ExternalCode: not null } external && external.Park == park ? external : null;
            var verdict = ticket is null
                ? new Verdict(presented.Refusal == AdmissionRefusal.None ? AdmissionRefusal.UnknownCode : presented.Refusal, 0, 0)
                : Admit.Decide(EntitlementOf(group, ticket), AtTheGate(group, ticket));
            return verdict.Refusal == AdmissionRefusal.None ? LetIn(group, ticket!, verdict) : Refuse(group, ticket, verdict);
        }

        private Outcome LetIn(WriteGroup group, TicketRow ticket, in Verdict verdict)
        {
            var uses = ticket.Terms is null ? null : TicketUses.After(ticket.Uses, gate.SiteId, group.BusinessDay(park), verdict.Admitted, group.Now.Micros());
            var used = uses?.PeopleSeen(ticket.People) ?? ticket.Used + verdict.Admitted;
            var fact = new TicketAdmitted(ticket.Id, ticket.ShortCode, ticket.OrderId, ticket.Type, ticket.TypeName, ticket.TypeNameEn, lane.Id, gate.Id, gate.SiteId,
                verdict.Admitted, used, ticket.People, gate.Name, gate.NameEn, uses, uses is null ? null : ChineseHolidays.KindOf(group.BusinessDay(park)), uses is not null && ticket.Terms!.AreSpent(ticket.People, ticket.SiteIds(), uses));
            var after = ticket with { Used = used, State = fact.StateAfter(), UsedAt = group.Now.Micros(), UsedGate = gate.Name, UsedGateEn = gate.NameEn, Uses = uses };
            group.Put(TicketRow.Table, after);
            group.Ledger.Move(parks.Outside(park), parks.InsideOf(gate.SiteId, park), verdict.Admitted, "admit");
            group.Record(nameof(TicketAdmitted), ticket.Id, fact);
            return Outcome.Done(words.Admitted(after, verdict, group.Now, keeper.Inside(group, park)));
        }

        private Outcome Refuse(WriteGroup group, TicketRow? ticket, in Verdict verdict)
        {
            group.Record(nameof(ScanRefused), lane.Id, new ScanRefused(ticket?.Id, ticket?.Type, ticket?.TypeName ?? "", ticket?.TypeNameEn ?? "", lane.Id, gate.Id,
                gate.SiteId, verdict.Refusal, presented.Short40));
            return Outcome.Done(words.Refused(ticket, verdict, group.Now, LocalTime(ticket?.UsedAt), LocalTime(ticket?.Terms?.NextAt(ticket.Uses, gate.SiteId)), keeper.Inside(group, park)));
        }

        private DateTime? LocalTime(long? at) => at is { } moment ? times.Local(park, Moments.From(moment)) : null;

        private Entitlement EntitlementOf(WriteGroup group, TicketRow t)
        {
            var once = new Entitlement(t.State, BusinessDay.FromNumber(t.VisitDay), TimeOnly.Parse(t.FromTime), TimeOnly.Parse(t.ToTime), t.People, t.Used);
            if (presented.IsExchanged(t)) return once with { Exchanged = true };
            return t.Terms?.At(once, t.Uses, gate.SiteId, group.BusinessDay(park), ChineseHolidays.KindOf(group.BusinessDay(park)), group.Now.Micros()) ?? once;
        }

        private AtTheGate AtTheGate(WriteGroup group, TicketRow ticket)
        {
            var snapshot = parks.Of(park);
            var site = snapshot.Sites[gate.SiteId];
            var room = site.Capacity > 0 ? site.Capacity - group.Ledger.Balance(parks.InsideOf(site.Id, park)) : long.MaxValue;
            // The park's limit holds wherever people are counted, also where the site has none of its own.
            if (site.CountsInside && snapshot.Terms.Capacity > 0) room = Math.Min(room, snapshot.Terms.Capacity - keeper.Inside(group, park));
            return new AtTheGate(group.BusinessDay(park), TimeOnly.FromDateTime(group.LocalTime(park)), people, room,
                site.Active && gate.Active && ticket.AdmitsAt(site.Id), lane.Direction != LaneDirection.Out, parks.IsDayOpen(group, park))
            { CutOffHour = snapshot.Terms.CutOffHour };
        }
    }
}
