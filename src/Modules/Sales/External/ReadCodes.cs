using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Admission;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.External;

/// <summary>Codes of a list; those that were used with the newest entry first, all others by the code.</summary>
internal sealed record ExternalCodePage(ExternalTicket[] Rows, long Total, int Page, int PageCount);

/// <summary>外部票明细: the codes of a list, or one of them.</summary>
internal static class ReadCodes
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes) => routes.MapRead<ExternalCodePage>("/api/external-lists/{id:guid}/codes", Permission.ReadReports, async (http, who) =>
    {
        var (codes, list) = (http.RequestServices.GetRequiredService<ExternalCodes>(), Guid.Parse((string)http.Request.RouteValues["id"]!));
        if (await codes.NameOf(who.Park, list) is null) return null;
        var query = http.Request.Query;
        var page = Math.Clamp(int.TryParse(query["page"], out var asked) ? asked : 1, 1, 1_000_000);
        ExternalState? state = Enum.TryParse<ExternalState>(query["state"], ignoreCase: true, out var of) && Enum.IsDefined(of) ? of : null;
        if (query["q"].ToString().Trim() is { Length: > 0 } text)
        {
            // What cannot be a code is no code of the list.
            var one = ExternalCode.TryRead(text, out var code)
                ? await codes.Find(who.Park, list, http.RequestServices.GetRequiredService<Gatekeeper>().CodeOf(who.Park, code).Short, Texts.WantsEnglish(http)) : null;
            return one is null ? new([], 0, 1, 1) : new([one], 1, 1, 1);
        }
        var total = await codes.Count(who.Park, list, state);
        var rows = await codes.Read(who.Park, list, state, Texts.WantsEnglish(http), PageSize, (page - 1L) * PageSize);
        return new([.. rows], total, page, (int)Math.Max(1, (total + PageSize - 1) / PageSize));
    }).Asks<string>("q").Asks<ExternalState>("state").Asks<int>("page").WithName("ReadExternalCodes");
}
