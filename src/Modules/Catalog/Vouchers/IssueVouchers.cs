using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>发券: issues a batch of vouchers, with codes that nobody guesses or with one that was chosen.</summary>
internal static class IssueVouchers
{
    internal const int VouchersMax = 1_000, UsesMax = 1_000_000, DaysMax = 1_100, BatchesMax = 5_000;

    /// <param name="Vouchers">How many; 1 where the code is chosen.</param>
    /// <param name="Uses">How often each may be used.</param>
    /// <param name="Code">Four to twenty letters and digits; empty = codes are drawn.</param>
    /// <param name="Issuer">The department that gives them out.</param>
    /// <param name="Receiver">Who gets them. It stands in clear, so no numbers of people's phones or papers.</param>
    /// <param name="Target">For whom they are meant.</param>
    /// <param name="Approval">The second person, where that was asked for; null = nobody.</param>
    internal sealed record Request(Guid KindId, int Vouchers, int Uses, string Code, DateOnly From, DateOnly To, string Issuer, string Receiver, string Target, string Note, ApprovalRequest? Approval = null);

    public static void Map(IEndpointRouteBuilder routes) => routes.MapWrite<Request, VoucherBatchAnswer>("POST", "/api/voucher-batches", Permission.IssueVouchers, Prepare).WithName("IssueVouchers")
        .WithMetadata(new Refuses(429));

    private static async Task<Prepared> Prepare(Request request, WriteContext ctx)
    {
        var fields = ctx.Fields;
        fields.Number("vouchers", request.Vouchers, 1, VouchersMax);
        fields.Number("uses", request.Uses, 1, UsesMax);
        var chosen = request.Code.Trim().Length == 0 ? null : VoucherCode.Chosen(request.Code);
        fields.Check("code", chosen is not null || request.Code.Trim().Length == 0, "Field.VoucherCode");
        fields.Check("vouchers", chosen is null || request.Vouchers == 1, "Field.OneCode");
        var days = BatchDays.Read(fields, request.From, request.To);
        var people = BatchPeople.Read(fields, request.Issuer, request.Receiver, request.Target, request.Note);
        request.Approval?.Check(fields, "approval.login", "approval.password");
        if (fields.Errors is { } errors) return WriteContext.Wrong(errors);
        if (await VoucherKind.Of(ctx.Get<Database>(), ctx.Park, request.KindId) is not { } kind) return ctx.Refuse(VoucherBookRefusal.KindUnknown, 409);
        Guid? approvedBy = null;
        if (request.Approval is { } approval)
        {
            var (refused, by) = await approval.Ask(ctx, Permission.IssueVouchers);
            if (refused is not null) return refused;
            approvedBy = by;
        }
        var personal = ctx.Get<PersonalText>();
        var batch = new VoucherBatch(ctx.Key, ctx.Park, 0, kind.Id, request.Vouchers, request.Uses, chosen, chosen is null ? VoucherBatch.NewSeed(personal) : [], days.From, days.To, people.Issuer, people.Receiver,
            people.Target, people.Note, 0, ctx.Principal.Id, approvedBy, Voided: false, Edit: 1);
        Guid[] ids = [.. batch.Codes(personal).Select(code => VoucherCode.IdOf(ctx.Park, code))];
        return ctx.Run(new Issuing(batch, ids, ctx.Get<ParameterBook>().Of(ctx.Park).VouchersAlone));
    }

    private sealed record Issuing(VoucherBatch Wanted, Guid[] Ids, int Alone) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.RowsOf(VoucherBatch.Table, Wanted.Park);
            touch.Row(VoucherBatch.Table, Wanted.Id);
            touch.Row(VoucherKind.Table, Wanted.Kind);
            foreach (var id in Ids) touch.Row(Voucher.Table, id);
        }

        public Outcome Decide(WriteGroup group)
        {
            if (group.Find(VoucherKind.Table, Wanted.Kind) is not { Active: true } kind) return Outcome.Refused(VoucherBookRefusal.KindUnknown, 409);
            if (group.Find(VoucherBatch.Table, Wanted.Id) is not null) return Outcome.Refused(WriteRefusal.KeyReused, 409);
            if (Wanted.To < group.BusinessDay(Wanted.Park)) return new Refusal(Rules.Pricing.VoucherRefusal.Over, 422, kind.Name, "", $"{Wanted.To:yyyy-MM-dd}") { Field = "to" };
            // What a code is worth hangs on how often it works, so uses are counted and not codes.
            if (Wanted.ApprovedBy is null && (long)Wanted.Vouchers * Wanted.Uses > Alone) return Outcome.Refused(VoucherBookRefusal.IssueNeedsApproval, 403, Alone);
            if (Ids.Any(id => group.Find(Voucher.Table, id) is not null)) return new Refusal(VoucherBookRefusal.CodeTaken, 409, Wanted.Code ?? "") { Field = "code" };
            var batches = group.Rows(VoucherBatch.Table).Where(b => b.Park == Wanted.Park).ToArray();
            if (batches.Length >= BatchesMax) return Outcome.Refused(VoucherBookRefusal.TooManyBatches, 409, BatchesMax);
            var batch = Wanted with { Number = batches.Select(b => b.Number).DefaultIfEmpty(0).Max() + 1, IssuedAt = group.Now.Micros() };
            group.Put(VoucherBatch.Table, batch);
            if (!kind.HasVouchers)
            {
                group.Put(VoucherKind.Table, kind with { HasVouchers = true });
                group.Record(nameof(VoucherKindSaved), kind.Id, new VoucherKindSaved(kind with { HasVouchers = true }));
            }
            for (var n = 0; n < Ids.Length; n++) group.Put(Voucher.Table, new(Ids[n], batch.Park, batch.Id, n + 1, 0, false, null, null));
            group.Record(nameof(VouchersIssued), batch.Id, new VouchersIssued(batch, Ids));
            return Outcome.Done(VoucherBatchAnswer.Of(batch, kind, default));
        }
    }
}

/// <summary>The days of a batch.</summary>
internal readonly record struct BatchDays(DateOnly From, DateOnly To)
{
    public static BatchDays Read(Fields fields, DateOnly from, DateOnly to)
    {
        fields.Check("from", BusinessDay.IsKnown(from), "Field.Day");
        fields.Check("to", BusinessDay.IsKnown(to), "Field.Day");
        if (fields.Errors?.ContainsKey("from") != true && fields.Errors?.ContainsKey("to") != true)
            fields.Check("to", to >= from && to.DayNumber - from.DayNumber < IssueVouchers.DaysMax, "Field.BudgetDays", IssueVouchers.DaysMax);
        return new(from, to);
    }
}

/// <summary>Who gives out a batch and for whom. All of it stands in clear.</summary>
internal readonly record struct BatchPeople(string Issuer, string Receiver, string Target, string Note)
{
    public static BatchPeople Read(Fields fields, string issuer, string receiver, string target, string note) => new(ClearText.Read(fields, "issuer", issuer, 1, 40), ClearText.Read(fields, "receiver", receiver, 1, 60),
        ClearText.Read(fields, "target", target, 0, 60), ClearText.Read(fields, "note", note, 0, 200));
}
