using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Accounts;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Bank;

/// <summary>汇款登记: finance books money of the bank for an order, or reverses what was booked wrongly (冲正).</summary>
internal static class BookTransfer
{
    private const int ReferenceMax = 64, NoteMax = 100;
    private const long FenMax = 100_000_000_000;

    /// <param name="Number">Of the order.</param>
    /// <param name="Reference">The bank's own number of it; in a park it is booked once.</param>
    internal sealed record Request(string Number, BankTransferKind Kind, long Fen, string Reference, string Note = "");

    /// <param name="Reason">Why it was wrong.</param>
    internal sealed record ReversalRequest(string Reference, string Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, BankTransferAnswer>("POST", "/api/bank-transfers", Permission.KeepAccounts, async (request, ctx) =>
        {
            var fields = ctx.Fields;
            fields.Check("kind", Enum.IsDefined(request.Kind), "Field.Choice");
            fields.Number("fen", request.Fen, 1, FenMax);
            var (reference, note) = (fields.Text("reference", request.Reference, 1, ReferenceMax), ClearText.Read(fields, "note", request.Note, 0, NoteMax));
            var order = await OrderByNumber.Find(ctx.Get<Database>(), ctx.Park, request.Number);
            fields.Check("number", order is not null, "Field.OrderNumber");
            return fields.Errors is { } errors ? WriteContext.Wrong(errors)
                : ctx.Run(new Booking(ctx, order!, new(ctx.Park, reference, order!.Number, request.Kind, request.Fen, note, ctx.Principal.Id, 0, 0)));
        }).WithName("BookBankTransfer");
        routes.MapWrite<ReversalRequest, BankTransferAnswer>("POST", "/api/bank-transfers/reversals", Permission.KeepAccounts, async (request, ctx) =>
        {
            var (reference, reason) = (ctx.Fields.Text("reference", request.Reference, 1, ReferenceMax), ClearText.Read(ctx.Fields, "reason", request.Reason, 1, NoteMax));
            if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
            var database = ctx.Get<Database>();
            if (await database.First(BankTransfer.Table.Read, BankTransfer.Table.Select + " where id = @1", BankTransfer.IdOf(ctx.Park, reference)) is not { } booked) return WriteContext.Unknown;
            return ctx.Run(new Reversing(ctx, (await OrderByNumber.Find(database, ctx.Park, $"{booked.Number:D17}"))!, booked, reason));
        }).WithName("ReverseBankTransfer");
    }

    /// <summary>What both name and ask.</summary>
    /// <param name="placed">The order that it is for, as it was read.</param>
    private abstract class Moving(WriteContext ctx, OrderRow placed, string reference) : IWrite
    {
        private readonly ParkDirectory _parks = ctx.Get<ParkDirectory>();
        protected WriteContext Ctx => ctx;
        protected OrderRow Placed => placed;
        protected Account Own { get; } = BankTransfer.AccountOf(ctx.Park, $"{placed.Number:D17}");
        public bool Alone => false;

        public void Touch(Touch touch)
        {
            _parks.TouchDay(touch, ctx.Park);
            touch.Row(BankTransfer.Table, BankTransfer.IdOf(ctx.Park, reference));
            touch.Row(OrderRow.Table, placed.Id);
            touch.Account(Own);
            touch.Account(AgencyAccount.Bank(ctx.Park));
        }

        public Outcome Decide(WriteGroup group)
        {
            if (!_parks.IsDayOpen(group, ctx.Park)) return Outcome.Refused(SalesRefusal.DayClosed, 409);
            return Decide(group, group.Find(BankTransfer.Table, BankTransfer.IdOf(ctx.Park, reference)));
        }

        protected abstract Outcome Decide(WriteGroup group, BankTransfer? booked);

        protected Outcome Book(WriteGroup group, BankTransfer money, bool reverses)
        {
            var left = -group.Ledger.Balance(Own);
            if (money.Takes(reverses) && money.Fen > left) return Outcome.Refused(AccountRefusal.TransferShort, 409, new Money(Math.Max(0, left)), new Money(money.Fen));
            money.Move(group, reverses);
            group.Put(BankTransfer.Table, money);
            var order = group.Find(OrderRow.Table, placed.Id)!;
            if (reverses) group.Record(nameof(BankTransferReversed), order.Id, new BankTransferReversed(reference, order.Id, order.Number, money.Fen, money.ReversedWhy, ctx.Principal.Id));
            else group.Record(nameof(BankTransferBooked), order.Id, new BankTransferBooked(reference, order.Id, order.Number, money.Kind, money.Fen, money.Note, money.Staff));
            left = -group.Ledger.Balance(Own);
            return Outcome.Done(BankTransferAnswer.Of(KeptOn(group, order, left), left));
        }

        /// <summary>A kept order whose money is there stays to the end of its visit's day.</summary>
        private OrderRow KeptOn(WriteGroup group, OrderRow order, long left)
        {
            var until = ctx.Get<ParkTimes>().EndOf(ctx.Park, BusinessDay.FromNumber(order.VisitDay)).AddMinutes(-1);
            if (order is not { State: OrderState.Ordered, Kept: { } keep } || left < order.TotalFen || order.HoldUntil < group.Now.Micros() || order.HoldUntil >= until.Micros()) return order;
            var kept = order with { HoldUntil = until.Micros(), Kept = keep with { Tries = 0 } };
            group.Put(OrderRow.Table, kept);
            group.Record(nameof(OrderKept), order.Id, new OrderKept(order.Id, Guid.Empty, ctx.Principal.Id, until, keep.Digest));
            return kept;
        }
    }

    private sealed class Booking(WriteContext ctx, OrderRow placed, BankTransfer money) : Moving(ctx, placed, money.Reference)
    {
        protected override Outcome Decide(WriteGroup group, BankTransfer? booked) => booked is { ReversedBy: null } ? Outcome.Refused(AccountRefusal.ReferenceUsed, 409, money.Reference)
            : Book(group, money with { At = group.Now.Micros(), Day = BusinessDay.Number(group.BusinessDay(money.Park)) }, reverses: false);
    }

    private sealed class Reversing(WriteContext ctx, OrderRow placed, BankTransfer read, string reason) : Moving(ctx, placed, read.Reference)
    {
        protected override Outcome Decide(WriteGroup group, BankTransfer? booked) => booked is null ? Problems.NotFound
            // Meanwhile it was reversed, and perhaps booked again for another order.
            : booked.ReversedBy is not null || booked.Number != Placed.Number ? Outcome.Refused(AccountRefusal.MoneyReversed, 409)
            : Book(group, booked with { ReversedBy = Ctx.Principal.Id, ReversedAt = group.Now.Micros(), ReversedWhy = reason }, reverses: true);
    }
}

/// <summary>Finds an order by the number that people know it by.</summary>
internal static class OrderByNumber
{
    private const int Digits = 17;

    /// <summary>Null where the text is no number, or no order of the park has it.</summary>
    public static Task<OrderRow?> Find(Database database, int park, string number) =>
        number.Trim() is { Length: Digits } text && text.All(char.IsAsciiDigit)
            ? database.First(OrderRow.Table.Read, OrderRow.Table.Select + " where park = @1 and number = @2", park, long.Parse(text, CultureInfo.InvariantCulture)) : Task.FromResult<OrderRow?>(null);
}
