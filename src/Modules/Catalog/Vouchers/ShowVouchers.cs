using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>A voucher as whoever has its code sees it.</summary>
/// <param name="Code">In its one form.</param>
/// <param name="Number">How people name it.</param>
/// <param name="Refusal">Why it may not be used today; none where it may.</param>
/// <param name="Text">The same as a sentence; empty where it may.</param>
/// <param name="OrderId">The last order that uses it; null while none does.</param>
internal sealed record VoucherSeen(string Code, string Number, string Name, string NameEn, VoucherTermsForm Terms, DateOnly From, DateOnly To, int Used, int Uses, VoucherRefusal Refusal, string Text, Guid? OrderId);

/// <summary>The codes of a batch, to be printed. They are shown once: whoever wants them again prints again, and is written down again.</summary>
/// <param name="Vouchers">Those that may be used still; empty in a repeated answer.</param>
internal sealed record PrintedVouchers(int Number, string Name, string NameEn, VoucherTermsForm Terms, int Uses, DateOnly From, DateOnly To, string Receiver, PrintedVoucher[] Vouchers);

/// <summary>One voucher on paper.</summary>
/// <param name="Qr">As it stands in the code for scanners.</param>
/// <param name="Shown">As people read it.</param>
internal sealed record PrintedVoucher(string Number, string Qr, string Shown);

/// <summary>Shows a voucher to whoever has its code (查券), and the codes of a batch to whoever prints them (批量打印).</summary>
internal static class ShowVouchers
{
    /// <param name="FromSerial">The first of them.</param>
    /// <param name="ToSerial">The last.</param>
    internal sealed record PrintRequest(int FromSerial, int ToSerial);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<VoucherSeen>("/api/vouchers/look", Permission.Watch, Look).Asks<string>("code", required: true).WithName("LookAtVoucher");
        routes.MapWrite<PrintRequest, PrintedVouchers>("POST", "/api/voucher-batches/{id:guid}/print", Permission.IssueVouchers, async (request, ctx) =>
        {
            var database = ctx.Get<Database>();
            if (await VoucherBatch.Of(database, ctx.Park, ctx.RouteId()) is not { } batch) return WriteContext.Unknown;
            ctx.Fields.Check("fromSerial", request.FromSerial >= 1 && request.ToSerial >= request.FromSerial && request.ToSerial <= batch.Vouchers, "Field.Serials", batch.Vouchers);
            if (ctx.Fields.Errors is { } errors) return WriteContext.Wrong(errors);
            // What may be used no more is not printed.
            var good = (await database.Query(r => r.Int(0), "select serial from voucher where batch = @1 and voided = 0 and used < @2 and serial >= @3 and serial <= @4 order by serial", batch.Id, batch.Uses, request.FromSerial, request.ToSerial)).ToArray();
            if (batch.Voided || good.Length == 0) return ctx.Refuse(VoucherBookRefusal.AlreadyVoid, 409);
            var (kind, codes) = ((await VoucherKind.Of(database, ctx.Park, batch.Kind))!, batch.Codes(ctx.Get<PersonalText>()));
            var paper = new PrintedVouchers(batch.Number, kind.Name, kind.NameEn, VoucherTermsForm.Of(kind.Terms), batch.Uses, batch.From, batch.To, batch.Receiver, []);
            return ctx.Run(new Printing(batch.Id, paper, [.. good.Select(serial => new PrintedVoucher(batch.NumberOf(serial), VoucherCode.Marked(codes[serial - 1]), VoucherCode.Spaced(codes[serial - 1])))]));
        }).WithName("PrintVouchers");
    }

    private sealed record Printing(Guid Batch, PrintedVouchers Paper, PrintedVoucher[] Codes) : IWrite
    {
        public bool Alone => false;

        public void Touch(Touch touch) { }

        public Outcome Decide(WriteGroup group)
        {
            group.Record(nameof(VouchersPrinted), Batch, new VouchersPrinted(Batch, Codes.Length));
            return Outcome.DoneOnce(Paper with { Vouchers = Codes }, Paper);
        }
    }

    private static async Task<VoucherSeen?> Look(HttpContext http, Principal who)
    {
        var services = http.RequestServices;
        if (VoucherCode.Read(http.Request.Query["code"]) is not { } code || await VoucherUses.Find(services.GetRequiredService<Database>(), who.Park, code) is not var (voucher, batch, kind)) return null;
        var kept = new OrderVoucher(voucher.Id, kind.Id, kind.Name, kind.NameEn, batch.NumberOf(voucher.Serial), kind.Terms, 0);
        var refused = VoucherDraw.Refused(batch, voucher, kept, services.GetRequiredService<ParkTimes>().DayAt(who.Park, services.GetRequiredService<TimeProvider>().GetUtcNow()));
        var text = refused is null ? "" : services.GetRequiredService<Texts>().Get($"{nameof(VoucherRefusal)}.{refused.Reason}", Texts.WantsEnglish(http), refused.Args);
        return new(code, kept.Number, kind.Name, kind.NameEn, VoucherTermsForm.Of(kind.Terms), batch.From, batch.To, voucher.Used, batch.Uses, (VoucherRefusal?)refused?.Reason ?? VoucherRefusal.None, text, voucher.Order);
    }
}
