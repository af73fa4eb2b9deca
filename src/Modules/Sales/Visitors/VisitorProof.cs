using System.Globalization;
using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Log;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Verify;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Visitors;

/// <summary>
/// Holds the visitors named on orders against their facts, and what each number bought against the visitors. Kept in mind are those of
/// orders that wait for payment (docs/algorithms/quotas.md, "How many one may buy").
/// </summary>
internal sealed class VisitorProof : IProof
{
    private const int OnStack = 1024;

    /// <summary>Visitors as a fact left them.</summary>
    internal sealed record Named(Guid Order, VisitorRow[] Rows, byte[][] Digests)
    {
        /// <summary>As they are once the order was given up.</summary>
        public Named Forgotten() => this with { Digests = [.. Digests.Select(_ => NothingKept)] };
    }

    /// <summary>Visitors whose ticket went back.</summary>
    public static readonly string GoneBack = $"{VisitorRow.Table.Select} where ticket in (select id from ticket where state in ('Returned', 'Voided'))";

    private static readonly byte[] NothingKept = new VisitorRow(Guid.Empty, 0, Guid.Empty, 0, 0, null, Guid.Empty, 0, 0, [], [], [], null, "").Digest();

    private readonly RowBalance _rows = new(), _bought = new();
    private readonly Dictionary<Guid, Named> _waiting = [];
    private DateOnly _today;
    private long _visitors, _numbers;
    private string? _bad;

    public IReadOnlyList<Claim> Claims { get; } =
    [
        new("I10", "Every visitor named on an order is in each column what its facts say, and none is missing."),
        new("I3", "What an identity number has bought of a type = the visitors with that number on tickets that did not go back and on unpaid orders."),
    ];

    public IReadOnlyList<string> Kinds { get; } = [nameof(VisitorsNamed), nameof(OrderCancelled), nameof(OrderExpired)];

    /// <summary>What counted on no later day may be forgotten: the day of the last record, and one more for parks further east.</summary>
    public async Task Begin(Snapshot store)
    {
        for (var lane = 1; lane <= Lanes.Max; lane++)
            foreach (var day in await store.Query(r => r.Int(0), "select day from log where lane = @1 order by seq desc limit 1", lane))
                if (BusinessDay.FromNumber(day).AddDays(1) is var next && next > _today) _today = next;
    }

    public object Read(LoggedFact fact) => fact.Kind switch
    {
        nameof(VisitorsNamed) => NamedBy(fact.As<VisitorsNamed>(), fact.Park),
        nameof(OrderCancelled) => fact.As<OrderCancelled>().OrderId,
        _ => fact.As<OrderExpired>().OrderId,
    };

    private static Named NamedBy(VisitorsNamed fact, int park) => new(fact.OrderId, [.. fact.Visitors.Select(v => new VisitorRow(VisitorRow.IdOf(fact.OrderId, v.Line, v.Place), park,
        fact.OrderId, v.Line, v.Place, v.TicketId, v.TypeId, fact.VisitDay, fact.SoldDay, [], [], [], null, ""))], [.. fact.Visitors.Select(v => v.Digest)]);

    public void Hear(LoggedFact fact, object read)
    {
        if (read is Named named)
        {
            if (!_waiting.Remove(named.Order)) _visitors += named.Rows.Length;
            if (named.Rows[0].Ticket is null) _waiting.Add(named.Order, named);
            else Raise(named);
        }
        else if (_waiting.Remove((Guid)read, out var over)) Raise(over.Forgotten());
    }

    private void Raise(Named named)
    {
        for (var i = 0; i < named.Rows.Length; i++) _rows.Raise(PrintOf(named.Rows[i], named.Digests[i]));
    }

    internal RowPrint PrintOf(VisitorRow row, byte[] digest) => _rows.PrintOf([.. VisitorRow.Table.Values(row)[..VisitorRow.FirstSealed], digest]);

