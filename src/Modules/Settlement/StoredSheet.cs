using System.Text.Json;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Settlement;

/// <summary>The sheet as it is stored and sealed: people by id or protected, accounts by code; names are put in when it is shown.</summary>
internal sealed record StoredSheet(DateOnly Day, string ParkName, DateTimeOffset ClosedAt, Guid ClosedBy, SheetTotals Totals, StoredType[] ByType,
    SheetPayment[] ByPayment, StoredShift[] ByShift, StoredAccount[] Ledger, long DifferenceFen)
{
    /// <summary>The sheet before its moment is known. Protecting names draws random bytes, so this runs while a request is prepared.</summary>
    public static StoredSheet Of(DateOnly day, string parkName, Guid closedBy, DayFigures sold, DayBooks books, PersonalText personal) => new(
        day, parkName, default, closedBy,
        new SheetTotals(sold.Orders, sold.Tickets, sold.People, sold.SalesFen, sold.RefundsFen, sold.SalesFen + sold.FeesFen - sold.RefundsFen, books.Admitted, books.Exited, sold.OwedFen, sold.FeesFen),
        [.. sold.ByType.Select(t => new StoredType(t.TypeId, t.Name, t.Tickets, t.People, t.Fen))],
        [.. sold.ByPayment.Select(p => new SheetPayment(p.Method, p.Fen, p.RefundsFen, p.Fen - p.RefundsFen))],
        [.. sold.ByShift.Select(s => new StoredShift(s.WindowName, personal.Protect(s.ClerkName, ClosingSheet.ClerkPurpose), s.ExpectedFen, s.CountedFen, s.OverShortFen, s.WindowNameEn,
            s.RefusedCounts, s.FirstCountedFen))],
        [.. books.Accounts.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => new StoredAccount(a.Key, a.Value))],
        books.DifferenceFen(sold, BusinessDay.Number(day).ToString(System.Globalization.CultureInfo.InvariantCulture)));

    public string ToText() => JsonSerializer.Serialize(this, Json.Options);
    public static StoredSheet Parse(string text) => JsonSerializer.Deserialize<StoredSheet>(text, Json.Options)!;

    /// <summary>The sheet for the screen, without anybody's name yet: <see cref="ClosingSheet.Named"/>.</summary>
    public ClosingSheet Show(byte[] root, byte[] seal, Texts texts, bool english) => new(
        Day, ParkName, ClosedAt, ClosedBy.ToString(), Totals,
        [.. ByType.Select(t => new SheetType(t.Name, t.Tickets, t.People, t.Fen))], ByPayment,
        [.. ByShift.Select(s => new SheetShift(english && s.WindowNameEn.Length > 0 ? s.WindowNameEn : s.WindowName, Convert.ToBase64String(s.ClerkName),
            s.ExpectedFen, s.CountedFen, s.OverShortFen, s.RefusedCounts, s.FirstCountedFen))],
        [.. Ledger.Select(a => new SheetAccount(a.Account, NameOf(a.Account, texts, english), Unit.Fen, a.Balance))],
        DifferenceFen, Convert.ToHexStringLower(root), Convert.ToHexStringLower(seal));

    private string NameOf(string account, Texts texts, bool english)
    {
        var parts = account.Split('/');
        var type = parts.Length >= 3 && Guid.TryParse(parts[2], out var id) ? ByType.FirstOrDefault(t => t.TypeId == id)?.Name ?? "" : "";
        return texts.Get("Ledger." + parts[0], english, type, parts.Length > 3 ? parts[3] : "");
    }
}

internal sealed record StoredType(Guid TypeId, string Name, int Tickets, int People, long Fen);
internal sealed record StoredShift(string WindowName, byte[] ClerkName, long ExpectedFen, long CountedFen, long OverShortFen, string WindowNameEn = "",
    int RefusedCounts = 0, long? FirstCountedFen = null);
internal sealed record StoredAccount(string Account, long Balance);
