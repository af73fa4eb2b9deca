using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>An agency's account as the screens see it.</summary>
/// <param name="Agency">A code of the dictionary.</param>
/// <param name="Active">Whether orders may be paid by it.</param>
/// <param name="Edit">0 where it was never opened.</param>
/// <param name="PrepaidFen">What it paid ahead and has not used.</param>
/// <param name="SignedFen">What it signed for and has not paid; less than nothing where it paid more.</param>
/// <param name="LeftFen">For how much more it may sign.</param>
internal sealed record AgencyAccountAnswer(string Agency, bool Active, int Edit, long CreditLineFen, string Note, long PrepaidFen, long SignedFen, long LeftFen)
{
    /// <summary>As it stands once the group is decided; the account and its balances are touched.</summary>
    public static AgencyAccountAnswer Now(WriteGroup group, int park, string agency) => Of(agency, group.Find(AgencyAccount.Table, AgencyAccount.IdOf(park, agency)),
        group.Ledger.Balance(AgencyAccount.Prepaid(park, agency)), group.Ledger.Balance(AgencyAccount.Signed(park, agency)));

    public static AgencyAccountAnswer Of(string agency, AgencyAccount? account, long prepaid, long signed) =>
        new(agency, account?.Active ?? false, account?.Edit ?? 0, account?.CreditLineFen ?? 0, account?.Note ?? "", -prepaid, signed, Math.Max(0, (account?.CreditLineFen ?? 0) - signed));
}

/// <summary>往来账设置: opens or closes an agency's account, and says for how much it may sign.</summary>
internal static class SaveAgencyAccount
{
    private const long CreditLineFenMax = 10_000_000_000;

    /// <param name="Edit">The edit that was on the screen; 0 for a new one.</param>
    /// <param name="CreditLineFen">0 = it may sign for nothing.</param>
    internal sealed record Request(string Agency, int Edit, bool Active, long CreditLineFen, string Note = "");

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, AgencyAccountAnswer>("PUT", "/api/agency-accounts", Permission.SetUpPark, async (request, ctx) =>
    {
        ctx.Fields.Check("agency", await ctx.Get<DictionaryBook>().Knows(ctx.Park, DictionaryKind.Agency, request.Agency), "Field.Agency");
        ctx.Fields.Number("creditLineFen", request.CreditLineFen, 0, CreditLineFenMax);
        var note = ClearText.Read(ctx.Fields, "note", request.Note, 0, 200);
        return ctx.Fields.Errors is { } errors ? WriteContext.Wrong(errors) : ctx.Run(new Saving(ctx.Key, new(ctx.Park, request.Agency, request.Active, request.CreditLineFen, note, request.Edit)));
    }).WithName("SaveAgencyAccount").SeenByTwo();

    private sealed record Saving(Guid Key, AgencyAccount Wanted) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            touch.Row(AgencyAccount.Table, AgencyAccount.IdOf(Wanted.Park, Wanted.Agency));
            AgencyAccount.TouchBalances(touch, Wanted.Park, Wanted.Agency);
        }

        public Outcome Decide(WriteGroup group)
        {
            if ((group.Find(AgencyAccount.Table, AgencyAccount.IdOf(Wanted.Park, Wanted.Agency))?.Edit ?? 0) != Wanted.Edit) return Outcome.Refused(AccountRefusal.AccountEdited, 409);
            var account = Wanted with { Edit = Wanted.Edit + 1 };
            group.Put(AgencyAccount.Table, account);
            group.Record(nameof(AgencyAccountSaved), Key, new AgencyAccountSaved(account));
            return Outcome.Done(AgencyAccountAnswer.Now(group, account.Park, account.Agency));
        }
    }
}
