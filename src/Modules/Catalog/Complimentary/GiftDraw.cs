using System.Globalization;
using Shanmen.Platform.Ledger;
using Shanmen.Platform.Web;
using Shanmen.Platform.WritePath;
using Shanmen.Rules.Stock;

namespace Shanmen.Modules.Catalog.Complimentary;

/// <summary>What one request takes from a budget of complimentary tickets, or gives back to it. It is named with the other rows of the request.</summary>
public sealed class GiftDraw(int park, Guid budget)
{
    /// <summary>Names what <see cref="Take"/> reads and changes.</summary>
    public void Touch(Touch touch, Guid clerk)
    {
        touch.Row(ComplimentaryBudget.Table, budget);
        touch.Account(ComplimentaryBudget.GivenAlone(park, budget, clerk, touch.BusinessDay(park)));
        TouchBack(touch);
    }

    /// <summary>Names what <see cref="GiveBack"/> changes.</summary>
    public void TouchBack(Touch touch)
    {
        touch.Account(ComplimentaryBudget.Given(park, budget));
        touch.Account(ComplimentaryBudget.NotGiven(park, budget));
    }

    /// <summary>Takes people from the budget, or says why not, and then takes nothing.</summary>
    /// <param name="clerk">Who gives.</param>
    /// <param name="isApproved">Whether a second person who may has approved it.</param>
    /// <returns>The refusal, or the budget's name.</returns>
    public (Refusal? Refusal, string Name) Take(WriteGroup group, Guid clerk, int people, bool isApproved)
    {
        if (group.Find(ComplimentaryBudget.Table, budget) is not { Active: true } found || found.Park != park) return (new(ComplimentaryRefusal.BudgetUnknown, 409), "");
        var today = group.BusinessDay(park);
        if (today < found.From || today > found.To) return (new(ComplimentaryRefusal.BudgetNotNow, 409, found.Name, Text(found.From), Text(found.To)), found.Name);
        var given = group.Ledger.Taken(ComplimentaryBudget.Given(park, budget));
        var byClerk = ComplimentaryBudget.GivenAlone(park, budget, clerk, today);
        var refusal = found.Terms().Decide(given, group.Ledger.Taken(byClerk), people, isApproved);
        if (refusal != GivingRefusal.None) return (new(refusal, 409, found.Name, refusal == GivingRefusal.UsedUp ? Math.Max(0, found.People - given) : found.LeftToClerk), found.Name);
        group.Ledger.Move(ComplimentaryBudget.NotGiven(park, budget), ComplimentaryBudget.Given(park, budget), people, "given");
        if (!isApproved) group.Ledger.Move(ComplimentaryBudget.NotGiven(park, budget), byClerk, people, "given alone");
        return (null, found.Name);
    }

    /// <summary>Gives people back: of a ticket that was returned, or an order that is over.</summary>
    public void GiveBack(WriteGroup group, int people)
    {
        var given = ComplimentaryBudget.Given(park, budget);
        // A figure that is too low is the verification's to report; it keeps nobody from getting a ticket taken back.
        group.Ledger.Move(given, ComplimentaryBudget.NotGiven(park, budget), Math.Min(people, group.Ledger.Taken(given)), "gift returned");
    }

    private static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
