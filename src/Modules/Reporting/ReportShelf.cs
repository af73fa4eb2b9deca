using System.Collections.Concurrent;
using System.Globalization;
using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;

namespace Shanmen.Modules.Reporting;

/// <summary>The shelf from which everybody takes the figures (报表): the live board and the report of a day.</summary>
public sealed class ReportShelf
{
    private readonly Database _database;
    private readonly StoreState _store;
    private readonly ParkDirectory _parks;
    private readonly PriceBook _prices;
    private readonly ParkTimes _times;
    private readonly TimeProvider _clock;
    private readonly TallyShelf _tallies;
    private readonly ConcurrentDictionary<(int Park, bool English), Board> _boards = [];

    internal ReportShelf(Database database, StoreState store, ParkDirectory parks, PriceBook prices, ParkTimes times, TimeProvider clock, TallyShelf tallies) =>
        (_database, _store, _parks, _prices, _times, _clock, _tallies) = (database, store, parks, prices, times, clock, tallies);

    /// <summary>The business day of this moment.</summary>
    public DateOnly Today(int park) => _times.DayAt(park, _clock.GetUtcNow());

    /// <summary>What a board must show now to be current: a board with the same version and day needs no other.</summary>
    public (long Version, DateOnly Day) Now(int park) => (_tallies.VersionOf(park), Today(park));

    /// <summary>The board as of the last commit.</summary>
    public async Task<Board> Board(int park, bool english)
    {
        // The version is taken before the figures: they may be newer than it says, never older.
        var (version, day) = Now(park);
        if (_boards.TryGetValue((park, english), out var known) && known.Version == version && known.BusinessDay == day) return known with { At = _clock.GetUtcNow() };

        var terms = _parks.Of(park);
        var counted = terms.Sites.Values.Where(s => s.CountsInside).ToArray();
        var sheet = (await _prices.Sheet(park, day, window: null, elsewhere: true)).Types;
        var types = _prices.Types(park);
        var places = sheet.ToDictionary(t => t.Id, t => PriceBook.Places(park, new Offer(types[t.Id], day, 0, null)).Code);
        var balances = await Balances.ReadTaken(_database, [.. counted.Select(s => _parks.InsideOf(s.Id, park)), .. sheet.Select(t => PriceBook.Places(park, new Offer(types[t.Id], day, 0, null)))]);
        var inside = counted.Sum(s => balances.GetValueOrDefault(_parks.InsideOf(s.Id, park).Code));
        // Without a limit of the park's own, the sites' limits together are one, if all of them have one.
        var capacity = terms.Terms.Capacity > 0 ? terms.Terms.Capacity : counted.All(s => s.Capacity > 0) ? counted.Sum(s => (long)s.Capacity) : 0;
        BoardType[] sold = [.. sheet.Select(t => new BoardType(t.Id, Name(t.Name, t.NameEn, english), balances.GetValueOrDefault(places[t.Id]), t.Left))];

        var board = await _tallies.Look(park, day, t => new Board(version, _clock.GetUtcNow(), day, _store.Simulation, Name(terms.Terms.Name, terms.Terms.NameEn, english),
            inside, capacity, t.Admitted, t.Exited, t.Refused, t.Tickets, t.People, t.SalesFen, t.RefundsFen,
            Gates(terms, t, english), Windows(terms, t, english), Minutes(t), sold));
        _boards[(park, english)] = board;
        return board;
    }

    private static BoardGate[] Gates(ParkSnapshot terms, DayTally t, bool english) =>
        [.. terms.Gates.Values.Where(g => g.Active || t.Gates.ContainsKey(g.Id)).OrderBy(g => g.Name, StringComparer.Ordinal)
            .Select(g => (Gate: g, Tally: t.Gates.GetValueOrDefault(g.Id) ?? new GateTally()))
            .Select(g => new BoardGate(g.Gate.Id, g.Gate.NameIn(english), g.Tally.Entered, g.Tally.Refused))];

    private BoardWindow[] Windows(ParkSnapshot terms, DayTally t, bool english) =>
        [.. terms.Windows.Values.Where(w => w.Active || t.Windows.ContainsKey(w.Id)).OrderBy(w => w.Number)
            .Select(w => (Window: w, Tally: t.Windows.GetValueOrDefault(w.Id) ?? new WindowTally()))
            .Select(w => new BoardWindow(w.Window.Id, w.Window.NameIn(english), w.Tally.Clerk is { } clerk ? _parks.NameOfStaff(clerk) : null, w.Tally.Tickets, w.Tally.Fen))];

    private static BoardMinute[] Minutes(DayTally t) =>
        [.. t.Minutes.TakeLast(1440).Select(m => new BoardMinute(m.Key.ToString("HH:mm", CultureInfo.InvariantCulture), m.Value.Admitted, m.Value.Tickets, m.Value.Fen))];

    /// <summary>The report of a day, current up to the last commit.</summary>
    public async Task<DayReport> Day(int park, DateOnly day, bool english)
    {
        var terms = _parks.Of(park);
        var state = await _parks.ReadDay(park, day);
        var types = _prices.Types(park);
        return await _tallies.Look(park, day, t => new DayReport(day, state, Name(terms.Terms.Name, terms.Terms.NameEn, english),
            new ReportTotals(t.Orders, t.Tickets, t.People, t.SalesFen, t.RefundsFen, t.SalesFen + t.FeesFen - t.RefundsFen, t.Admitted, t.Refused, t.Exited, t.OwedFen, t.FeesFen),
            [.. t.Types.OrderBy(p => types.GetValueOrDefault(p.Key)?.Number ?? int.MaxValue).Select(p => new ReportType(p.Key,
                types.TryGetValue(p.Key, out var now) ? Name(now.Name, now.NameEn, english) : p.Value.Name,
                p.Value.Tickets, p.Value.People, p.Value.Fen, p.Value.ReturnedTickets, p.Value.RefundsFen, p.Value.Admitted))],
            [.. t.Windows.Select(p => (p, Terms: terms.Windows.GetValueOrDefault(p.Key))).OrderBy(w => w.Terms?.Number).Select(w =>
                new ReportWindow(w.p.Key, w.Terms?.NameIn(english) ?? "", w.p.Value.Tickets, w.p.Value.People, w.p.Value.Fen, w.p.Value.RefundsFen))],
            [.. Enum.GetValues<PaymentMethod>().Select(m => (m, Tally: t.Payments.GetValueOrDefault(m) ?? new PaymentTally())).Select(p =>
                new ReportPayment(p.m, p.Tally.Fen, p.Tally.RefundsFen, p.Tally.Fen - p.Tally.RefundsFen))],
            [.. t.Minutes.GroupBy(m => new DateTime(m.Key.Year, m.Key.Month, m.Key.Day, m.Key.Hour, 0, 0, DateTimeKind.Unspecified)).Select(h => new ReportHour(h.Key.Hour,
                h.Sum(m => m.Value.Tickets), h.Sum(m => m.Value.People), h.Sum(m => m.Value.Fen), h.Sum(m => m.Value.Admitted)))],
            [.. t.Clerks.Select(p => new ReportClerk(p.Key, _parks.NameOfStaff(p.Key), p.Value.Tickets, p.Value.Fen)).OrderBy(c => c.Name, StringComparer.Ordinal)],
            [.. t.Reasons.OrderByDescending(p => p.Value).ThenBy(p => p.Key).Select(p => new ReportReason(p.Key, p.Value))]));
    }

    private static string Name(string chinese, string english, bool wantsEnglish) => wantsEnglish && english.Length > 0 ? english : chinese;
}
