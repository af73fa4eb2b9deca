using Shanmen.Modules.Parks;
using Shanmen.Platform.Time;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Shifts;

/// <summary>班次: a shift as the screens see it. While it is open the expected cash is not told: the count is blind.</summary>
internal sealed record ShiftAnswer(Guid Id, Guid WindowId, string WindowName, Guid ClerkId, string ClerkName, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt,
    DateOnly BusinessDay, long FloatFen, ShiftState State, int Tickets, long SalesFen, long CashFen, long CardFen, long? ExpectedFen, long? CountedFen,
    long? OverShortFen, string? Reason)
{
    public static ShiftAnswer Of(ShiftRow shift, ParkDirectory parks) => new(shift.Id, shift.Window,
        parks.Of(shift.Park).Windows.TryGetValue(shift.Window, out var window) ? window.Name : "", shift.Clerk, parks.NameOfStaff(shift.Clerk),
        Moments.From(shift.OpenedAt), shift.ClosedAt is { } closed ? Moments.From(closed) : null, Rules.Values.BusinessDay.FromNumber(shift.Day), shift.FloatFen, shift.State,
        shift.Tickets, shift.SalesFen, shift.State == ShiftState.Open ? 0 : shift.CashFen, shift.CardFen, shift.ExpectedFen, shift.CountedFen, shift.OverShortFen, shift.Reason);
}
