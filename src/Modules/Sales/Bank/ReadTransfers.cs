using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Sales.Orders;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Bank;

/// <summary>An order, and what the bank brought for it.</summary>
/// <param name="Kept">Whether it is kept for its buyer (留票).</param>
/// <param name="LeftFen">What was sent and is neither used nor sent back.</param>
internal sealed record BankTransferAnswer(Guid OrderId, string Number, OrderState State, DateOnly VisitDay, int People, long TotalFen, long RefundedFen, DateTimeOffset? HoldUntil, bool Kept, string? Agency, long LeftFen)
{
    public static BankTransferAnswer Of(OrderRow order, long leftFen) => new(order.Id, order.Number.ToString("D17"), order.State, BusinessDay.FromNumber(order.VisitDay), order.People, order.TotalFen, order.RefundedFen,
        order.HoldUntil is { } until ? Moments.From(until) : null, order.Kept is not null, order.Agency, leftFen);
}

/// <summary>Orders for which the bank brought more than was used: money that waits.</summary>
/// <param name="LeftFen">What all of them come to.</param>
internal sealed record WaitingBankTransfers(BankTransferAnswer[] Rows, long LeftFen, long Total, int Page, int PageCount);

/// <summary>汇款: what the bank brought for an order, and for which orders there is money that waits.</summary>
internal static class ReadTransfers
{
    private const int PageSize = 50;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapRead<BankTransferAnswer>("/api/bank-transfers/order", Permission.ReadReports, async (http, who) =>
            await OrderByNumber.Find(http.RequestServices.GetRequiredService<Database>(), who.Park, http.Request.Query["number"].ToString()) is { } order ? await Of(http, order, $"{order.Number:D17}") : null)
            .Asks<string>("number", required: true).WithName("ReadBankTransfersOfNumber");
        routes.MapRead<BankTransferAnswer>("/api/orders/{id:guid}/bank-transfer", Permission.Sell, async (http, who) =>
            await PlacedOrder.Of(http.RequestServices.GetRequiredService<Database>(), who.Park, Guid.Parse((string)http.Request.RouteValues["id"]!)) is { Row: var order } ? await Of(http, order, order.BankNumber) : null).WithName("ReadBankTransfersOfOrder");
        routes.MapRead<WaitingBankTransfers>("/api/bank-transfers/waiting", Permission.ReadReports, Waiting).Asks<int>("page").WithName("ReadWaitingBankTransfers");
    }

    private static async Task<BankTransferAnswer?> Of(HttpContext http, OrderRow order, string number)
    {
        var account = BankTransfer.AccountOf(order.Park, number);
        return BankTransferAnswer.Of(order, -(await Balances.Read(http.RequestServices.GetRequiredService<Database>(), [account])).GetValueOrDefault(account.Code));
    }

    /// <summary>The order that was placed first at the top.</summary>
    private static async Task<WaitingBankTransfers?> Waiting(HttpContext http, Principal who)
    {
        var page = Math.Clamp(int.TryParse(http.Request.Query["page"], out var p) ? p : 1, 1, 100_000);
        await using var store = await http.RequestServices.GetRequiredService<Database>().OpenSnapshot();
        var prefix = $"{who.Park}/{BankTransfer.AccountPrefix}";
        var left = (await store.Query(r => (Number: r.Text(0)[prefix.Length..], Fen: -r.Long(1)), "select code, balance from account where park = @1 and balance <> 0 and code like @2", who.Park, prefix + "%"))
            .OrderBy(a => a.Number, StringComparer.Ordinal).ToArray();
        var rows = new List<BankTransferAnswer>();
        foreach (var (number, fen) in left.Skip((page - 1) * PageSize).Take(PageSize))
            foreach (var order in await store.Query(OrderRow.Table.Read, OrderRow.Table.Select + " where park = @1 and number = @2", who.Park, long.Parse(number, System.Globalization.CultureInfo.InvariantCulture)))
                rows.Add(BankTransferAnswer.Of(order, fen));
        return new([.. rows], left.Sum(a => a.Fen), left.Length, page, Math.Max(1, (left.Length + PageSize - 1) / PageSize));
    }
}
