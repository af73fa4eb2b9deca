using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>A quota as the office sends it; the id is in the address.</summary>
/// <param name="Edit">The edit that was on the screen; 0 for a new one.</param>
/// <param name="Slots">The time slots that it limits each by itself; null = it limits days. It is one or the other for ever.</param>
public sealed record QuotaRequest(int Edit, string Name, Guid[] TypeIds, int? Limit, int? WarnPercent, bool Stops, KeepBack[] Keeps, bool Active, SlotPattern? Slots = null);

/// <summary>Creates and changes a quota that several types share (限流). What its types sold before is counted at once.</summary>
internal static class SaveQuota
{
    internal const int QuotasMax = 50;
    private const int KeepsMax = 10;
    /// <summary>So many days ahead may be counted: more than are sold, and a day for the clock.</summary>
    private const int DaysAhead = 370;

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<QuotaRequest, QuotaAnswer>("PUT", "/api/quotas/{id:guid}", Permission.SetUpPark, (request, ctx) =>
            Task.FromResult(ctx.Run(new Saving(ctx.Get<QuotaBook>(), Read(request, ctx.Fields, ctx.Get<PriceBook>().Types(ctx.Park), ctx.Park, ctx.RouteId(),
                ctx.Get<ParkTimes>().CutOffHour(ctx.Park)))))).SeenByTwo();

    /// <summary>The quota that the request asks for; wrong fields are noted in <paramref name="fields"/>.</summary>
    /// <param name="types">The ticket types that there are.</param>
    /// <param name="cutOffHour">The hour at which the park's business day begins.</param>
    public static QuotaTerms Read(QuotaRequest request, Fields fields, IReadOnlyDictionary<Guid, TicketTypeTerms> types, int park, Guid id, int cutOffHour)
    {
        var chosen = request.TypeIds.Distinct().ToArray();
        var quota = new QuotaTerms(id, park, fields.Text("name", request.Name, 1, 40), chosen, request.Limit, request.WarnPercent, request.Stops, request.Keeps, request.Active, default, request.Edit, request.Slots);
        fields.Check("typeIds", chosen.All(types.ContainsKey), "Field.Unknown");
        if (request.Limit is { } limit) fields.Number("limit", limit, 0, TicketTypeForm.QuotaMax);
        if (request.WarnPercent is { } percent) fields.Number("warnPercent", percent, 1, 100);
        fields.Number("keeps", request.Keeps.Length, 0, KeepsMax);
        fields.Whole("keeps", request.Keeps);
        if (request.Slots is { } slots) SlotForm.Check(fields, slots, chosen.Length, cutOffHour);
        if (fields.Errors is not null) return quota;
        fields.Check("keeps", request.Keeps.DistinctBy(k => k.Channel).Count() == request.Keeps.Length, "Field.Choice");
        foreach (var (keep, at) in request.Keeps.Select((k, at) => (k, at)))
        {
            fields.Check($"keeps[{at}].channel", Channel.All.Contains(keep.Channel), "Field.Choice");
            fields.Number($"keeps[{at}].places", keep.Places, 1, TicketTypeForm.QuotaMax);
            fields.Number($"keeps[{at}].releaseDays", keep.ReleaseDays, 0, 366);
        }
        return quota;
    }

    internal sealed record Saving(QuotaBook Book, QuotaTerms Wanted) : IWrite
    {
        private bool _counts;

        /// <summary>Whether what it counts on the days that are over stays what was counted then.</summary>
        private bool IsCounted(QuotaTerms? before) => before is { Active: true } && before.TypeIds.ToHashSet().SetEquals(Wanted.TypeIds)
            && (before.Slots?.From, before.Slots?.Until) == (Wanted.Slots?.From, Wanted.Slots?.Until);

        public void Touch(Touch touch)
        {
            touch.Row(QuotaTables.Quotas, Wanted.Id);
            touch.Row(QuotaHeadRow.Table, (long)Wanted.Park);
            var before = Book.Of(Wanted.Park).Quotas.FirstOrDefault(q => q.Terms.Id == Wanted.Id)?.Terms;
            if (Wanted.Slots is not null || before?.Slots is not null)
            {
                touch.Accounts(Wanted.Park, TakenPlaces.Prefix);
                touch.Accounts(Wanted.Park, Wanted.Cells);
                // Those of the same file are not in the list of the last commit.
                touch.RowsOf(QuotaTables.Quotas, Wanted.Park);
                return;
            }
            _counts = Wanted.Active && !IsCounted(before);
            if (!_counts) return;
            touch.Account(Wanted.Uncounted());
            // The group may be stamped with a later day than this one.
            for (var ahead = 0; ahead <= DaysAhead; ahead++) touch.Account(Wanted.Counted(touch.BusinessDay(Wanted.Park).AddDays(ahead)));
            touch.Accounts(Wanted.Park, TakenPlaces.Prefix);
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(QuotaTables.Quotas, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            if ((before?.Edit ?? 0) != Wanted.Edit) return Outcome.Refused(CatalogRefusal.QuotaEdited, 409);
            if (before is null && Book.Of(Wanted.Park).Quotas.Length >= QuotasMax) return Outcome.Refused(CatalogRefusal.TooManyQuotas, 409, QuotasMax);
            var counted = IsCounted(before);
            var quota = Wanted with { CountsFrom = counted ? before!.CountsFrom : group.BusinessDay(Wanted.Park), Edit = Wanted.Edit + 1 };
            var head = QuotaHeadRow.Next(group, Wanted.Park);
            if (quota.Slots is not null || before?.Slots is not null)
            {
                if (SlotChange.RefusalOf(group, before, quota) is { } refusal) return refusal;
            }
            else
            {
                if (quota.Active && !counted && !_counts) return Outcome.Refused(CatalogRefusal.QuotasComing, 503);
                if (quota.Active && !counted) Count(group, quota);
            }
            group.Put(QuotaTables.Quotas, quota);
            group.Put(QuotaHeadRow.Table, head);
            group.Record(nameof(QuotaSaved), quota.Id, new QuotaSaved(quota, head.Changes));
            return Outcome.Done(QuotaAnswer.Of(quota));
        }

        /// <summary>Lets every day from today on begin with what its types have taken.</summary>
        private static void Count(WriteGroup group, QuotaTerms quota)
        {
            var taken = TakenPlaces.ByDay(group, quota);
            for (var day = quota.CountsFrom; day <= quota.CountsFrom.AddDays(DaysAhead - 1); day = day.AddDays(1))
            {
                var missing = taken.GetValueOrDefault(day) - group.Ledger.Taken(quota.Counted(day));
                if (missing > 0) group.Ledger.Move(quota.Uncounted(), quota.Counted(day), missing, "quota counted");
                else group.Ledger.Move(quota.Counted(day), quota.Uncounted(), -missing, "quota counted");
            }
        }
    }
}
