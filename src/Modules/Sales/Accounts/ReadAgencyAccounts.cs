using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>往来账: what every agency has ahead and what it owes; and one of them, for a window.</summary>
internal static class ReadAgencyAccounts
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<AgencyAccountAnswer[]>("/api/agency-accounts", Permission.ReadReports, async (http, who) =>
            await Read(http, who.Park, [.. http.RequestServices.GetRequiredService<DictionaryBook>().Of(who.Park, DictionaryKind.Agency).Select(a => a.Code)])).WithName("ReadAgencyAccounts");
        routes.MapRead<AgencyAccountAnswer>("/api/agency-account", Permission.Sell, async (http, who) =>
            http.RequestServices.GetRequiredService<DictionaryBook>().Find(who.Park, DictionaryKind.Agency, http.Request.Query["agency"].ToString()) is { } agency ? (await Read(http, who.Park, [agency.Code]))[0] : null)
            .Asks<string>("agency", required: true).WithName("ReadAgencyAccount");
    }

    private static async Task<AgencyAccountAnswer[]> Read(HttpContext http, int park, string[] agencies)
    {
        var database = http.RequestServices.GetRequiredService<Database>();
        var accounts = (await database.Query(AgencyAccount.Table.Read, AgencyAccount.Table.Select + " where park = @1", park)).ToDictionary(a => a.Agency);
        var balances = await Balances.Read(database, [.. agencies.SelectMany(a => new[] { AgencyAccount.Prepaid(park, a), AgencyAccount.Signed(park, a) })]);
        return [.. agencies.Select(a => AgencyAccountAnswer.Of(a, accounts.GetValueOrDefault(a), balances.GetValueOrDefault(AgencyAccount.Prepaid(park, a).Code), balances.GetValueOrDefault(AgencyAccount.Signed(park, a).Code)))];
    }
}
