using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>Changes the days of a batch and for whom it is, or voids it or some of its vouchers (作废). What was used before stays used.</summary>
internal static class ChangeBatch
{
    private const int AtOnceMax = IssueVouchers.VouchersMax;

    /// <param name="Edit">The edit that was on the screen.</param>
    internal sealed record Request(int Edit, DateOnly From, DateOnly To, string Issuer, string Receiver, string Target, string Note);

    /// <param name="Serials">Which of them; empty = the whole batch.</param>
    /// <param name="Reason">Why. It stands in clear for ever, so no numbers of people's phones or papers.</param>
    internal sealed record VoidRequest(int[] Serials, string Reason);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapWrite<Request, VoucherBatchAnswer>("PUT", "/api/voucher-batches/{id:guid}", Permission.IssueVouchers, async (request, ctx) =>
        {
            var days = BatchDays.Read(ctx.Fields, request.From, request.To);
            var people = BatchPeople.Read(ctx.Fields, request.Issuer, request.Receiver, request.Target, request.Note);
            if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
            return await Change(ctx, before => before.Edit != request.Edit ? Outcome.Refused(VoucherBookRefusal.VoucherEdited, 409).Refusal : null,
                before => before with { From = days.From, To = days.To, Issuer = people.Issuer, Receiver = people.Receiver, Target = people.Target, Note = people.Note }, "");
        }).WithName("SaveVoucherBatch");
        routes.MapWrite<VoidRequest, VoucherBatchAnswer>("POST", "/api/voucher-batches/{id:guid}/void", Permission.IssueVouchers, async (request, ctx) =>
        {
            var reason = ClearText.Read(ctx.Fields, "reason", request.Reason, 2, 100);
            ctx.Fields.Check("serials", request.Serials.Length <= AtOnceMax && request.Serials.Distinct().Count() == request.Serials.Length, "Field.Unknown");
            if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
            if (request.Serials.Length == 0)
                return await Change(ctx, before => before.Voided ? new(VoucherBookRefusal.AlreadyVoid, 409) : null, before => before with { Voided = true }, reason);
            var database = ctx.Get<Database>();
            if (await VoucherBatch.Of(database, ctx.Park, ctx.RouteId()) is not { } batch) return WriteContext.Unknown;
            var wanted = request.Serials.ToHashSet();
            Guid[] ids = [.. (await database.Query(Voucher.Table.Read, Voucher.Table.Select + " where batch = @1 order by serial", batch.Id)).Where(v => wanted.Contains(v.Serial)).Select(v => v.Id)];
            return ids.Length == wanted.Count ? ctx.Run(new Voiding(batch, (await VoucherKind.Of(database, ctx.Park, batch.Kind))!, ids, reason, await BatchCount.Of(database, batch.Id))) : WriteContext.Unknown;
        }).WithName("VoidVouchers");
    }

    private static async Task<Prepared> Change(WriteContext ctx, Func<VoucherBatch, Refusal?> refused, Func<VoucherBatch, VoucherBatch> change, string reason)
    {
        var database = ctx.Get<Database>();
        return await VoucherBatch.Of(database, ctx.Park, ctx.RouteId()) is { } batch
            ? ctx.Run(new Changing(batch.Id, (await VoucherKind.Of(database, ctx.Park, batch.Kind))!, refused, change, reason, await BatchCount.Of(database, batch.Id))) : WriteContext.Unknown;
    }

    private sealed record Changing(Guid Id, VoucherKind Kind, Func<VoucherBatch, Refusal?> Refused, Func<VoucherBatch, VoucherBatch> Change, string Reason, BatchCount Count) : IWrite
    {
        public void Touch(Touch touch) => touch.Row(VoucherBatch.Table, Id);

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(VoucherBatch.Table, Id)!;
            if (Refused(before) is { } refusal) return refusal;
            var batch = Change(before) with { Edit = before.Edit + 1 };
            group.Put(VoucherBatch.Table, batch);
            group.Record(nameof(VoucherBatchSaved), batch.Id, new VoucherBatchSaved(batch, Reason));
            return Outcome.Done(VoucherBatchAnswer.Of(batch, Kind, Count));
        }
    }

    private sealed record Voiding(VoucherBatch Batch, VoucherKind Kind, Guid[] Ids, string Reason, BatchCount Count) : IWrite
    {
        public void Touch(Touch touch)
        {
            foreach (var id in Ids) touch.Row(Voucher.Table, id);
        }

        public Outcome Decide(WriteGroup group)
        {
            var going = Ids.Select(id => group.Find(Voucher.Table, id)!).Where(v => !v.Voided).ToArray();
            if (going.Length == 0) return Outcome.Refused(VoucherBookRefusal.AlreadyVoid, 409);
            foreach (var voucher in going) group.Put(Voucher.Table, voucher with { Voided = true });
            group.Record(nameof(VouchersVoided), Batch.Id, new VouchersVoided(Batch.Id, [.. going.Select(v => v.Id)], Reason));
            return Outcome.Done(VoucherBatchAnswer.Of(Batch, Kind, Count with { Voided = Count.Voided + going.Length }));
        }
    }
}