    /// <summary>The same of a row as it lies in the store.</summary>
    internal RowPrint PrintOf(Row row)
    {
        var cells = new CanonicalRow(stackalloc byte[OnStack]);
        for (var i = 0; i < VisitorRow.FirstSealed; i++) row.AddTo(ref cells, i);
        var personal = new CanonicalRow(stackalloc byte[OnStack]);
        for (var i = VisitorRow.FirstSealed; i < VisitorRow.Columns; i++) row.AddTo(ref personal, i);
        cells.Add(RowReplay<Guid, VisitorRow>.DigestOf("visitor", personal.Written, []).AsSpan());
        return _rows.PrintOf(cells);
    }

    public async Task Look(Snapshot store)
    {
        await store.Each(row =>
        {
            _rows.Lower(PrintOf(row));
            if (CountOf(row) is { } unit) _bought.Raise(unit);
        }, VisitorRow.Table.Select);
        await store.Each(row => { if (CountOf(row) is { } unit) _bought.Lower(unit); }, GoneBack);
        await store.Each(row => Lower(row), BoughtRow.Table.Select);
    }

    /// <summary>The number of a visitor as the row lies in the store; null for one without, and for a damaged row, which the other claim names.</summary>
    internal static (int Park, Guid Type, byte[] Hash, int Visit, int Sold)? BuyerIn(Row row)
    {
        try
        {
            var buyer = (Park: row.Int(1), Type: row.Id(6), Hash: row.Bytes(11), Visit: row.Int(7), Sold: row.Int(8));
            return buyer.Hash.Length == 16 && IsDay(buyer.Visit) && IsDay(buyer.Sold) ? buyer : null;
        }
        catch (Exception spoiled) when (spoiled is InvalidDataException or InvalidCastException) { return null; }

        static bool IsDay(int number) => DateOnly.TryParseExact($"{number}", "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
    }

    /// <summary>One ticket of a number, if it still counts.</summary>
    private RowPrint? CountOf(Row row) => BuyerIn(row) is { } b && BoughtCount.Counts(BusinessDay.FromNumber(b.Visit), BusinessDay.FromNumber(b.Sold), _today)
        ? _bought.PrintOf(BoughtRow.IdOf(b.Type, b.Hash), b.Park, b.Type, b.Hash, b.Visit, b.Sold) : null;

    private void Lower(Row row)
    {
        _numbers++;
        try
        {
            var bought = BoughtRow.Table.Read(row);
            if (bought.Cells is null || bought.Cells.Contains(null!)) throw new InvalidDataException("No list of days.");
            if (!row.Is(4, JsonSerializer.Serialize(bought.Cells, Json.Options))) throw new InvalidDataException("Not written as Shanmen writes it.");
            foreach (var cell in bought.Cells)
            {
                if (cell.Tickets is < 1 or > 100_000) throw new InvalidDataException("A count out of range.");
                if (!BoughtCount.Counts(cell.Visit, cell.Sold, _today)) continue;
                var unit = _bought.PrintOf(bought.Id, bought.Park, bought.Type, bought.IdHash, BusinessDay.Number(cell.Visit), BusinessDay.Number(cell.Sold));
                for (var n = 0; n < cell.Tickets; n++) _bought.Lower(unit);
            }
        }
        catch (Exception spoiled) when (spoiled is InvalidDataException or InvalidCastException or JsonException)
        {
            _bad ??= $"bought {KeyOf(row)}: it cannot be read";
        }
    }

    internal bool IsSuspect(object? key) => _rows.IsSuspect(key);

    /// <summary>The id of a row as it lies in the store; what is none is shown as it is.</summary>
    internal static object? KeyOf(Row row) => row.Any(0) switch { byte[] { Length: 16 } id => new Guid(id, bigEndian: true), var other => other };

    public async Task<IReadOnlyList<Finding>> Conclude(Snapshot store)
    {
        foreach (var named in _waiting.Values) Raise(named);
        return
        [
            new Finding($"{_visitors} visitors", _rows.IsEven ? null : await new VisitorReplay(this).FirstBad(store)),
            new Finding($"{_numbers} numbers and types", _bad ?? (_bought.IsEven ? null : await new PurchaseReplay(_bought.IsSuspect, _today).FirstBad(store))),
        ];
    }
}
