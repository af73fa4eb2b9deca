using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog.Quotas;

/// <summary>Some days and the limit of each; null and false set them back to the quota's own.</summary>
public sealed record QuotaDaysRequest(DateOnly[] Days, int? Limit, bool Unlimited);

/// <summary>Sets the limit of a quota for some days (限流日历). A limit below what is taken takes nothing back and lets nothing more in.</summary>
internal static class SetQuotaDays
{
    public const int DaysMax = 400;
    private static readonly DateOnly LastDay = new(9000, 1, 1);

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapWrite<QuotaDaysRequest, QuotaAnswer>("PUT", "/api/quotas/{id:guid}/days", Permission.SetUpPark, (request, ctx) =>
        {
            Check(ctx.Fields, request);
            return Task.FromResult(ctx.Run(new Setting(ctx.Park, ctx.RouteId(), [.. request.Days.Distinct().Order()], request)));
        });

    /// <summary>The limits of the fields.</summary>
    public static void Check(Fields fields, QuotaDaysRequest request)
    {
        fields.Check("days", request.Days.Length is >= 1 and <= DaysMax && request.Days.All(day => day < LastDay), "Field.Days", DaysMax);
        if (request.Limit is { } limit) fields.Number("limit", limit, 0, TicketTypeForm.QuotaMax);
        fields.Check("unlimited", !request.Unlimited || request.Limit is null, "Field.Choice");
    }

    internal sealed record Setting(int Park, Guid Quota, DateOnly[] Days, QuotaDaysRequest Wanted) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.Row(QuotaTables.Quotas, Quota);
            touch.Row(QuotaHeadRow.Table, (long)Park);
            foreach (var day in Days) touch.Row(QuotaDayRow.Table, QuotaDayRow.IdOf(Quota, day));
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(QuotaTables.Quotas, Quota) is not { } quota || quota.Park != Park) return Problems.NotFound;
            if (Days[0] < group.BusinessDay(Park)) return Outcome.Refused(CatalogRefusal.NamedDayPast, 422);
            var head = QuotaHeadRow.Next(group, Park);
            foreach (var day in Days) group.Put(QuotaDayRow.Table, new QuotaDayRow(Park, Quota, day, Wanted.Limit, Wanted.Unlimited));
            group.Put(QuotaHeadRow.Table, head);
            group.Record(nameof(QuotaDaysSet), Quota, new QuotaDaysSet(Quota, Days, Wanted.Limit, Wanted.Unlimited, head.Changes));
            return Outcome.Done(QuotaAnswer.Of(quota));
        }
    }
}
