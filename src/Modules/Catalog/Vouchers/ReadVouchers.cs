using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Catalog.Vouchers;

/// <summary>A batch as the office sees it.</summary>
/// <param name="Code">The chosen code; empty where codes were drawn.</param>
/// <param name="UsedTimes">Uses in all, those that came back not counted.</param>
/// <param name="VoidedVouchers">Vouchers that were voided alone.</param>
/// <param name="IssuedBy">Who issued it.</param>
/// <param name="ApprovedBy">The second person; empty = nobody.</param>
/// <remarks>Kept with ids for the names.</remarks>
internal sealed record VoucherBatchAnswer(Guid Id, int Number, int Edit, Guid KindId, string KindName, string KindNameEn, int Vouchers, int Uses, string Code, DateOnly From, DateOnly To, string Issuer, string Receiver,
    string Target, string Note, DateTimeOffset IssuedAt, string IssuedBy, string ApprovedBy, bool Voided, long UsedTimes, long VoidedVouchers) : IKeptAnswer
{
    public static VoucherBatchAnswer Of(VoucherBatch b, VoucherKind kind, BatchCount count) => new(b.Id, b.Number, b.Edit, b.Kind, kind.Name, kind.NameEn, b.Vouchers, b.Uses, b.Code ?? "", b.From, b.To, b.Issuer, b.Receiver,
        b.Target, b.Note, Moments.From(b.IssuedAt), b.IssuedBy.ToString(), b.ApprovedBy?.ToString() ?? "", b.Voided, count.Used, count.Voided);

    public object Shown(HttpContext http)
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        return this with { IssuedBy = NameOf(IssuedBy), ApprovedBy = NameOf(ApprovedBy) };

        string NameOf(string staff) => Guid.TryParse(staff, out var id) ? parks.NameOfStaff(id) : staff;
    }
}

/// <summary>Batches, the newest first.</summary>
internal sealed record VoucherBatchPage(VoucherBatchAnswer[] Rows, long Total, int Page, int PageCount);

/// <summary>What became of the vouchers of a batch.</summary>
internal readonly record struct BatchCount(long Used, long Voided)
{
    public static async Task<BatchCount> Of(Database database, Guid batch) => (await Of(database, [batch])).GetValueOrDefault(batch);

    public static async Task<Dictionary<Guid, BatchCount>> Of(Database database, IReadOnlyCollection<Guid> batches) => batches.Count == 0 ? [] :
        (await database.Query(r => (Id: r.Id(0), Count: new BatchCount(Convert.ToInt64(r.Any(1)), Convert.ToInt64(r.Any(2)))),
            $"select batch, sum(used), sum(voided) from voucher where batch in ({string.Join(", ", batches.Select((_, n) => $"@{n + 1}"))}) group by batch", [.. batches.Cast<object?>()])).ToDictionary(b => b.Id, b => b.Count);
}

/// <summary>A voucher of a batch.</summary>
/// <param name="Number">How people name it.</param>
/// <param name="OrderId">The last order that uses it; null while none does.</param>
internal sealed record VoucherAnswer(int Serial, string Number, int Used, int Uses, bool Voided, Guid? OrderId, DateTimeOffset? UsedAt);

/// <summary>Vouchers of a batch by their serials.</summary>
internal sealed record VoucherPage(VoucherAnswer[] Rows, long Total, int Page, int PageCount);

/// <summary>What became of a voucher.</summary>
public enum VoucherState
{
    /// <summary>It may be used still.</summary>
    Unused,
    /// <summary>It was used at least once.</summary>
    Used,
    /// <summary>It was voided alone.</summary>
    Voided,
}

