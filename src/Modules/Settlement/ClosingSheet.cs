using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Modules.Sales;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Secrets;
using Shanmen.Platform.Web;

namespace Shanmen.Modules.Settlement;

/// <summary>The counted and sealed figures of a day (结算表). Money in fen.</summary>
/// <remarks>Kept with the closer's id and the clerks' names protected.</remarks>
/// <param name="DifferenceFen">Ticket office against ledger, summed without sign; a sheet exists only when it is 0.</param>
/// <param name="LogHead">Merkle root over the heads of all log lanes, hex.</param>
/// <param name="Seal">HMAC over sheet and root, hex.</param>
public sealed record ClosingSheet(DateOnly Day, string ParkName, DateTimeOffset ClosedAt, string ClosedBy, SheetTotals Totals, SheetType[] ByType,
    SheetPayment[] ByPayment, SheetShift[] ByShift, SheetAccount[] Ledger, long DifferenceFen, string LogHead, string Seal) : IKeptAnswer
{
    internal const string ClerkPurpose = "closing_sheet.clerk";

    /// <inheritdoc/>
    public object Shown(HttpContext http) => Named(http.RequestServices.GetRequiredService<ParkDirectory>(), http.RequestServices.GetRequiredService<PersonalText>());

    /// <summary>Puts the names in. A sheet kept by an earlier program has them already, and not an id but a name for the closer.</summary>
    internal ClosingSheet Named(ParkDirectory parks, PersonalText personal) => !Guid.TryParse(ClosedBy, out var closer) ? this : this with
    {
        ClosedBy = parks.NameOfStaff(closer),
        ByShift = [.. ByShift.Select(s => s with { ClerkName = personal.Reveal(Convert.FromBase64String(s.ClerkName), ClerkPurpose) })],
    };
}

/// <param name="NetFen">Sales and fees less refunds.</param>
/// <param name="OwedFen">Refunds of the day that are paid later, less such of any day that were paid on it (待退款).</param>
/// <param name="FeesFen">What was paid for new paper of tickets (工本费).</param>
public sealed record SheetTotals(int Orders, int Tickets, int People, long SalesFen, long RefundsFen, long NetFen, long Admitted, long Exited,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long OwedFen = 0,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] long FeesFen = 0);
public sealed record SheetType(string Name, int Tickets, int People, long Fen);
public sealed record SheetPayment(PaymentMethod Method, long Fen, long RefundsFen, long NetFen);
/// <param name="RefusedCounts">Counts of the drawer that differed and gave no reason, before the one that stands.</param>
/// <param name="FirstCountedFen">The first of them; null when there was none.</param>
public sealed record SheetShift(string WindowName, string ClerkName, long ExpectedFen, long CountedFen, long OverShortFen, int RefusedCounts = 0, long? FirstCountedFen = null);
/// <param name="Account">Code within the park, e.g. "revenue/20261003/…".</param>
public sealed record SheetAccount(string Account, string Name, Unit Unit, long Balance);
