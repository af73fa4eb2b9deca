using Shanmen.Modules.Catalog;
using Shanmen.Modules.Catalog.Complimentary;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Pricing;

namespace Shanmen.Modules.Sales.Gifts;

/// <summary>The complimentary lines of a sale: decided by the budget that is named for them, and counted in it.</summary>
/// <param name="approvedBy">Who approves it; null = nobody.</param>
internal sealed class GiftOnSale(int park, Guid clerk, GiftRequest? asked, Guid? approvedBy)
{
    private readonly GiftDraw? _draw = asked is null ? null : new(park, asked.BudgetId);

    public void Touch(Touch touch) => _draw?.Touch(touch, clerk);

    /// <summary>Takes the people from the budget, or refuses the whole order.</summary>
    /// <returns>What the order keeps of it; null where nothing is given.</returns>
    public (Refusal? Refusal, OrderGift? Gift) Take(WriteGroup group, IReadOnlyDictionary<Guid, Offer> offers, PricedOrder priced)
    {
        var lines = priced.Lines.Where(line => offers[line.Product].Type.IsComplimentary()).ToArray();
        if (_draw is null || asked is null)
            return (lines.Length > 0 ? new(ComplimentaryRefusal.GiftMissing, 422, offers[lines[0].Product].Type.Name) : null, null);
        if (lines.Length == 0) return (new(ComplimentaryRefusal.GiftNotAsked, 422), null);
        foreach (var line in lines)
            if (line.TotalFen != 0) return (new(ComplimentaryRefusal.NotFree, 409, offers[line.Product].Type.Name), null);
        var people = lines.Sum(line => line.Quantity * line.People);
        var (refusal, budget) = _draw.Take(group, clerk, people, approvedBy is not null);
        return refusal is null ? (null, new(asked.BudgetId, budget, asked.Reason, asked.Note, people, approvedBy, clerk)) : (refusal, null);
    }

    /// <summary>What a whole order gives back that is over; null where nothing was given.</summary>
    public static GiftDraw? Of(OrderRow order) => order.Complimentary is { } gift ? new(order.Park, gift.BudgetId) : null;
}
