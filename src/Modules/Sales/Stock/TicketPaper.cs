using System.Text.Json;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Papers;

namespace Shanmen.Modules.Sales.Stock;

/// <summary>票纸: numbered paper that tickets are printed on. docs/algorithms/ticket-stock.md.</summary>
/// <param name="Types">The ticket types that are printed on it; a type on one paper at most.</param>
/// <param name="Active">Whether its types need it; those of one that is not go on blank paper.</param>
/// <param name="Edit">How often it was saved; who changes it says which edit was on the screen.</param>
/// <param name="Received">Every number that ever came.</param>
internal sealed record TicketPaper(Guid Id, int Park, string Name, string NameEn, string Prefix, int Digits, Guid[] Types, bool Active, int Edit, PaperRange[] Received)
{
    public static readonly RowTable<Guid, TicketPaper> Table = new("ticket_paper", "id, park, name, name_en, prefix, digits, types, active, edit, received",
        r => new(r.Id(0), r.Int(1), r.Text(2), r.Text(3), r.Text(4), r.Int(5), JsonSerializer.Deserialize<Guid[]>(r.Text(6), Json.Options)!, r.Bool(7), r.Int(8), JsonSerializer.Deserialize<PaperRange[]>(r.Text(9), Json.Options)!),
        p => [p.Id, p.Park, p.Name, p.NameEn, p.Prefix, p.Digits, JsonSerializer.Serialize(p.Types, Json.Options), p.Active, p.Edit, JsonSerializer.Serialize(p.Received, Json.Options)], p => p.Id, settled: true);

    public PaperNumbers Numbers => new(Prefix, Digits);

    public static Task<TicketPaper?> Find(Database database, int park, Guid id) => database.First(Table.Read, Table.Select + " where id = @1 and park = @2", id, park);

    /// <summary>How many sheets are in a place; of the press less than nothing.</summary>
    public static Account In(int park, Guid paper, string place) => Account.Of(park, $"paper/{paper:N}/{place}", Unit.Piece);
}

/// <summary>Where sheets of a paper can be, but with a seller, whose place is his id.</summary>
internal static class PaperPlace
{
    public const string Press = "press", Store = "store", Lost = "lost", Used = "used", Void = "void";

    public static string Of(Guid seller) => seller.ToString("N");

    /// <summary>The seller whose place it is; null where it is nobody's.</summary>
    public static Guid? SellerOf(string place) => Guid.TryParseExact(place, "N", out var seller) ? seller : null;
}

/// <summary>What of a paper is in one place.</summary>
/// <param name="Next">Which number its seller uses next; null = the least.</param>
internal sealed record PaperHolding(int Park, Guid Paper, string Place, PaperRange[] Ranges, long? Next)
{
    public static string IdOf(Guid paper, string place) => $"{paper:N}/{place}";

    public static readonly RowTable<string, PaperHolding> Table = new("paper_holding", "id, park, paper, place, ranges, next",
        r => new(r.Int(1), r.Id(2), r.Text(3), JsonSerializer.Deserialize<PaperRange[]>(r.Text(4), Json.Options)!, r.LongOrNull(5)),
        h => [IdOf(h.Paper, h.Place), h.Park, h.Paper, h.Place, JsonSerializer.Serialize(h.Ranges, Json.Options), h.Next], h => IdOf(h.Paper, h.Place));

    public static PaperHolding Empty(int park, Guid paper, string place) => new(park, paper, place, [], null);

    public PaperRanges Set() => new(Ranges);

    public PaperHolding With(PaperRanges ranges) => this with { Ranges = [.. ranges.Ranges] };
}

/// <summary>Numbers that are gone for good: one that a ticket was printed on, or a range that was spoiled.</summary>
/// <param name="Ticket">Which ticket; null where none was printed on it.</param>
/// <param name="Place">From where it went: the store, or whose paper it was.</param>
/// <param name="Reason">Why it is void.</param>
internal sealed record SpentPaper(int Park, Guid Paper, PaperRange Numbers, Guid? Ticket, Guid? Order, bool IsVoid, string Place, long At, string Reason)
{
    public static string IdOf(Guid paper, long from) => $"{paper:N}/{from.ToString("D12", System.Globalization.CultureInfo.InvariantCulture)}";

    public static readonly RowTable<string, SpentPaper> Table = new("spent_paper", "id, park, paper, first_number, last_number, ticket, order_id, is_void, place, at, reason",
        r => new(r.Int(1), r.Id(2), new(r.Long(3), r.Long(4)), r.IdOrNull(5), r.IdOrNull(6), r.Bool(7), r.Text(8), r.Long(9), r.Text(10)),
        s => [IdOf(s.Paper, s.Numbers.From), s.Park, s.Paper, s.Numbers.From, s.Numbers.To, s.Ticket, s.Order, s.IsVoid, s.Place, s.At, s.Reason], s => IdOf(s.Paper, s.Numbers.From));

    /// <summary>The papers that the tickets of an order were printed on, reprints after what they replace.</summary>
    public static Task<List<SpentPaper>> Of(Database database, Guid order) => database.Query(Table.Read, Table.Select + " where order_id = @1 order by at, id", order);
}

/// <summary>How sheets go from place to place.</summary>
public enum StockMove { Receive, Issue, HandBack, Spoil, Lose, Find }

/// <summary>票纸: a paper was created or changed.</summary>
internal sealed record TicketPaperSaved(TicketPaper Paper);

/// <summary>Sheets went from one place to another.</summary>
internal sealed record PaperMoved(Guid Paper, StockMove Move, string From, string To, PaperRange Numbers, string Reason, Guid StaffId);

/// <summary>盘点: a place was counted. What was missing went to lost.</summary>
/// <param name="Counted">Sheets that were really there.</param>
/// <param name="Surplus">Numbers that were there and not in the books of the place.</param>
internal sealed record PaperCounted(Guid Paper, string Place, long Counted, PaperRange[] Missing, PaperRange[] Surplus, Guid StaffId);

/// <summary>A seller took another pile: this number is the next that he uses.</summary>
internal sealed record PaperTurned(Guid Paper, string Place, long Next);

/// <summary>Tickets of an order were printed on numbered paper.</summary>
internal sealed record PapersUsed(Guid OrderId, Guid Seller, PaperUse[] Uses);

/// <summary>One ticket on one number.</summary>
/// <param name="Instead">The number that is void for it, where it was printed again.</param>
internal sealed record PaperUse(Guid Paper, Guid Ticket, long Number, [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault)] long? Instead = null);

/// <summary>Why a paper is not saved, moved, counted or used.</summary>
public enum StockRefusal
{
    /// <summary>Somebody else saved the paper meanwhile.</summary>
    PaperEdited,
    /// <summary>A ticket type of it is printed on another paper.</summary>
    TypeOnAnotherPaper,
    /// <summary>The park has as many papers as it may.</summary>
    TooManyPapers,
    /// <summary>Numbers of it came already, so how they are written stays.</summary>
    PaperCame,
    /// <summary>A number of the range came before.</summary>
    CameBefore,
    /// <summary>Not all of the range is in the place from which it goes.</summary>
    NotThere,
    /// <summary>Nobody books moves of his own paper, or counts himself.</summary>
    OwnStock,
    /// <summary>The place would hold too many ranges.</summary>
    TooManyRanges,
    /// <summary>The seller has too little of the paper.</summary>
    PaperShort,
    /// <summary>What is missing is not what was said.</summary>
    CountChanged,
    /// <summary>Another window printed the same ticket meanwhile.</summary>
    PrintedMeanwhile,
}
