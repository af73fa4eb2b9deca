using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Quotas;
using Shanmen.Modules.Sales.Gifts;
using Shanmen.Modules.Sales.Visitors;
using Shanmen.Modules.Sales.Vouchers;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Storage;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Values;

namespace Shanmen.Modules.Sales.Orders;

/// <summary>
/// The places that an unpaid order holds (占用), one hold for each of its types. An order from before schema 5 has none: its places
/// were moved when it was placed.
/// </summary>
internal sealed class HeldPlaces(OrderRow order, HoldRow[] holds, OrderVisitors visitors, PriceBook prices, QuotaBook quotas)
{
    private readonly QuotaDraw _draw = quotas.Draw(order.Park, BusinessDay.FromNumber(order.VisitDay), order.Lines.Select(l => new PeopleOf(l.TypeId, l.Quantity * l.People, l.Slot?.At)));

    public static async Task<HeldPlaces> Of(Database database, PlacedOrder placed, PriceBook prices, QuotaBook quotas) =>
        new(placed.Row, await HoldRow.Read(database, TypesOf(placed.Row).Select(type => HoldRow.IdOf(placed.Row.Id, type))), await placed.Visitors(database), prices, quotas);

    /// <summary>Who is named on it.</summary>
    public OrderVisitors Visitors => visitors;

    /// <summary>The lane of those who change the same places.</summary>
    public int Route => quotas.RouteTo(order.Park, order.Lines[0].TypeId, BusinessDay.FromNumber(order.VisitDay));

    public static IEnumerable<Guid> TypesOf(OrderRow order) => order.Lines.Select(l => l.TypeId).Distinct();

    /// <summary>Names what <see cref="Post"/> changes.</summary>
    public void Touch(Touch touch)
    {
        _draw.Touch(touch);
        visitors.Touch(touch);
        foreach (var hold in holds) hold.Touch(touch);
        if (holds.Length > 0) return;
        foreach (var type in TypesOf(order))
        {
            prices.Touch(touch, type, BusinessDay.FromNumber(order.VisitDay));
            prices.TouchPlaces(touch, order.Park, type, BusinessDay.FromNumber(order.VisitDay));
        }
    }

    /// <summary>Names what <see cref="Release"/> changes besides.</summary>
    public void TouchRelease(Touch touch)
    {
        Touch(touch);
        GiftOnSale.Of(order)?.TouchBack(touch);
        OrderVouchers.Touch(touch, order);
    }

    /// <summary>The order is paid: its people have their places.</summary>
    public void Post(WriteGroup group)
    {
        foreach (var hold in holds) Must(group.Ledger.Holds.Post(hold.Id), hold);
    }

    /// <summary>The order is over: its places are free.</summary>
    /// <returns>A refusal for a moment, where the quotas have just changed.</returns>
    public Refusal? Release(WriteGroup group, bool timedOut)
    {
        if (_draw.Free(group) is { } changing) return changing;
        visitors.Forget(group);
        GiftOnSale.Of(order)?.GiveBack(group, order.Given());
        OrderVouchers.GiveBack(group, order, returned: false, rebooked: false);
        foreach (var hold in holds) Must(timedOut ? group.Ledger.Holds.TimeOut(hold.Id) : group.Ledger.Holds.Void(hold.Id), hold);
        if (holds.Length > 0) return null;
        foreach (var lines in order.Lines.GroupBy(l => l.TypeId))
            Places.Free(group, prices, order.Park, lines.Key, BusinessDay.FromNumber(order.VisitDay), lines.Sum(l => l.Quantity * l.People));
        return null;
    }

    /// <summary>Order and holds begin and end together, so a refusal where the order was unpaid is a bug.</summary>
    private static void Must(HoldRefusal refusal, HoldRow hold)
    {
        if (refusal != HoldRefusal.None) throw new InvalidOperationException($"Hold {hold.Id} of an unpaid order: {refusal}.");
    }
}

/// <summary>Gives places back to what can be sold.</summary>
internal static class Places
{
    /// <summary>Works for a type that is no longer offered too: the places keep the limit that they had.</summary>
    public static void Free(WriteGroup group, PriceBook prices, int park, Guid type, DateOnly day, int people)
    {
        var terms = prices.Terms(group, type, day) ?? throw new InvalidOperationException($"Ticket type {type} is gone.");
        group.Ledger.Move(PriceBook.Places(park, terms), PriceBook.Unsold(park, type), people, "places freed");
    }
}
