using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Reads and changes the park's own terms (景区设置). What was stamped with a business day before keeps it.</summary>
internal static class SavePark
{
    public const int CapacityMax = 1_000_000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ParkTerms>("/api/park", Permission.Watch, (http, who) =>
            Task.FromResult<ParkTerms?>(http.RequestServices.GetRequiredService<ParkDirectory>().Of(who.Park).Terms)).WithName("ReadPark");
        routes.MapWrite<ParkTerms, ParkTerms>("PUT", "/api/park", Permission.SetUpPark, (park, ctx) =>
        {
            var terms = park with
            {
                Name = ctx.Fields.Text("name", park.Name, 1, 40),
                NameEn = ctx.Fields.Text("nameEn", park.NameEn, 0, 80),
                Notice = ctx.Fields.Text("notice", park.Notice, 0, 200),
            };
            ctx.Fields.Check("timeZone", TimeZoneInfo.TryFindSystemTimeZoneById(park.TimeZone, out _), "Field.Zone");
            ctx.Fields.Number("cutOffHour", park.CutOffHour, 0, 6);
            ctx.Fields.Check("closesAt", park.OpensAt != park.ClosesAt, "Field.Order");
            ctx.Fields.Number("capacity", park.Capacity, 0, CapacityMax);
            return Task.FromResult(ctx.Run(new Write(ctx.Park, terms)));
        });
    }

    internal sealed record Write(int Park, ParkTerms Terms) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(ParkTables.Parks, (long)Park);

        public Outcome Decide(WriteGroup group)
        {
            group.Put(ParkTables.Parks, new ParkRow(Park, Terms));
            group.Record(nameof(ParkSaved), ParkDirectory.SubjectOf(Park), new ParkSaved(Terms));
            return Outcome.Done(Terms);
        }
    }
}
