using Shanmen.Modules.Sales;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Verify;

namespace Shanmen.Modules.Settlement;

/// <summary>What the ledger and the facts of one day say, read at one moment.</summary>
/// <param name="Accounts">The accounts of the day by code within the park; the limits are those of the ledger.</param>
internal sealed record DayBooks(IReadOnlyDictionary<string, long> Accounts, long OverShortFen, long Admitted, long Exited, LaneHead[] Heads)
{
    /// <summary>Kinds of accounts of which a day has one for each ticket type that moved, for each partner of it, or for each kind of fee.</summary>
    public static readonly string[] ByType = ["revenue", "returns", "share", "shareback", "shared", "fees"];

    public long Sum(string prefix) => Accounts.Where(a => a.Key.StartsWith(prefix, StringComparison.Ordinal)).Sum(a => a.Value);

    /// <summary>
    /// The ticket office's count against the ledger: docs/algorithms/day-close.md, "The sheet". Every difference counts
    /// without its sign, so that two errors cannot cancel out.
    /// </summary>
    public long DifferenceFen(DayFigures sold, string day)
    {
        var card = sold.ByPayment.Where(p => p.Method == PaymentMethod.Card).Sum(p => p.Fen - p.RefundsFen);
        return Math.Abs(sold.SalesFen + Sum($"revenue/{day}/"))
            + Math.Abs(sold.RefundsFen - Sum($"returns/{day}/"))
            + Math.Abs(card - Sum($"card/{day}"))
            + Math.Abs(OverShortFen + Sum($"overshort/{day}"))
            + Math.Abs(Sum($"clearing/{day}"))
            + Math.Abs(sold.SharesFen + Sum($"share/{day}/")) + Math.Abs(sold.SharesBackFen - Sum($"shareback/{day}/"))
            + Math.Abs(sold.SharesFen - sold.SharesBackFen - Sum($"shared/{day}/"))
            + Accounts.Where(a => a.Key.StartsWith("drawer/", StringComparison.Ordinal)).Sum(a => Math.Abs(a.Value))
            + Math.Abs(sold.SalesFen - sold.ByType.Sum(t => t.Fen)) + Math.Abs(sold.RefundsFen - sold.ByType.Sum(t => t.RefundsFen))
            + Math.Abs(sold.FeesFen + Sum($"fees/{day}/"))
            + Math.Abs(sold.SalesFen + sold.FeesFen - sold.ByPayment.Sum(p => p.Fen)) + Math.Abs(sold.RefundsFen - sold.OwedFen - sold.ByPayment.Sum(p => p.RefundsFen));
    }

    /// <summary>An account of the sheet as the ledger knows it, for comparing inside the write. Only drawers have a limit.</summary>
    public static Account AccountOf(int park, string code) =>
        Account.Of(park, code, Unit.Fen, min: code.StartsWith("drawer/", StringComparison.Ordinal) ? 0 : null);
}
