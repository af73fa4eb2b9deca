using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales;

/// <summary>What one partner got of one ticket type on one business day (分账).</summary>
/// <param name="Partner">A code of the dictionary.</param>
/// <param name="SoldFen">Its part of what was paid that day.</param>
/// <param name="BackFen">What the returns of that day took from it.</param>
public sealed record ShareFigure(DateOnly Day, Guid TypeId, string Partner, long SoldFen, long BackFen);

/// <summary>Reads from the ledger what partners are owed.</summary>
public sealed class PartnerShares(Database database)
{
    /// <summary>Whatever moved on some business days, by day, type and partner.</summary>
    public async Task<List<ShareFigure>> Read(int park, DateOnly from, DateOnly to)
    {
        var (sold, back) = (await Balances("share"), await Balances("shareback"));
        return [.. sold.Keys.Union(back.Keys).Order().Select(key => new ShareFigure(BusinessDay.FromNumber(key.Day), key.Type, key.Partner, -sold.GetValueOrDefault(key), back.GetValueOrDefault(key)))];

        async Task<Dictionary<(int Day, Guid Type, string Partner), long>> Balances(string kind)
        {
            var sums = new Dictionary<(int, Guid, string), long>();
            // '0' follows '/', so the last day is in it.
            foreach (var (code, balance) in await database.Query(r => (r.Text(0), r.Long(1)), "select code, balance from account where park = @1 and code >= @2 and code < @3",
                park, $"{park}/{kind}/{BusinessDay.Number(from)}/", $"{park}/{kind}/{BusinessDay.Number(to)}0"))
            {
                var parts = Account.CodeOf(code).Split('/');
                var key = (int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture), Guid.Parse(parts[3]), parts[4]);
                sums[key] = sums.GetValueOrDefault(key) + balance;
            }
            return sums;
        }
    }
}
