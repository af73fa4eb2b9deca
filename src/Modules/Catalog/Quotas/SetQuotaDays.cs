using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>Some days and the limit of each; null and false set them back to the quota's own.</summary>
/// <param name="Slots">When the slots of those days begin for which it is set; null = the days as a whole.</param>
public sealed record QuotaDaysRequest(DateOnly[] Days, int? Limit, bool Unlimited, TimeOnly[]? Slots = null);

/// <summary>Sets the limit of a quota for some days (限流日历). A limit below what is taken takes nothing back and lets nothing more in.</summary>
internal static class SetQuotaDays
{
    public const int DaysMax = 400;
    /// <summary>Slots of days that one request sets, as they are one commit.</summary>
    private const int CellsMax = 4_000;
    private static readonly DateOnly LastDay = new(9000, 1, 1);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<QuotaDaysRequest, QuotaAnswer>("PUT", "/api/quotas/{id:guid}/days", Permission.SetUpPark, (request, ctx) =>
        {
            Check(ctx.Fields, request);
            if (ctx.Fields.Errors is { } errors) return Task.FromResult(WriteContext.Wrong(errors));
            return Task.FromResult(ctx.Run(new Setting(ctx.Park, ctx.RouteId(), [.. request.Days.Distinct().Order()], [.. (request.Slots ?? []).Distinct().Order()], request)));
        }).SeenByTwo();

    /// <summary>The limits of the fields.</summary>
    public static void Check(Fields fields, QuotaDaysRequest request)
    {
        fields.Check("days", request.Days.Length is >= 1 and <= DaysMax && request.Days.All(day => day < LastDay), "Field.Days", DaysMax);
        if (request.Limit is { } limit) fields.Number("limit", limit, 0, TicketTypeForm.QuotaMax);
        if (request.Slots is { } slots) fields.Number("slots", slots.Length, 1, Math.Min(SlotPattern.CountMax, CellsMax / Math.Max(1, request.Days.Length)));
        fields.Check("unlimited", !request.Unlimited || request.Limit is null, "Field.Choice");
    }

    /// <summary>The rows that say so: of each day, or of each of the slots of each day.</summary>
    internal static IEnumerable<QuotaDayRow> RowsOf(int park, Guid quota, DateOnly[] days, TimeOnly[]? slots, int? limit, bool unlimited) =>
        days.SelectMany(day => (slots is { Length: > 0 } ? slots.Select(slot => (TimeOnly?)slot) : [null]).Select(slot => new QuotaDayRow(park, quota, day, slot, limit, unlimited)));

    internal sealed record Setting(int Park, Guid Quota, DateOnly[] Days, TimeOnly[] Slots, QuotaDaysRequest Wanted) : IWrite
    {
        private readonly QuotaDayRow[] _rows = [.. RowsOf(Park, Quota, Days, Slots, Wanted.Limit, Wanted.Unlimited)];

        public void Touch(Touch touch)
        {
            touch.Row(QuotaTables.Quotas, Quota);
            touch.Row(QuotaHeadRow.Table, (long)Park);
            foreach (var row in _rows) touch.Row(QuotaDayRow.Table, QuotaDayRow.IdOf(Quota, row.Day, row.Slot));
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(QuotaTables.Quotas, Quota) is not { } quota || quota.Park != Park) return Problems.NotFound;
            if (Days[0] < group.BusinessDay(Park)) return Outcome.Refused(CatalogRefusal.NamedDayPast, 422);
            // A slot that is gone may still be set back.
            if ((Wanted.Limit is not null || Wanted.Unlimited || quota.Slots is null) && Slots.Any(slot => quota.Slots?.Find(slot) is null)) return Outcome.Refused(CatalogRefusal.SlotUnknown, 422, $"{Slots.First(slot => quota.Slots?.Find(slot) is null):HH:mm}");
            var head = QuotaHeadRow.Next(group, Park);
            foreach (var row in _rows) group.Put(QuotaDayRow.Table, row);
            group.Put(QuotaHeadRow.Table, head);
            group.Record(nameof(QuotaDaysSet), Quota, new QuotaDaysSet(Quota, Days, Wanted.Limit, Wanted.Unlimited, head.Changes, Slots.Length == 0 ? null : Slots));
            return Outcome.Done(QuotaAnswer.Of(quota));
        }
    }
}
