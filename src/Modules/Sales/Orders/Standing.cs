using Shanmen.Modules.Catalog;
using Shanmen.Modules.Parks;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>What must hold before a clerk sells, takes money or gives any back: the day is open and the shift is hers, open, and of today.</summary>
internal static class Standing
{
    public static Refusal? RefusalOf(WriteGroup group, int park, Guid shiftId, Guid clerk, ParkDirectory parks)
    {
        if (!parks.IsDayOpen(group, park)) return new Refusal(SalesRefusal.DayClosed, 409);
        if (group.Find(ShiftRow.Table, shiftId) is not { } shift || shift.Park != park || shift.Clerk != clerk || shift.State != ShiftState.Open)
            return new Refusal(SalesRefusal.ShiftNotOpen, 409);
        return shift.Day == BusinessDay.Number(group.BusinessDay(park)) ? null : new Refusal(SalesRefusal.ShiftOfEarlierDay, 409);
    }

    /// <summary>Whether a ticket of a type, for the whole day of a visit, would let nobody in any more.</summary>
    public static Refusal? RefusalOf(WriteGroup group, int park, TicketTypeTerms type, DateOnly visitDay, ParkDirectory parks) =>
        type.StillAdmits(visitDay, group.BusinessDay(park), TimeOnly.FromDateTime(group.LocalTime(park)), parks.Of(park).Terms.CutOffHour) ? null
            : new Refusal(SalesRefusal.HoursOver, 422, type.Name, $"{type.FromTime:HH:mm}", $"{type.ToTime:HH:mm}");
}
