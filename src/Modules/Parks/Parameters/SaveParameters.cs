using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Parks;

/// <summary>Parameters as the office sends them.</summary>
/// <param name="Edit">The edit that was on the screen; 0 where they were never saved.</param>
public sealed record ParametersRequest(int Edit, ParkParameters Values);

/// <summary>Parameters as the office sees them.</summary>
public sealed record ParametersAnswer(int Edit, ParkParameters Values, ParameterLimits[] Limits)
{
    internal static ParametersAnswer Of(int edit, ParkParameters values) => new(edit, values, ParameterLimits.All);
}

/// <summary>Reads and changes how the park works (参数设置). What was decided before stays as it was.</summary>
internal static class SaveParameters
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<ParametersAnswer>("/api/parameters", Permission.Watch, (http, who) =>
        {
            var book = http.RequestServices.GetRequiredService<ParameterBook>();
            return Task.FromResult<ParametersAnswer?>(ParametersAnswer.Of(book.EditOf(who.Park), book.Of(who.Park)));
        }).WithName("ReadParameters");
        routes.MapWrite<ParametersRequest, ParametersAnswer>("PUT", "/api/parameters", Permission.SetUpPark, (request, ctx) =>
        {
            ParameterLimits.Check(ctx.Fields, request.Values);
            return Task.FromResult(ctx.Run(new Saving(ctx.Park, request.Edit, request.Values)));
        }).SeenByTwo();
    }

    private sealed record Saving(int Park, int Edit, ParkParameters Values) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(ParameterRow.Table, (long)Park);

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(ParameterRow.Table, (long)Park);
            if ((before?.Edit ?? 0) != Edit) return Outcome.Refused(ParksRefusal.ParametersEdited, 409);
            group.Put(ParameterRow.Table, new ParameterRow(Park, Edit + 1, Values));
            group.Record(nameof(ParametersSaved), ParkDirectory.SubjectOf(Park), new ParametersSaved(Edit + 1, Values, before?.Values ?? ParkParameters.Ordinary));
            return Outcome.Done(ParametersAnswer.Of(Edit + 1, Values));
        }
    }
}
