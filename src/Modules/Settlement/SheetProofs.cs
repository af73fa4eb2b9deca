using System.Text.Json;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement;

/// <summary>Counts every closed day again from the ledger's transfers and holds its sheet against it.</summary>
internal static class SheetProofs
{
    public static readonly Proof[] All =
    [
        new("I10", "Every closed day has the sheet that was sealed, and no other day has one.", Days),
        new("I2", "Every figure of money on a closing sheet follows from the ledger's transfers up to the close.", Figures),
    ];

    private static async Task<Finding> Days(Snapshot store)
    {
        var sealedDays = new Dictionary<string, DayClosed>();
        await foreach (var record in store.Facts(nameof(DayClosed)))
        {
            var fact = JsonSerializer.Deserialize<DayClosed>(record.Body, Json.Options)!;
            sealedDays[SheetRow.IdOf(record.Park, fact.Day)] = fact;
        }
        var figure = $"{sealedDays.Count:N0} closed days";
        var closed = (await store.Query(r => r.Text(0), "select id from business_day where state = @1 order by id", nameof(DayState.Closed))).ToHashSet();
        foreach (var row in await store.Query(SheetRow.Table.Read, SheetRow.Table.Select + " order by id"))
        {
            var id = SheetRow.IdOf(row.Park, row.Day);
            if (row.Sheet.Length == 0) continue;
            if (!sealedDays.Remove(id, out var fact)) return new Finding(figure, $"closing sheet {id}: no fact sealed it");
            if (!closed.Remove(id)) return new Finding(figure, $"closing sheet {id}: its day is not closed");
            if (row.Sheet != fact.Sheet || row.LaneHeads != fact.LaneHeads || !row.Root.AsSpan().SequenceEqual(fact.Root) || !row.Seal.AsSpan().SequenceEqual(fact.Seal))
                return new Finding(figure, $"closing sheet {id}: it is not the sheet that was sealed");
        }
        if (sealedDays.Keys.Order(StringComparer.Ordinal).FirstOrDefault() is { } gone) return new Finding(figure, $"closing sheet {gone}: its row is missing");
        return new Finding(figure, closed.Order(StringComparer.Ordinal).FirstOrDefault() is { } unsealed ? $"day {unsealed}: closed without a sheet" : null);
    }

    /// <summary>One account on one sheet, and what its transfers come to.</summary>
    private sealed class Line(string name, LaneHead[] heads, long balance)
    {
        public string Name => name;
        public long Expected => balance;
        public long Sum { get; private set; }
        public void Add(int lane, long seq, long amount)
        {
            if (heads.Any(h => h.Lane == lane && seq <= h.Seq)) Sum += amount;
        }
    }

    private static async Task<Finding> Figures(Snapshot store)
    {
        var lines = new Dictionary<long, List<Line>>();
        var sheets = 0;
        foreach (var row in await store.Query(SheetRow.Table.Read, SheetRow.Table.Select + " where sheet <> '' order by id"))
        {
            sheets++;
            var name = $"closing sheet {SheetRow.IdOf(row.Park, row.Day)}";
            var sheet = StoredSheet.Parse(row.Sheet);
            if (Wrong(sheet) is { } wrong) return new Finding($"{sheets:N0} sheets", $"{name}: {wrong}");
            var heads = JsonSerializer.Deserialize<LaneHead[]>(row.LaneHeads, Json.Options)!;
            foreach (var account in sheet.Ledger)
            {
                var line = new Line($"{name}: {account.Account}", heads, account.Balance);
                foreach (var stripe in DayBooks.AccountOf(row.Park, account.Account).Stripes())
                {
                    if (!lines.TryGetValue(stripe.Id, out var known)) lines.Add(stripe.Id, known = []);
                    known.Add(line);
                }
            }
        }
        if (sheets == 0) return new Finding("0 sheets", null);
        await foreach (var t in store.Stream(r => (Lane: r.Int(0), Seq: r.Long(1), Source: r.Long(2), Target: r.Long(3), Amount: r.Long(4)),
            "select lane, seq, source, target, amount from transfer where unit = 1 and phase in (0, 2)"))
        {
            if (lines.TryGetValue(t.Source, out var from)) foreach (var line in from) line.Add(t.Lane, t.Seq, -t.Amount);
            if (lines.TryGetValue(t.Target, out var to)) foreach (var line in to) line.Add(t.Lane, t.Seq, t.Amount);
        }
        var bad = lines.Values.SelectMany(l => l).FirstOrDefault(l => l.Sum != l.Expected);
        return new Finding($"{sheets:N0} sheets, {lines.Values.SelectMany(l => l).Distinct().Count():N0} accounts", bad is null ? null : $"{bad.Name}: {new Money(bad.Expected)} on the sheet, {new Money(bad.Sum)} by the transfers");
    }

    private static string? Wrong(StoredSheet sheet)
    {
        long Sum(string kind) => sheet.Ledger.Where(a => a.Account.StartsWith(kind, StringComparison.Ordinal)).Sum(a => a.Balance);
        var t = sheet.Totals;
        if (sheet.DifferenceFen != 0) return $"sealed with a difference of {new Money(sheet.DifferenceFen)}";
        if (t.SalesFen != -Sum("revenue/") || t.SalesFen != sheet.ByType.Sum(b => b.Fen) || t.SalesFen != sheet.ByPayment.Sum(p => p.Fen)) return "its sales do not add up";
        if (t.RefundsFen != Sum("returns/") || t.RefundsFen != sheet.ByPayment.Sum(p => p.RefundsFen) || t.NetFen != t.SalesFen - t.RefundsFen) return "its refunds do not add up";
        if (Sum("card/") != sheet.ByPayment.Where(p => p.Method == PaymentMethod.Card).Sum(p => p.NetFen)) return "its card payments do not add up";
        return Sum("clearing/") != 0 || sheet.Ledger.Any(a => a.Account.StartsWith("drawer/", StringComparison.Ordinal) && a.Balance != 0) ? "money was left in clearing or in a drawer" : null;
    }
}