/// <summary>兑换券管理: batches and their vouchers, found by kind, by whom they are for and by what became of them.</summary>
internal static class ReadVouchers
{
    private const int BatchesOnPage = 20, VouchersOnPage = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<VoucherBatchPage>("/api/voucher-batches", Permission.ReadReports, Batches).Asks<string>("q").Asks<Guid>("kind").Asks<int>("page").WithName("ReadVoucherBatches");
        routes.MapRead<VoucherPage>("/api/voucher-batches/{id:guid}/vouchers", Permission.ReadReports, Vouchers).Asks<VoucherState>("state").Asks<int>("page").WithName("ReadVouchers");
    }

    private static async Task<VoucherBatchPage?> Batches(HttpContext http, Principal who)
    {
        var (database, query) = (http.RequestServices.GetRequiredService<Database>(), http.Request.Query);
        var fields = new Fields(http, http.RequestServices.GetRequiredService<Texts>());
        var (text, kind, page) = (fields.Text("q", query["q"], 0, 60), fields.QueryId("kind"), PageOf(query["page"]));
        if (fields.Errors is { } errors)
        {
            await http.Refuse(new(RequestRefusal.WrongFields, 400), errors);
            return null;
        }
        // A number names one batch; anything else is looked for in what is written of them. A park has few thousand at most.
        var isNumber = int.TryParse(text.Split('-')[0], out var number);
        object?[] asked = [who.Park, kind, isNumber ? number : -1, "%" + text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%"];
        var where = $" where park = @1{(kind is null ? "" : " and kind = @2")}"
            + (text.Length == 0 ? "" : " and (number = @3 or lower(issuer || ' ' || receiver || ' ' || target || ' ' || note || ' ' || coalesce(code, '')) like @4 escape '!')");
        // Only what is asked by is named, as a store wants to know the kind of each value.
        (asked, where) = Named(asked, where);
        var total = (await database.Query(r => r.Long(0), "select count(*) from voucher_batch" + where, asked)).Single();
        var rows = await database.Query(VoucherBatch.Table.Read, $"{VoucherBatch.Table.Select}{where} order by number desc limit {BatchesOnPage} offset {(page - 1) * BatchesOnPage}", asked);
        var kinds = (await database.Query(VoucherKind.Table.Read, VoucherKind.Table.Select + " where park = @1", who.Park)).ToDictionary(k => k.Id);
        var counts = await BatchCount.Of(database, [.. rows.Select(b => b.Id)]);
        return new([.. rows.Select(b => (VoucherBatchAnswer)VoucherBatchAnswer.Of(b, kinds[b.Kind], counts.GetValueOrDefault(b.Id)).Shown(http))], total, page, (int)Math.Max(1, (total + BatchesOnPage - 1) / BatchesOnPage));
    }

    private static (object?[], string) Named(object?[] asked, string where)
    {
        var kept = new List<object?>();
        for (var n = 1; n <= asked.Length; n++)
            if (where.Contains($"@{n}", StringComparison.Ordinal))
            {
                kept.Add(asked[n - 1]);
                where = where.Replace($"@{n}", $"@{kept.Count}", StringComparison.Ordinal);
            }
        return ([.. kept], where);
    }

    private static async Task<VoucherPage?> Vouchers(HttpContext http, Principal who)
    {
        var (database, query) = (http.RequestServices.GetRequiredService<Database>(), http.Request.Query);
        if (await VoucherBatch.Of(database, who.Park, Guid.Parse((string)http.Request.RouteValues["id"]!)) is not { } batch) return null;
        var page = PageOf(query["page"]);
        VoucherState? state = Enum.TryParse<VoucherState>(query["state"], ignoreCase: true, out var of) && Enum.IsDefined(of) ? of : null;
        var where = " where batch = @1" + state switch
        {
            VoucherState.Used => " and used > 0",
            VoucherState.Voided => " and voided = 1",
            VoucherState.Unused => " and used = 0 and voided = 0",
            _ => "",
        };
        var total = (await database.Query(r => r.Long(0), "select count(*) from voucher" + where, batch.Id)).Single();
        var rows = await database.Query(Voucher.Table.Read, $"{Voucher.Table.Select}{where} order by serial limit {VouchersOnPage} offset {(page - 1) * VouchersOnPage}", batch.Id);
        return new([.. rows.Select(v => new VoucherAnswer(v.Serial, batch.NumberOf(v.Serial), v.Used, batch.Uses, v.Voided, v.Order, v.UsedAt is { } at ? Moments.From(at) : null))], total, page,
            (int)Math.Max(1, (total + VouchersOnPage - 1) / VouchersOnPage));
    }

    private static int PageOf(string? text) => Math.Clamp(int.TryParse(text, out var page) ? page : 1, 1, 10_000);
}
