using System.Text.Json;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement;

/// <summary>Counts every closed day again from the ledger's transfers and holds its sheet against it.</summary>
internal sealed class SheetProof : IProof
{
    private readonly Dictionary<string, DayClosed> _sealed = [];
    private readonly Dictionary<long, List<Line>> _lines = [];
    private string? _wrong;
    private int _sheets;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every closed day has the sheet that was sealed, and no other day has one."),
        new("I2", "Every figure of money on a closing sheet follows from the ledger's transfers up to the close."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(DayClosed)];

    public bool HearsTransfers => true;

    public void Hear(LoggedFact fact, object read)
    {
        var closed = fact.As<DayClosed>();
        _sealed[SheetRow.IdOf(fact.Park, closed.Day)] = closed;
    }

    public void Hear(Moved t)
    {
        if (t.Unit != (int)Unit.Fen) return;
        if (_lines.TryGetValue(t.Source, out var from)) foreach (var line in from) line.Add(t.Lane, t.Seq, -t.Amount);
        if (_lines.TryGetValue(t.Target, out var to)) foreach (var line in to) line.Add(t.Lane, t.Seq, t.Amount);
    }

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store) => [await Days(store), Figures()];

    private async Task<Finding> Days(Snapshot store)
    {
        var sealedDays = _sealed;
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
        public void Add(long lane, long seq, long amount)
        {
            if (heads.Any(h => h.Lane == lane && seq <= h.Seq)) Sum += amount;
        }
    }

    /// <summary>The sheets are read first, to know which accounts must be counted up to where.</summary>
    public async Task Begin(Snapshot store)
    {
        foreach (var row in await store.Query(SheetRow.Table.Read, SheetRow.Table.Select + " where sheet <> '' order by id"))
        {
            _sheets++;
            var name = $"closing sheet {SheetRow.IdOf(row.Park, row.Day)}";
            var sheet = StoredSheet.Parse(row.Sheet);
            if (Wrong(sheet) is { } wrong) { _wrong = $"{name}: {wrong}"; return; }
            var heads = JsonSerializer.Deserialize<LaneHead[]>(row.LaneHeads, Json.Options)!;
            foreach (var account in sheet.Ledger)
            {
                var line = new Line($"{name}: {account.Account}", heads, account.Balance);
                foreach (var stripe in DayBooks.AccountOf(row.Park, account.Account).Stripes())
                {
                    if (!_lines.TryGetValue(stripe.Id, out var known)) _lines.Add(stripe.Id, known = []);
                    known.Add(line);
                }
            }
        }
    }

    private Finding Figures()
    {
        if (_wrong is not null || _sheets == 0) return new Finding($"{_sheets:N0} sheets", _wrong);
        var bad = _lines.Values.SelectMany(l => l).FirstOrDefault(l => l.Sum != l.Expected);
        return new Finding($"{_sheets:N0} sheets, {_lines.Values.SelectMany(l => l).Distinct().Count():N0} accounts", bad is null ? null : $"{bad.Name}: {new Money(bad.Expected)} on the sheet, {new Money(bad.Sum)} by the transfers");
    }

    private static string? Wrong(StoredSheet sheet)
    {
        long Sum(string kind) => sheet.Ledger.Where(a => a.Account.StartsWith(kind, StringComparison.Ordinal)).Sum(a => a.Balance);
        var t = sheet.Totals;
        if (sheet.DifferenceFen != 0) return $"sealed with a difference of {new Money(sheet.DifferenceFen)}";
        if (t.SalesFen != -Sum("revenue/") || t.SalesFen != sheet.ByType.Sum(b => b.Fen) || t.FeesFen != -Sum("fees/") || t.SalesFen + t.FeesFen != sheet.ByPayment.Sum(p => p.Fen)) return "its sales do not add up";
        if (t.RefundsFen != Sum("returns/") || t.RefundsFen != sheet.ByPayment.Sum(p => p.RefundsFen) + t.OwedFen || t.NetFen != t.SalesFen + t.FeesFen - t.RefundsFen) return "its refunds do not add up";
        if (Sum("card/") != sheet.ByPayment.Where(p => p.Method == PaymentMethod.Card).Sum(p => p.NetFen)) return "its card payments do not add up";
        if (Sum("shared/") + Sum("share/") + Sum("shareback/") != 0) return "its shares do not add up";
        return Sum("clearing/") != 0 || sheet.Ledger.Any(a => a.Account.StartsWith("drawer/", StringComparison.Ordinal) && a.Balance != 0) ? "money was left in clearing or in a drawer" : null;
    }
}
