using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>What a voucher does, on the screens.</summary>
/// <param name="Effect">costs = an exchange voucher: each of its units costs the amount; pays = ten-thousandths of the price are paid; less = the amount is taken off.</param>
/// <param name="Amount">Fen, or ten-thousandths.</param>
/// <param name="TypeIds">The ticket types that it is for; empty = all.</param>
/// <param name="Units">To how many people or tickets it is good; 0 = all.</param>
/// <param name="LeastFen">What its types must come to before it.</param>
internal sealed record VoucherTermsForm(EffectKind Effect, long Amount, Guid[] TypeIds, int Units, long LeastFen)
{
    public static VoucherTermsForm Of(VoucherTerms terms) => new(terms.Effect.Kind, terms.Effect.Amount, [.. terms.Products], terms.Units, terms.LeastFen);

    public VoucherTerms Terms() => new(new(Effect, Amount, 0), TypeIds, Units, LeastFen);
}

/// <summary>A kind as the office sends it; the id is in the address.</summary>
/// <param name="Edit">The edit that was on the screen; 0 for a new one.</param>
/// <param name="BudgetFen">What all its vouchers together may take off; 0 = no bound.</param>
/// <param name="ComesBack">Whether a voucher may be used again when everything of its order was returned.</param>
internal sealed record VoucherKindRequest(int Edit, string Name, string NameEn, VoucherTermsForm Terms, long BudgetFen, bool ComesBack, bool Active);

/// <summary>A kind as the office sees it.</summary>
/// <param name="HasVouchers">Whether any were issued, so that its terms stay.</param>
/// <param name="TakenFen">What its vouchers took off orders that are paid or wait for payment.</param>
internal sealed record VoucherKindAnswer(Guid Id, int Edit, string Name, string NameEn, VoucherTermsForm Terms, long BudgetFen, bool ComesBack, bool Active, bool HasVouchers, long TakenFen)
{
    public static VoucherKindAnswer Of(VoucherKind k, long taken) => new(k.Id, k.Edit, k.Name, k.NameEn, VoucherTermsForm.Of(k.Terms), k.BudgetFen, k.ComesBack, k.Active, k.HasVouchers, taken);
}

/// <summary>Lists, creates and changes kinds of vouchers (券种).</summary>
internal static class SaveVoucherKind
{
    private const int KindsMax = 200;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<VoucherKindAnswer[]>("/api/voucher-kinds", Permission.Watch, async (http, who) =>
        {
            var database = http.RequestServices.GetRequiredService<Database>();
            var kinds = await database.Query(VoucherKind.Table.Read, VoucherKind.Table.Select + " where park = @1 order by active desc, name, id", who.Park);
            var taken = await Balances.Read(database, [.. kinds.Select(k => VoucherKind.TakenOff(k.Park, k.Id))]);
            return [.. kinds.Select(k => VoucherKindAnswer.Of(k, taken.GetValueOrDefault(VoucherKind.TakenOff(k.Park, k.Id).Code)))];
        }).WithName("ReadVoucherKinds");
        routes.MapWrite<VoucherKindRequest, VoucherKindAnswer>("PUT", "/api/voucher-kinds/{id:guid}", Permission.SetUpPark, (request, ctx) => Task.FromResult(Prepare(request, ctx)))
            .WithName("SaveVoucherKind").SeenByTwo();
    }

    private static Prepared Prepare(VoucherKindRequest request, WriteContext ctx)
    {
        var (fields, types) = (ctx.Fields, ctx.Get<PriceBook>().Types(ctx.Park));
        fields.Number("budgetFen", request.BudgetFen, 0, 1_000_000_000_00);
        fields.Number("terms.units", request.Terms.Units, 0, VoucherTerms.UnitsMax);
        fields.Number("terms.leastFen", request.Terms.LeastFen, 0, OrderLimits.TotalFenMax);
        fields.Check("terms.typeIds", request.Terms.TypeIds.Length <= VoucherTerms.ProductsMax && request.Terms.TypeIds.Distinct().Count() == request.Terms.TypeIds.Length && request.Terms.TypeIds.All(types.ContainsKey), "Field.Unknown");
        // A voucher takes nothing off what costs nothing, and what others sold is not paid here.
        fields.Check("terms.typeIds", request.Terms.TypeIds.All(id => !types.TryGetValue(id, out var type) || (!type.IsComplimentary() && !type.IsExternal())), "Field.VoucherTypes");
        fields.Check("terms.typeIds", request.Terms.Effect != EffectKind.Costs || request.Terms.TypeIds.Length > 0, "Field.ExchangeTypes");
        fields.Check("terms.units", request.Terms.Effect != EffectKind.Costs || request.Terms.Units > 0, "Field.Number", 1, VoucherTerms.UnitsMax);
        if (fields.Errors is null) fields.Check("terms.amount", request.Terms.Terms().IsSound(), "Field.VoucherAmount");
        var kind = new VoucherKind(ctx.RouteId(), ctx.Park, fields.Text("name", request.Name, 1, 40), fields.Text("nameEn", request.NameEn, 0, 80), request.Terms.Terms(), request.BudgetFen, request.ComesBack,
            request.Active, request.Edit, HasVouchers: false);
        return fields.Errors is { } errors ? WriteContext.Wrong(errors) : ctx.Run(new Saving(kind));
    }

    private sealed record Saving(VoucherKind Wanted) : IWrite
    {
        public void Touch(Touch touch)
        {
            touch.RowsOf(VoucherKind.Table, Wanted.Park);
            touch.Row(VoucherKind.Table, Wanted.Id);
            touch.Account(VoucherKind.TakenOff(Wanted.Park, Wanted.Id));
        }

        public Outcome Decide(WriteGroup group)
        {
            var before = group.Find(VoucherKind.Table, Wanted.Id);
            if (before is not null && before.Park != Wanted.Park) return Problems.NotFound;
            if ((before?.Edit ?? 0) != Wanted.Edit) return Outcome.Refused(VoucherBookRefusal.VoucherEdited, 409);
            if (Wanted.Active && group.Rows(VoucherKind.Table).Count(k => k.Park == Wanted.Park && k.Id != Wanted.Id && k.Active) >= KindsMax) return Outcome.Refused(VoucherBookRefusal.TooManyKinds, 409, KindsMax);
            if (before is { HasVouchers: true } && !Wanted.DoesAs(before)) return Outcome.Refused(VoucherBookRefusal.KindIssued, 409);
            var taken = group.Ledger.Taken(VoucherKind.TakenOff(Wanted.Park, Wanted.Id));
            if (Wanted.BudgetFen > 0 && Wanted.BudgetFen < taken) return Outcome.Refused(VoucherBookRefusal.BelowTaken, 409, new Rules.Values.Money(taken));
            var kind = Wanted with { Edit = Wanted.Edit + 1, HasVouchers = before?.HasVouchers == true };
            group.Put(VoucherKind.Table, kind);
            group.Record(nameof(VoucherKindSaved), kind.Id, new VoucherKindSaved(kind));
            return Outcome.Done(VoucherKindAnswer.Of(kind, taken));
        }
    }
}
