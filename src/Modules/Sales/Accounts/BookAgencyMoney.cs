using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Accounts;

/// <summary>到账登记: finance books money of the bank for an agency, or reverses what was booked wrongly (冲正).</summary>
internal static class BookAgencyMoney
{
    private const int ReferenceMax = 64, NoteMax = 100;
    private const long FenMax = 100_000_000_000;

    /// <param name="Agency">A code of the dictionary.</param>
    /// <param name="Reference">The bank's own number of it; for one agency it is booked once.</param>
    internal sealed record Request(string Agency, AgencyMoneyKind Kind, long Fen, string Reference, string Note = "");

    /// <param name="Reason">Why it was wrong.</param>
    internal sealed record ReversalRequest(string Agency, string Reference, string Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, AgencyAccountAnswer>("POST", "/api/agency-accounts/money", Permission.KeepAccounts, async (request, ctx) =>
        {
            var fields = ctx.Fields;
            fields.Check("agency", await ctx.Get<DictionaryBook>().Knows(ctx.Park, DictionaryKind.Agency, request.Agency), "Field.Agency");
            fields.Check("kind", Enum.IsDefined(request.Kind), "Field.Choice");
            fields.Number("fen", request.Fen, 1, FenMax);
            var (reference, note) = (fields.Text("reference", request.Reference, 1, ReferenceMax), ClearText.Read(fields, "note", request.Note, 0, NoteMax));
            return fields.Errors is { } errors ? WriteContext.Wrong(errors) : ctx.Run(new Booking(ctx, new(ctx.Park, request.Agency, reference, request.Kind, request.Fen, note, ctx.Principal.Id, 0, 0)));
        }).WithName("BookAgencyMoney");
        routes.MapWrite<ReversalRequest, AgencyAccountAnswer>("POST", "/api/agency-accounts/reversals", Permission.KeepAccounts, async (request, ctx) =>
        {
            var (reference, reason) = (ctx.Fields.Text("reference", request.Reference, 1, ReferenceMax), ClearText.Read(ctx.Fields, "reason", request.Reason, 1, NoteMax));
            ctx.Fields.Check("agency", await ctx.Get<DictionaryBook>().Knows(ctx.Park, DictionaryKind.Agency, request.Agency), "Field.Agency");
            return ctx.Fields.Errors is { } errors ? WriteContext.Wrong(errors) : ctx.Run(new Reversing(ctx, request.Agency, reference, reason));
        }).WithName("ReverseAgencyMoney");
    }

    /// <summary>What both name and ask.</summary>
    private abstract class Moving(WriteContext ctx, string agency, string reference) : IWrite
    {
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        protected WriteContext Ctx => ctx;
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            _parks.TouchDay(touch, ctx.Park);
            touch.Row(AgencyMoney.Table, AgencyMoney.IdOf(ctx.Park, agency, reference));
            touch.Row(AgencyAccount.Table, AgencyAccount.IdOf(ctx.Park, agency));
            AgencyAccount.TouchBalances(touch, ctx.Park, agency);
            touch.Account(AgencyAccount.Bank(ctx.Park));
        }

        public Outcome Decide(WriteGroup group)
        {
            if (!_parks.IsDayOpen(group, ctx.Park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
            return Decide(group, group.Find(AgencyMoney.Table, AgencyMoney.IdOf(ctx.Park, agency, reference)));
        }

        protected abstract Outcome Decide(WriteGroup group, AgencyMoney? booked);

        protected Outcome Book(WriteGroup group, AgencyMoney money, bool reverses)
        {
            var left = -group.Ledger.Balance(AgencyAccount.Prepaid(ctx.Park, agency));
            if (money.TakesPrepaid(reverses) && money.Fen > left) return Outcome.Refused(AccountRefusal.PrepaidShort, 409, new Money(Math.Max(0, left)), new Money(money.Fen));
            money.Move(group, reverses);
            group.Put(AgencyMoney.Table, money);
            if (reverses) group.Record(nameof(AgencyMoneyReversed), ctx.Key, new AgencyMoneyReversed(agency, reference, money.Fen, money.ReversedWhy, ctx.Principal.Id));
            else group.Record(nameof(AgencyMoneyBooked), ctx.Key, new AgencyMoneyBooked(agency, reference, money.Kind, money.Fen, money.Note, money.Staff));
            return Outcome.Done(AgencyAccountAnswer.Now(group, ctx.Park, agency));
        }
    }

    private sealed class Booking(WriteContext ctx, AgencyMoney money) : Moving(ctx, money.Agency, money.Reference)
    {
        protected override Outcome Decide(WriteGroup group, AgencyMoney? booked) => booked is { ReversedBy: null } ? Outcome.Refused(AccountRefusal.ReferenceUsed, 409, money.Reference)
            : Book(group, money with { At = group.Now.Micros(), Day = BusinessDay.Number(group.BusinessDay(money.Park)) }, reverses: false);
    }

    private sealed class Reversing(WriteContext ctx, string agency, string reference, string reason) : Moving(ctx, agency, reference)
    {
        protected override Outcome Decide(WriteGroup group, AgencyMoney? booked) => booked is null ? Problems.NotFound
            : booked.ReversedBy is not null ? Outcome.Refused(AccountRefusal.MoneyReversed, 409)
            : Book(group, booked with { ReversedBy = Ctx.Principal.Id, ReversedAt = group.Now.Micros(), ReversedWhy = reason }, reverses: true);
    }
}
