using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shanmen.Modules.Parks;
using Shanmen.Platform.SignIn;
using Shanmen.Platform.Time;
using Shanmen.Platform.Web;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Shifts;

/// <summary>班次: a shift as the screens see it. While it is open its clerk is told no figure of the drawer: the count is blind.</summary>
/// <remarks>Kept without the clerk's name.</remarks>
/// <param name="FloatFen">Null while the shift is open, as are the other figures of money, unless who asks reads reports: the count is blind.</param>
/// <param name="ExpectedFen">Null until the shift is handed over.</param>
/// <param name="RefusedCounts">How often a count was refused because it differed and gave no reason.</param>
/// <param name="FirstCountedFen">The first count that was refused; null when none was.</param>
internal sealed record ShiftAnswer(Guid Id, Guid WindowId, string WindowName, Guid ClerkId, string ClerkName, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt,
    DateOnly BusinessDay, long? FloatFen, ShiftState State, int Tickets, long? SalesFen, long? CashFen, long? CardFen, long? ExpectedFen, long? CountedFen,
    long? OverShortFen, string? Reason, int RefusedCounts = 0, long? FirstCountedFen = null) : IKeptAnswer
{
    /// <summary>The shift as it is kept, without names.</summary>
    public static ShiftAnswer Of(ShiftRow shift) => new(shift.Id, shift.Window, "", shift.Clerk, "",
        Moments.From(shift.OpenedAt), shift.ClosedAt is { } closed ? Moments.From(closed) : null, Rules.Values.BusinessDay.FromNumber(shift.Day), shift.FloatFen, shift.State,
        shift.Tickets, shift.SalesFen, shift.CashFen, shift.CardFen, shift.ExpectedFen, shift.CountedFen, shift.OverShortFen, shift.Reason, shift.RefusedCounts, shift.FirstCountedFen);

    public object Shown(HttpContext http)
    {
        var parks = http.RequestServices.GetRequiredService<ParkDirectory>();
        var who = http.Principal();
        var named = this with { WindowName = parks.Of(who.Park).WindowName(WindowId, Texts.WantsEnglish(http)), ClerkName = parks.NameOfStaff(ClerkId) };
        return State == ShiftState.Open && !who.May(Permission.ReadReports) ? named with { FloatFen = null, SalesFen = null, CashFen = null, CardFen = null } : named;
    }
}
