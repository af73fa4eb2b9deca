using System.Text.Json;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales.Stock;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Sales;

/// <summary>One line of a paper's journal: a move or a count.</summary>
/// <param name="What">The move, or count.</param>
/// <param name="From">Where it went from, or which place was counted: press, store, lost, or the name of a seller.</param>
/// <param name="To">Where it went; empty for a count.</param>
/// <param name="First">The first number; empty for a count.</param>
/// <param name="Sheets">How many went, or were counted.</param>
/// <param name="Missing">Sheets that a count missed.</param>
/// <param name="Surplus">Sheets that a count found too many.</param>
public sealed record PaperLine(DateTimeOffset At, string What, string From, string To, string First, string Last, long Sheets, long Missing, long Surplus, string Reason, string StaffName);

/// <summary>Reads what was done with a paper, the newest first.</summary>
public sealed class PaperJournal(Database database, ParkDirectory parks)
{
    private const string Where = " from log where subject = @1 and park = @2 and kind in ('PaperMoved', 'PaperCounted')";

    /// <returns>Null where the park has no such paper.</returns>
    public async Task<(string Name, List<PaperLine> Rows, long Total)?> Read(int park, Guid paper, int limit, int offset)
    {
        if (await TicketPaper.Find(database, park, paper) is not { } of) return null;
        await using var store = await database.OpenSnapshot();
        var total = await store.Number("select count(*)" + Where, paper, park);
        var rows = await store.Query(r => (At: r.Long(0), Kind: r.Text(1), Body: r.Text(2)), "select at, kind, body" + Where + $" order by at desc, lane, seq desc limit {limit} offset {offset}", paper, park);
        return (of.Name, [.. rows.Select(r => r.Kind == nameof(PaperMoved) ? Moved(of, r.At, JsonSerializer.Deserialize<PaperMoved>(r.Body, Json.Options)!) : Counted(r.At, JsonSerializer.Deserialize<PaperCounted>(r.Body, Json.Options)!))], total);
    }

    private PaperLine Moved(TicketPaper paper, long at, PaperMoved m) => new(Moments.From(at), Json.NameOf(m.Move), NameOf(m.From), NameOf(m.To),
        paper.Numbers.Text(m.Numbers.From), paper.Numbers.Text(m.Numbers.To), m.Numbers.Count(), 0, 0, m.Reason, parks.NameOfStaff(m.StaffId));

    private PaperLine Counted(long at, PaperCounted c) => new(Moments.From(at), "count", NameOf(c.Place), "", "", "", c.Counted, c.Missing.Sum(r => r.Count()), c.Surplus.Sum(r => r.Count()), "", parks.NameOfStaff(c.StaffId));

    private string NameOf(string place) => PaperPlace.SellerOf(place) is { } seller ? parks.NameOfStaff(seller) : place;
}
